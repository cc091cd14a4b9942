/** The script of the self-test page: tells an app's developer, inside their own WebView, what is missing there. */
import { showSelfTest } from './self-test/self-test-page.ts';

await showSelfTest();
