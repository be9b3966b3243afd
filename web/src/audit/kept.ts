import type { KeptKeys } from '../log/key-chain.ts';
import type { OpenTiles } from '../log/tiles.ts';
import type { Hash } from '../log/tree.ts';
import type { KeptMeaning } from './meaning.ts';
import type { CheckId, EntryRow } from './report.ts';

// How far an audit that found no fault came, so that a later one of the same log begins there. It is given away whole:
// who goes on from it changes it, so it serves once; a structured clone of it serves as well.
export interface Kept {
  origin: string;
  key: string; // the ledger's first
  size: number; // entries that were audited
  stack: Hash[]; // their tree
  tiles: OpenTiles;
  keys: KeptKeys;
  previous: string; // leaf hash of the last entry
  lastTime: string;
  roots: Map<number, string>; // base64, of some sizes up to this one
  rows: EntryRow[];
  counts: Map<CheckId, number>; // things that were checked, entry by entry
  meaning: KeptMeaning;
}
