import { store, stored } from '../base/i18n.ts';
import type { Memory, Report } from '../audit/report.ts';

// What this device has seen and verified of each ledger: its key and some of its checkpoints. A log that later
// contradicts them is found out, whatever the server says.

const prefix = 'suara.seen.';
const maxCheckpoints = 20;

const empty = (): Memory => ({ key: null, checkpoints: [] });

function read(text: string | null): Memory {
  try {
    const value = JSON.parse(text ?? 'null') as Partial<Memory> | null;
    if (!value || !Array.isArray(value.checkpoints)) return empty();
    const checkpoints = value.checkpoints.filter(
      (item) => Number.isSafeInteger(item?.size) && item.size >= 0 && typeof item.root === 'string',
    );
    for (const item of checkpoints) if (typeof item.note !== 'string') item.note = null;
    return { key: typeof value.key === 'string' ? value.key : null, checkpoints };
  } catch {
    return empty();
  }
}

export const memoryOf = (origin: string): Memory => read(stored(prefix + origin));

export function allMemories(): Record<string, Memory> {
  const found: Record<string, Memory> = {};
  try {
    for (let i = 0; i < localStorage.length; i++) {
      const name = localStorage.key(i);
      if (name?.startsWith(prefix)) found[name.slice(prefix.length)] = memoryOf(name.slice(prefix.length));
    }
  } catch {
    // No storage, no memory.
  }
  return found;
}

// An origin ends with its election's uuid. Asked by uuid, so that a log that gives itself another origin is held against
// what was seen of this election all the same.
export function memoryOfElection(uuid: string): Memory {
  const origin = Object.keys(allMemories()).find((name) => uuidOf(name) === uuid);
  return origin === undefined ? empty() : memoryOf(origin);
}

export const uuidOf = (origin: string): string => origin.slice(origin.lastIndexOf('/') + 1);

// Only what was verified without a fault is worth remembering. Keeps the newest and a thinning row of older ones, so
// that an old bundle, too, finds one to be compared with.
export function remember(report: Report): void {
  if (report.verdict !== 'intact' || report.origin === null || report.root === null) return;
  const before = memoryOf(report.origin);
  const checkpoints = before.checkpoints.filter(({ size }) => size !== report.size);
  checkpoints.push({ size: report.size, root: report.root, note: report.note });
  checkpoints.sort((a, b) => a.size - b.size);
  while (checkpoints.length > maxCheckpoints) checkpoints.splice(closest(checkpoints.map(({ size }) => size)), 1);
  store(prefix + report.origin, JSON.stringify({ key: before.key ?? report.key, checkpoints } satisfies Memory));
}

// The place that is missed least: nearest to the one before it, never the first or the last.
function closest(sizes: number[]): number {
  let best = 1;
  for (let i = 1; i < sizes.length - 1; i++) if (sizes[i]! - sizes[i - 1]! < sizes[best]! - sizes[best - 1]!) best = i;
  return best;
}
