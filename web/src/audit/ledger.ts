import { equalBytes, toBase64, toHex } from '../crypto/bytes.ts';
import { readEntry, signatureVerified, type Entry } from '../log/entry.ts';
import { openCheckpoint, readKeys, type Checkpoint, type VerifierKey } from '../log/note.ts';
import type { LogSource, StoredEntries } from '../log/source.ts';
import { bundlesOf, splitBundle, TileBuilder, tilePath, tileWidth, type Tile } from '../log/tiles.ts';
import { GrowingTree, leafHash } from '../log/tree.ts';
import { Findings } from './findings.ts';
import { ownLabour, type Labour } from './labour.ts';
import { Meaning, type Prepared } from './meaning.ts';
import type { EntryRow, Memory, Report } from './report.ts';
import { checkRoot, checkTile } from './tree-check.ts';

export interface AuditOptions {
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
  entries: { bytes: Uint8Array; read: Entry | string; prepared: Prepared | null }[];
  right: boolean; // as many entries as it should have, to its last byte
  found: string;
}

// Audits a whole ledger from its files. Throws only what the source throws (files that could not be asked for).
export async function auditLedger(source: LogSource, options: AuditOptions): Promise<Report> {
  const start = performance.now();
  const findings = new Findings(options.stored ? [] : ['stored']);
  const key = await findings.timed('keys', () => settleKey(source, options.memory, findings));
  const checkpoint = await settleCheckpoint(source, key, findings);
  const walk = key && checkpoint ? new Walk(source, checkpoint, key, options, findings) : null;
  await walk?.run();
  const growth = walk?.checkGrowth();
  return {
    kind: 'ledger',
    verdict: !walk ? 'unreadable' : findings.faultCount === 0 ? 'intact' : 'broken',
    origin: walk && checkpoint ? checkpoint.origin : null,
    size: walk && checkpoint ? checkpoint.size : 0,
    root: walk && checkpoint ? toBase64(checkpoint.root) : null,
    key: walk && key ? key.text : null,
    keyKnown: walk !== null && options.memory.key === key?.text,
    comparedWith: growth?.comparedWith ?? null,
    olderThanKnown: growth?.olderThanKnown ?? false,
    lastTime: walk?.rows.at(-1)?.time || null,
    election: walk?.meaning.election() ?? null,
    notes: walk && !walk.meaning.state.result ? ['no-result'] : [],
    ...findings.sorted(),
    faultCount: findings.faultCount,
    millis: performance.now() - start,
    rows: walk?.rows ?? [],
  };
}

async function settleKey(source: LogSource, memory: Memory, findings: Findings): Promise<VerifierKey | null> {
  const bytes = await source.read('keys.json');
  const keys = bytes && readKeys(bytes);
  const path = 'keys.json';
  findings.note('keys', keys?.ledger.length === 1 && !keys.witnesses, () => ({
    seq: null,
    path,
    expected: '{"ledger":[vkey],"policy":{"witnesses":0},"witnesses":[]}',
    found: !bytes ? 'no file' : !keys ? 'unreadable' : 'several keys, or witnesses',
  }));
  const key = keys?.ledger[0] ?? null;
  if (key && memory.key !== null) {
    const expected = memory.key;
    findings.note('keys', key.text === expected, () => ({ seq: null, path, expected, found: key.text }));
  }
  return key;
}

// What it says, even where its signature is wrong, so that the entries can still be looked at.
async function settleCheckpoint(
  source: LogSource,
  key: VerifierKey | null,
  findings: Findings,
): Promise<Checkpoint | null> {
  const note = await source.read('checkpoint');
  const reading = note && openCheckpoint(note, key ? [key] : []);
  findings.note('checkpoint', reading?.ok === true, () => ({
    seq: null,
    path: 'checkpoint',
    expected: `signed-note, ed25519, ${key?.text ?? '-'}`,
    found: reading === null ? 'no file' : reading.ok ? '' : reading.fault,
  }));
  return reading?.checkpoint ?? null;
}

// The way through all entries in their order.
class Walk {
  readonly rows: EntryRow[] = [];
  readonly meaning: Meaning;
  private readonly tree = new GrowingTree();
  private readonly builder: TileBuilder;
  private complete = true; // every entry's bytes could be told apart, so the tree's root means something
  private previous: string | null = firstPrev; // leaf hash; null where the predecessor is not known
  private lastTime = '';
  private readonly rootsAt = new Map<number, string>(); // at the remembered sizes
  private stored: StoredEntries | undefined;

