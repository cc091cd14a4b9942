/** Serves the gallery from its sources, so that a change is seen at once. */
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { readTerms, sampleTerms } from '../../bff/services/onboarding/read-terms.ts';

export type GalleryServer = { readonly url: string; close(): Promise<void> };

export async function startGallery(port: number): Promise<GalleryServer> {
  const terms = readTerms(sampleTerms);
  const server = await createServer({
    configFile: false,
    root: fileURLToPath(new URL('.', import.meta.url)),
    logLevel: 'error',
    define: {
      __VERSION__: JSON.stringify('gallery'),
      __TERMS__: JSON.stringify({ ko: terms.documents('ko'), en: terms.documents('en') }),
    },
    // Nothing is bundled ahead: several of these may run beside each other, and share no folder.
    optimizeDeps: { noDiscovery: true },
    server: {
      host: '127.0.0.1',
      port,
      strictPort: true,
      fs: { allow: [fileURLToPath(new URL('../../', import.meta.url))] },
    },
  });
  await server.listen();
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
