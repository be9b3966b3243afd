import { equalBytes, toBase64, toHex } from '../crypto/bytes.ts';
import { readEntry, signatureVerified, type Entry } from './entry.ts';
import { openCheckpoint, readKeys, type Checkpoint, type VerifierKey } from './note.ts';
import { Findings } from './findings.ts';
import type { EntryRow, Memory, Report } from './report.ts';
import type { LogSource, StoredEntries } from './source.ts';
import { bundlesOf, splitBundle, splitTile, TileBuilder, tilePath, tileWidth, type Tile } from './tiles.ts';
import { GrowingTree, leafHash, type Hash } from './tree.ts';

export interface VerifyOptions {
  memory: Memory;
  // A log that a server serves may never be shorter than it was; a bundle file may simply be old.
  mayBeOlder: boolean;
  // Of a served log: the rows behind it, to be compared with what was published once and for all.
  stored?: StoredEntries;
  onProgress?: (entries: number, size: number) => void;
}

const firstPrev = '0'.repeat(64);
const readAhead = 4;

interface Walk {
  tree: GrowingTree;
  rows: EntryRow[];
  complete: boolean; // every entry's bytes could be told apart, so the tree's root means something
  previous: { leaf: string; time: string | null } | null; // null where the predecessor is not known
  rootsAt: Map<number, string>; // roots at the remembered sizes
}

const emptyReport = (findings: Findings, start: number): Report => ({
  verdict: 'unreadable',
  origin: null,
  size: 0,
  root: null,
  key: null,
  keyKnown: false,
  comparedWith: null,
  olderThanKnown: false,
  lastTime: null,
  ...findings.sorted(),
  faultCount: findings.faultCount,
  millis: performance.now() - start,
  rows: [],
});

// Verifies a whole log from its files. Throws only what the source throws (files that could not be asked for).
export async function verifyLog(source: LogSource, options: VerifyOptions): Promise<Report> {
  const start = performance.now();
  const findings = new Findings();
  const keys = await findings.timed('keys', () => checkKeys(source, options.memory, findings));
  const note = await source.read('checkpoint');
  const reading = note && openCheckpoint(note, keys ?? []);
  findings.note('checkpoint', reading?.ok === true, () => ({
    seq: null,
    path: 'checkpoint',
    expected: 'signed-note, ed25519, ' + (keys?.at(-1)?.text ?? '-'),
    found: reading === null ? 'no file' : reading.ok ? '' : reading.fault,
  }));
  const checkpoint = reading?.checkpoint ?? null;
  if (!keys || !checkpoint) return emptyReport(findings, start);

  const walk = await walkEntries(source, checkpoint, keys, options, findings);
  checkRoot(walk, checkpoint, findings);
  const growth = checkGrowth(walk, checkpoint, options, findings);
  const key = reading?.ok ? reading.key : keys.at(-1)!;
  return {
    verdict: findings.faultCount === 0 ? 'intact' : 'broken',
    origin: checkpoint.origin,
    size: checkpoint.size,
    root: toBase64(checkpoint.root),
    key: key.text,
    keyKnown: options.memory.key === key.text,
    ...growth,
    lastTime: walk.rows.at(-1)?.time || null,
    ...findings.sorted(),
    faultCount: findings.faultCount,
    millis: performance.now() - start,
    rows: walk.rows,
  };
}

async function checkKeys(source: LogSource, memory: Memory, findings: Findings): Promise<VerifierKey[] | null> {
  const bytes = await source.read('keys.json');
  const keys = bytes && readKeys(bytes);
  findings.note('keys', keys !== null, () => ({
    seq: null,
    path: 'keys.json',
    expected: '{"ledger":[vkey...],...}',
    found: bytes ? 'unreadable' : 'no file',
  }));
  if (keys && memory.key !== null) {
    findings.note(
      'keys',
      keys.some((key) => key.text === memory.key),
      () => ({
        seq: null,
        path: 'keys.json',
        expected: memory.key!,
        found: keys.map((key) => key.text).join(' '),
      }),
    );
  }
  return keys;
}