  constructor(
    private readonly source: LogSource,
    private readonly checkpoint: Checkpoint,
    private readonly key: VerifierKey,
    private readonly options: AuditOptions,
    private readonly findings: Findings,
  ) {
    this.meaning = new Meaning(key.text, options.labour ?? ownLabour, findings);
    this.builder = new TileBuilder((tile, nodes) => checkTile(source, tile, nodes, findings));
    this.stored = options.stored;
    for (const { size } of options.memory.checkpoints) this.rootsAt.set(size, '');
    this.noteRoot();
  }

  // One file ahead, so that workers are busy while this thread follows the chain.
  async run(): Promise<void> {
    let waiting: Opened | null = null;
    for await (const [bundle, bytes] of ahead(this.source, bundlesOf(this.checkpoint.size))) {
      const opened = this.open(bundle, bytes);
      if (waiting) await this.take(waiting);
      waiting = opened;
    }
    if (waiting) await this.take(waiting);
    if (this.complete) await this.findings.timed('tree', () => this.builder.finish());
    checkRoot(this.complete ? this.tree.root() : null, this.checkpoint.root, this.findings);
  }

  private open(bundle: Tile, bytes: Uint8Array | null): Opened {
    const { entries, whole } = bytes ? splitBundle(bytes) : { entries: [], whole: false };
    const taken = entries.slice(0, bundle.width).map((entry) => {
      const read = readEntry(entry);
      return { bytes: entry, read, prepared: typeof read === 'string' ? null : this.meaning.prepare(read) };
    });
    const right = whole && entries.length === bundle.width;
    return { bundle, entries: taken, right, found: bytes ? `${entries.length}${whole ? '' : ' + ?'}` : 'no file' };
  }

  private async take({ bundle, entries, right, found }: Opened): Promise<void> {
    const { findings } = this;
    const first = bundle.n * tileWidth;
    for (const { bytes, read, prepared } of entries) {
      await this.follow(bytes, read);
      if (prepared) await this.meaning.judge(this.rows.length - 1, prepared);
      else this.meaning.lose();
      this.options.onProgress?.(this.rows.length, this.checkpoint.size);
    }
    if (this.stored) {
      // Without the database the published log can still be judged; the count of this check tells how far it came.
      const read = this.stored;
      const published = entries.map(({ bytes }) => bytes);
      await findings
        .timed('stored', () => checkStored(read, bundle, published, findings))
        .catch(() => (this.stored = undefined));
    }
    if (right) return;
    const seq = first + Math.min(entries.length, bundle.width - 1);
    findings.fault('entries', { seq, path: tilePath(bundle), expected: `${bundle.width}`, found });
    this.complete = false;
    this.previous = null;
    this.meaning.lose();
    while (this.rows.length < first + bundle.width) this.rows.push({ type: '', time: '', actor: '' });
  }

  // Form, signature, numbering, chain, time, tree.
  private async follow(bytes: Uint8Array, read: Entry | string): Promise<void> {
    const { findings } = this;
    const at = { seq: this.rows.length, path: null };
    findings.count('entries');
    if (typeof read === 'string') {
      findings.fault('entries', { ...at, expected: 'body LF key-id SP signature LF', found: read });
    } else {
      this.checkPlace(read);
      const signed = await findings.timed('signatures', () => signatureVerified(read, this.key));
      findings.note('signatures', signed, () => ({
        ...at,
        expected: `ed25519, ${this.key.text}`,
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
  checkGrowth(): { comparedWith: number | null; olderThanKnown: boolean } {
    let comparedWith: number | null = null;
    let olderThanKnown = false;
    const { memory, mayBeOlder } = this.options;
    for (const { size, root } of [...memory.checkpoints].sort((a, b) => a.size - b.size)) {
      if (size > this.checkpoint.size) {
        olderThanKnown = true;
        if (mayBeOlder) continue;
        const found = `${this.checkpoint.size}`;
        const fault = { seq: this.checkpoint.size, path: 'checkpoint', expected: `>= ${size}`, found };
        this.findings.note('growth', false, () => fault);
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
    }
    return { comparedWith, olderThanKnown };
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
  published: Uint8Array[],
  findings: Findings,
): Promise<void> {
  const bytes = await read(bundle.n, bundle.width);
  const rows = bytes ? splitBundle(bytes).entries : [];
  published.forEach((entry, i) => {
    const row = rows[i];
    findings.note('stored', row !== undefined && equalBytes(row, entry), () => ({
      seq: bundle.n * tileWidth + i,
      path: null,
      expected: toHex(leafHash(entry)),
      found: row ? toHex(leafHash(row)) : '-',
    }));
  });
}
