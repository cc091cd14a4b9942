import type { Customer } from '../customer.ts';
import type { Carrier } from '../../shared/api/state.ts';
import { ScreenObject } from './screen.ts';

export class IdentityPage extends ScreenObject {
  get heading() {
    return this.headline(this.text.identity.titles.name);
  }
  get methodHeading() {
    return this.headline(this.text.identity.titles.method);
  }
  get name() {
    return this.root.getByLabel(this.text.identity.name, { exact: true });
  }
  get birth() {
    return this.root.getByLabel(this.text.identity.birth, { exact: true });
  }
  get gender() {
    return this.root.getByLabel(this.text.identity.gender, { exact: true });
  }
  /** In the carrier sheet. */
  carrier(carrier: Carrier) {
    return this.button(this.text.identity.carriers[carrier]);
  }
  get phone() {
    return this.root.getByLabel(this.text.identity.phone, { exact: true });
  }
  get next() {
    return this.button(this.text.common.next);
  }
  get sms() {
    return this.button(this.text.identity.sms);
  }
  get pass() {
    return this.button(this.text.identity.pass);
  }

  /** Answers every question but the last, which is how to verify. Complete answers go on by themselves. */
  async introduce(customer: Customer): Promise<void> {
    await this.name.fill(customer.name);
    await this.next.click();
    await this.birth.fill(customer.birth);
    await this.gender.fill(customer.genderDigit);
    await this.carrier(customer.carrier).click();
    await this.phone.fill(customer.phone);
  }
}
