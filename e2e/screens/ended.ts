import type { Ending } from '../../widget/app/screen.ts';
import { ScreenObject } from './screen.ts';

export class EndedPage extends ScreenObject {
  get heading() {
    return this.saying('failed');
  }
  saying(end: Ending) {
    return this.headline(this.text.ended[end].title);
  }
  get takeOver() {
    return this.button(this.text.ended.here);
  }
  get close() {
    return this.button(this.text.shell.close);
  }
}
