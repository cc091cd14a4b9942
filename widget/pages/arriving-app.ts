import type { mount } from '../app/mount.ts';

declare global {
  /** The app's last act on a page of ours, where it comes behind the page's own script (vite.config.ts). */
  var hectoApp: ((app: typeof mount) => void) | undefined;
}

/** The app, once the page has come to its end. */
export const arrivingApp = new Promise<typeof mount>((arrived) => (globalThis.hectoApp = arrived));
