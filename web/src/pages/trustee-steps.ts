import type { Ceremony, CeremonyMember, CeremonyStep, Decryption, TrusteeOwner } from '../base/api.ts';

// Where the key ceremony and the decryption stand, and what is left to one trustee.

export const ceremonySteps = ['certificates', 'coefexps', 'confirmations'] as const;

// How many steps all trustees have taken.
export const stepsTaken = ({ step }: Pick<Ceremony, 'step'>): number =>
  step === 'done' ? ceremonySteps.length : ceremonySteps.indexOf(step);

export const loginOf = (actor: string): string => actor.slice(actor.indexOf(':') + 1);

const didStep: Record<CeremonyStep, (member: CeremonyMember) => boolean> = {
  certificates: () => true,
  coefexps: ({ coefexps }) => coefexps !== undefined,
  confirmations: ({ confirmed }) => confirmed,
  done: () => true,
};

export const doneIn = (ceremony: Ceremony, step: CeremonyStep): number => ceremony.members.filter(didStep[step]).length;

export interface Missing {
  members: CeremonyMember[]; // who have still to take the present step
  unknown: number; // places that nobody has taken yet
}

export function missingIn(ceremony: Ceremony): Missing {
  return {
    members: ceremony.members.filter((member) => !didStep[ceremony.step](member)),
    unknown: ceremony.step === 'certificates' ? ceremony.trustees - ceremony.members.length : 0,
  };
}

// `foreign`: the key is none of this ceremony's, and no place is free.
export type CeremonyTask =
  { kind: 'certificate' | 'foreign' } | { kind: 'coefexps' | 'confirm' | 'wait' | 'done'; trustee: number };

// By the certificate that the trustee's key file gives: a login may act for more than one trustee.
export function ceremonyTask(ceremony: Ceremony, certificate: string): CeremonyTask {
  const mine = ceremony.members.find((member) => member.certificate === certificate);
  if (!mine) return { kind: ceremony.step === 'certificates' ? 'certificate' : 'foreign' };
  const { trustee } = mine;
  if (ceremony.step === 'done') return { kind: 'done', trustee };
  if (didStep[ceremony.step](mine)) return { kind: 'wait', trustee };
  return { kind: ceremony.step === 'coefexps' ? 'coefexps' : 'confirm', trustee };
}

export interface Absent {
  mandatory: TrusteeOwner[];
  groups: { owners: TrusteeOwner[]; missing: number }[];
}

export function absentIn({ owners, needed }: Decryption): Absent {
  const named = (numbers: number[]): TrusteeOwner[] => owners.filter(({ owner }) => numbers.includes(owner));
  return {
    mandatory: named(needed.mandatory),
    groups: needed.groups
      .filter(({ missing }) => missing > 0)
      .map(({ absent, missing }) => ({ owners: named(absent), missing })),
  };
}

export const nothingAbsent = ({ mandatory, groups }: Absent): boolean => mandatory.length === 0 && groups.length === 0;

export type DecryptionTask =
  | { kind: 'foreign' } // a key of no trustee of this election
  | { kind: 'decrypt' | 'submitted' | 'notNeeded'; owner: TrusteeOwner };

export function decryptionTask(decryption: Decryption, key: string): DecryptionTask {
  const owner = decryption.owners.find((each) => each.key === key);
  if (!owner) return { kind: 'foreign' };
  if (decryption.submitted.includes(owner.owner)) return { kind: 'submitted', owner };
  const { mandatory, groups } = absentIn(decryption);
  const wanted = [...mandatory, ...groups.flatMap(({ owners }) => owners)];
  return { kind: wanted.includes(owner) ? 'decrypt' : 'notNeeded', owner };
}
