import type { AuditEvent, EventType } from './events.ts';
import type { CheckId } from './report.ts';
import { breach, type Breach, type Phase, type State } from './state.ts';

// Who may record what, and when.

export type Role =
  'administrator' | 'committee' | 'registrar' | 'trustee' | 'supervisor' | 'service' | 'voter' | 'anyone';

const runsIt: Role[] = ['administrator', 'committee'];
const keepsRoll: Role[] = ['registrar', 'committee', 'administrator'];
const holdsKeys: Role[] = ['trustee', 'committee'];
const keyOrService: Role[] = ['trustee', 'committee', 'service'];

// By whom, in which phase, and which check it counts for.
export const table: { [T in EventType]: [phase: Phase, by: Role[], check: CheckId] } = {
  LedgerOpened: ['none', runsIt, 'legality'],
  ElectionDrafted: ['none', runsIt, 'legality'],
  TrusteeKeyPublished: ['draft', keyOrService, 'trustees'],
  TrusteeCertificatePublished: ['draft', holdsKeys, 'trustees'],
  TrusteeCoefexpsPublished: ['draft', holdsKeys, 'trustees'],
  TrusteeShareConfirmed: ['draft', holdsKeys, 'trustees'],
  KeyCeremonyRestarted: ['draft', runsIt, 'trustees'],
  VotersEnrolled: ['draft', keepsRoll, 'roll'],
  RollImported: ['draft', keepsRoll, 'roll'],
  RollSealed: ['draft', runsIt, 'roll'],
  ElectionSealed: ['draft', runsIt, 'trustees'],
  ElectionOpened: ['sealed', runsIt, 'legality'],
  VoterVerified: ['open', ['voter'], 'legality'],
  BallotCast: ['open', ['voter'], 'ballots'],
  BallotChallenged: ['open', ['voter'], 'ballots'],
  LiveTallyPublished: ['open', ['service'], 'live_tallies'],
  ElectionClosed: ['open', runsIt, 'legality'],
  TallyComputed: ['closed', ['service'], 'tally'],
  TallyDecrypted: ['closed', keyOrService, 'decryption'],
  ResultPublished: ['closed', runsIt, 'result'],
  ResultCertified: ['tallied', runsIt, 'legality'],
};

const staff: readonly string[] = ['administrator', 'committee', 'registrar', 'trustee', 'supervisor'];
const nameless: readonly string[] = ['voter', 'anyone'];

// Staff act under their login, voters and the public never, the service may. null where the actor is of another form.
export function roleOf(actor: string): Role | null {
  const [role, login, ...rest] = actor.split(':') as [string, ...string[]];
  if (rest.length > 0 || (role !== 'service' && !staff.includes(role) && !nameless.includes(role))) return null;
  if (login === undefined) return staff.includes(role) ? null : (role as Role);
  return nameless.includes(role) || !/^[a-z0-9._-]{1,32}$/.test(login) ? null : (role as Role);
}

export const checkOf = (event: AuditEvent): CheckId => table[event.type][2];

export function permitted(state: State, event: AuditEvent, role: Role, time: string): Breach | null {
  const [phase, by] = table[event.type];
  if (time < state.lastTime) return breach('legality', `a time from ${state.lastTime} on`, time);
  if (!by.includes(role)) return breach('legality', `${event.type} by ${by.join(', ')}`, role);
  if (state.phase !== phase) return breach('legality', `${event.type} in the phase ${phase}`, state.phase);
  if (state.rollSealed && !state.sealed && event.type !== 'ElectionSealed') {
    return breach('legality', 'ElectionSealed directly after RollSealed', event.type);
  }
  const keysOrShares = event.type === 'TrusteeKeyPublished' || event.type === 'TallyDecrypted';
  if (keysOrShares && (state.draft!.policies.tally === 'live') !== (role === 'service')) {
    return breach('legality', `${event.type} under the policy ${state.draft!.policies.tally}`, role);
  }
  return null;
}
