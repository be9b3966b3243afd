import { equalBytes, fromUtf8, toBase64, toHex } from '../crypto/bytes.ts';
import { readEntry, signatureVerified, type Entry } from '../log/entry.ts';
import { openCheckpoint, readKeys, type Checkpoint, type PublishedKeys, type VerifierKey } from '../log/note.ts';
import type { LogSource, StoredEntries } from '../log/source.ts';
import { bundlesOf, splitBundle, TileBuilder, tilePath, tileWidth, type Tile } from '../log/tiles.ts';
import { GrowingTree, leafHash } from '../log/tree.ts';
import { Findings } from './findings.ts';
import { KeyChain } from './key-chain.ts';
import { ownLabour, type Labour } from './labour.ts';
import { Meaning, type Prepared } from './meaning.ts';
import type { Contradiction, EntryRow, Memory, Note, Report } from './report.ts';
import { checkRoot, checkTile } from './tree-check.ts';
import { checkWitnesses, readWitnessed } from './witness-check.ts';

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
  const settled = await findings.timed('keys', () => settleKeys(source, options.memory, findings));
  const note = await source.read('checkpoint');
  const checkpoint = settleCheckpoint(note, settled, findings);
  const key = settled?.ledger[0] ?? null;
  const walk = key && checkpoint ? new Walk(source, checkpoint, key, options, findings) : null;
  const largest = walk ? await readWitnessed(source) : null;
  if (largest?.checkpoint) walk!.watch(largest.checkpoint.size);
  await walk?.run();
  const growth = walk?.checkGrowth();
  if (walk?.judgedWhole) judgeKeys(settled!, note!, walk, findings);
  const notes: Note[] = walk && !walk.meaning.state.result ? ['no-result'] : [];
  const witnessed = walk && checkWitnesses({ note: note!, largest, walk }, findings, notes);
  return {
    kind: 'ledger',
    verdict: !walk ? 'unreadable' : findings.faultCount === 0 ? 'intact' : 'broken',
    origin: walk && checkpoint ? checkpoint.origin : null,
    size: walk && checkpoint ? checkpoint.size : 0,
    root: walk && checkpoint ? toBase64(checkpoint.root) : null,
    key: walk && key ? key.text : null,
    keyKnown: walk !== null && settled!.ledger.some(({ text }) => text === options.memory.key),
    comparedWith: growth?.comparedWith ?? null,
    olderThanKnown: growth?.olderThanKnown ?? false,
    lastTime: walk?.rows.at(-1)?.time || null,
    election: walk?.meaning.election() ?? null,
    notes,
    witnessed,
    note: note && fromUtf8(note),
    contradicted: growth?.contradicted ?? null,
    ...findings.sorted(),
    faultCount: findings.faultCount,
    millis: performance.now() - start,
    rows: walk?.rows ?? [],
  };
}

async function settleKeys(source: LogSource, memory: Memory, findings: Findings): Promise<PublishedKeys | null> {
  const bytes = await source.read('keys.json');
  const keys = bytes && readKeys(bytes);
  const path = 'keys.json';
  findings.note('keys', keys !== null, () => ({
    seq: null,
    path,
    expected: '{"ledger":[vkey...],"policy":{"witnesses":k},"witnesses":[vkey...]}',
    found: bytes ? 'unreadable' : 'no file',
  }));
  if (keys && memory.key !== null) {
    const expected = memory.key;
    const known = keys.ledger.some(({ text }) => text === expected);
    findings.note('keys', known, () => ({ seq: null, path, expected, found: keys.ledger[0]!.text }));
  }
  return keys;
}

// What it says, even where its signature is wrong, so that the entries can still be looked at.
function settleCheckpoint(note: Uint8Array | null, keys: PublishedKeys | null, findings: Findings): Checkpoint | null {
  const reading = note && openCheckpoint(note, keys?.ledger ?? []);
  findings.note('checkpoint', reading?.ok === true, () => ({
    seq: null,
    path: 'checkpoint',
    expected: `signed-note, ed25519, ${keys?.ledger[0]!.text ?? '-'}`,
    found: reading === null ? 'no file' : reading.ok ? '' : reading.fault,
  }));
  return reading?.checkpoint ?? null;
}

// What the ledger itself says of its keys, against keys.json and the checkpoint's signature.
function judgeKeys(settled: PublishedKeys, note: Uint8Array, walk: Walk, findings: Findings): void {
  const at = { seq: null, path: 'keys.json' };
  const now = walk.keys.atSize(walk.checkpoint.size);
  if (findings.of('checkpoint').faults === 0 && !openCheckpoint(note, [now]).ok) {
    findings.fault('checkpoint', { seq: null, path: 'checkpoint', expected: now.text, found: 'another key' });
  }
  if (findings.of('keys').faults > 0) return;
  const texts = (keys: VerifierKey[]): string => keys.map(({ text }) => text).join(' ');
  if (texts(walk.keys.all) !== texts(settled.ledger)) {
    findings.fault('keys', { ...at, expected: texts(walk.keys.all), found: texts(settled.ledger) });
  }
  const policy = walk.meaning.state.draft?.policies.witnesses;
  const expected = JSON.stringify([policy?.needed ?? 0, policy?.keys.map(({ text }) => text) ?? []]);
  const found = JSON.stringify([settled.needed, settled.witnesses]);
  if (expected !== found) findings.fault('keys', { ...at, expected, found });
}

// The way through all entries in their order.
class Walk {
  readonly rows: EntryRow[] = [];
  readonly meaning: Meaning;
  readonly keys: KeyChain;
  private readonly tree = new GrowingTree();
  private readonly builder: TileBuilder;
  private complete = true; // every entry's bytes could be told apart, so the tree's root means something
  private previous: string | null = firstPrev; // leaf hash; null where the predecessor is not known
  private lastTime = '';
  private readonly rootsAt = new Map<number, string>(); // at the remembered sizes
  private stored: StoredEntries | undefined;

  constructor(
    private readonly source: LogSource,
    readonly checkpoint: Checkpoint,
    private readonly key: VerifierKey,
    private readonly options: AuditOptions,
    private readonly findings: Findings,
  ) {
    this.keys = new KeyChain(key);
    this.meaning = new Meaning(key.text, options.labour ?? ownLabour, findings);
    this.builder = new TileBuilder((tile, nodes) => checkTile(source, tile, nodes, findings));
    this.stored = options.stored;
    for (const { size } of options.memory.checkpoints) this.rootsAt.set(size, '');
    this.noteRoot();
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
    for (const seen of [...memory.checkpoints].sort((a, b) => a.size - b.size)) {
      const { size, root } = seen;
      if (size > this.checkpoint.size) {
        olderThanKnown = true;
        if (mayBeOlder) continue;
        const found = `${this.checkpoint.size}`;
        const fault = { seq: this.checkpoint.size, path: 'checkpoint', expected: `>= ${size}`, found };
        this.findings.note('growth', false, () => fault);
        contradicted ??= { kind: 'rollback', seen };
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
      else if (contradicted?.kind !== 'fork') contradicted = { kind: 'fork', seen };
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
