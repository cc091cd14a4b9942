import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { button } from '../parts/button.ts';
import { trouble } from '../parts/notice.ts';
import type { Text } from '../text/text.ts';

/**
 * Something a screen gets from its service: on its way, here, or failed with a way to ask again.
 * A later `load()` wins over an earlier one, whichever answers first.
 */
export class Loaded<T> implements ReactiveController {
  value: T | undefined;
  readonly #host: ReactiveControllerHost;
  readonly #load: () => Promise<T>;
  #failed = false;
  #latest = 0;

  constructor(host: ReactiveControllerHost, load: () => Promise<T>) {
    this.#host = host;
    this.#load = load;
    host.addController(this);
  }

  hostConnected(): void {
    void this.load();
  }

  hostDisconnected(): void {
    this.#latest++;
    this.value = undefined;
  }

  /** Forgets what is here and asks anew. Never rejects: a failure is shown by `view`. */
  load = async (): Promise<void> => {
    const mine = ++this.#latest;
    this.value = undefined;
    this.#failed = false;
    this.#host.requestUpdate();
    const value = await this.#load().catch(() => undefined);
    if (mine !== this.#latest) return;
    this.value = value;
    this.#failed = value === undefined;
    this.#host.requestUpdate();
  };

  view(text: Text, show: (value: T) => TemplateResult): TemplateResult {
    if (this.value !== undefined) return show(this.value);
    return this.#failed
      ? html`${trouble(text.shell.failed)} ${button(text.shell.retry, this.load, { kind: 'quiet' })}`
      : html`<p class="lead" role="status">${text.shell.loading}</p>`;
  }
}
