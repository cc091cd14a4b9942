import { LitElement, css, html } from 'lit';
import { shared } from '../styles/shared.ts';

/** Hues that tell banks apart, dark enough for white letters. We ship no bank's logo. */
const colours = ['#1b64da', '#0b7a4b', '#8a5300', '#a3278f', '#6941c6', '#b3261e', '#0e7490', '#475467'];

/** A round mark for a bank: the beginning of its name on a colour of its own. Decoration: the name stands beside it. */
export class HectoBankMark extends LitElement {
  static override properties = { code: {}, name: {} };

  static override styles = [
    shared,
    css`
      :host {
        display: inline-grid;
        flex: none;
        place-items: center;
        width: 40px;
        height: 40px;
        border-radius: 50%;
        color: #fff;
        font-size: 0.8125rem;
        font-weight: 700;
        line-height: 1;
        letter-spacing: -0.03em;
      }
    `,
  ];

  code = '';
  name = '';

  protected override updated(): void {
    this.style.background = colours[Number(this.code) % colours.length] ?? '';
  }

  override render() {
    return html`<span aria-hidden="true">${this.name.slice(0, /^\w/.test(this.name) ? 3 : 2)}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'hecto-bank-mark': HectoBankMark;
  }
}
