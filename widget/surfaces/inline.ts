import { exchange } from '../bff/request.ts';
import type { Settings } from '../host/settings.ts';
import { bffOrigin, type Surface, type SurfaceHost } from './surface.ts';

/**
 * Runs the app in the element's own shadow root. For merchants who serve the BFF from their own origin: other scripts
 * on the page could read along (D2).
 * @throws when the app cannot be loaded or another script holds its tags.
 */
export async function startInline(host: SurfaceHost, settings: Settings): Promise<Surface> {
  const way = { bffOrigin };
  const admission = host
    .clientToken('start')
    .then((token) => exchange(way, token))
    .catch(() => undefined);
  const { mount } = await import('../app/mount.ts');
  return mount({ ...host, ...way, admission }, settings);
}
