import { LitElement, css, html, type PropertyValues } from 'lit';
import { shared } from '../styles/shared.ts';

/** The sheet was closed by its button, Esc or a press outside. */
export class SheetClosed extends Event {
  constructor() {
    super('sheet-closed');
  }
}

/**
 * A sheet from the bottom edge for a choice or a text. Built on the native modal dialog: it keeps the focus inside
 * and the rest inert, also across shadow roots, closes on Esc and gives the focus back.
 * @slot - the content
 * @slot actions - buttons that stay in view
 * @fires sheet-closed
 */
export class HectoSheet extends LitElement {
  static override properties = {
    open: { type: Boolean },
    label: {},
    closeLabel: { attribute: 'close-label' },
  };

  static override styles = [
    shared,
    css`
      :host {
        display: contents;
      }
      dialog {
        flex-direction: column;
        width: 100%;
        max-width: var(--hecto-width);
        max-height: 88dvh;
        margin: auto auto 0;
        padding: 0;
        border: 1px solid transparent;
        border-radius: var(--hecto-radius-l) var(--hecto-radius-l) 0 0;
        background: var(--hecto-color-background);
        color: inherit;
        overscroll-behavior: contain;
      }
      dialog[open] {
        display: flex;
        animation: rise var(--hecto-duration);
      }
      dialog::backdrop {
        background: #0008;
      }
      .head {
        display: flex;
        align-items: center;
        justify-content: space-between;
        padding: var(--hecto-space-m) var(--hecto-space-s) var(--hecto-space-s) var(--hecto-space-l);
      }
      h2 {
        font-size: var(--hecto-font-size-l);
      }
      .content {
        overflow-y: auto;
        padding: 0 var(--hecto-space-l) var(--hecto-space-l);
        outline-offset: -4px;
      }
      slot[name] {
        display: block;
        padding: 0 var(--hecto-space-l) max(var(--hecto-space-l), env(safe-area-inset-bottom));
      }
      @media (min-width: 600px) {
        dialog {
          margin: auto;
          border-radius: var(--hecto-radius-l);
        }
      }
      @keyframes rise {
        from {
          translate: 0 24px;
          opacity: 0;
        }
      }
    `,
  ];

  open = false;
  label = '';
  closeLabel = '';

  override render() {
    // Esc is the keyboard's way for what a press outside does.
    return html`<dialog
      aria-labelledby="label"
      @close=${this.#closed}
      @click=${this.#pressed}
      @keydown=${this.#key}
    >
      <div class="head">
        <h2 id="label" tabindex="-1">${this.label}</h2>
        <button type="button" class="icon" aria-label=${this.closeLabel} @click=${this.close}>×</button>
      </div>
      <div class="content" tabindex="0" role="group" aria-labelledby="label"><slot></slot></div>
      <slot name="actions"></slot>
    </dialog>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('open')) return;
    if (!this.open) this.close();
    else if (this.isConnected) {
      this.#dialog?.showModal();
      // The attribute autofocus would do, but browsers complain about it in a frame of another origin.
      this.renderRoot.querySelector('h2')?.focus();
    }
  }

  /** Closes the sheet; the focus goes back to where it was. */
  readonly close = (): void => this.#dialog?.close();

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  #closed = () => {
    this.open = false;
    this.dispatchEvent(new SheetClosed());
  };

  // Esc is for this sheet, and not also for what is around it.
  #key = (event: KeyboardEvent) => {
    if (event.key === 'Escape') event.stopPropagation();
  };

  #pressed = (event: MouseEvent) => {
    if (event.target === this.#dialog) this.close(); // the backdrop, or the dialog's own edge
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'hecto-sheet': HectoSheet;
  }
  interface HTMLElementEventMap {
    'sheet-closed': SheetClosed;
  }
}
