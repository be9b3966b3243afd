import type { Zone } from '../base/format.ts';

// A draft as a committee fills it in, and as the service takes it. Numbers and times stay texts until they are sent.

export interface WizardCandidate {
  number: string;
  name: string;
  deputy: string; // the second of a pair
  vision: string;
  mission: string; // one item a line
  photo: string | null;
}

export interface WizardQuestion {
  question: string;
  paired: boolean;
  blank: boolean;
  min: string;
  max: string;
  candidates: WizardCandidate[];
}

export interface WizardPlace {
  id: string;
  name: string;
}

export interface Wizard {
  name: string;
  description: string;
  administrator: string;
  authority: string;
  zone: Zone;
  questions: WizardQuestion[];
  places: WizardPlace[];
  scheduled: boolean;
  opens: string; // local, as a datetime-local control has it
  closes: string;
  tally: 'live' | 'sealed';
  minBatch: string;
  trustees: 'all' | 'group';
  trusteeCount: string;
  needed: string;
  mandatory: string; // trustees beside the group who must all be there
  revote: 'last-counts' | 'refused';
  verification: 'online' | 'polling-place' | 'both';
  approval: 'single' | 'two';
  watched: 'nobody' | 'witnesses';
  witnessKeys: string; // one a line
  witnessNeeded: string;
}

export interface Draft {
  name: string;
  description: string;
  administrator: string;
  credential_authority: string;
  time_zone: string;
  trustees: number;
  threshold?: { needed: number; trustees: number };
  policies: {
    tally: Wizard['tally'];
    revote: Wizard['revote'];
    verification: Wizard['verification'];
    min_batch: number;
    approval?: Wizard['approval'];
    witnesses?: { keys: string[]; needed: number };
  };
  schedule?: { opens_at: string; closes_at: string };
  places: WizardPlace[];
  contests: {
    question: string;
    min: number;
    max: number;
    blank?: boolean;
    candidates: { number: number; name: string; vision: string; mission: string[]; photo?: string }[];
  }[];
}

const joint = ' & ';
const hoursOf: Record<Zone, number> = { WIB: 7, WITA: 8, WIT: 9 };
const hourMs = 3600000;

// "2026-11-25T08:00" in the zone, as UTC; null where it is no time.
export function utcTime(local: string, zone: Zone): string | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(local)) return null;
  const millis = Date.parse(`${local.length === 16 ? `${local}:00` : local}Z`);
  return Number.isNaN(millis) ? null : new Date(millis - hoursOf[zone] * hourMs).toISOString();
}

export function localTime(utc: string, zone: Zone): string {
  return new Date(Date.parse(utc) + hoursOf[zone] * hourMs).toISOString().slice(0, 16);
}

export function newCandidate(question?: WizardQuestion): WizardCandidate {
  const highest = Math.max(0, ...(question?.candidates ?? []).map(({ number }) => Number(number) || 0));
  return { number: String(highest + 1), name: '', deputy: '', vision: '', mission: '', photo: null };
}

export function newQuestion(): WizardQuestion {
  const question: WizardQuestion = { question: '', paired: true, blank: false, min: '1', max: '1', candidates: [] };
  for (let i = 0; i < 2; i++) question.candidates.push(newCandidate(question));
  return question;
}

export function newPlace(places: WizardPlace[]): WizardPlace {
  let n = places.length + 1;
  while (places.some(({ id }) => id === `tps-${n}`)) n++;
  return { id: `tps-${n}`, name: `TPS ${n}` };
}

export function newWizard(): Wizard {
  return {
    name: '',
    description: '',
    administrator: '',
    authority: '',
    zone: 'WIB',
    questions: [newQuestion()],
    places: [newPlace([])],
    scheduled: false,
    opens: '',
    closes: '',
    tally: 'live',
    minBatch: '5',
    trustees: 'group',
    trusteeCount: '3',
    needed: '2',
    mandatory: '0',
    revote: 'last-counts',
    verification: 'online',
    approval: 'two',
    watched: 'nobody',
    witnessKeys: '',
    witnessNeeded: '2',
  };
}

