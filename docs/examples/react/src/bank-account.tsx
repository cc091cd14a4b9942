import { HectoOnboarding } from 'hecto-onboarding/react';
import { useState } from 'react';

const bffUrl = import.meta.env['VITE_BFF_URL'] as string;

async function fetchClientToken() {
  const answer = await fetch('/client-tokens', { method: 'POST' });
  const { clientToken } = (await answer.json()) as { clientToken: string };
  return clientToken;
}

/** What your server has read from the BFF: events of a browser prove nothing. */
async function fetchAccount() {
  const answer = await fetch('/account');
  return (await answer.json()) as { status: string; number?: string };
}

export function BankAccount() {
  const [open, setOpen] = useState(false);
  const [says, setSays] = useState('');

  async function close() {
    setOpen(false);
    const { status, number } = await fetchAccount();
    setSays(number ? `Registered: ${number}` : `No account: ${status}`);
  }

  return (
    <>
      <button onClick={() => setOpen(true)}>Register a bank account</button>
      <p role="status">{says}</p>
      {open && (
        <HectoOnboarding
          bffUrl={bffUrl}
          surface="modal"
          fetchClientToken={fetchClientToken}
          onError={({ error }) => console.error(error.code, error.message)}
          onExit={() => void close()}
        />
      )}
    </>
  );
}
