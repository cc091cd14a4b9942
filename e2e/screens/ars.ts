import { ScreenObject } from './screen.ts';

export class ArsPage extends ScreenObject {
  /** Before a call: is this your account? */
  get heading() {
    return this.root.getByRole('heading', { level: 1, name: this.pattern(this.text.ars.readyTitle) });
  }
  get callingHeading() {
    return this.headline(this.text.ars.callingTitle);
  }
  get call() {
    return this.root.getByRole('button', { name: this.text.ars.call });
  }
  get otherAccount() {
    return this.button(this.text.ars.other);
  }
  get notComing() {
    return this.button(this.text.ars.notComing);
  }
  get again() {
    return this.root.getByRole('button', { name: this.text.ars.again });
  }

  /** The digits to press, from how a screen reader says them: "삼 칠". */
  async digits(): Promise<string> {
    const numerals = this.text.ars.numerals.split(' ');
    const spoken = new RegExp(`^\\s*(?:(?:${numerals.join('|')})\\s*)+$`);
    const shown = await this.root.getByRole('status').filter({ hasText: spoken }).textContent();
    const words = (shown ?? '').trim().split(/\s+/);
    return words.map((word) => numerals.indexOf(word)).join('');
  }
}
