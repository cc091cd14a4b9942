import { ScreenObject } from './screen.ts';

type Purpose = 'enter' | 'set' | 'repeat';

export class PasswordPage extends ScreenObject {
  get heading() {
    return this.asking('enter');
  }
  asking(purpose: Purpose) {
    return this.headline(this.text.password.titles[purpose]);
  }

  /** On a locked password: back to the phone. */
  get toPhone() {
    return this.button(this.text.pass.toSms);
  }

  get pad() {
    return this.root.getByRole('group', { name: this.text.password.pad });
  }

  /** Waits until there are keys to press. */
  async ready(purpose: Purpose): Promise<void> {
    await this.asking(purpose).waitFor();
    await this.pad.waitFor();
  }

  /** Presses the digits on the shuffled pad; the sixth sends them. */
  async enter(purpose: Purpose, pin: string): Promise<void> {
    await this.ready(purpose);
    for (const digit of pin) await this.pad.getByRole('button', { name: digit, exact: true }).click();
  }
}
