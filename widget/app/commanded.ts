import type { Command } from '../flow/command.ts';

/** The one event of a screen: what the customer wants. Heard by the shell only. */
export class Commanded extends Event {
  static readonly type = 'commanded';
  readonly command: Command;

  constructor(command: Command) {
    super(Commanded.type, { bubbles: true, composed: true });
    this.command = command;
  }
}

declare global {
  interface HTMLElementEventMap {
    commanded: Commanded;
  }
}
