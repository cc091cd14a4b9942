import { LitElement, css, html } from 'lit';
import { shared } from '../styles/shared.ts';

/**
 * A box with something the customer should read. An error is spoken at once, a warning when there is a pause.
 * @slot - the words
 */
export class HectoNotice extends LitElement {
  static override properties = { kind: {} };

  static override styles = [
    shared,
    css`
      div {
        display: flex;
        gap: var(--hecto-space-s);
        padding: var(--hecto-space-m);
        border: 1px solid transparent;
        border-radius: var(--hecto-radius-m);
        background: var(--hecto-color-warning-soft);
      }
      div::before {
        content: '!';
        content: '!' / '';
        flex: none;
        width: 1.4em;
        height: 1.4em;
        border-radius: 50%;
        background: var(--hecto-color-warning);
        color: var(--hecto-color-background);
        font-size: var(--hecto-font-size-s);
        font-weight: 700;
        line-height: 1.4;
        text-align: center;
      }
      [role='alert'] {
        background: var(--hecto-color-error-soft);
      }
      [role='alert']::before {
        background: var(--hecto-color-error);
      }
    `,
  ];

  kind: 'warning' | 'error' = 'warning';

  override render() {
    return html`<div role=${this.kind === 'error' ? 'alert' : 'status'}>
      <span><slot></slot></span>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'hecto-notice': HectoNotice;
  }
}
