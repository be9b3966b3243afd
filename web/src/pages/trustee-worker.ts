import { auditLedger } from '../audit/ledger.ts';
import { sodiumReady } from '../ballot/index.ts';
import { fromUtf8 } from '../crypto/bytes.ts';
import { readEntry } from '../log/entry.ts';
import { openCheckpoint } from '../log/note.ts';
import { httpSource, type LogSource } from '../log/source.ts';
import { bundlesOf, splitBundle, tilePath } from '../log/tiles.ts';
import { ManyHands } from './supervisor-labour.ts';
import type { Audit, TrusteeCall, TrusteeReply, TrusteeRequest } from './trustee-protocol.ts';
import { confirmShare, decryptWith, keyInfo, newKeyFile, publishCoefexps } from './trustee-work.ts';

// The trustees' arithmetic, beside the page. It keeps nothing of a key file between two calls.

const progressMs = 100;
let hands: ManyHands | null = null;

const reply = (message: TrusteeReply): void => self.postMessage(message);

// What the entries of one type in a file of entries hold.
function dataOfType(file: Uint8Array, type: string): Record<string, string | undefined>[] {
  return splitBundle(file).entries.flatMap((bytes) => {
    if (!fromUtf8(bytes)?.includes(`"type":"${type}"`)) return [];
    const entry = readEntry(bytes);
    return typeof entry !== 'string' && entry.type === type ? [entry.data as Record<string, string | undefined>] : [];
  });
}

// Passes a log on and picks the tally out of the very files that are audited.
class TallySource implements LogSource {
  encryptedTally: string | null = null;

  constructor(private readonly source: LogSource) {}

  async read(path: string): Promise<Uint8Array | null> {
    const bytes = await this.source.read(path);
    if (bytes && path.startsWith('tile/entries/')) {
      for (const data of dataOfType(bytes, 'TallyComputed')) this.encryptedTally = data.encrypted_tally ?? null;
    }
    return bytes;
  }
}

function teller(id: number): (done: number, size: number) => void {
  let told = 0;
  return (done, size) => {
    const now = performance.now();
    if (now - told < progressMs || size === 0) return;
    told = now;
    reply({ id, progress: done / size });
  };
}

// Nothing is decrypted that the whole ledger does not lead to: a server could ask for the decryption of one ballot.
async function audit(id: number, call: Extract<TrusteeCall, { type: 'audit' }>): Promise<Audit> {
  const source = new TallySource(httpSource(`/log/${call.uuid}/`));
  const report = await auditLedger(source, {
    memory: call.memory,
    uuid: call.uuid,
    mayBeOlder: false,
    labour: (hands ??= new ManyHands(Math.max(1, navigator.hardwareConcurrency || 1))),
    onProgress: teller(id),
  });
  if (report.verdict !== 'intact') {
    const [first] = report.faults;
    const where = first ? `${first.check}: ${first.expected} / ${first.found}` : report.verdict;
    return { state: 'broken', faults: report.faultCount, first: where };
  }
  if (report.election?.uuid !== call.uuid) return { state: 'other' };
  if (source.encryptedTally === null) return { state: 'pending' };
  if (source.encryptedTally !== call.decryption.encrypted_tally) return { state: 'other' };
  return { state: 'sound' };
}

// A key ceremony that was begun anew must not see the old polynomials again: other trustees hold shares of them under
// other numbers. What was published stays in the ledger, so it tells.
async function publishedBefore(uuid: string, certificate: string): Promise<boolean> {
  const source = httpSource(`/log/${uuid}/`);
  const note = await source.read('checkpoint');
  const size = (note && openCheckpoint(note, []).checkpoint?.size) ?? 0;
  for (const tile of bundlesOf(size)) {
    const bytes = await source.read(tilePath(tile));
    for (const data of bytes ? dataOfType(bytes, 'TrusteeCertificatePublished') : []) {
      if (data.certificate === certificate) return true;
    }
  }
  return false;
}

async function handle(call: TrusteeRequest): Promise<unknown> {
  await sodiumReady();
  switch (call.type) {
    case 'newKey':
      return newKeyFile(call.kind, call.uuid);
    case 'keyInfo':
      return keyInfo(call.file, call.needed);
    case 'publishedBefore':
      return publishedBefore(call.uuid, call.certificate);
    case 'coefexps':
      return publishCoefexps(call.file, call.ceremony, call.self);
    case 'confirm':
      return confirmShare(call.file, call.ceremony, call.self, call.shares);
    case 'audit':
      return audit(call.id, call);
    case 'decrypt':
      return decryptWith(call.file, call.decryption);
  }
}

self.onmessage = (event: MessageEvent<TrusteeRequest>) => {
  handle(event.data).then(
    (result) => reply({ id: event.data.id, result }),
    (error: unknown) => reply({ id: event.data.id, error: error instanceof Error ? error.message : 'failed' }),
  );
};
