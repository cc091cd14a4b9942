import { fileURLToPath } from 'node:url';
import { build, createServer, preview, type InlineConfig } from 'vite';
import { readTerms, sampleTerms } from '../../bff/services/onboarding/read-terms.ts';

export type GalleryServer = { readonly url: string; close(): Promise<void> };

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const terms = readTerms(sampleTerms);

const config: InlineConfig = {
  configFile: false,
  root: here('.'),
  logLevel: 'error',
  define: {
    __VERSION__: JSON.stringify('gallery'),
    __TERMS__: JSON.stringify({ ko: terms.documents('ko'), en: terms.documents('en') }),
  },
  build: {
    outDir: here('../../dist/gallery'),
    emptyOutDir: true,
    minify: false,
    rolldownOptions: { input: [here('index.html'), here('cell.html')] },
  },
};

/** Serves the gallery from its sources, so that a change is seen at once. */
export async function startGallery(port: number): Promise<GalleryServer> {
  const server = await createServer({
    ...config,
    server: { host: '127.0.0.1', port, strictPort: true, fs: { allow: [here('../../')] } },
  });
  await server.listen();
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

/** Before the tests: builds the gallery into one file, which loads at once. */
export default async function buildGallery(): Promise<void> {
  await build(config);
}

/** Serves what was built. */
export async function startBuiltGallery(port: number): Promise<GalleryServer> {
  const server = await preview({ ...config, preview: { host: '127.0.0.1', port, strictPort: true } });
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
