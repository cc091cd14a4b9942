import { css, html, type TemplateResult } from 'lit';

/** Hues that tell banks apart, dark enough for white letters. We ship no bank's logo. */
const colours = ['#1b64da', '#0b7a4b', '#8a5300', '#a3278f', '#6941c6', '#b3261e', '#0e7490', '#475467'];

/** A round mark for a bank: the beginning of its name on a colour of its own. Decoration: the name stands beside it. */
export const bankMark = (code: string, name: string): TemplateResult =>
  html`<span class="mark" aria-hidden="true" .style=${`background:${colours[Number(code) % colours.length]}`}
    >${name.slice(0, /^\w/.test(name) ? 1 : 2)}</span
  >`;

export const bankMarkStyles = css`
  .mark {
    display: grid;
    flex: none;
    place-items: center;
    width: 2.9em;
    height: 2.9em;
    border-radius: 50%;
    color: #fff;
    font-size: 0.875rem;
    font-weight: 700;
    line-height: 1;
    white-space: nowrap;
  }
`;
