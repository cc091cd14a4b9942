/* The merchant's page: puts the widget in its place and shows what the shop's server says afterwards. */

const query = new URLSearchParams(location.search);
const surface = query.get('surface') ?? 'frame';
const locale = document.documentElement.lang;

const button = document.querySelector('[data-start]');
const checkout = document.querySelector('[data-checkout]');
const failed = document.querySelector('[data-failed]');

/** Asks the shop's own server. The secret key never comes here. */
async function ask(method, path) {
  const response = await fetch(`/bank-account${path}`, { method });
  if (!response.ok) throw new Error(`The shop answered ${response.status}`);
  return response.json();
}

const newSession = () => ask('POST', `/sessions?${new URLSearchParams({ surface, locale })}`);
const newClientToken = async () => (await ask('POST', '/client-tokens')).clientToken;

function openWidget(clientToken) {
  const widget = document.createElement('hecto-onboarding');
  widget.setAttribute('surface', surface);
  widget.setAttribute('locale', locale);
  widget.setAttribute('theme', document.documentElement.dataset.theme);
  widget.setAttribute('client-token', clientToken);
  widget.fetchClientToken = newClientToken;
  widget.addEventListener('hecto-success', showAccount);
  widget.addEventListener('hecto-exit', closeWidget);
  checkout.replaceChildren(widget);
  checkout.hidden = false;
  if (surface.startsWith('modal')) void widget.open();
  else document.body.classList.add('checking-out');
}

async function closeWidget() {
  checkout.replaceChildren();
  checkout.hidden = true;
  document.body.classList.remove('checking-out');
  await showAccount();
  button.focus();
}

/** The shop's server reads the result from the BFF; events of a browser prove nothing. */
async function showAccount() {
  const { status, account } = await ask('GET', '');
  if (account) {
    document.querySelector('[data-account]').textContent =
      `${account.bankName[locale]} ${account.maskedNumber}`;
    document.querySelector('[data-subscribed]').hidden = false;
    button.textContent = button.dataset.again;
  }
  return status;
}

button.addEventListener('click', async () => {
  failed.hidden = true;
  button.disabled = true;
  try {
    const { clientToken, hostedUrl } = await newSession();
    if (surface === 'hosted') location.assign(hostedUrl);
    else openWidget(clientToken);
  } catch {
    failed.hidden = false;
  } finally {
    button.disabled = false;
  }
});

/* A reload in the middle: the customer goes on where they were. */
const status = await showAccount();
if (status === 'open' && surface !== 'hosted') openWidget(await newClientToken());
