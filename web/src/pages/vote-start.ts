import type { Election } from '../base/api.ts';
import type { VoteClient } from './vote-protocol.ts';

// What the ballot page finds when it starts: a code in its address, an election that can be voted in.

// Taken out of the address at once, so that it stands in no history.
export function codeInAddress(): string | null {
  const fragment = location.hash.slice(1);
  if (!fragment) return null;
  history.replaceState(null, '', location.pathname + location.search);
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment; // not an encoding: what was in the address is what the voter sees in the field
  }
}

// Whether what the page shows is what was sealed; null where this browser's worker cannot tell.
export async function openSealed(client: VoteClient, election: Election): Promise<boolean | null> {
  const { uuid, election: text, fingerprint } = election;
  const contests = election.contests.map(({ question, min, max, blank, candidates }) => ({
    question,
    min,
    max,
    blank: blank === true,
    candidates: candidates.map(({ name }) => name),
  }));
  return client
    .ask<'open'>({ type: 'open', uuid, text: text ?? '', fingerprint: fingerprint ?? '', contests })
    .catch(() => null);
}
