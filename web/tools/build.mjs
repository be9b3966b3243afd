// Builds web/dist: the pages, and assets whose names carry the hash of their content.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { constants, gzipSync } from 'node:zlib';
import { copyTemplate, pageHtml, pages, placeOfData } from './pages.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const served = join(root, 'dist');
const dist = await mkdtemp(join(root, 'dist-'));
const names = Object.keys(pages);
const withWorker = names.filter((name) => pages[name].worker);
const target = ['chrome90', 'firefox90', 'safari15'];

const common = {
  bundle: true,
  minify: true,
  format: 'esm',
  target,
  outdir: join(dist, 'assets'),
  entryNames: '[name]-[hash]',
  assetNames: '[name]-[hash]',
  metafile: true,
  legalComments: 'linked',
  logLevel: 'warning',
  absWorkingDir: root,
  // libsodium's module names node's modules for node alone; in a browser they are never reached.
  external: ['module', 'node:module', 'fs', 'path', 'crypto'],
};

function outputs(metafile) {
  const found = {};
  for (const [path, output] of Object.entries(metafile.outputs)) {
    if (output.entryPoint) found[basename(output.entryPoint).replace(/\.[a-z]+$/, '')] = `/assets/${basename(path)}`;
  }
  return found;
}

async function* files(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else yield path;
  }
}

await mkdir(join(dist, 'assets'));
await cp(join(root, 'static', 'assets'), join(dist, 'assets'), { recursive: true });

// Workers of older phones do not know modules. Those that audit start others to share their work with.
const worker = async (entryPoints, define) =>
  outputs((await build({ ...common, format: 'iife', entryPoints, define })).metafile);
const helpers = await worker(['src/pages/audit-worker.ts'], {});
const workers = await worker(
  withWorker.map((page) => `src/pages/${page}-worker.ts`),
  { AUDIT_WORKER_URL: JSON.stringify(helpers['audit-worker']) },
);
const scripts = outputs(
  (
    await build({
      ...common,
      entryPoints: names.map((page) => `src/pages/${page}.ts`),
      define: Object.fromEntries(
        withWorker.map((page) => [`${page.toUpperCase()}_WORKER_URL`, JSON.stringify(workers[`${page}-worker`])]),
      ),
    })
  ).metafile,
);
const styles = outputs((await build({ ...common, entryPoints: ['styles/main.css'] })).metafile);

for (const name of names) {
  await writeFile(join(dist, `${name}.html`), pageHtml(pages[name], styles.main, scripts[name]));
}

// A file that is whole by itself: script and style within, neither of which may end its element early.
async function inlined(entryPoint, ending) {
  const { outputFiles } = await build({
    ...common,
    format: 'iife',
    entryPoints: [entryPoint],
    write: false,
    legalComments: 'none',
  });
  const { text } = outputFiles.find(({ path }) => path.endsWith(ending));
  if (/<\/(script|style)|<!--/i.test(text)) throw new Error(`${entryPoint} cannot stand within a page`);
  return text;
}
const whole = { style: await inlined('styles/main.css', '.css'), script: await inlined('src/pages/copy.ts', '.js') };
const hashes = Object.fromEntries(
  Object.entries(whole).map(([name, text]) => [name, createHash('sha256').update(text).digest('base64')]),
);
if (whole.script.includes(placeOfData)) throw new Error(`the copy's script holds ${placeOfData} itself`);
await writeFile(join(dist, 'copy-template.html'), copyTemplate({ ...whole, hashes }));

// The service sends these where the browser takes gzip, so that it never compresses while it counts ballots.
for await (const path of files(dist)) {
  if (!/\.(html|js|css|svg|txt)$/.test(path)) continue;
  await writeFile(`${path}.gz`, gzipSync(await readFile(path), { level: constants.Z_BEST_COMPRESSION }));
}

// A service that runs from the folder goes on serving whole pages: first what they name, then they, then the old goes.
const made = [];
for await (const path of files(dist)) made.push(relative(dist, path));
made.sort((a, b) => Number(a.includes('.html')) - Number(b.includes('.html')));
await mkdir(join(served, 'assets'), { recursive: true });
for (const name of made) await rename(join(dist, name), join(served, name));
for await (const path of files(served)) if (!made.includes(relative(served, path))) await rm(path, { force: true });
await rm(dist, { recursive: true });
