import type { EventOf } from './events.ts';
import type { EnrolledVoter } from './event-parts.ts';
import { identityText, maxWeightOfAll } from './objects.ts';
import { readableReason } from './rules-office.ts';
import { breach, type Breach, type Pair, type State } from './state.ts';

// Rules of the roll: voters, their credentials, the reserve of credentials.

const isPlace = (state: State, place: string): boolean => state.draft!.places.some(({ id }) => id === place);

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

// The numbers of a whole place.
function placeSum(state: State, place: string): Pair {
  const pairs = [...(state.pairs.get(place)?.values() ?? [])];
  const sum = (of: keyof Pair): number => pairs.reduce((total, pair) => total + pair[of], 0);
  return { voters: sum('voters'), credentials: sum('credentials'), reserve: sum('reserve') };
}

// At no time more credentials of a weight than voters of it, nor a reserve that could replace none.
function mayLeave(state: State, { place, weight }: Omit<EnrolledVoter, 'commitment'>): Breach | null {
  const pair = state.pairAt(place, weight);
  const whole = placeSum(state, place);
  if (pair.voters <= pair.credentials)
    return breach('roll', `${pair.credentials} voters of weight ${weight}`, 'one less');
  if (pair.reserve > 0 && pair.voters === 1)
    return breach('roll', `a voter of weight ${weight} for the reserve`, 'none');
  return whole.voters > whole.reserve ? null : breach('roll', `${whole.reserve} voters at ${place}`, 'one less');
}

export function corrected(state: State, event: EventOf<'VoterCorrected'>): Breach | null {
  const { was, voter, reason } = event;
  const before = state.voters.get(was);
  if (!readableReason(reason)) return breach('roll', 'a reason of 1 to 500 characters', reason.length);
  if (!before) return breach('roll', 'a voter of the roll', was);
  if (!isPlace(state, voter.place)) return breach('roll', 'a place of the draft', voter.place);
  if (state.voters.has(voter.commitment)) return breach('roll', 'no commitment twice', voter.commitment);
  const weight = state.votersWeight - before.weight + voter.weight;
  if (weight > maxWeightOfAll) return breach('roll', 'a total weight of at most 2^32', weight);
  return before.place === voter.place && before.weight === voter.weight ? null : mayLeave(state, before);
}

export function removed(state: State, { voter, reason }: EventOf<'VoterRemoved'>): Breach | null {
  const before = state.voters.get(voter);
  if (!readableReason(reason)) return breach('roll', 'a reason of 1 to 500 characters', reason.length);
  return before ? mayLeave(state, before) : breach('roll', 'a voter of the roll', voter);
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
  const whole = placeSum(state, place);
  if (whole.credentials === 0) return breach('roll', 'a reserve after the credentials of the place', place);
  for (const weight of asked.keys()) {
    if (state.pairAt(place, weight).voters === 0) return breach('roll', 'a weight that a voter has', weight);
  }
  const reserve = [...asked.values()].reduce((a, b) => a + b, whole.reserve);
  return reserve <= whole.voters ? null : breach('roll', `a reserve of at most ${whole.voters} at ${place}`, reserve);
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
