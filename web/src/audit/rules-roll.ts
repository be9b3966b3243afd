import type { EventOf } from './events.ts';
import type { EnrolledVoter } from './event-parts.ts';
import { identityText, maxWeightOfAll } from './objects.ts';
import { readableReason } from './rules-office.ts';
import { breach, type Breach, type Pair, type State } from './state.ts';

// Rules of the roll: voters, their credentials, the reserve of credentials.

const isPlace = (state: State, place: string): boolean => state.draft!.places.some(({ id }) => id === place);

// What an event changes in the numbers of a place must leave them right.
type Count = [place: string, weight: number, change: Partial<Pair>];

export function voters(state: State, event: EventOf<'VotersEnrolled'>): Breach | null {
  if (event.first !== state.enrolled) return breach('roll', `first ${state.enrolled}`, event.first);
  const places = new Set(state.draft!.places.map(({ id }) => id));
  const seen = new Set<string>();
  let weight = state.votersWeight;
  for (const voter of event.voters) {
    if (!places.has(voter.place)) return breach('roll', 'a place of the draft', voter.place);
    if (seen.has(voter.commitment) || state.voters.has(voter.commitment)) {
      return breach('roll', 'no commitment twice', voter.commitment);
    }
    seen.add(voter.commitment);
    weight += voter.weight;
  }
  return weight <= maxWeightOfAll ? null : breach('roll', 'a total weight of at most 2^32', weight);
}

// At no time more credentials of a weight than voters of it; of the reserve as many as the place has voters.
function leaves(state: State, changes: Count[]): Breach | null {
  for (const [place, weight] of changes) {
    const pair = { ...state.pairAt(place, weight) };
    for (const [where, heavy, change] of changes) {
      if (where !== place || heavy !== weight) continue;
      pair.voters += change.voters ?? 0;
      pair.credentials += change.credentials ?? 0;
    }
    if (pair.credentials > pair.voters) {
      return breach('roll', `${pair.voters} credentials of weight ${weight}`, pair.credentials);
    }
  }
  return null;
}

export function corrected(state: State, event: EventOf<'VoterCorrected'>): Breach | null {
  const { was, voter, reason } = event;
  const before = state.voters.get(was);
  if (!before) return breach('roll', 'a voter of the roll', was);
  if (!isPlace(state, voter.place)) return breach('roll', 'a place of the draft', voter.place);
  if (state.voters.has(voter.commitment)) return breach('roll', 'no commitment twice', voter.commitment);
  if (!readableReason(reason)) return breach('roll', 'a reason of 1 to 500 characters', reason.length);
  const weight = state.votersWeight - before.weight + voter.weight;
  if (weight > maxWeightOfAll) return breach('roll', 'a total weight of at most 2^32', weight);
  return leaves(state, [removal(before), [voter.place, voter.weight, { voters: 1 }]]);
}

const removal = ({ place, weight }: Omit<EnrolledVoter, 'commitment'>): Count => [place, weight, { voters: -1 }];

export function removed(state: State, { voter, reason }: EventOf<'VoterRemoved'>): Breach | null {
  const before = state.voters.get(voter);
  if (!before) return breach('roll', 'a voter of the roll', voter);
  if (!readableReason(reason)) return breach('roll', 'a reason of 1 to 500 characters', reason.length);
  return leaves(state, [removal(before)]);
}

// That they are elements of the group is known by then.
export function credentials(state: State, event: EventOf<'RollImported'> | EventOf<'ReserveImported'>): Breach | null {
  const keys = event.credentials.map(({ key }) => key);
  if (keys.includes(identityText)) return breach('roll', 'no credential that is the identity', identityText);
  if (!isPlace(state, event.place)) return breach('roll', 'a place of the draft', event.place);
  const asked = new Map<number, number>();
  for (const [i, { key, weight }] of event.credentials.entries()) {
    if (i > 0 && key < keys[i - 1]!) return breach('roll', 'credentials in ascending order', key);
    if (key === keys[i - 1] || state.credentials.has(key)) return breach('roll', 'no credential twice', key);
    asked.set(weight, (asked.get(weight) ?? 0) + 1);
  }
  return event.type === 'RollImported' ? room(state, event.place, asked) : roomInReserve(state, event.place, asked);
}

function room(state: State, place: string, asked: Map<number, number>): Breach | null {
  for (const [weight, more] of asked) {
    const { voters: most, credentials: present } = state.pairAt(place, weight);
    if (present + more > most) return breach('roll', `${most} credentials of weight ${weight}`, present + more);
  }
  return null;
}

function roomInReserve(state: State, place: string, asked: Map<number, number>): Breach | null {
  const pairs = [...(state.pairs.get(place)?.values() ?? [])];
  if (pairs.every(({ credentials: present }) => present === 0)) {
    return breach('roll', 'a reserve after the credentials of the place', place);
  }
  for (const weight of asked.keys()) {
    if (state.pairAt(place, weight).voters === 0) return breach('roll', 'a weight that a voter has', weight);
  }
  const most = pairs.reduce((sum, pair) => sum + pair.voters, 0);
  const total = pairs.reduce((sum, { reserve }) => sum + reserve, 0) + [...asked.values()].reduce((a, b) => a + b, 0);
  return total <= most ? null : breach('roll', `a reserve of at most ${most} at ${place}`, total);
}

export function withdrawn(state: State, { reason }: EventOf<'CredentialsWithdrawn'>): Breach | null {
  if (state.credentials.size === 0) return breach('roll', 'credentials to withdraw', 0);
  return readableReason(reason) ? null : breach('roll', 'a reason of 1 to 500 characters', reason.length);
}

export function replaced(state: State, event: EventOf<'CredentialReplaced'>): Breach | null {
  const lost = state.credentials.get(event.lost);
  const issued = state.credentials.get(event.issued);
  if (lost?.use !== 'active') return breach('roll', 'a lost credential that is in use', lost?.use ?? event.lost);
  if (state.lastBallot.has(event.lost)) return breach('roll', 'a lost credential that has not voted', event.lost);
  if (issued?.use !== 'reserve') return breach('roll', 'a credential of the reserve', issued?.use ?? event.issued);
  if (issued.place !== lost.place || issued.weight !== lost.weight) {
    return breach('roll', `${lost.place}, weight ${lost.weight}`, `${issued.place}, weight ${issued.weight}`);
  }
  return readableReason(event.reason) ? null : breach('roll', 'a reason of 1 to 500 characters', event.reason.length);
}

