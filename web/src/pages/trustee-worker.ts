import { auditLedger } from '../audit/ledger.ts';
import { sodiumReady } from '../ballot/index.ts';
import { fromUtf8 } from '../crypto/bytes.ts';
import { readEntry } from '../log/entry.ts';
import { httpSource, type LogSource } from '../log/source.ts';
import { splitBundle } from '../log/tiles.ts';
import { ManyHands } from './supervisor-labour.ts';
import type { Audit, TrusteeCall, TrusteeReply, TrusteeRequest } from './trustee-protocol.ts';
import { confirmShare, decryptWith, keyInfo, newKeyFile, publishCoefexps } from './trustee-work.ts';

// The trustees' arithmetic, beside the page. It keeps nothing of a key file between two calls.

const progressMs = 100;
let hands: ManyHands | null = null;

const reply = (message: TrusteeReply): void => self.postMessage(message);

// Passes a log on and picks the tally out of the very files that are audited.
class TallySource implements LogSource {
  encryptedTally: string | null = null;

  constructor(private readonly source: LogSource) {}

  async read(path: string): Promise<Uint8Array | null> {
    const bytes = await this.source.read(path);
    if (bytes && path.startsWith('tile/entries/')) {
      for (const each of splitBundle(bytes).entries) {
        if (!fromUtf8(each)?.includes('"type":"TallyComputed"')) continue;
        const entry = readEntry(each);
        if (typeof entry === 'string' || entry.type !== 'TallyComputed') continue;
        this.encryptedTally = (entry.data as { encrypted_tally: string }).encrypted_tally;
      }
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

async function handle(call: TrusteeRequest): Promise<unknown> {
  await sodiumReady();
  switch (call.type) {
    case 'newKey':
      return newKeyFile(call.kind, call.uuid);
    case 'keyInfo':
      return keyInfo(call.file, call.needed);
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
