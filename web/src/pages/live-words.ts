import type { Activity, Election } from '../base/api.ts';
import { dateTime, zoneOf } from '../base/format.ts';
import { known, t, type Params } from '../base/i18n.ts';

// Entries of a ledger as sentences: what happened, to whom it matters, and why.

type Places = Pick<Election, 'places' | 'time_zone'>;
type Data = Record<string, unknown>;

const text = (data: Data, name: string): string => (typeof data[name] === 'string' ? data[name] : '');
const count = (data: Data, name: string): number => (typeof data[name] === 'number' ? data[name] : 0);
const length = (data: Data, name: string): number => (Array.isArray(data[name]) ? data[name].length : 0);

export function roleName(role: string): string {
  const key = known(`role.${role}`);
  return key ? t(key) : role;
}

// "committee:ani" as "ani, panitia"; those without a login by their role alone.
export function actorWords(actor: string): string {
  const at = actor.indexOf(':');
  return at < 0 ? roleName(actor) : `${actor.slice(at + 1)}, ${roleName(actor.slice(0, at))}`;
}

export function placeName({ places }: Pick<Election, 'places'>, id: string): string {
  return places.find((place) => place.id === id)?.name ?? id;
}

function stepName(data: Data): string {
  const key = known(`feed.step.${text(data, 'step')}`);
  return key ? t(key) : text(data, 'step');
}

function official(data: Data, election: Places): Params {
  const place = text(data, 'place');
  const role = roleName(text(data, 'role'));
  return {
    login: text(data, 'login'),
    role: place ? t('feed.roleAt', { role, place: placeName(election, place) }) : role,
  };
}

// What a type's sentence takes from its data; types that take nothing are not here.
const parameters: Record<string, (data: Data, election: Places) => Params> = {
  OfficialAppointed: official,
  OfficialRevoked: official,
  TrusteeCertificatePublished: (data) => ({ n: count(data, 'trustee') }),
  TrusteeCoefexpsPublished: (data) => ({ n: count(data, 'trustee') }),
  TrusteeShareConfirmed: (data) => ({ n: count(data, 'trustee') }),
  LiveTallyPublished: (data) => ({ n: count(data, 'accepted') }),
  TallyDecrypted: (data) => ({ n: count(data, 'owner') }),
  VotersEnrolled: (data) => ({ n: length(data, 'voters') }),
  RollImported: (data, election) => ({
    place: placeName(election, text(data, 'place')),
    n: length(data, 'credentials'),
  }),
  ReserveImported: (data, election) => ({
    place: placeName(election, text(data, 'place')),
    n: length(data, 'credentials'),
  }),
  StepProposed: (data) => ({ step: stepName(data) }),
  ProposalWithdrawn: (data) => ({ step: stepName(data) }),
  CorrectionRecorded: (data) => ({ entry: count(data, 'entry') }),
  VotingExtended: (data, election) => ({ time: dateTime(text(data, 'closes_at'), zoneOf(election.time_zone)) }),
  DeviceEnrolled: (data, election) => ({ name: text(data, 'name'), place: placeName(election, text(data, 'place')) }),
  DeviceRevoked: (data) => ({ device: text(data, 'device') }),
  IncidentNoted: (data) => ({ text: text(data, 'text') }),
};

export function eventWords({ type, data }: Pick<Activity, 'type' | 'data'>, election: Places): string {
  const key = known(`event.${type}`);
  if (!key) return t('event.other', { type });
  const held = data ?? {};
  const sentence = t(key, parameters[type]?.(held, election) ?? {});
  const reason = text(held, 'reason');
  return reason ? t('feed.because', { sentence, reason }) : sentence;
}

// The entries that an incident note, a correction or a proposal names.
export function namedEntries({ data }: Pick<Activity, 'data'>): number[] {
  const { entries, entry } = data ?? {};
  const listed: unknown[] = Array.isArray(entries) ? entries : [entry];
  return listed.filter((seq): seq is number => typeof seq === 'number');
}
