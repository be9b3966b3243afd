import { decryptionProven, stronglyProven, type EncryptedTally } from '../ballot/decrypt.ts';
import type { Question } from '../ballot/election.ts';
import { fitsQuestions, wrongCounts } from './count.ts';
import type { EventOf, RecordedTally, Share } from './events.ts';
import { ownersOf } from './objects.ts';
import type { CheckId } from './report.ts';
import { breach, type Breach, type State } from './state.ts';

// Rules of counting. That a tally is the product of the ballots is not among them: recount.ts sees to that.

const minMillisBetween = 2000;

function shareProven(state: State, tally: EncryptedTally, share: Share, check: CheckId): Breach | null {
  const { election, trustees } = state.sealed!;
  const owner = ownersOf(trustees)[share.owner - 1];
  if (!owner) return breach(check, 'a trustee of this election', share.owner);
  if (!decryptionProven(tally, share.partial, owner.key, election.fingerprint)) {
    return breach(check, `the decryption proofs of trustee ${share.owner}`, 'do not verify');
  }
  if (!stronglyProven(tally, share.partial, share.strong, owner.key, election.fingerprint)) {
    return breach(check, `the strong proofs of trustee ${share.owner}`, 'do not verify');
  }
  return null;
}

function countsMatch(
  { trustees, election: { questions } }: NonNullable<State['sealed']>,
  tally: RecordedTally,
  shares: Map<number, Share>,
  counts: number[][],
  check: CheckId,
): Breach | null {
  const partials = new Map([...shares].map(([owner, { partial }]) => [owner, partial]));
  const wrong = wrongCounts(trustees, tally, partials, counts) ?? impossible(questions, tally.totalWeight, counts);
  return wrong && breach(check, ...wrong);
}

// Counts that no valid ballots of this weight can hold: blank votes, and marks of those that are not blank.
function impossible(
  questions: Question[],
  weight: number,
  counts: number[][],
): [expected: string, found: string] | null {
  for (const [q, { blank, min, max }] of questions.entries()) {
    const row = counts[q]!;
    const blanks = blank ? row[0]! : 0;
    const marks = row.reduce((a, b) => a + b, 0) - blanks;
    const marking = weight - blanks;
    if (marking >= 0 && marks >= marking * min && marks <= marking * max) continue;
    return [`question ${q + 1}: ${marking * min} to ${marking * max} marks`, `${marks}`];
  }
  return null;
}

// Where a live tally may end: at a ballot since the last one. What it must count then.
function ending(state: State, through: number): { voters: number; expected: string } | null {
  const { accepted, counted, weight, since } = state.live;
  const at = since.findIndex(({ seq }) => seq === through);
  if (at < 0) return null;
  const batch = since.slice(0, at + 1);
  const total = weight + batch.reduce((sum, { weightAdded }) => sum + weightAdded, 0);
  const first = batch.filter(({ weightAdded }) => weightAdded > 0).length;
  return {
    voters: new Set(batch.map(({ credential }) => credential)).size,
    expected: `${accepted + batch.length} accepted, ${counted + first} tallied, weight ${total}`,
  };
}

export function liveTally(state: State, event: EventOf<'LiveTallyPublished'>, time: string): Breach | null {
  const { policies } = state.draft!;
  const check = 'live_tallies';
  if (policies.tally !== 'live') return breach('legality', 'the policy live', policies.tally);
  const end = ending(state, event.through);
  if (!end) return breach(check, 'through a ballot since the last live tally', event.through);
  if (end.voters < policies.minBatch) return breach(check, `${policies.minBatch} voters in the batch`, end.voters);
  if (state.live.time !== '' && Date.parse(time) - Date.parse(state.live.time) < minMillisBetween) {
    return breach(check, `${minMillisBetween} ms since the last live tally`, time);
  }
  const found = `${event.accepted} accepted, ${event.numTallied} tallied, weight ${event.totalWeight}`;
  if (found !== end.expected) return breach(check, end.expected, found);
  if (!fitsQuestions(event.tally, state.sealed!.election.questions)) return breach(check, 'a tally of the questions');
  if (event.shares.length !== 1) return breach(check, 'one share', event.shares.length);
  const share = event.shares[0]!;
  return (
    shareProven(state, event.tally, share, check) ??
    countsMatch(state.sealed!, event, new Map([[share.owner, share]]), event.counts, check)
  );
}

export function computed(state: State, event: EventOf<'TallyComputed'>): Breach | null {
  if (state.tally) return breach('tally', 'one TallyComputed');
  const expected = `${state.lastBallot.size} tallied, weight ${state.votedWeight}`;
  const found = `${event.numTallied} tallied, weight ${event.totalWeight}`;
  if (expected !== found) return breach('tally', expected, found);
  return fitsQuestions(event.tally, state.sealed!.election.questions)
    ? null
    : breach('tally', 'a tally of the questions', 'another shape');
}

// Which decryptions of a group are used must not be open to choice: it gives as many as it needs and no more.
function wanted(state: State, owner: number): Breach | null {
  if (state.shares.has(owner)) return breach('decryption', 'one decryption of each trustee', owner);
  const owners = ownersOf(state.sealed!.trustees);
  const item = state.sealed!.trustees[owners[owner - 1]?.item ?? -1];
  if (item?.kind !== 'pedersen') return null;
  const given = [...state.shares.keys()].filter((each) => owners[each - 1]!.item === owners[owner - 1]!.item).length;
  return given < item.threshold ? null : breach('decryption', `${item.threshold} decryptions of the group`, given + 1);
}

export function shareGiven(state: State, event: EventOf<'TallyDecrypted'>): Breach | null {
  if (!state.tally) return breach('decryption', 'TallyComputed before a decryption');
  return wanted(state, event.owner) ?? shareProven(state, state.tally.tally, event, 'decryption');
}

export function published(state: State, { counts }: EventOf<'ResultPublished'>): Breach | null {
  if (!state.tally) return breach('result', 'TallyComputed before a result');
  return countsMatch(state.sealed!, state.tally, state.shares, counts, 'result');
}
