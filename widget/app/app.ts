/** What is loaded in one piece: the app with all its screens. On a page of the BFF, which is nothing but the app, it starts. */
import { startFramePage } from '../pages/frame-page.ts';
import { startHostedPage } from '../pages/hosted-page.ts';

export { mount } from './mount.ts';

const { hectoPage } = document.documentElement.dataset;
if (hectoPage === 'frame') startFramePage();
if (hectoPage === 'hosted') startHostedPage();
