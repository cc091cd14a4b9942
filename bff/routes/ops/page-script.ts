/** The script of the operators' page, as the browser gets it: buttons, and a refresh that keeps the reader's place. */
export const pageScript = `(() => {
  'use strict';
  const policy = window.trustedTypes?.createPolicy('ops', { createHTML: (text) => text });
  const content = () => document.getElementById('content');
  const text = (name) => content().dataset[name];
  const live = document.getElementById('result');

  function say(words) {
    live.textContent = '';
    requestAnimationFrame(() => { live.textContent = words; });
  }

  /** Our own page again: only its middle changes, and the focus stays where it was or at its section. */
  async function refresh() {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = await answer.text();
    const next = new DOMParser().parseFromString(policy ? policy.createHTML(page) : page, 'text/html');
    const { id, section } = { id: document.activeElement?.id, section: document.activeElement?.closest('section')?.id };
    content().replaceWith(document.adoptNode(next.getElementById('content')));
    const again = (id && document.getElementById(id)) || (section && document.querySelector('#' + section + ' h2'));
    again?.focus({ preventScroll: true });
  }

  async function act(path) {
    const answer = await fetch(path + location.search, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-ops-token': text('token') },
      body: '{}',
    });
    const { message } = await answer.json();
    if (!answer.ok) throw new Error(String(answer.status));
    return message;
  }

  document.addEventListener('click', async ({ target }) => {
    const button = target.closest('button');
    if (!button || button.getAttribute('aria-disabled') === 'true') return;
    button.setAttribute('aria-disabled', 'true');
    say(text('busy'));
    try {
      const { path } = button.dataset;
      const message = path ? await act(path) : text('refreshed');
      await refresh();
      say(message);
    } catch {
      say(text('failed'));
    } finally {
      button.removeAttribute('aria-disabled');
    }
  });
})();
`;
