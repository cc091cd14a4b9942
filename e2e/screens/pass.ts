import { ScreenObject } from './screen.ts';

export class PassPage extends ScreenObject {
  get heading() {
    return this.headline(this.text.pass.title);
  }
  get check() {
    return this.button(this.text.pass.check);
  }
  get toSms() {
    return this.button(this.text.pass.toSms);
  }
}
