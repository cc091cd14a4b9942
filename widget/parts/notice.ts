import { html, nothing, type TemplateResult } from 'lit';

/** A box with something the customer should read: spoken when there is a pause. */
export const notice = (words: string): TemplateResult =>
  html`<div class="notice" role="status"><span>${words}</span></div>`;

/** An error for the customer to read, if there is one: spoken at once. */
export const trouble = (words: string) =>
  words ? html`<div class="notice" role="alert"><span>${words}</span></div>` : nothing;
