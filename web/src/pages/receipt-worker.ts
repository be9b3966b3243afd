import { sodiumReady } from '../crypto/sodium.ts';
import { readVerifierKey } from '../log/note.ts';
import { heldIn, openByLog, openReceipt, originOf } from '../log/receipt.ts';
import { httpSource } from '../log/source.ts';
import { readTrust, type Trust } from '../log/trust.ts';
import { prove } from './receipt-proof.ts';
import type { KnownLedger, ReceiptRequest, Verdict } from './receipt-protocol.ts';

// Checks receipts and the log's files beside the page.

const originOfKeys = ({ ledger }: Trust): string | undefined => readVerifierKey(ledger[0] ?? '')?.name;

async function known(uuid: string): Promise<KnownLedger[]> {
  const bytes = await httpSource(`/log/${uuid}/`)
    .read('keys.json')
    .catch(() => null);
  const trust = bytes && readTrust(new TextDecoder().decode(bytes));
  const origin = trust && originOfKeys(trust);
  return trust && origin ? [{ uuid, origin, trust }] : [];
}

// Keys that someone brings along go before those that this server names itself.
function judge(file: Uint8Array, ledgers: KnownLedger[], pasted: string): Verdict | 'badKeys' {
  const own = pasted.trim() === '' ? null : readTrust(pasted);
  if (pasted.trim() !== '' && !own) return 'badKeys';
  const origin = originOf(file);
  const here = ledgers.find((ledger) => ledger.origin === origin);
  const uuid = here?.uuid ?? null;
  const none: Trust = { ledger: [], witnesses: [], needed: 0, policyKnown: false };
  if (origin === null) return { judged: openReceipt(file, none), origin, trust: none, uuid };
  const brought = own?.ledger.some((key) => readVerifierKey(key)?.name === origin);
  const trust = brought ? own : here?.trust;
  if (!trust) return { judged: null, origin, trust: null, uuid: null };
  return { judged: openReceipt(file, trust), origin, trust, uuid };
}

async function judgeByLog(uuid: string, file: Uint8Array, trust: Trust): Promise<Verdict | null> {
  const opened = await openByLog(httpSource(`/log/${uuid}/`), file, trust);
  return opened && { ...opened, origin: originOf(file), uuid };
}

async function handle(request: ReceiptRequest): Promise<unknown> {
  await sodiumReady();
  switch (request.type) {
    case 'prove':
      return prove(request.uuid, request.key, request.receipt);
    case 'known':
      return (await Promise.all(request.uuids.map(known))).flat();
    case 'judge':
      return judge(request.file, request.ledgers, request.pasted);
    case 'byLog':
      return judgeByLog(request.uuid, request.file, request.trust);
    case 'held':
      return heldIn(httpSource(`/log/${request.uuid}/`), request.trust, request.receipt);
  }
}

self.onmessage = (event: MessageEvent<ReceiptRequest>) => {
  const { id } = event.data;
  handle(event.data).then(
    (result) => self.postMessage({ id, result }),
    (error: unknown) => self.postMessage({ id, error: error instanceof Error ? error.message : 'failed' }),
  );
};
