import type { Customer } from './customer.ts';
import { banks } from '../shared/hecto/banks.ts';
import type { Widget } from './screens/widget.ts';
import type { VirtualPhone } from './virtual-phone.ts';

/** A customer's way through the widget. Each method walks from the very beginning to the named screen. */
export class Walk {
  readonly #begin: () => Promise<Widget>;
  readonly #customer: Customer;
  readonly #phone: VirtualPhone;

  /** `begin` leads to the first screen. */
  constructor(begin: () => Promise<Widget>, customer: Customer, phone: VirtualPhone) {
    this.#begin = begin;
    this.#customer = customer;
    this.#phone = phone;
  }

  async toIdentity(): Promise<Widget> {
    const widget = await this.#begin();
    await widget.terms.agreeToAll();
    await widget.identity.heading.waitFor();
    return widget;
  }

  async toMethod(): Promise<Widget> {
    const widget = await this.toIdentity();
    await widget.identity.introduce(this.#customer);
    await widget.identity.methodHeading.waitFor();
    return widget;
  }

  async toCode(): Promise<Widget> {
    const widget = await this.toMethod();
    await widget.identity.sms.click();
    await widget.code.heading.waitFor();
    return widget;
  }

  async toPass(): Promise<Widget> {
    const widget = await this.toMethod();
    await widget.identity.pass.click();
    await widget.pass.heading.waitFor();
    return widget;
  }

  async toAccount(): Promise<Widget> {
    const widget = await this.toCode();
    await widget.code.enter(await this.#phone.code());
    await widget.account.heading.waitFor();
    return widget;
  }

  async toCall(): Promise<Widget> {
    const widget = await this.toAccount();
    await widget.account.choose(this.bankName(widget), this.#customer.accountNumber);
    await widget.ars.heading.waitFor();
    return widget;
  }

  /** Through the call to whichever screen of the password comes. */
  async toPassword(): Promise<Widget> {
    const widget = await this.toCall();
    await widget.ars.call.click();
    await this.#phone.answer(await widget.ars.digits());
    return widget;
  }

  async toDone(): Promise<Widget> {
    const widget = await this.toPassword();
    await this.setPassword(widget);
    await widget.done.heading.waitFor();
    return widget;
  }

  /** Hecto knows no password, which shows when one is entered: it becomes the new one, and is repeated. */
  async setPassword(widget: Widget): Promise<void> {
    await widget.password.enter('enter', this.#customer.pin);
    await widget.password.enter('repeat', this.#customer.pin);
  }

  /** What the customer's bank is called on screen. */
  bankName(widget: Widget): string {
    const bank = banks.find(({ code }) => code === this.#customer.bankCode)!;
    return widget.text.terms.required === '(필수)' ? bank.ko : bank.en;
  }
}
