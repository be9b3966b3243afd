import { openCheckpoint, readKeys, type VerifierKey } from '../log/note.ts';
import type { LogSource } from '../log/source.ts';
import type { KnownLedger, Memory, Report } from './report.ts';

// Which of the ledgers that a device remembers one is to be held against. They are looked up by the election's uuid,
// never by the name that a ledger gives itself: under a name of its own it would be compared with nothing.

// An origin ends with its election's uuid.
export const uuidOf = (origin: string): string => origin.slice(origin.lastIndexOf('/') + 1);

export const ofElection = (uuid: string, all: readonly KnownLedger[]): Memory =>
  all.filter(({ origin }) => uuidOf(origin) === uuid);

// `key`: the ledger's first.
export const isKnownAs = (known: KnownLedger, key: Pick<VerifierKey, 'name' | 'text'>): boolean =>
  known.origin === key.name && (known.key === null || known.key === key.text);

// What a server has of a file's election of which this device knows nothing: the ledger of that key, another one, or
// none; `unknown` where it could not be asked.
export type Served = 'same' | 'other' | 'none' | 'unknown';

async function servedAs(key: string, log: LogSource): Promise<Served> {
  try {
    const bytes = await log.read('keys.json');
    if (!bytes) return 'none';
    const keys = readKeys(bytes);
    if (!keys) return 'unknown';
    return keys.ledger[0]!.text === key ? 'same' : 'other';
  } catch {
    return 'unknown';
  }
}

interface FileAudit {
  audit: (memory: Memory) => Promise<Report>;
  server: (uuid: string) => LogSource;
}

// Of a bundle file, whose checkpoint is `note`. Whether it says rightly which election it is of, the audit shows.
export async function auditFile(
  note: Uint8Array,
  all: readonly KnownLedger[],
  { audit, server }: FileAudit,
): Promise<{ report: Report; served: Served | null }> {
  const uuid = uuidOf(openCheckpoint(note, []).checkpoint?.origin ?? '');
  const memory = ofElection(uuid, all);
  const report = await audit(memory);
  const { verdict, key } = report;
  const asked = memory.length === 0 && verdict === 'intact' && key !== null;
  return { report, served: asked ? await servedAs(key, server(uuid)) : null };
}
