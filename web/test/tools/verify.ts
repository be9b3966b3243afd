// The supervisor page's audit under node: of a bundle's folder, a bundle's tar, a `.bel` archive, or a served log.
//   node dist-tools/verify.mjs PATH... | http://127.0.0.1:8080/log/UUID/
// Prints {verdict, firstFault, checks, notes, result} as JSON, one line for each PATH where there are several.
// Exit 0 all intact, 1 not.
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { auditBel } from '../../src/audit/bel.ts';
import { looksLikeBel } from '../../src/audit/bel-tar.ts';
import { auditLedger } from '../../src/audit/ledger.ts';
import type { Report } from '../../src/audit/report.ts';
import { sodiumReady } from '../../src/crypto/sodium.ts';
import { httpSource, type LogSource } from '../../src/log/source.ts';
import { tarSource } from '../../src/log/tar-source.ts';

const folderSource = (folder: string): LogSource => ({
  read: (path) =>
    readFile(join(folder, path)).then(
      (bytes) => new Uint8Array(bytes),
      () => null,
    ),
});

const bundle = (source: LogSource): Promise<Report> =>
  auditLedger(source, { memory: [], mayBeOlder: false });

async function audit(place: string): Promise<Report> {
  if (/^https?:/.test(place)) return bundle(httpSource(place));
  if ((await stat(place)).isDirectory()) return bundle(folderSource(place));
  const bytes = new Uint8Array(await readFile(place));
  const source = looksLikeBel(bytes) || place.endsWith('.bel') ? null : tarSource(bytes);
  return source ? bundle(source) : auditBel(bytes, {});
}

function summary(report: Report): object {
  const { kind, verdict, size, checks, notes, election } = report;
  return { kind, verdict, size, firstFault: report.faults[0] ?? null, checks, notes, result: election?.result ?? null };
}

async function main(): Promise<void> {
  await sodiumReady();
  const places = process.argv.slice(2);
  if (places.length === 0) throw new Error('Name a folder, a .tar, a .bel or a log’s address.');
  for (const place of places) {
    const report = await audit(place);
    if (report.verdict !== 'intact') process.exitCode = 1;
    const shown = summary(report);
    console.log(places.length === 1 ? JSON.stringify(shown, null, 2) : JSON.stringify({ place, ...shown }));
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
