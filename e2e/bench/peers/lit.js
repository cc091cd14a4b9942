/** The least that an element of Lit can show: a heading, a sentence and a button. */
import { LitElement, html } from 'lit';

class BareElement extends LitElement {
  render() {
    return html`<h1>계좌 등록</h1>
      <p>은행 계좌를 등록해 주세요.</p>
      <button>계속</button>`;
  }
}
customElements.define('bare-element', BareElement);
document.querySelector('#place').append(document.createElement('bare-element'));
