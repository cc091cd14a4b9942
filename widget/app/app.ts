/** What is loaded in one piece: the app with all its screens, and the pages that are nothing but the app. */
export { startFramePage } from '../pages/frame-page.ts';
export { startHostedPage } from '../pages/hosted-page.ts';
export { mount } from './mount.ts';
