// Two programs, one verdict: the pages' audit against suara-verify.
//   node dist-tools/differential.mjs path/to/suara-verify [path/to/bel_mutants]
// Over ledgers and archives with lies in them that are made here, and over the archives that bel_mutants writes, with
// index.json [{"file","check"}]; no check means that the archive is intact.
// Prints a line for each disagreement and one of totals; exit 0 where there is none.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createTar } from 'nanotar';
import { auditBel } from '../../src/audit/bel.ts';
import { work, type Job, type Labour, type Outcomes } from '../../src/audit/labour.ts';
import { auditLedger } from '../../src/audit/ledger.ts';
import type { Report } from '../../src/audit/report.ts';
import { sodiumReady } from '../../src/crypto/sodium.ts';
import { logCases } from '../support/log-lies.ts';
import { liesAbout, liesAboutArchive } from '../support/lies.ts';
import { belParts, writeBel } from '../support/make-bel.ts';
import { ledgerOf, makeElection, type Recorded } from '../support/make-election.ts';
import { memorySource } from '../support/make-log.ts';
import { calledOff, twoAgree } from '../support/make-polling.ts';

const runFile = promisify(execFile);

// Most ballots of one lie are those of the next.
const done = new Map<string, unknown>();
const labour: Labour = {
  run: async <J extends Job>(job: J) => {
    const key = JSON.stringify(job);
    if (!done.has(key)) done.set(key, work(job));
    return done.get(key) as Outcomes[J['kind']];
  },
};

const shown = (check: string | null | undefined, place: number | null | undefined): string =>
  check ? `${check} at ${place ?? 'no place'}` : 'intact';

const ofPages = ({ faults }: Report): string => shown(faults[0]?.check, faults[0]?.seq);

async function ofTool(tool: string, path: string): Promise<string> {
  const { stdout } = await runFile(tool, ['--json', path], { maxBuffer: 64 << 20 }).catch(
    (error: { code: number; stdout: string }) => {
      if (error.code === 1) return error;
      throw error;
    },
  );
  const report = JSON.parse(stdout) as { first_fault: { check: string; entry: number | null } | null };
  return shown(report.first_fault?.check, report.first_fault?.entry);
}

const atOnce = 3;

class Comparison {
  private count = 0;
  private disagreements = 0;
  private intact = 0;
  private readonly waiting: Promise<void>[] = [];

  constructor(private readonly tool: string) {}

  // suara-verify works on some while the pages' audit, which is one thread, goes on with the next.
  async compare(name: string, path: string, report: Report, madeFor?: string): Promise<void> {
    this.count++;
    this.waiting.push(this.settle(name, path, ofPages(report), report, madeFor));
    if (this.waiting.length >= atOnce) await this.waiting.shift();
  }

  private async settle(name: string, path: string, pages: string, report: Report, madeFor?: string): Promise<void> {
    const tool = await ofTool(this.tool, path);
    if (pages === 'intact') this.intact++;
    if (pages === tool && (madeFor === undefined || pages.split(' ')[0] === madeFor)) return;
    this.disagreements++;
    const fault = report.faults[0];
    const detail = fault ? ` (${fault.expected.slice(0, 80)} | ${fault.found.slice(0, 80)})` : '';
    console.log(`${name}: ${madeFor ? `made for ${madeFor}; ` : ''}pages: ${pages}${detail}; suara-verify: ${tool}`);
  }

  // Something must have been compared, most of it broken.
  async sum(what: string): Promise<boolean> {
    await Promise.all(this.waiting);
    console.log(`${what}: ${this.count}, ${this.intact} intact, ${this.disagreements} disagreements`);
    return this.disagreements === 0 && this.count > 2 * this.intact && this.intact > 0;
  }
}

async function ledgers(folder: string, tool: string): Promise<boolean> {
  const comparison = new Comparison(tool);
  let files = 0;
  const oneLog = async (name: string, log: Map<string, Uint8Array>, madeFor?: string): Promise<void> => {
    const path = join(folder, `${files++}.tar`);
    await writeFile(path, createTar([...log].map(([file, data]) => ({ name: file, data }))));
    const options = { memory: { key: null, checkpoints: [] }, mayBeOlder: false, labour };
    await comparison.compare(name, path, await auditLedger(memorySource(log), options), madeFor);
  };
  const one = async (name: string, events: Recorded[]): Promise<void> => oneLog(name, await ledgerOf(events).files());
  for (const { name, check, files: log } of await logCases()) await oneLog(name, log, check ?? 'intact');
  const made = {
    live: makeElection({ live: true }).events,
    sealed: makeElection().events,
    'two agree': twoAgree(),
    'called off': calledOff(),
  };
  for (const [kind, events] of Object.entries(made)) {
    await one(kind, events);
    for (const lie of liesAbout(events)) await one(`${kind} ${lie.name}`, lie.events);
  }
  return comparison.sum('ledgers');
}

// Of the archives of an independent program. Run in web/, where they are found.
async function archives(folder: string, tool: string): Promise<boolean> {
  const comparison = new Comparison(tool);
  let files = 0;
  for (const name of ['basic', 'threshold'] as const) {
    const parts = await belParts(name);
    for (const lie of [{ name: 'as it is', bytes: writeBel(parts) }, ...liesAboutArchive(parts)]) {
      const path = join(folder, `${files++}.bel`);
      await writeFile(path, lie.bytes);
      await comparison.compare(`${name} ${lie.name}`, path, await auditBel(lie.bytes, { labour }));
    }
  }
  return comparison.sum('archives');
}

async function corpus(folder: string, tool: string, mutants: string): Promise<boolean> {
  await runFile(mutants, [folder], { maxBuffer: 64 << 20 });
  const comparison = new Comparison(tool);
  const index = JSON.parse(await readFile(join(folder, 'index.json'), 'utf8')) as {
    file: string;
    check?: string | null;
  }[];
  for (const { file, check } of index) {
    const path = join(folder, file);
    await comparison.compare(
      file,
      path,
      await auditBel(new Uint8Array(await readFile(path)), { labour }),
      check ?? 'intact',
    );
  }
  return comparison.sum('mutants');
}

async function main(): Promise<void> {
  const [tool, mutants] = process.argv.slice(2);
  if (!tool) throw new Error('Name suara-verify, and bel_mutants to compare archives too.');
  await sodiumReady();
  const folder = await mkdtemp(join(tmpdir(), 'suara-differential-'));
  try {
    const same = [await archives(folder, tool), await ledgers(folder, tool)];
    if (mutants) same.push(await corpus(folder, tool, mutants));
    process.exitCode = same.every(Boolean) ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
