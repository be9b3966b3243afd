import type { Election, Tally, Turnout } from '../base/api.ts';
import { signedIn } from '../charts/attendance.ts';

// The figures of the minutes and what must hold between them.

export interface ContestFigures {
  question: string;
  min: number;
  max: number;
  candidates: { number: number; name: string; votes: number }[];
  chosen: number; // sum of the candidates' votes
  blank: number | null; // null: the question has no blank vote
}

export interface PlaceFigures {
  name: string;
  voters: number;
  attended: number | null; // null: no officer marks who comes
  signedIn: number | null; // on a device of their own; null: where everybody or nobody votes so
  voted: number;
}

export interface Figures {
  accepted: number; // ballots, replaced ones included
  counted: number; // ballots that count
  weight: number; // of these; the same as `counted` where every ballot weighs 1
  places: PlaceFigures[];
  total: PlaceFigures;
  contests: ContestFigures[] | null; // null: there is no result
}

// `kind` names the sentence; `left` and `right` are what is compared.
export interface Invariant {
  kind:
    | 'votes'
    | 'votesAtMost'
    | 'votesAtLeast'
    | 'counted'
    | 'accepted'
    | 'voters'
    | 'places'
    | 'place'
    | 'attendance';
  name: string; // of the question or place; empty where it is about all
  parts: number[]; // what `left` is the sum of, where it is one
  left: number;
  relation: '=' | '≤' | '≥';
  right: number;
  holds: boolean;
}

export const hasResult = ({ phase }: Election): boolean => phase === 'tallied' || phase === 'certified';

const sum = (values: number[]): number => values.reduce((all, value) => all + value, 0);

function contestFigures(election: Election, tally: Tally): ContestFigures[] {
  return tally.contests.map(({ question, blank, candidates }, i) => {
    const { min, max } = election.contests[i] ?? { min: 1, max: 1 };
    const votes = candidates.map(({ number, name, count }) => ({ number, name, votes: count ?? 0 }));
    return {
      question,
      min,
      max,
      candidates: votes,
      chosen: sum(votes.map((row) => row.votes)),
      blank: blank ? (tally.counts[i]?.[0] ?? 0) : null,
    };
  });
}

export function figuresOf(election: Election, turnout: Turnout, tally: Tally): Figures {
  const { verification } = election.policies;
  const row = (of: Omit<Turnout['places'][number], 'id'>): PlaceFigures => ({
    name: of.name,
    voters: of.voters,
    voted: of.voted,
    attended: verification === 'online' ? null : of.attended,
    signedIn: verification === 'both' ? signedIn(of) : null,
  });
  const places = turnout.places.map(row);
  return {
    accepted: tally.accepted,
    counted: tally.counted,
    weight: tally.total_weight ?? tally.counted,
    places,
    total: row({ ...turnout, name: '' }),
    contests: hasResult(election) ? contestFigures(election, tally) : null,
  };
}

function relate(
  kind: Invariant['kind'],
  name: string,
  parts: number[],
  relation: Invariant['relation'],
  right: number,
): Invariant {
  const left = sum(parts);
  const holds = relation === '=' ? left === right : relation === '≤' ? left <= right : left >= right;
  return { kind, name, parts, left, relation, right, holds };
}

// One choice each: candidates and blank votes make up the valid ballots. Several: between the fewest and the most that
// the ballots which are not blank may choose.
function ofContest(contest: ContestFigures, weight: number): Invariant[] {
  const { question, min, max, chosen, candidates, blank } = contest;
  const chose = weight - (blank ?? 0);
  if (min === 1 && max === 1) {
    const parts = candidates.map(({ votes }) => votes);
    return [relate('votes', question, blank === null ? parts : [...parts, blank], '=', weight)];
  }
  return [
    relate('votesAtMost', question, [chosen], '≤', max * chose),
    ...(min > 0 ? [relate('votesAtLeast', question, [chosen], '≥', min * chose)] : []),
  ];
}

export function invariants(figures: Figures, { policies }: Election): Invariant[] {
  const { places, total, contests, counted, accepted, weight } = figures;
  const found = (contests ?? []).flatMap((contest) => ofContest(contest, weight));
  if (contests) {
    found.push(relate('counted', '', [counted], '=', total.voted), relate('accepted', '', [counted], '≤', accepted));
  }
  found.push(
    relate('voters', '', [total.voted], '≤', total.voters),
    relate(
      'places',
      '',
      places.map(({ voted }) => voted),
      '=',
      total.voted,
    ),
  );
  for (const place of places) found.push(relate('place', place.name, [place.voted], '≤', place.voters));
  if (policies.verification === 'polling-place') {
    for (const { name, voted, attended } of places) found.push(relate('attendance', name, [voted], '≤', attended ?? 0));
  }
  return found;
}
