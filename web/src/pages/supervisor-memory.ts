import { store, stored } from '../base/i18n.ts';
import { isKnownAs, ofElection, uuidOf, type Served } from '../audit/memory.ts';
import type { KnownLedger, Memory, Report } from '../audit/report.ts';

// What this device has seen and verified of each ledger: its key and some of its checkpoints. A log that later
// contradicts them is found out, whatever the server says.

const prefix = 'suara.seen.';
const maxCheckpoints = 20;

function read(origin: string): KnownLedger {
  const nothing = { origin, key: null, checkpoints: [] };
  try {
    const value = JSON.parse(stored(prefix + origin) ?? 'null') as Partial<KnownLedger> | null;
    if (!value || !Array.isArray(value.checkpoints)) return nothing;
    const checkpoints = value.checkpoints.filter(
      (item) => Number.isSafeInteger(item?.size) && item.size >= 0 && typeof item.root === 'string',
    );
    for (const item of checkpoints) if (typeof item.note !== 'string') item.note = null;
    return { origin, key: typeof value.key === 'string' ? value.key : null, checkpoints };
  } catch {
    return nothing;
  }
}

// By their names, since no browser keeps them in the order in which they came.
export function allKnown(): KnownLedger[] {
  const origins: string[] = [];
  try {
    for (let i = 0; i < localStorage.length; i++) {
      const name = localStorage.key(i);
      if (name?.startsWith(prefix)) origins.push(name.slice(prefix.length));
    }
  } catch {
    // No storage, no memory.
  }
  const known = origins.sort().map(read);
  return known.filter(({ key, checkpoints }) => key !== null || checkpoints.length > 0);
}

export const memoryOfElection = (uuid: string): Memory => ofElection(uuid, allKnown());

// Only what was verified without a fault is worth remembering, and of an election only the ledger that was seen first:
// a second one under another name or key would later bear out whoever made it. `served`: what this server has of a
// file's election of which nothing is known; a file alone must not decide what the server's ledger is held against.
// Keeps the newest and a thinning row of older ones, so that an old bundle, too, finds one to be compared with.
export function remember({ verdict, origin, size, root, key, note }: Report, served: Served | null): void {
  if (verdict !== 'intact' || origin === null || root === null || key === null) return;
  if (served === 'other' || served === 'unknown') return;
  const known = memoryOfElection(uuidOf(origin));
  if (!known.every((each) => isKnownAs(each, { name: origin, text: key }))) return;
  const checkpoints = (known[0]?.checkpoints ?? []).filter((seen) => seen.size !== size);
  checkpoints.push({ size, root, note });
  checkpoints.sort((a, b) => a.size - b.size);
  while (checkpoints.length > maxCheckpoints) checkpoints.splice(closest(checkpoints.map((seen) => seen.size)), 1);
  store(prefix + origin, JSON.stringify({ key, checkpoints } satisfies Omit<KnownLedger, 'origin'>));
}

export function forget(known: readonly KnownLedger[]): void {
  try {
    for (const { origin } of known) localStorage.removeItem(prefix + origin);
  } catch {
    // No storage, no memory.
  }
}

// The place that is missed least: nearest to the one before it, never the first or the last.
function closest(sizes: number[]): number {
  let best = 1;
  for (let i = 1; i < sizes.length - 1; i++) if (sizes[i]! - sizes[i - 1]! < sizes[best]! - sizes[best - 1]!) best = i;
  return best;
}
