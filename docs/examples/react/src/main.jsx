import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BankAccount } from './bank-account';

createRoot(document.getElementById('root')).render(
  <StrictMode>
    <BankAccount />
  </StrictMode>,
);
