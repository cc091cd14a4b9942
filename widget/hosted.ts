/** The script of the hosted page. */
import { startHostedPage } from './pages/hosted-page.ts';

startHostedPage();
