import { html, nothing, type CSSResultGroup } from 'lit';
import type { TermsDocument } from '../../../shared/api/widget.ts';
import { Screen } from '../../app/screen.ts';
import { button } from '../../parts/button.ts';
import { trouble } from '../../parts/notice.ts';
import { fill } from '../../../shared/values/fill.ts';
import { Loaded } from '../loaded.ts';
import { markdown } from './markdown.ts';
import { styles } from './terms-screen.styles.ts';

/** Asks for each consent by itself. Nothing is ticked for the customer; refusing the optional ones stops nothing. */
export class TermsScreen extends Screen<'terms'> {
  static override properties = { reading: { state: true }, missing: { state: true } };
  static override styles: CSSResultGroup = [Screen.styles, styles];

  private reading: TermsDocument | undefined;
  private missing = false;
  readonly #documents = new Loaded(this, () => this.service.terms());
  readonly #agreed = new Set<string>();
  readonly #opened = new Set<string>();

  override render() {
    const { terms, shell, common } = this.text;
    return html`
      <h1 tabindex="-1">${terms.title}</h1>
      <p class="lead">${fill(terms.lead, { merchant: this.state.merchant.name })}</p>
      ${this.#documents.view(this.text, (documents) => this.#list(documents))}
      <hecto-sheet
        label=${this.reading?.title ?? ''}
        close-label=${shell.close}
        .open=${!!this.reading}
        @sheet-closed=${this.#read(undefined)}
      >
        <article>${this.reading && markdown(this.reading.text)}</article>
        ${button(common.confirm, this.#read(undefined), { slot: 'actions' })}
      </hecto-sheet>
    `;
  }

  #list(documents: readonly TermsDocument[]) {
    const { terms } = this.text;
    const ticked = documents.filter(({ documentId }) => this.#agreed.has(documentId)).length;
    return html`
      <label class="card">
        <input
          type="checkbox"
          .checked=${ticked === documents.length}
          .indeterminate=${ticked > 0 && ticked < documents.length}
          @change=${(event: Event) => this.#tick(documents, event)}
        />
        ${terms.all}
      </label>
      <ul class="items">
        ${documents.map((document) => this.#item(document))}
      </ul>
      ${documents.every(({ required }) => required) ? nothing : html`<p class="note">${terms.optionalNote}</p>`}
      <div class="actions">
        ${trouble(this.missing ? terms.missing : this.refusal)}
        ${button(terms.agree, () => this.#agree(documents), { busy: this.busy })}
      </div>
    `;
  }

  #item(document: TermsDocument) {
    const { terms } = this.text;
    return html`<li>
      <label>
        <input
          type="checkbox"
          .checked=${this.#agreed.has(document.documentId)}
          @change=${(event: Event) => this.#tick([document], event)}
        />
        <span>${document.required ? terms.required : terms.optional} ${document.title}</span>
      </label>
      <button
        type="button"
        class="icon arrow"
        aria-label=${fill(terms.read, { title: document.title })}
        @click=${this.#read(document)}
      ></button>
    </li>`;
  }

  #tick(documents: readonly TermsDocument[], event: Event) {
    const { checked } = event.target as HTMLInputElement;
    for (const { documentId } of documents) {
      if (checked) this.#agreed.add(documentId);
      else this.#agreed.delete(documentId);
    }
    this.missing = false;
    this.requestUpdate();
  }

  #read = (document: TermsDocument | undefined) => () => {
    if (document) this.#opened.add(document.documentId);
    this.reading = document;
  };

  #agree(documents: readonly TermsDocument[]) {
    const missing = documents.findIndex(
      ({ required, documentId }) => required && !this.#agreed.has(documentId),
    );
    this.missing = missing >= 0;
    if (this.missing) this.renderRoot.querySelectorAll<HTMLElement>('li input')[missing]?.focus();
    else
      this.command({
        type: 'consents',
        items: documents.map(({ documentId, version, sha256 }) => ({
          documentId,
          version,
          sha256,
          agreed: this.#agreed.has(documentId),
          opened: this.#opened.has(documentId),
        })),
      });
  }
}
