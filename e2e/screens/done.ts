import { ScreenObject } from './screen.ts';

export class DonePage extends ScreenObject {
  get heading() {
    return this.headline(this.text.done.title);
  }
  get alreadyHeading() {
    return this.headline(this.text.done.alreadyTitle);
  }
  get close() {
    return this.button(this.text.done.close);
  }
  /** On the hosted page: to the merchant's return URL. */
  get back() {
    return this.root.getByRole('link', { name: this.text.done.back }).or(this.button(this.text.done.back));
  }
}
