import { defineConfig } from 'vitest/config';

/** What takes a minute and the whole machine: `npm run test:scale`. */
export default defineConfig({
  test: {
    name: 'scale',
    include: ['e2e/scale/**/*.scale.ts'],
    environment: 'node',
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 120_000,
  },
});
