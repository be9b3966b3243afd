import { equalBytes, toBase64, toHex } from '../crypto/bytes.ts';
import { provenRoot } from '../log/consistency.ts';
import { readEntry, signatureVerified, type Entry } from '../log/entry.ts';
import { KeyChain } from '../log/key-chain.ts';
import type { Checkpoint, VerifierKey } from '../log/note.ts';
import type { LogSource, StoredEntries } from '../log/source.ts';
import { bundlesOf, splitBundle, TileBuilder, tilePath, tileWidth, type Tile } from '../log/tiles.ts';
import { GrowingTree, leafHash } from '../log/tree.ts';
import type { Findings } from './findings.ts';
import type { Kept } from './kept.ts';
import { ownLabour, type Labour } from './labour.ts';
import { isKnownAs } from './memory.ts';
import { Meaning, type Prepared } from './meaning.ts';
import type { CheckId, Contradiction, EntryRow, Memory } from './report.ts';
import { checkRoot, checkTile } from './tree-check.ts';

export interface WalkOptions {
  memory: Memory;
  // A log that a server serves may never be shorter than it was; a bundle file may simply be old.
  mayBeOlder: boolean;
  // Of a served log: the rows behind it, to be compared with what was published once and for all.
  stored?: StoredEntries;
  labour?: Labour;
  onProgress?: (done: number, size: number) => void;
}

const firstPrev = '0'.repeat(64);
const readAhead = 4;

// One file of entries, taken apart, its slow work begun.
interface Opened {
  bundle: Tile;
  first: number; // the number of `entries`' first: later than the bundle's where some were audited before
  entries: { bytes: Uint8Array; read: Entry | string; prepared: Prepared | null }[];
  right: boolean; // as many entries as it should have, to its last byte
  found: string;
}

// The way through all entries in their order.
export class Walk {
  readonly rows: EntryRow[];
  readonly meaning: Meaning;
  readonly keys: KeyChain;
  private readonly tree: GrowingTree;
  private readonly builder: TileBuilder;
  private readonly from: number; // entries that were audited before
  private complete = true; // every entry's bytes could be told apart, so the tree's root means something
  private previous: string | null; // leaf hash; null where the predecessor is not known
  private lastTime: string;
  private readonly rootsAt: Map<number, string>; // at the remembered sizes; '' where not known yet
  private readonly countsBefore: Map<CheckId, number>;
  private stored: StoredEntries | undefined;

  constructor(
    private readonly source: LogSource,
    readonly checkpoint: Checkpoint,
    private readonly key: VerifierKey,
    private readonly options: WalkOptions,
    private readonly findings: Findings,
    kept?: Kept,
  ) {
    this.countsBefore = findings.counts();
    for (const [id, things] of kept?.counts ?? []) findings.count(id, things);
    this.from = kept?.size ?? 0;
    this.rows = [...(kept?.rows ?? [])];
    this.tree = new GrowingTree(kept?.stack, kept?.size);
    this.previous = kept?.previous ?? firstPrev;
    this.lastTime = kept?.lastTime ?? '';
    this.rootsAt = kept?.roots ?? new Map();
    this.keys = new KeyChain(key, kept?.keys.later, kept?.keys.rotatedAt);
    this.meaning = new Meaning(key.text, options.labour ?? ownLabour, findings, kept?.meaning);
    this.builder = new TileBuilder((tile, nodes) => checkTile(source, tile, nodes, findings), kept?.tiles);
    this.stored = options.stored;
    for (const { checkpoints } of options.memory) for (const { size } of checkpoints) this.watch(size);
  }

  // What a later audit goes on from; null where this one could not follow every entry to its end.
  keep(): Kept | null {
    const { checkpoint, key, tree, builder, keys, previous, lastTime, rootsAt, rows, findings, countsBefore } = this;
    if (!this.judgedWhole || previous === null || tree.size !== checkpoint.size) return null;
    const counts = findings.counts();
    for (const [id, things] of countsBefore) counts.set(id, counts.get(id)! - things);
    const roots = new Map([...rootsAt].filter(([size, root]) => root !== '' && size <= tree.size));
    roots.set(tree.size, toBase64(tree.root()));
    return {
      ...{ origin: checkpoint.origin, key: key.text, size: tree.size, stack: tree.stack, tiles: builder.levels },
      ...{ keys: keys.keep(), previous, lastTime, roots, rows, counts, meaning: this.meaning.keep() },
    };
  }

