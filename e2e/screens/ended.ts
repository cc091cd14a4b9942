import type { Text } from '../../widget/text/text.ts';
import { ScreenObject } from './screen.ts';

type End = Exclude<keyof Text['ended'], 'close' | 'back'>;

export class EndedPage extends ScreenObject {
  get heading() {
    return this.saying('failed');
  }
  saying(end: End) {
    return this.headline(this.text.ended[end].title);
  }
  get takeOver() {
    return this.button(this.text.ended['taken-over'].action);
  }
  get close() {
    return this.button(this.text.ended.close);
  }
}
