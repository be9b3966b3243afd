import { optional, required } from './draft.ts';
import type { AuditEvent, EventOf } from './events.ts';
import type { Official, Step } from './events-polling.ts';
import { isLogin, phasesOfStep, type Actor } from './permits.ts';
import { breach, officialKey, type Breach, type State } from './state.ts';

// Rules of offices, of steps that a second member must agree to, of the schedule, devices and incidents.

const maxReason = 500;
const maxIncident = 2000;
const maxExtensionMillis = 30 * 24 * 3600_000;

export const readableReason = (reason: string): boolean => /[^ ]/.test(reason) && shortReason(reason);
const shortReason = (reason: string): boolean =>
  [...reason].length <= maxReason && !/[\u0000-\u001f\u007f]/.test(reason);

const reasonBreach = (reason: string): Breach | null =>
  readableReason(reason) ? null : breach('legality', `a reason of 1 to ${maxReason} characters`, reason.length);

function faultOfOfficial(state: State, { login, role, place }: Official): Breach | null {
  if (!isLogin(login)) return breach('legality', 'a login', login);
  if ((role === 'officer') !== (place !== null)) return breach('legality', 'a place exactly for an officer', role);
  if (place === null || state.draft!.places.some(({ id }) => id === place)) return null;
  return breach('legality', 'a place of the draft', place);
}

export function appointed(state: State, { official }: EventOf<'OfficialAppointed'>): Breach | null {
  if (state.officials.has(officialKey(official))) return breach('legality', 'no office twice', officialKey(official));
  return faultOfOfficial(state, official);
}

export function revoked(state: State, { official, reason }: EventOf<'OfficialRevoked'>): Breach | null {
  const key = officialKey(official);
  if (!state.officials.has(key)) return breach('legality', 'an office that is held', key);
  const members = [...state.officials].filter((each) => each.startsWith('committee:')).length;
  if (official.role === 'committee' && members === 1) return breach('legality', 'a committee that keeps a member', key);
  return reasonBreach(reason);
}

// --- steps that two agree on

const twoAgree = (state: State): boolean => state.draft?.policies.approval === 'two';

export function proposed(state: State, { step, reason, entry }: EventOf<'StepProposed'>): Breach | null {
  if (!twoAgree(state)) return breach('legality', 'the policy two', 'single');
  if (!phasesOfStep(step).includes(state.phase)) return breach('legality', `a phase to ${step} in`, state.phase);
  if (state.proposals.has(step)) return breach('legality', 'one open proposal of a step', step);
  if ((step === 'correct') !== (entry !== null)) return breach('legality', 'an entry exactly to correct', step);
  const fault = entry === null ? null : faultOfCorrected(state, entry);
  if (fault) return fault;
  if (step === 'cancel' || step === 'correct') return reasonBreach(reason);
  return shortReason(reason) ? null : breach('legality', `a reason of at most ${maxReason} characters`, reason.length);
}

export function withdrawn(state: State, { step }: EventOf<'ProposalWithdrawn'>): Breach | null {
  return state.proposals.has(step) ? null : breach('legality', 'an open proposal', step);
}

const stepOfEvent: Partial<Record<AuditEvent['type'], Step>> = {
  RollSealed: 'seal',
  ElectionSealed: 'seal',
  ElectionClosed: 'close',
  ResultCertified: 'certify',
  ElectionCancelled: 'cancel',
  CorrectionRecorded: 'correct',
};

export const stepOf = (event: AuditEvent): Step | null => stepOfEvent[event.type] ?? null;

