// The supervisor page's verification under node, for tests: of a bundle folder, a tar, or a served log.
//   node dist-tools/verify.mjs PATH | http://127.0.0.1:8080/log/UUID/
// Prints the report as JSON without its rows; exit 0 intact, 1 not.
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sodiumReady } from '../../src/crypto/sodium.ts';
import { httpSource, type LogSource } from '../../src/log/source.ts';
import { tarSource } from '../../src/log/tar-source.ts';
import { verifyLog } from '../../src/log/verify.ts';

const folderSource = (folder: string): LogSource => ({
  read: (path) =>
    readFile(join(folder, path)).then(
      (bytes) => new Uint8Array(bytes),
      () => null,
    ),
});

async function sourceOf(place: string): Promise<LogSource> {
  if (/^https?:/.test(place)) return httpSource(place);
  if ((await stat(place)).isDirectory()) return folderSource(place);
  const source = tarSource(new Uint8Array(await readFile(place)));
  if (!source) throw new Error(`${place} is no bundle`);
  return source;
}

async function main(): Promise<void> {
  await sodiumReady();
  const source = await sourceOf(process.argv[2] ?? '');
  const report = await verifyLog(source, { memory: { key: null, checkpoints: [] }, mayBeOlder: false });
  console.log(JSON.stringify({ ...report, rows: undefined }, null, 2));
  process.exitCode = report.verdict === 'intact' ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
