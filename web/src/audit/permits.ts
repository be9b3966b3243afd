import type { AuditEvent, EventType } from './events.ts';
import type { Step } from './events-polling.ts';
import type { CheckId } from './report.ts';
import { breach, officialKey, type Breach, type Phase, type State } from './state.ts';

// Who may record what, and when.

const staff = [
  ...(['administrator', 'committee', 'registrar', 'officer', 'trustee', 'witness', 'supervisor', 'auditor'] as const),
];
const nameless = ['voter', 'anyone'] as const;
export type Role = (typeof staff)[number] | (typeof nameless)[number] | 'service';

export interface Actor {
  role: Role;
  login: string; // empty where the role has none
}

const runsIt: Role[] = ['administrator', 'committee'];
const keepsRoll: Role[] = ['registrar', 'committee', 'administrator'];
const holdsKeys: Role[] = ['trustee', 'committee'];
const keyOrService: Role[] = ['trustee', 'committee', 'service'];
const byTheClock: Role[] = ['administrator', 'committee', 'service'];
const atPlaces: Role[] = ['officer', 'committee'];
const device: Role[] = ['committee', 'administrator', 'officer'];
const notes: Role[] = ['supervisor', 'witness', 'committee', 'administrator', 'officer'];

const uncertified: Phase[] = ['draft', 'sealed', 'open', 'closed', 'tallied'];
const any: Phase[] = [...uncertified, 'certified', 'cancelled'];

// In which phases, by whom, and which check it counts for.
const table: { [T in EventType]: [phases: Phase[], by: Role[], check: CheckId] } = {
  LedgerOpened: [['none'], runsIt, 'legality'],
  ElectionDrafted: [['none', 'draft'], runsIt, 'legality'],
  TrusteeKeyPublished: [['draft'], keyOrService, 'trustees'],
  TrusteeCertificatePublished: [['draft'], holdsKeys, 'trustees'],
  TrusteeCoefexpsPublished: [['draft'], holdsKeys, 'trustees'],
  TrusteeShareConfirmed: [['draft'], holdsKeys, 'trustees'],
  KeyCeremonyRestarted: [['draft'], runsIt, 'trustees'],
  VotersEnrolled: [['draft'], keepsRoll, 'roll'],
  VoterCorrected: [['draft'], keepsRoll, 'roll'],
  VoterRemoved: [['draft'], keepsRoll, 'roll'],
  RollImported: [['draft'], keepsRoll, 'roll'],
  ReserveImported: [['draft'], keepsRoll, 'roll'],
  CredentialsWithdrawn: [['draft'], keepsRoll, 'roll'],
  RollSealed: [['draft'], runsIt, 'roll'],
  ElectionSealed: [['draft'], runsIt, 'trustees'],
  ElectionOpened: [['sealed'], byTheClock, 'legality'],
  CredentialReplaced: [['sealed', 'open'], keepsRoll, 'roll'],
  VoterVerified: [['open'], ['voter'], 'legality'],
  BallotCast: [['open'], ['voter'], 'ballots'],
  BallotChallenged: [['open'], ['voter'], 'ballots'],
  LiveTallyPublished: [['open'], ['service'], 'live_tallies'],
  VotingExtended: [['sealed', 'open'], runsIt, 'legality'],
  ElectionClosed: [['open'], byTheClock, 'legality'],
  TallyComputed: [['closed'], ['service'], 'tally'],
  TallyDecrypted: [['closed'], keyOrService, 'decryption'],
  ResultPublished: [['closed'], runsIt, 'result'],
  ResultCertified: [['tallied'], runsIt, 'legality'],
  ElectionCancelled: [uncertified, runsIt, 'legality'],
  OfficialAppointed: [uncertified, runsIt, 'legality'],
  OfficialRevoked: [uncertified, runsIt, 'legality'],
  StepProposed: [any, runsIt, 'legality'],
  ProposalWithdrawn: [any, runsIt, 'legality'],
  CorrectionRecorded: [any, runsIt, 'legality'],
  DeviceEnrolled: [['draft', 'sealed', 'open'], device, 'legality'],
  DeviceRevoked: [['draft', 'sealed', 'open'], device, 'legality'],
  IncidentNoted: [any, notes, 'legality'],
  KeyRotated: [any, runsIt, 'keys'],
};

// Where a step that is proposed may itself be taken.
export const phasesOfStep = (step: Step): Phase[] => table[eventOfStep[step]][0];
const eventOfStep = {
  seal: 'RollSealed',
  close: 'ElectionClosed',
  certify: 'ResultCertified',
  cancel: 'ElectionCancelled',
  correct: 'CorrectionRecorded',
} as const;

const among = <T extends string>(names: readonly T[], name: string): name is T => names.some((each) => each === name);

// Staff act under their login, voters and the public never, the service may. null where the actor is of another form.
export function readActor(actor: string): Actor | null {
  const [role, login, ...rest] = actor.split(':') as [string, ...string[]];
  if (rest.length > 0) return null;
  if (among(nameless, role)) return login === undefined ? { role, login: '' } : null;
  if (role === 'service' && login === undefined) return { role, login: '' };
  if (role !== 'service' && !among(staff, role)) return null;
  return login !== undefined && isLogin(login) ? { role, login } : null;
}

export const isLogin = (text: string): boolean => /^[a-z0-9._-]{1,32}$/.test(text);

export const checkOf = (event: AuditEvent): CheckId => table[event.type][2];

const rolesOf = (event: AuditEvent): Role[] =>
  event.type === 'VoterVerified' && event.method === 'officer' ? atPlaces : table[event.type][1];

// The polling place that an event is about.
function placeOf(state: State, event: AuditEvent): string | null {
  if (event.type === 'DeviceRevoked') return state.devices.get(event.device)?.place ?? null;
  if (event.type === 'DeviceEnrolled') return event.place;
  return event.type === 'VoterVerified' && event.method === 'officer' ? event.place : null;
}

// Once anyone was appointed, staff act only in an office that they hold; an officer always, and at the place of it.
function holdsOffice(state: State, event: AuditEvent, { role, login }: Actor): boolean {
  if (role === 'administrator' || !among(staff, role)) return true;
  if (!state.appointed && role !== 'officer') return true;
  if (role !== 'officer') return state.officials.has(officialKey({ login, role, place: null }));
  const place = placeOf(state, event);
  if (place !== null) return state.officials.has(officialKey({ login, role, place }));
  return [...state.officials].some((key) => key.startsWith(officialKey({ login, role, place: null })));
}

export function permitted(state: State, event: AuditEvent, actor: Actor, time: string): Breach | null {
  const [phases] = table[event.type];
  const { role } = actor;
  const by = rolesOf(event);
  if (time < state.lastTime) return breach('legality', `a time from ${state.lastTime} on`, time);
  if (!by.includes(role)) return breach('legality', `${event.type} by ${by.join(', ')}`, role);
  if (!phases.includes(state.phase)) {
    return breach('legality', `${event.type} in the phase ${phases.join(', ')}`, state.phase);
  }
  if (!holdsOffice(state, event, actor)) {
    return breach('legality', 'someone who holds the office', `${role}:${actor.login}`);
  }
  if (state.rollSealed && !state.sealed && event.type !== 'ElectionSealed') {
    return breach('legality', 'ElectionSealed directly after RollSealed', event.type);
  }
  const keysOrShares = event.type === 'TrusteeKeyPublished' || event.type === 'TallyDecrypted';
  if (keysOrShares && (state.draft!.policies.tally === 'live') !== (role === 'service')) {
    return breach('legality', `${event.type} under the policy ${state.draft!.policies.tally}`, role);
  }
  return null;
}