  // Every entry could be read and understood.
  get judgedWhole(): boolean {
    return this.complete && this.meaning.understood;
  }

  // Remembers the root of the first `size` entries; rootAt() gives it, base64, once the entries were walked.
  watch(size: number): void {
    if (!this.rootsAt.has(size)) this.rootsAt.set(size, '');
    this.noteRoot();
  }

  rootAt(size: number): string | null {
    return this.rootsAt.get(size) || null;
  }

  // One file ahead, so that workers are busy while this thread follows the chain.
  async follow(): Promise<void> {
    let waiting: Opened | null = null;
    for await (const [bundle, bytes] of ahead(this.source, bundlesOf(this.checkpoint.size, this.from))) {
      const opened = this.open(bundle, bytes);
      if (waiting) await this.take(waiting);
      waiting = opened;
    }
    if (waiting) await this.take(waiting);
  }

  // Holds the tree of all entries against the tiles and the signed root. Roots of sizes that were passed in an earlier
  // audit and not noted then are read from the tiles and proved; false where that cannot be.
  async closeTree(): Promise<boolean> {
    if (this.complete) await this.findings.timed('tree', () => this.builder.finish());
    checkRoot(this.complete ? this.tree.root() : null, this.checkpoint.root, this.findings);
    const { size } = this.checkpoint;
    for (const [older] of [...this.rootsAt].filter(([at, root]) => root === '' && at < Math.min(this.from, size))) {
      const root = await provenRoot(this.source, older, { size, root: this.tree.root() });
      if (!root) return false;
      this.rootsAt.set(older, toBase64(root));
    }
    return true;
  }

  private open(bundle: Tile, bytes: Uint8Array | null): Opened {
    const { entries, whole } = bytes ? splitBundle(bytes) : { entries: [], whole: false };
    const begin = bundle.n * tileWidth;
    const first = Math.max(begin, this.from);
    const taken = entries.slice(first - begin, bundle.width).map((entry) => {
      const read = readEntry(entry);
      return { bytes: entry, read, prepared: typeof read === 'string' ? null : this.meaning.prepare(read) };
    });
    const right = whole && entries.length === bundle.width;
    const found = bytes ? `${entries.length}${whole ? '' : ' + ?'}` : 'no file';
    return { bundle, first, entries: taken, right, found };
  }

  private async take({ bundle, first, entries, right, found }: Opened): Promise<void> {
    const { findings } = this;
    const end = bundle.n * tileWidth + bundle.width;
    for (const { bytes, read, prepared } of entries) {
      await this.checkEntry(bytes, read);
      const event = prepared?.event;
      if (typeof event === 'object' && event.type === 'KeyRotated') this.keys.rotate(this.rows.length - 1, event);
      if (prepared) await this.meaning.judge(this.rows.length - 1, prepared);
      else this.meaning.lose();
      this.options.onProgress?.(this.rows.length, this.checkpoint.size);
    }
    if (this.stored) {
      // Without the database the published log can still be judged; the count of this check tells how far it came.
      const read = this.stored;
      const published = entries.map(({ bytes }) => bytes);
      await findings
        .timed('stored', () => checkStored(read, bundle, first, published, findings))
        .catch(() => (this.stored = undefined));
    }
    if (right) return;
    const seq = Math.min(first + entries.length, end - 1);
    findings.fault('entries', { seq, path: tilePath(bundle), expected: `${bundle.width}`, found });
    this.complete = false;
    this.previous = null;
    this.meaning.lose();
    while (this.rows.length < end) this.rows.push({ type: '', time: '', actor: '' });
  }

