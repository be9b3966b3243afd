import { checkInclusion, type Receipt } from '../log/inclusion.ts';
import { httpSource, type LogSource } from '../log/source.ts';
import { trustIn } from '../log/trust.ts';
import type { Proven } from './receipt-protocol.ts';

// For workers: a ballot's place in this server's log, and its proof.
export const prove = (uuid: string, key: string, receipt: Receipt): Promise<Proven> =>
  proveIn(httpSource(`/log/${uuid}/`), key, receipt);

const pauseMs = 1000;
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, pauseMs));

// The keys are read before the checkpoint, so a change of the key that is published in between looks like a false
// signature until they are read again.
export async function proveIn(source: LogSource, key: string, receipt: Receipt, wait = pause): Promise<Proven> {
  const found = await proveOnce(source, key, receipt);
  const { inclusion } = found;
  if (inclusion.state !== 'refused' || inclusion.reason !== 'checkpoint') return found;
  await wait();
  return proveOnce(source, key, receipt);
}

async function proveOnce(source: LogSource, key: string, receipt: Receipt): Promise<Proven> {
  const trust = await trustIn(source, key);
  return { inclusion: await checkInclusion(source, trust, receipt), trust };
}