async function walkEntries(
  source: LogSource,
  checkpoint: Checkpoint,
  keys: VerifierKey[],
  options: VerifyOptions,
  findings: Findings,
): Promise<Walk> {
  const walk: Walk = {
    tree: new GrowingTree(),
    rows: [],
    complete: true,
    previous: { leaf: firstPrev, time: null },
    rootsAt: new Map(),
  };
  const sizes = new Set(options.memory.checkpoints.map(({ size }) => size));
  if (sizes.has(0)) walk.rootsAt.set(0, toBase64(walk.tree.root()));
  let { stored } = options;
  const builder = new TileBuilder((tile, nodes) => checkTile(source, tile, nodes, findings));

  for await (const [bundle, bytes] of ahead(source, bundlesOf(checkpoint.size))) {
    const { entries, whole } = bytes ? splitBundle(bytes) : { entries: [], whole: false };
    const first = walk.rows.length;
    const right = whole && entries.length === bundle.width;
    findings.note('files', right, () => ({
      seq: first + Math.min(entries.length, bundle.width - 1),
      path: tilePath(bundle),
      expected: `${bundle.width}`,
      found: bytes ? `${entries.length}${whole ? '' : ' + ?'}` : 'no file',
    }));
    for (const entry of entries.slice(0, bundle.width)) {
      const leaf = await checkEntry(entry, checkpoint.origin, keys, walk, findings);
      if (!walk.complete) continue;
      await findings.timed('root', () => walk.tree.append(leaf));
      if (sizes.has(walk.tree.size)) walk.rootsAt.set(walk.tree.size, toBase64(walk.tree.root()));
      await findings.timed('tiles', () => builder.append(leaf));
    }
    if (stored) {
      const read = stored;
      // Without the database the published log can still be judged; the count of this check tells how far it came.
      await findings
        .timed('stored', () => checkStored(read, bundle, entries, findings))
        .catch(() => (stored = undefined));
    }
    if (!right) skipRest(walk, first + bundle.width);
    options.onProgress?.(walk.rows.length, checkpoint.size);
  }
  if (walk.complete) await findings.timed('tiles', () => builder.finish());
  return walk;
}

// Whoever changes a row of the database changes nothing that is published; but it must not stay unseen.
async function checkStored(
  read: StoredEntries,
  bundle: Tile,
  published: Uint8Array[],
  findings: Findings,
): Promise<void> {
  const bytes = await read(bundle.n, bundle.width);
  const rows = bytes ? splitBundle(bytes).entries : [];
  published.slice(0, bundle.width).forEach((entry, i) => {
    const row = rows[i];
    findings.note('stored', row !== undefined && equalBytes(row, entry), () => ({
      seq: bundle.n * tileWidth + i,
      path: null,
      expected: toHex(leafHash(entry)),
      found: row ? toHex(leafHash(row)) : '-',
    }));
  });
}

function skipRest(walk: Walk, until: number): void {
  walk.complete = false;
  walk.previous = null;
  while (walk.rows.length < until) walk.rows.push({ type: '', time: '', actor: '' });
}

// Asks for the next files while the present one is being checked.
async function* ahead(source: LogSource, tiles: Iterable<Tile>): AsyncGenerator<[Tile, Uint8Array | null]> {
  const waiting: [Tile, Promise<Uint8Array | null>][] = [];
  for (const tile of tiles) {
    const bytes = source.read(tilePath(tile));
    bytes.catch(() => {}); // awaited below; until then its failure is nobody's
    waiting.push([tile, bytes]);
    if (waiting.length < readAhead) continue;
    const [next, file] = waiting.shift()!;
    yield [next, await file];
  }
  for (const [tile, bytes] of waiting) yield [tile, await bytes];
}