// Under "two" a committee member other than the proposer takes the step. The clock asks nobody.
export function approved(state: State, event: AuditEvent, actor: Actor): Breach | null {
  const step = stepOf(event);
  if (step === null || !twoAgree(state) || actor.role === 'service') return null;
  const proposal = state.proposals.get(step);
  if (!proposal) return breach('legality', `an open proposal to ${step}`, 'none');
  if (actor.role !== 'committee' || actor.login === proposal.login) {
    return breach('legality', `a committee member other than ${proposal.login}`, `${actor.role}:${actor.login}`);
  }
  if (event.type !== 'ElectionCancelled' && event.type !== 'CorrectionRecorded') return null;
  const entry = event.type === 'CorrectionRecorded' ? event.entry : null;
  const same = event.reason === proposal.reason && entry === proposal.entry;
  return same
    ? null
    : breach('legality', `what was proposed: ${proposal.entry ?? ''} ${proposal.reason}`, event.reason);
}

export function cancelled(_state: State, { reason }: EventOf<'ElectionCancelled'>): Breach | null {
  return reasonBreach(reason);
}

function faultOfCorrected(state: State, entry: number): Breach | null {
  if (entry >= state.size) return breach('legality', 'an existing entry', entry);
  if (!state.correctedAttendances.has(entry)) return null;
  return breach('legality', 'an attendance not corrected before', entry);
}

export function corrects(state: State, { entry, reason }: EventOf<'CorrectionRecorded'>): Breach | null {
  return faultOfCorrected(state, entry) ?? reasonBreach(reason);
}

// --- the schedule

// The service opens and closes when the draft's time has come; nobody opens before it.
export function opensVoting(state: State, { role }: Actor, time: string): Breach | null {
  const { schedule } = state.draft!;
  if (!schedule && role === 'service') return breach('legality', 'a schedule', 'none');
  if (schedule && time < schedule.opensAt) return breach('legality', `a time from ${schedule.opensAt} on`, time);
  return null;
}

export function closesVoting(state: State, { role }: Actor, time: string): Breach | null {
  if (role !== 'service') return null;
  if (state.closesAt === null) return breach('legality', 'a schedule', 'none');
  return time >= state.closesAt ? null : breach('legality', `a time from ${state.closesAt} on`, time);
}

export function beforeTheEnd(state: State, time: string): Breach | null {
  if (state.closesAt === null || time < state.closesAt) return null;
  return breach('legality', `a time before ${state.closesAt}`, time);
}

export function extended(state: State, { closesAt, reason }: EventOf<'VotingExtended'>, time: string): Breach | null {
  if (state.closesAt === null) return breach('legality', 'a schedule', 'none');
  if (closesAt <= state.closesAt || closesAt <= time) {
    return breach('legality', `an end after ${state.closesAt} and ${time}`, closesAt);
  }
  if (Date.parse(closesAt) - Date.parse(state.closesAt) > maxExtensionMillis) {
    return breach('legality', 'an end at most 30 days later', closesAt);
  }
  return reasonBreach(reason);
}

// --- devices and incidents

export function enrolled(state: State, { device, name, place }: EventOf<'DeviceEnrolled'>): Breach | null {
  if (!/^[a-z0-9]{8}$/.test(device)) return breach('legality', 'a device of 8 characters', device);
  if (state.devices.has(device)) return breach('legality', 'no device twice', device);
  if (!state.draft!.places.some(({ id }) => id === place)) return breach('legality', 'a place of the draft', place);
  return required(name, 200) ? null : breach('legality', 'a name of 1 to 200 bytes', name);
}

export function dismissed(state: State, { device, reason }: EventOf<'DeviceRevoked'>): Breach | null {
  if (state.devices.get(device)?.revoked !== false) return breach('legality', 'a device in use', device);
  return reasonBreach(reason);
}

export function noted(state: State, { text, entries }: EventOf<'IncidentNoted'>): Breach | null {
  const unknown = entries.find((entry) => entry >= state.size);
  if (unknown !== undefined) return breach('legality', 'existing entries', unknown);
  return /[^ \n]/.test(text) && optional(text, maxIncident)
    ? null
    : breach('legality', `a text of 1 to ${maxIncident} bytes`, text.length);
}
