import type { Policies, Turnout } from '../base/api.ts';
import { t } from '../base/i18n.ts';

// What the numbers of voters marked as present and of voters who voted say of each other at one polling place.

export type Verification = Policies['verification'];
type Place = Pick<Turnout['places'][number], 'voted' | 'verified'>;

// `waiting`: present and not yet voted. `elsewhere`: voted from home, as the policy `both` allows. `over`: more votes
// than people, where everybody votes at the place.
export interface Standing {
  kind: 'nobody' | 'even' | 'waiting' | 'elsewhere' | 'over';
  n: number;
}

export function standingOf({ voted, verified }: Place, verification: Verification): Standing | null {
  if (verification === 'online' || verified === undefined) return null;
  if (verified === 0 && voted === 0) return { kind: 'nobody', n: 0 };
  if (verified > voted) return { kind: 'waiting', n: verified - voted };
  if (verified === voted) return { kind: 'even', n: voted };
  return { kind: verification === 'both' ? 'elsewhere' : 'over', n: voted - verified };
}

export function standingText({ kind, n }: Standing): string {
  switch (kind) {
    case 'nobody':
      return t('attendance.nobody');
    case 'even':
      return t('attendance.even', { n });
    case 'waiting':
      return t('attendance.waiting', { n });
    case 'elsewhere':
      return t('attendance.elsewhere', { n });
    case 'over':
      return t('attendance.over', { n });
  }
}

// Of all places together; undefined where nobody is marked as present.
export function verifiedIn({ places }: Turnout): number | undefined {
  const known = places.flatMap(({ verified }) => (verified === undefined ? [] : [verified]));
  return known.length === 0 ? undefined : known.reduce((a, b) => a + b, 0);
}
