import { auditBel } from '../audit/bel.ts';
import { looksLikeBel, readBelTar } from '../audit/bel-tar.ts';
import { auditLedger, type AuditOptions } from '../audit/ledger.ts';
import { auditFile } from '../audit/memory.ts';
import { Pace } from '../audit/pace.ts';
import type { KnownLedger, Memory, Report } from '../audit/report.ts';
import { equalBytes, fromUtf8, toHex } from '../crypto/bytes.ts';
import { sodiumReady } from '../crypto/sodium.ts';
import { httpSource, httpStoredEntries, type LogSource, type StoredEntries } from '../log/source.ts';
import { tarSource } from '../log/tar-source.ts';
import { bundleOf, splitBundle, tilePath, tileWidth } from '../log/tiles.ts';
import { leafHash } from '../log/tree.ts';
import { keep, takeKept } from './kept-audits.ts';
import { ManyHands } from './supervisor-labour.ts';
import type { ShownEntry, SupervisorReply, SupervisorRequest } from './supervisor-protocol.ts';

// The audit beside the page. What was audited last stays at hand, so that single entries can be shown from it.

const maxFileSize = 1024 ** 3;
const progressMs = 100;

type Shown =
  | { kind: 'ledger'; source: LogSource; size: number; stored: StoredEntries | undefined }
  | { kind: 'bel'; bytes: Uint8Array };

let shown: Shown | null = null;
let lastRun = 0;
let hands: ManyHands | null = null;

const reply = (message: SupervisorReply): void => self.postMessage(message);
const labour = (): ManyHands => (hands ??= new ManyHands(Math.max(1, navigator.hardwareConcurrency || 1)));

function teller(run: number): (done: number, size: number) => void {
  const pace = new Pace();
  let told = 0;
  return (done, size) => {
    stopIfSuperseded(run);
    const now = performance.now();
    if (now - told < progressMs) return;
    told = now;
    reply({ type: 'progress', run, done, size, millisLeft: pace.left(now, done, size) });
  };
}

async function auditShown(source: LogSource, options: Omit<AuditOptions, 'labour'>): Promise<Report> {
  const report: Report = await auditLedger(source, { ...options, labour: labour() });
  shown = { kind: 'ledger', source, size: report.size, stored: options.stored };
  return report;
}

async function verifyBel(run: number, bytes: Uint8Array): Promise<void> {
  const report = await auditBel(bytes, { labour: labour(), onProgress: teller(run) });
  shown = { kind: 'bel', bytes };
  reply({ type: 'report', run, report, served: null });
}

class Superseded extends Error {}

function stopIfSuperseded(run: number): void {
  if (run !== lastRun) throw new Superseded();
}

async function verifyFile(run: number, file: File, known: KnownLedger[]): Promise<void> {
  if (file.size > maxFileSize) {
    reply({ type: 'failed', run, reason: 'too-large' });
    return;
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (file.name.endsWith('.bel') || looksLikeBel(bytes)) return verifyBel(run, bytes);
  const source = tarSource(bytes);
  const note = source && (await source.read('checkpoint'));
  if (!source || !note) {
    reply({ type: 'failed', run, reason: 'not-a-bundle' });
    return;
  }
  const { report, served } = await auditFile(note, known, {
    audit: (memory) => auditShown(source, { memory, mayBeOlder: true, onProgress: teller(run) }),
    server: (uuid) => httpSource(`/log/${encodeURIComponent(uuid)}/`),
  });
  reply({ type: 'report', run, report, served });
}

// Bytes that are not UTF-8 are shown all the same, each as what Latin-1 makes of it.
const shownText = (bytes: Uint8Array): string =>
  fromUtf8(bytes) ?? Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

async function showEntry(run: number, seq: number): Promise<void> {
  const entry = { seq, text: null, leaf: null, stored: null };
  if (shown?.kind === 'ledger' && seq < shown.size) Object.assign(entry, await entryOf(shown, seq));
  if (shown?.kind === 'bel') Object.assign(entry, eventOf(shown.bytes, seq));
  reply({ type: 'entry', run, ...entry });
}

async function entryOf(
  { source, size, stored }: Extract<Shown, { kind: 'ledger' }>,
  seq: number,
): Promise<Partial<ShownEntry>> {
  const tile = bundleOf(seq, size);
  const at = seq % tileWidth;
  const bundle = await source.read(tilePath(tile));
  const bytes = bundle ? splitBundle(bundle).entries[at] : undefined;
  if (!bytes) return {};
  const entry: Partial<ShownEntry> = { text: shownText(bytes), leaf: toHex(leafHash(bytes)) };
  const rows = await stored?.(tile.n, tile.width).catch(() => null);
  const row = rows ? splitBundle(rows).entries[at] : undefined;
  if (row && !equalBytes(row, bytes)) entry.stored = shownText(row);
  return entry;
}

// An archive's event, below it the data that stand before it.
function eventOf(bytes: Uint8Array, seq: number): Partial<ShownEntry> {
  const { entries } = readBelTar(bytes);
  const isEvent = ({ name }: { name: string }): boolean => name.endsWith('.event.json');
  const places = entries.flatMap((entry, i) => (isEvent(entry) ? [i] : []));
  const place = places[seq];
  if (place === undefined) return {};
  const data = entries.slice(seq === 0 ? 1 : places[seq - 1]! + 1, place);
  const texts = [entries[place]!, ...data.reverse()].map(({ content }) => shownText(content));
  return { text: texts.join('\n'), leaf: entries[place]!.name.split('.')[0]! };
}

// Goes on from where the last audit of this election stood, unless all is to be read again.
async function auditServed(
  uuid: string,
  memory: Memory,
  whole: boolean,
  onProgress: AuditOptions['onProgress'],
): Promise<Report> {
  const from = whole ? null : await takeKept(uuid);
  return auditShown(httpSource(`/log/${uuid}/`), {
    ...{ memory, uuid, mayBeOlder: false, stored: httpStoredEntries(uuid), from, onProgress },
    onKept: (kept) => void keep(uuid, kept),
  });
}

type FollowLog = Extract<SupervisorRequest, { type: 'follow-log' }>;

async function followLog({ run, uuid, memory }: FollowLog): Promise<void> {
  const report = await auditServed(uuid, memory, false, () => stopIfSuperseded(run));
  stopIfSuperseded(run);
  reply({ type: 'followed', run, report: { ...report, rows: report.rows.slice(report.goneOnFrom) } });
}

async function handle(request: SupervisorRequest): Promise<void> {
  await sodiumReady();
  if (request.type === 'entry') {
    await showEntry(request.run, request.seq);
    return;
  }
  lastRun = request.run;
  switch (request.type) {
    case 'follow-log':
      return followLog(request);
    case 'verify-file':
      return verifyFile(request.run, request.file, request.known);
    case 'verify-log': {
      const { run, uuid, memory, whole } = request;
      reply({ type: 'report', run, report: await auditServed(uuid, memory, whole, teller(run)), served: null });
    }
  }
}

self.onmessage = (event: MessageEvent<SupervisorRequest>) => {
  handle(event.data).catch((error: unknown) => {
    if (error instanceof Superseded) return;
    const { type, run } = event.data;
    if (type === 'entry') reply({ type, run, seq: event.data.seq, text: null, leaf: null, stored: null });
    else if (type === 'follow-log') reply({ type: 'not-followed', run });
    else reply({ type: 'failed', run, reason: 'network' });
  });
};
