/**
 * How Vitest finds the library's sources; a project that has it installed needs no settings.
 */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(`../../../lib/${path}`, import.meta.url));

export const settings = defineConfig({
  resolve: {
    alias: [
      { find: /^spandrel\/testing$/, replacement: source('testing/index.ts') },
      { find: /^spandrel$/, replacement: source('index.ts') },
    ],
  },
  test: { include: ['vitest-*ing.ts'] },
});

// biome-ignore lint/style/noDefaultExport: Vitest takes no other
export default settings;
