import type { Policies, Turnout } from '../base/api.ts';
import { t } from '../base/i18n.ts';

// What the numbers of voters who showed their right to vote and of voters who voted say of each other at one polling
// place.

export type Verification = Policies['verification'];
type Place = Pick<Turnout, 'voted' | 'verified'>;

// `waiting`: showed it and have not voted. `unmarked`: voted without, in a booth, as the policy `both` allows. `over`:
// more votes than people, where everybody is marked as present. `both`: some may have signed in elsewhere.
export interface Standing {
  kind: 'nobody' | 'even' | 'waiting' | 'unmarked' | 'over';
  n: number;
  both: boolean;
}

export function standingOf({ voted, verified }: Place, verification: Verification): Standing | null {
  if (verification === 'online') return null;
  const both = verification === 'both';
  if (verified === 0 && voted === 0) return { kind: 'nobody', n: 0, both };
  if (verified > voted) return { kind: 'waiting', n: verified - voted, both };
  if (verified === voted) return { kind: 'even', n: voted, both };
  return { kind: both ? 'unmarked' : 'over', n: voted - verified, both };
}

export function standingText({ kind, n, both }: Standing): string {
  switch (kind) {
    case 'nobody':
      return t('attendance.nobody');
    case 'even':
      return t(both ? 'attendance.evenBoth' : 'attendance.even', { n });
    case 'waiting':
      return t(both ? 'attendance.waitingBoth' : 'attendance.waiting', { n });
    case 'unmarked':
      return t('attendance.unmarked', { n });
    case 'over':
      return t('attendance.over', { n });
  }
}

// Of the voters who showed their right to vote, those who did so on a device of their own.
export const signedIn = ({ verified, attended }: Pick<Turnout, 'verified' | 'attended'>): number => verified - attended;