const number = (text: string): number => (/^\d{1,9}$/.test(text.trim()) ? Number(text) : NaN);

export function jointName({ name, deputy }: WizardCandidate, paired: boolean): string {
  return paired ? [name.trim(), deputy.trim()].filter(Boolean).join(joint) : name.trim();
}

// The lines of a text that say something.
export const items = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

export function toDraft(wizard: Wizard): Draft {
  const { zone, places } = wizard;
  const live = wizard.tally === 'live';
  const count = number(wizard.trusteeCount);
  const group = !live && wizard.trustees === 'group';
  return {
    name: wizard.name.trim(),
    description: wizard.description.trim(),
    administrator: wizard.administrator.trim(),
    credential_authority: wizard.authority.trim(),
    time_zone: zone,
    trustees: live ? 1 : group ? number(wizard.mandatory) : count,
    ...(group && { threshold: { needed: number(wizard.needed), trustees: count } }),
    policies: {
      tally: wizard.tally,
      revote: wizard.revote,
      verification: wizard.verification,
      min_batch: number(wizard.minBatch),
      ...(wizard.approval === 'two' && { approval: 'two' as const }),
      ...(wizard.watched === 'witnesses' && {
        witnesses: { keys: items(wizard.witnessKeys), needed: number(wizard.witnessNeeded) },
      }),
    },
    ...(wizard.scheduled && {
      schedule: { opens_at: utcTime(wizard.opens, zone) ?? '', closes_at: utcTime(wizard.closes, zone) ?? '' },
    }),
    places: places.map(({ id, name }) => ({ id: id.trim(), name: name.trim() })),
    contests: wizard.questions.map((question) => ({
      question: question.question.trim(),
      min: number(question.min),
      max: number(question.max),
      ...(question.blank && { blank: true }),
      candidates: question.candidates.map((candidate) => ({
        number: number(candidate.number),
        name: jointName(candidate, question.paired),
        vision: candidate.vision.trim(),
        mission: items(candidate.mission),
        ...(candidate.photo && { photo: candidate.photo }),
      })),
    })),
  };
}

// A pair is told by the " & " between its two names.
function fromContest({ question, min, max, blank, candidates }: Draft['contests'][number]): WizardQuestion {
  const paired = candidates.length > 0 && candidates.every(({ name }) => name.split(joint).length === 2);
  return {
    question,
    paired,
    blank: blank ?? false,
    min: String(min),
    max: String(max),
    candidates: candidates.map(({ number: n, name, vision, mission, photo }) => {
      const [first, second] = paired ? name.split(joint) : [name, ''];
      return {
        number: String(n),
        name: first!,
        deputy: second!,
        vision,
        mission: mission.join('\n'),
        photo: photo ?? null,
      };
    }),
  };
}

export function fromDraft(draft: Draft): Wizard {
  const zone = draft.time_zone as Zone;
  const { policies, schedule, threshold } = draft;
  const count = threshold ? threshold.trustees : policies.tally === 'sealed' ? draft.trustees : 3;
  return {
    name: draft.name,
    description: draft.description,
    administrator: draft.administrator,
    authority: draft.credential_authority,
    zone,
    questions: draft.contests.map(fromContest),
    places: draft.places.map(({ id, name }) => ({ id, name })),
    scheduled: schedule !== undefined,
    opens: schedule ? localTime(schedule.opens_at, zone) : '',
    closes: schedule ? localTime(schedule.closes_at, zone) : '',
    tally: policies.tally,
    minBatch: String(policies.min_batch),
    trustees: threshold || policies.tally === 'live' ? 'group' : 'all',
    trusteeCount: String(count),
    needed: String(threshold?.needed ?? 2),
    mandatory: String(threshold ? draft.trustees : 0),
    revote: policies.revote,
    verification: policies.verification,
    approval: policies.approval ?? 'single',
    watched: policies.witnesses ? 'witnesses' : 'nobody',
    witnessKeys: policies.witnesses?.keys.join('\n') ?? '',
    witnessNeeded: String(policies.witnesses?.needed ?? 2),
  };
}
