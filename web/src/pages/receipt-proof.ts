import { checkInclusion, type Receipt } from '../log/inclusion.ts';
import { httpSource } from '../log/source.ts';
import { trustIn } from '../log/trust.ts';
import type { Proven } from './receipt-protocol.ts';

// For workers: a ballot's place in this server's log, and its proof.
export async function prove(uuid: string, key: string, receipt: Receipt): Promise<Proven> {
  const source = httpSource(`/log/${uuid}/`);
  const trust = await trustIn(source, key);
  return { inclusion: await checkInclusion(source, trust, receipt), trust };
}
