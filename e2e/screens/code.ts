import { ScreenObject } from './screen.ts';

export class CodePage extends ScreenObject {
  get heading() {
    return this.headline(this.text.code.title);
  }
  get field() {
    return this.root.getByLabel(this.text.code.label, { exact: true });
  }
  get resend() {
    return this.root.getByRole('button', { name: this.text.code.resend });
  }
  get changeNumber() {
    return this.button(this.text.code.back);
  }

  /** The sixth digit sends the code. */
  async enter(code: string): Promise<void> {
    await this.field.fill(code);
  }
}
