import { LitElement, css, html } from 'lit';
import { shared } from '../styles/shared.ts';

/**
 * The bar for the one thing to do next. Stays at the bottom edge, above the keyboard and the safe area.
 * @slot - the primary button, at most one more below it
 */
export class HectoActions extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        position: sticky;
        bottom: var(--hecto-keyboard, 0px);
        z-index: 1;
        display: grid;
        gap: var(--hecto-space-s);
        margin-top: auto;
        padding: var(--hecto-space-m) 0 max(var(--hecto-space-m), env(safe-area-inset-bottom));
        background: var(--hecto-color-background);
      }
    `,
  ];

  override render() {
    return html`<slot></slot>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'hecto-actions': HectoActions;
  }
}
