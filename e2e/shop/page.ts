/** The shop's one page. */
import { shopText } from './text.ts';

export const surfaces = ['frame', 'inline', 'modal', 'modal-inline', 'hosted'] as const;
export type Surface = (typeof surfaces)[number];
export type PageOptions = {
  locale: 'ko' | 'en';
  theme: 'light' | 'dark';
  surface: Surface;
  bffUrl: string;
  phone: string;
  phoneUrl: string;
};

export function renderPage({ locale, theme, surface, bffUrl, phone, phoneUrl }: PageOptions): string {
  const text = shopText[locale];
  const shownPhone = phone.replace(/(\d{3})(\d{4})(\d{4})/, '$1-$2-$3');
  const otherLocale = new URLSearchParams({ surface, theme, locale: locale === 'ko' ? 'en' : 'ko' });
  return `<!doctype html>
<html lang="${locale}" data-theme="${theme}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
  <title>${text.brand}</title>
  <link rel="icon" href="/favicon.svg">
  <link rel="stylesheet" href="/shop.css">
  <script type="module" src="${bffUrl}/widget/1/hecto-onboarding.js"></script>
  <script type="module" src="/shop.js"></script>
</head>
<body>
  <div class="shop">
    <header>
      <p class="brand"><strong>${text.brand}</strong> <span>${text.tagline}</span></p>
      <a href="?${escape(otherLocale.toString())}" lang="${locale === 'ko' ? 'en' : 'ko'}">${text.otherLanguage}</a>
    </header>
    <main>
      <section class="product">
        <img src="/coffee.svg" alt="${text.picture}" width="480" height="480">
        <h1>${text.product}</h1>
        <p class="note">${text.productNote}</p>
        <ul>${text.facts.map((fact) => `<li>${fact}</li>`).join('')}</ul>
      </section>
      <section class="card" aria-labelledby="order">
        <div class="order">
          <h2 id="order">${text.order}</h2>
          <dl>${text.rows.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join('')}
            <div class="total"><dt>${text.totalLabel}</dt><dd>${text.total}</dd></div>
          </dl>
          <h3>${text.payWith}</h3>
          <p class="account" role="status" data-account data-none="${text.noAccount}">${text.noAccount}</p>
          <p class="subscribed" data-subscribed hidden><strong>${text.subscribed}</strong> ${text.serverSays}</p>
          <p class="failed" role="alert" data-failed hidden>${text.failed}</p>
          <button type="button" data-start data-again="${text.another}">${text.start}</button>
          <p class="small">${text.demo}</p>
        </div>
        <div class="checkout" data-checkout role="region" aria-label="${text.checkout}" hidden></div>
      </section>
    </main>
  </div>
  <aside class="phone" aria-labelledby="phone">
    <h2 id="phone">${text.phone} <strong>${shownPhone}</strong></h2>
    <p>${text.phoneNote} <a href="${escape(phoneUrl)}" target="_blank" rel="noopener">${text.openPhone}</a></p>
    <iframe src="${escape(phoneUrl)}" title="${text.phone} ${shownPhone}"></iframe>
  </aside>
</body>
</html>`;
}

function escape(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
