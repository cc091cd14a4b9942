import { brotliCompressSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';

/** How many bytes travel of what these lines need, minified. */
async function weigh(source: string): Promise<number> {
  const name = `${import.meta.dirname}/weighed.js`;
  const built = (await build({
    configFile: false,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [
      {
        name: 'weighed',
        enforce: 'pre',
        resolveId: (id) => (id === name ? id : undefined),
        load: (id) => (id === name ? source : undefined),
      },
    ],
    build: { write: false, target: 'es2022', lib: { entry: name, formats: ['es'], fileName: 'weighed' } },
  })) as Rolldown.RolldownOutput[];
  return built
    .flatMap(({ output }) => output)
    .reduce((sum, file) => sum + (file.type === 'chunk' ? brotliCompressSync(file.code).length : 0), 0);
}

/**
 * W2: what `ours`, the bytes until our first screen, are to those of a twin in React 19. The twin is our own code with
 * React in the place of Lit, which flatters it: screens in JSX are longer than the same screens in templates.
 */
export async function shareOfReactTwin(ours: number): Promise<number> {
  const lit = await weigh("export { LitElement, html, css, nothing } from 'lit'");
  const react = await weigh(
    "export { createRoot } from 'react-dom/client'; export { createElement, useEffect, useState } from 'react'",
  );
  return ours / (ours - lit + react);
}
