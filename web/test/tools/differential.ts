// Two programs, one verdict: the pages' audit against suara-verify.
//   node dist-tools/differential.mjs path/to/suara-verify [path/to/bel_mutants]
// Over ledgers and archives with lies in them that are made here, and over the archives that bel_mutants writes, with
// index.json [{"file","check"}]; no check means that the archive is intact.
// Prints a line for each disagreement and one of totals for each part; exit 0 where there is none.
import { execFile, fork } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
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

const atOnce = 2;

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

async function ledgers(folder: string, tool: string, what: string, made: Record<string, Recorded[]>): Promise<boolean> {
  const comparison = new Comparison(tool);
  let files = 0;
  const oneLog = async (name: string, log: Map<string, Uint8Array>, madeFor?: string): Promise<void> => {
    const path = join(folder, `${files++}.tar`);
    await writeFile(path, createTar([...log].map(([file, data]) => ({ name: file, data }))));
    const options = { memory: [], mayBeOlder: false, labour };
    await comparison.compare(name, path, await auditLedger(memorySource(log), options), madeFor);
  };
  const one = async (name: string, events: Recorded[]): Promise<void> => oneLog(name, await ledgerOf(events).files());
  if (Object.keys(made).length === 0) {
    for (const { name, check, files: log } of await logCases()) await oneLog(name, log, check ?? 'intact');
  }
  for (const [kind, events] of Object.entries(made)) {
    await one(kind, events);
    for (const lie of liesAbout(events)) await one(`${kind} ${lie.name}`, lie.events);
  }
  return comparison.sum(what);
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

// Each is a process of its own, so that every processor has one to work on; the slowest begin first.
const parts: Record<string, (folder: string, tool: string, mutants: string) => Promise<boolean>> = {
  polling: (folder, tool) =>
    ledgers(folder, tool, 'polling days', { 'two agree': twoAgree(), 'called off': calledOff() }),
  live: (folder, tool) => ledgers(folder, tool, 'live elections', { live: makeElection({ live: true }).events }),
  sealed: (folder, tool) => ledgers(folder, tool, 'sealed elections', { sealed: makeElection().events }),
  archives,
  logs: (folder, tool) => ledgers(folder, tool, 'keys and witnesses', {}),
  corpus,
};

async function runPart(part: string, tool: string, mutants: string): Promise<boolean> {
  await sodiumReady();
  const folder = await mkdtemp(join(tmpdir(), 'suara-differential-'));
  try {
    return await parts[part]!(folder, tool, mutants);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const inProcess = (part: string, tool: string, mutants: string): Promise<boolean> =>
  new Promise((resolve) => {
    fork(process.argv[1]!, [tool, mutants, part]).on('exit', (code) => resolve(code === 0));
  });

async function main(): Promise<void> {
  const [tool, mutants = '', part] = process.argv.slice(2);
  if (!tool) throw new Error('Name suara-verify, and bel_mutants to compare archives too.');
  if (part) {
    process.exitCode = (await runPart(part, tool, mutants)) ? 0 : 1;
    return;
  }
  const waiting = Object.keys(parts).filter((name) => name !== 'corpus' || mutants !== '');
  const same: boolean[] = [];
  const takeParts = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) same.push(await inProcess(next, tool, mutants));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, takeParts));
  process.exitCode = same.every(Boolean) ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
