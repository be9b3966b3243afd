// Bundles test/tools for node into dist-tools: ways to vote and to verify without a browser, for the tests.
import { build } from 'esbuild';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
await build({
  entryPoints: ['cast', 'verify', 'differential'].map((name) => join(root, 'test', 'tools', `${name}.ts`)),
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node18',
  packages: 'external',
  outdir: join(root, 'dist-tools'),
  outExtension: { '.js': '.mjs' },
  logLevel: 'warning',
});
