import type { Ceremony, Decryption, Election, ElectionSummary } from '../base/api.ts';
import { get } from '../base/http.ts';

// An election with what is known of its trustees' work in its present phase.
export interface Described {
  election: Election;
  ceremony: Ceremony | null; // where a group of trustees makes its key
  decryption: Decryption | null; // where there is a tally to be decrypted
}

// All elections, and the one to begin with: which the address names, or the newest.
export async function listElections(): Promise<{ elections: ElectionSummary[]; first: ElectionSummary | undefined }> {
  const { elections } = await get<{ elections: ElectionSummary[] }>('/elections');
  const asked = location.hash.slice(1);
  return { elections, first: elections.find(({ uuid }) => uuid === asked) ?? elections[0] };
}

async function ceremonyOf(election: Election): Promise<Ceremony | null> {
  if (!election.threshold) return null;
  const ceremony = await get<Ceremony>(`/elections/${election.uuid}/ceremony`);
  ceremony.members.sort((a, b) => a.trustee - b.trustee);
  return ceremony;
}

// Between the close and the computed tally there is nothing to decrypt yet, and nobody is waited for.
async function decryptionOf({ uuid, phase, trustees }: Election): Promise<Decryption | null> {
  const computed = trustees.decrypted.length > 0 || trustees.missing.length > 0;
  return phase === 'closed' && computed ? get<Decryption>(`/elections/${uuid}/decryption`) : null;
}

export async function describe(uuid: string): Promise<Described> {
  const election = await get<Election>(`/elections/${uuid}`);
  const [ceremony, decryption] = await Promise.all([ceremonyOf(election), decryptionOf(election)]);
  return { election, ceremony, decryption };
}
