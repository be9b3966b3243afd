import { fromUtf8, toBase64 } from '../crypto/bytes.ts';
import { openCheckpoint, readKeys, type Checkpoint, type PublishedKeys, type VerifierKey } from '../log/note.ts';
import type { LogSource } from '../log/source.ts';
import { Findings } from './findings.ts';
import type { Kept } from './kept.ts';
import { isKnownAs, uuidOf } from './memory.ts';
import type { Contradiction, Note, Report, Verdict, Witnessed } from './report.ts';
import { Walk, type WalkOptions } from './walk.ts';
import { checkWitnesses, readWitnessed } from './witness-check.ts';

export interface AuditOptions extends WalkOptions {
  uuid?: string; // of the election whose ledger it must be
  from?: Kept | null; // where an earlier audit of this log stood
  onKept?: (kept: Kept) => void; // called where all was right: a later audit can go on from there
}

// Audits a whole ledger from its files, or what came after an earlier audit. Throws only what the source throws (files
// that could not be asked for). An audit that goes on and does not find everything right is begun anew from the first
// entry, so that its report is always that of a whole one.
export async function auditLedger(source: LogSource, options: AuditOptions): Promise<Report> {
  if (options.from) {
    // What the source throws is no fault of the state that was kept, and nothing is begun anew for it.
    const unread: unknown[] = [];
    const noting: LogSource = {
      read: (path) =>
        source.read(path).catch((error: unknown) => {
          unread.push(error);
          throw error;
        }),
    };
    const report = await auditFrom(noting, options, options.from).catch(() => null);
    if (unread.length > 0) throw unread[0];
    if (report?.verdict === 'intact' || report?.verdict === 'unwitnessed') return report;
  }
  return (await auditFrom(source, options))!;
}

// null where it cannot go on from there.
async function auditFrom(source: LogSource, options: AuditOptions, kept?: Kept): Promise<Report | null> {
  const start = performance.now();
  const findings = new Findings(options.stored ? [] : ['stored']);
  const settled = await findings.timed('keys', () => settleKeys(source, options, findings));
  const note = await source.read('checkpoint');
  const checkpoint = settleCheckpoint(note, settled, findings);
  const key = settled?.ledger[0] ?? null;
  const fits = kept?.key === key?.text && kept?.origin === checkpoint?.origin;
  if (kept && !(fits && kept.size <= checkpoint!.size)) return null;
  const walk = key && checkpoint ? new Walk(source, checkpoint, key, options, findings, kept) : null;
  const largest = walk ? await readWitnessed(source) : null;
  if (largest?.checkpoint) walk!.watch(largest.checkpoint.size);
  await walk?.follow();
  const next = walk?.keep() ?? null;
  if (walk && !(await walk.closeTree())) return null;
  const growth = walk?.checkGrowth();
  if (walk?.judgedWhole) judgeKeys(settled!, note!, walk, findings);
  const notes: Note[] = walk && !walk.meaning.state.result ? ['no-result'] : [];
  const witnessed = walk && checkWitnesses({ note: note!, largest, walk }, findings, notes);
  const allStored = !options.stored || findings.of('stored').count === checkpoint?.size;
  const others = key ? options.memory.filter((known) => !isKnownAs(known, key)) : [];
  const otherKey: Contradiction | null = others.length > 0 ? { kind: 'key', known: others } : null;
  // A damaged or unsigned copy differs too, and is no evidence of anything: only what the ledger's key signed is.
  const signed = findings.of('checkpoint').faults === 0 && findings.of('tree').faults === 0;
  const soFar = verdictOf(findings, witnessed);
  if (next && soFar !== 'broken' && allStored) options.onKept?.(next);
  return {
    kind: 'ledger',
    verdict: walk ? soFar : 'unreadable',
    origin: walk && checkpoint ? checkpoint.origin : null,
    size: walk && checkpoint ? checkpoint.size : 0,
    root: walk && checkpoint ? toBase64(checkpoint.root) : null,
    key: walk && key ? key.text : null,
    keyKnown: walk !== null && options.memory.some((known) => known.key === key!.text),
    comparedWith: growth?.comparedWith ?? null,
    olderThanKnown: growth?.olderThanKnown ?? false,
    lastTime: walk?.rows.at(-1)?.time || null,
    election: walk?.meaning.election() ?? null,
    notes,
    witnessed,
    note: note && fromUtf8(note),
    contradicted: signed ? (growth?.contradicted ?? otherKey) : null,
    ...findings.sorted(),
    faultCount: findings.faultCount,
    millis: performance.now() - start,
    goneOnFrom: kept?.size ?? 0,
    rows: walk?.rows ?? [],
  };
}

function verdictOf({ faultCount }: Findings, witnessed: Witnessed | null): Verdict {
  if (faultCount === 0) return 'intact';
  return faultCount === 1 && witnessed?.awaited ? 'unwitnessed' : 'broken';
}

async function settleKeys(
  source: LogSource,
  { memory, uuid }: AuditOptions,
  findings: Findings,
): Promise<PublishedKeys | null> {
  const bytes = await source.read('keys.json');
  const keys = bytes && readKeys(bytes);
  const path = 'keys.json';
  findings.note('keys', keys !== null, () => ({
    seq: null,
    path,
    expected: '{"ledger":[vkey...],"policy":{"witnesses":k},"witnesses":[vkey...]}',
    found: bytes ? 'unreadable' : 'no file',
  }));
  const first = keys?.ledger[0];
  if (!first) return null;
  const found = first.text;
  for (const known of memory) {
    const expected = known.key ?? known.origin;
    findings.note('keys', isKnownAs(known, first), () => ({ seq: null, path, expected, found }));
  }
  if (uuid !== undefined) {
    findings.note('keys', uuidOf(first.name) === uuid, () => ({ seq: null, path, expected: uuid, found }));
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
