// Bundles every test with the code it tests and hands the lot to node's own test runner.
import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const outdir = join(root, 'dist-test');
const tests = (await readdir(join(root, 'test'))).filter((name) => name.endsWith('.test.ts'));

await rm(outdir, { recursive: true, force: true });
await mkdir(outdir, { recursive: true });
await build({
  entryPoints: tests.map((name) => join(root, 'test', name)),
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node18',
  packages: 'external',
  outdir,
  outExtension: { '.js': '.mjs' },
  logLevel: 'warning',
});

const files = tests.map((name) => join(outdir, name.replace(/\.ts$/, '.mjs')));
const run = spawn(process.execPath, ['--test', ...files], { stdio: 'inherit', cwd: root });
run.on('exit', (code) => process.exit(code ?? 1));