async function checkEntry(
  bytes: Uint8Array,
  origin: string,
  keys: VerifierKey[],
  walk: Walk,
  findings: Findings,
): Promise<Hash> {
  const seq = walk.rows.length;
  const at = { seq, path: null };
  const entry = await findings.timed('form', () => readEntry(bytes));
  const readable = typeof entry !== 'string';
  findings.note('form', readable, () => ({ ...at, expected: 'body LF key-id SP signature LF', found: String(entry) }));
  if (readable) await checkPlace(entry, seq, origin, keys, walk, findings);
  const leaf = await findings.timed('chain', () => leafHash(bytes));
  walk.previous = { leaf: toHex(leaf), time: readable ? entry.time : (walk.previous?.time ?? null) };
  walk.rows.push(
    readable ? { type: entry.type, time: entry.time, actor: entry.actor } : { type: '', time: '', actor: '' },
  );
  return leaf;
}

async function checkPlace(
  entry: Entry,
  seq: number,
  origin: string,
  keys: VerifierKey[],
  walk: Walk,
  findings: Findings,
): Promise<void> {
  const at = { seq, path: null };
  findings.note('order', entry.seq === seq && entry.ledger === origin, () => ({
    ...at,
    expected: `${origin} #${seq}`,
    found: `${entry.ledger} #${entry.seq}`,
  }));
  const previous = walk.previous;
  if (previous) {
    findings.note('chain', entry.prev === previous.leaf, () => ({ ...at, expected: previous.leaf, found: entry.prev }));
    const earliest = previous.time;
    findings.note('time', earliest === null || entry.time >= earliest, () => ({
      ...at,
      expected: `>= ${earliest}`,
      found: entry.time,
    }));
  }
  const signed = await findings.timed('signatures', () => signatureVerified(entry, keys));
  findings.note('signatures', signed, () => ({
    ...at,
    expected: `ed25519, ${keys.map((key) => key.text).join(' ')}`,
    found: `${entry.keyId} ${toBase64(entry.signature)}`,
  }));
}

// One published hash tile against the hashes made from the entries. A fault in the lowest level names the entry.
async function checkTile(source: LogSource, tile: Tile, nodes: Hash[], findings: Findings): Promise<void> {
  const path = tilePath(tile);
  const bytes = await source.read(path);
  const hashes = bytes && splitTile(bytes, tile.width);
  const wrong = hashes ? hashes.findIndex((hash, i) => !equalBytes(hash, nodes[i]!)) : 0;
  findings.note('tiles', hashes !== null && wrong < 0, () => ({
    seq: hashes && tile.level === 0 ? tile.n * tileWidth + wrong : null,
    path,
    expected: hashes ? toHex(nodes[wrong]!) : `${tile.width} x 32`,
    found: hashes ? toHex(hashes[wrong]!) : bytes ? `${bytes.length}` : 'no file',
  }));
}

function checkRoot(walk: Walk, checkpoint: Checkpoint, findings: Findings): void {
  const root = walk.complete ? walk.tree.root() : null;
  findings.note('root', root !== null && equalBytes(root, checkpoint.root), () => ({
    seq: null,
    path: 'checkpoint',
    expected: toBase64(checkpoint.root),
    found: root ? toBase64(root) : '?',
  }));
}

// The log must be what was seen before, with entries added at its end and nothing else.
function checkGrowth(
  walk: Walk,
  checkpoint: Checkpoint,
  options: VerifyOptions,
  findings: Findings,
): { comparedWith: number | null; olderThanKnown: boolean } {
  let comparedWith: number | null = null;
  let olderThanKnown = false;
  for (const { size, root } of [...options.memory.checkpoints].sort((a, b) => a.size - b.size)) {
    if (size > checkpoint.size) {
      olderThanKnown = true;
      if (options.mayBeOlder) continue;
      findings.note('growth', false, () => ({
        seq: checkpoint.size,
        path: 'checkpoint',
        expected: `>= ${size}`,
        found: `${checkpoint.size}`,
      }));
      continue;
    }
    const now = walk.rootsAt.get(size);
    if (now === undefined) continue; // the entries could not be told apart; other checks say so
    findings.note('growth', now === root, () => ({
      seq: null,
      path: `checkpoint ${size}`,
      expected: root,
      found: now,
    }));
    if (now === root) comparedWith = size;
  }
  return { comparedWith, olderThanKnown };
}
