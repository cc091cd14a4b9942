import { ScreenObject } from './screen.ts';

export class TermsPage extends ScreenObject {
  get heading() {
    return this.headline(this.text.terms.title);
  }
  get all() {
    return this.root.getByRole('checkbox', { name: this.text.terms.all, exact: true });
  }
  get optional() {
    return this.root.getByRole('checkbox', { name: this.text.terms.optional });
  }
  get agree() {
    return this.button(this.text.terms.agree);
  }

  /** Opens the full text of a document. */
  get read() {
    return this.root.getByRole('button', { name: this.pattern(this.text.terms.read) });
  }

  async agreeToAll(): Promise<void> {
    await this.all.check();
    await this.agree.click();
  }
}
