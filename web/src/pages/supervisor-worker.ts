import { equalBytes, fromUtf8, toHex } from '../crypto/bytes.ts';
import { sodiumReady } from '../crypto/sodium.ts';
import { openCheckpoint } from '../log/note.ts';
import type { Memory, Report } from '../log/report.ts';
import { httpSource, httpStoredEntries, type LogSource, type StoredEntries } from '../log/source.ts';
import { tarSource } from '../log/tar-source.ts';
import { bundleOf, splitBundle, tilePath, tileWidth } from '../log/tiles.ts';
import { leafHash } from '../log/tree.ts';
import { verifyLog, type VerifyOptions } from '../log/verify.ts';
import type { ShownEntry, SupervisorReply, SupervisorRequest } from './supervisor-protocol.ts';

// Verification beside the page. The last log stays at hand, so that single entries can be shown from it.

const nothing: Memory = { key: null, checkpoints: [] };
const maxFileSize = 1024 ** 3;
const progressMs = 100;

let shown: { source: LogSource; size: number; stored: StoredEntries | undefined } | null = null;
let lastRun = 0;

const reply = (message: SupervisorReply): void => self.postMessage(message);

async function verify(run: number, source: LogSource, options: Omit<VerifyOptions, 'onProgress'>): Promise<void> {
  let told = 0;
  const onProgress = (entries: number, size: number): void => {
    if (run !== lastRun) throw new Superseded();
    if (performance.now() - told < progressMs) return;
    told = performance.now();
    reply({ type: 'progress', run, entries, size });
  };
  const report: Report = await verifyLog(source, { ...options, onProgress });
  shown = { source, size: report.size, stored: options.stored };
  reply({ type: 'report', run, report });
}

class Superseded extends Error {}

async function verifyFile(run: number, file: File, memories: Record<string, Memory>): Promise<void> {
  if (file.size > maxFileSize) {
    reply({ type: 'failed', run, reason: 'too-large' });
    return;
  }
  const source = tarSource(new Uint8Array(await file.arrayBuffer()));
  const note = source && (await source.read('checkpoint'));
  if (!source || !note) {
    reply({ type: 'failed', run, reason: 'not-a-bundle' });
    return;
  }
  // Which ledger it says it is decides which memory it is held against; whether it says so rightly, that shows.
  const said = openCheckpoint(note, []);
  const origin = said.ok ? said.checkpoint.origin : said.checkpoint?.origin;
  await verify(run, source, { memory: (origin && memories[origin]) || nothing, mayBeOlder: true });
}

// Bytes that are not UTF-8 are shown all the same, each as what Latin-1 makes of it.
const shownText = (bytes: Uint8Array): string =>
  fromUtf8(bytes) ?? Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

async function showEntry(run: number, seq: number): Promise<void> {
  const entry: ShownEntry = { seq, text: null, leaf: null, stored: null };
  if (shown && seq < shown.size) {
    const tile = bundleOf(seq, shown.size);
    const at = seq % tileWidth;
    const bundle = await shown.source.read(tilePath(tile));
    const bytes = bundle ? splitBundle(bundle).entries[at] : undefined;
    if (bytes) Object.assign(entry, { text: shownText(bytes), leaf: toHex(leafHash(bytes)) });
    const rows = await shown.stored?.(tile.n, tile.width).catch(() => null);
    const row = rows ? splitBundle(rows).entries[at] : undefined;
    if (row && bytes && !equalBytes(row, bytes)) entry.stored = shownText(row);
  }
  reply({ type: 'entry', run, ...entry });
}

async function handle(request: SupervisorRequest): Promise<void> {
  await sodiumReady();
  if (request.type === 'entry') {
    await showEntry(request.run, request.seq);
    return;
  }
  lastRun = request.run;
  if (request.type === 'verify-log') {
    const stored = httpStoredEntries(request.uuid);
    const { memory } = request;
    await verify(request.run, httpSource(`/log/${request.uuid}/`), { memory, mayBeOlder: false, stored });
  } else {
    await verifyFile(request.run, request.file, request.memories);
  }
}

self.onmessage = (event: MessageEvent<SupervisorRequest>) => {
  handle(event.data).catch((error: unknown) => {
    if (error instanceof Superseded) return;
    if (event.data.type === 'entry') {
      const { run, seq } = event.data;
      reply({ type: 'entry', run, seq, text: null, leaf: null, stored: null });
    } else reply({ type: 'failed', run: event.data.run, reason: 'network' });
  });
};
