import { ScreenObject } from './screen.ts';

export class AccountPage extends ScreenObject {
  get heading() {
    return this.headline(this.text.account.bankTitle);
  }
  get numberHeading() {
    return this.headline(this.text.account.numberTitle);
  }
  get number() {
    return this.root.getByLabel(this.text.account.number, { exact: true });
  }
  get search() {
    return this.root.getByLabel(this.text.account.search, { exact: true });
  }
  get check() {
    return this.button(this.text.account.check);
  }
  get changeBank() {
    return this.root.getByRole('button', { name: this.text.account.changeBank });
  }

  /** A bank in the grid; what it is called may be followed by when it opens again. */
  bank(name: string) {
    return this.root.getByRole('button', { name });
  }

  async choose(bankName: string, accountNumber: string): Promise<void> {
    await this.bank(bankName).click();
    await this.enter(accountNumber);
  }

  /** With a bank already chosen. */
  async enter(accountNumber: string): Promise<void> {
    await this.number.fill(accountNumber);
    await this.check.click();
  }
}