  // Form, signature, numbering, chain, time, tree.
  private async checkEntry(bytes: Uint8Array, read: Entry | string): Promise<void> {
    const { findings } = this;
    const at = { seq: this.rows.length, path: null };
    findings.count('entries');
    if (typeof read === 'string') {
      findings.fault('entries', { ...at, expected: 'body LF key-id SP signature LF', found: read });
    } else {
      this.checkPlace(read);
      const signed = await findings.timed('signatures', () => signatureVerified(read, this.keys.current));
      findings.note('signatures', signed, () => ({
        ...at,
        expected: `ed25519, ${this.keys.current.text}`,
        found: `${read.keyId} ${read.signature ? toBase64(read.signature) : '?'}`,
      }));
    }
    const leaf = await findings.timed('chain', () => leafHash(bytes));
    if (typeof read === 'string') this.rows.push({ type: '', time: '', actor: '' });
    else {
      const previous = this.previous;
      if (previous !== null) {
        findings.note('chain', read.prev === previous, () => ({ ...at, expected: previous, found: read.prev }));
      }
      this.rows.push({ type: read.type, time: read.time, actor: read.actor });
    }
    this.previous = toHex(leaf);
    if (!this.complete) return;
    await findings.timed('tree', () => this.builder.append(leaf));
    this.tree.append(leaf);
    this.noteRoot();
  }

  private checkPlace(entry: Entry): void {
    const seq = this.rows.length;
    const fault = (expected: string, found: string): void =>
      this.findings.fault('entries', { seq, path: null, expected, found });
    if (entry.seq !== seq || entry.ledger !== this.key.name) {
      fault(`${this.key.name} #${seq}`, `${entry.ledger} #${entry.seq}`);
    }
    if (entry.time < this.lastTime) fault(`>= ${this.lastTime}`, entry.time);
    else this.lastTime = entry.time;
  }

  private noteRoot(): void {
    if (this.rootsAt.has(this.tree.size)) this.rootsAt.set(this.tree.size, toBase64(this.tree.root()));
  }

  // The log must be what was seen before, with entries added at its end and nothing else.
  checkGrowth(): { comparedWith: number | null; olderThanKnown: boolean; contradicted: Contradiction | null } {
    let comparedWith: number | null = null;
    let olderThanKnown = false;
    let contradicted: Contradiction | null = null;
    const { memory, mayBeOlder } = this.options;
    const bySize = memory
      .flatMap((known) => known.checkpoints.map((seen) => ({ seen, sameKey: isKnownAs(known, this.key) })))
      .sort((a, b) => a.seen.size - b.seen.size);
    for (const { seen, sameKey } of bySize) {
      const { size, root } = seen;
      if (size > this.checkpoint.size) {
        olderThanKnown = true;
        if (mayBeOlder) continue;
        const found = `${this.checkpoint.size}`;
        const fault = { seq: this.checkpoint.size, path: 'checkpoint', expected: `>= ${size}`, found };
        this.findings.note('growth', false, () => fault);
        if (sameKey) contradicted ??= { kind: 'rollback', seen };
        continue;
      }
      const now = this.rootsAt.get(size);
      if (!now) continue; // the entries could not be told apart; other checks say so
      this.findings.note('growth', now === root, () => ({
        seq: null,
        path: `checkpoint ${size}`,
        expected: root,
        found: now,
      }));
      if (now === root) comparedWith = size;
      else if (sameKey && contradicted?.kind !== 'fork') contradicted = { kind: 'fork', seen };
    }
    return { comparedWith, olderThanKnown, contradicted };
  }
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

// Whoever changes a row of the database changes nothing that is published; but it must not stay unseen.
async function checkStored(
  read: StoredEntries,
  bundle: Tile,
  first: number,
  published: Uint8Array[],
  findings: Findings,
): Promise<void> {
  const bytes = await read(bundle.n, bundle.width);
  const rows = bytes ? splitBundle(bytes).entries.slice(first - bundle.n * tileWidth) : [];
  published.forEach((entry, i) => {
    const row = rows[i];
    findings.note('stored', row !== undefined && equalBytes(row, entry), () => ({
      seq: first + i,
      path: null,
      expected: toHex(leafHash(entry)),
      found: row ? toHex(leafHash(row)) : '-',
    }));
  });
}
