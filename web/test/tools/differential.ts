// Two programs, one verdict: the pages' audit against suara-verify, over mutants of independent archives.
//   node dist-tools/differential.mjs path/to/bel_mutants path/to/suara-verify
// bel_mutants writes archives and index.json [{"file","check"}], where no check means that the archive is intact.
// Prints a line for each disagreement and one of totals; exit 0 where there is none.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { auditBel } from '../../src/audit/bel.ts';
import { sodiumReady } from '../../src/crypto/sodium.ts';

const runFile = promisify(execFile);

interface Verdict {
  check: string | null; // of the first fault
  place: number | null;
}

interface Mutant {
  file: string;
  check?: string | null;
}

async function ofPages(path: string): Promise<Verdict> {
  const { faults } = await auditBel(new Uint8Array(await readFile(path)), {});
  return { check: faults[0]?.check ?? null, place: faults[0]?.seq ?? null };
}

async function ofTool(tool: string, path: string): Promise<Verdict> {
  const { stdout } = await runFile(tool, ['--json', path], { maxBuffer: 64 << 20 }).catch(
    (error: { code: number; stdout: string }) => {
      if (error.code === 1) return error;
      throw error;
    },
  );
  const report = JSON.parse(stdout) as { first_fault: { check: string; entry: number | null } | null };
  return { check: report.first_fault?.check ?? null, place: report.first_fault?.entry ?? null };
}

const shown = ({ check, place }: Verdict): string => (check === null ? 'intact' : `${check} at ${place}`);

async function compare(folder: string, tool: string): Promise<number> {
  const index = JSON.parse(await readFile(join(folder, 'index.json'), 'utf8')) as Mutant[];
  let disagreements = 0;
  for (const { file, check } of index) {
    const path = join(folder, file);
    const [pages, other] = await Promise.all([ofPages(path), ofTool(tool, path)]);
    const wanted = check ?? null;
    if (shown(pages) === shown(other) && pages.check === wanted) continue;
    disagreements++;
    console.log(`${file}: made for ${wanted ?? 'intact'}; pages: ${shown(pages)}; suara-verify: ${shown(other)}`);
  }
  console.log(`${index.length} archives, ${disagreements} disagreements`);
  return index.length > 0 ? disagreements : 1;
}

async function main(): Promise<void> {
  const [mutants, tool] = process.argv.slice(2);
  if (!mutants || !tool) throw new Error('Name bel_mutants and suara-verify.');
  await sodiumReady();
  const folder = await mkdtemp(join(tmpdir(), 'suara-mutants-'));
  try {
    await runFile(mutants, [folder], { maxBuffer: 64 << 20 });
    process.exitCode = (await compare(folder, tool)) === 0 ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
