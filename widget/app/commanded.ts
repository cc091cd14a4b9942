import type { Command } from '../flow/command.ts';

/** The one event of a screen: what the customer wants. Heard by the shell only. */
export class Commanded extends Event {
  readonly command: Command;

  constructor(command: Command) {
    super('commanded', { bubbles: true, composed: true });
    this.command = command;
  }
}

declare global {
  interface HTMLElementEventMap {
    commanded: Commanded;
  }
}
