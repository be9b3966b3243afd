import { toHex, utf8 } from '../crypto/bytes.ts';
import { count, hexHash, list, members, Refusal, text } from '../ballot/json.ts';
import type { Question } from '../ballot/election.ts';
import { isTime } from '../log/entry.ts';
import { readWitnessKey, type VerifierKey } from '../log/note.ts';

// What a committee drafted, and the rules of it.

export interface Contest extends Question {
  candidates: { number: number; name: string; vision: string; mission: string[]; photo: string | null }[];
}

export interface Policies {
  approval: 'single' | 'two';
  minBatch: number;
  revote: 'last-counts' | 'refused';
  tally: 'live' | 'sealed';
  verification: 'online' | 'polling-place' | 'both';
  witnesses: { keys: VerifierKey[]; needed: number } | null;
}

export interface Draft {
  administrator: string;
  contests: Contest[];
  credentialAuthority: string;
  description: string;
  name: string;
  places: { id: string; name: string }[];
  policies: Policies;
  schedule: { opensAt: string; closesAt: string } | null;
  threshold: { needed: number; trustees: number } | null;
  timeZone: string;
  trustees: number;
}

const most = 10_000; // wider than the rules below, which then say better what is wrong

export function timeText(value: unknown): string {
  const time = text(value);
  if (!isTime(time)) throw new Refusal('not a time');
  return time;
}

export function oneOf<T extends string>(value: unknown, ...known: T[]): T {
  const found = known.find((each) => each === value);
  if (found === undefined) throw new Refusal(`not one of ${known.join(', ')}`);
  return found;
}

function contest(value: unknown): Contest {
  const object = members(value, 'blank?', 'candidates', 'max', 'min', 'question');
  if (object.blank !== undefined && object.blank !== true) throw new Refusal('blank stands only where it is true');
  const candidates = list(object.candidates, 0, most, (each) => {
    const { mission, name, number, photo, vision } = members(each, 'mission', 'name', 'number', 'photo?', 'vision');
    return {
      mission: list(mission, 0, most, text),
      name: text(name),
      number: count(number),
      photo: photo === undefined ? null : hexHash(photo),
      vision: text(vision),
    };
  });
  return {
    candidates,
    answers: candidates.map(({ name }) => name),
    blank: object.blank === true,
    max: count(object.max),
    min: count(object.min),
    question: text(object.question),
  };
}

function witnesses(value: unknown): { keys: VerifierKey[]; needed: number } {
  const { keys, needed } = members(value, 'keys', 'needed');
  return {
    keys: list(keys, 0, most, (each) => {
      const key = readWitnessKey(text(each));
      if (!key) throw new Refusal('not the key of a witness');
      return key;
    }),
    needed: count(needed),
  };
}

function policies(value: unknown): Policies {
  const object = members(value, 'approval?', 'min_batch', 'revote', 'tally', 'verification', 'witnesses?');
  return {
    approval: object.approval === undefined ? 'single' : oneOf(object.approval, 'two'),
    minBatch: count(object.min_batch),
    revote: oneOf(object.revote, 'last-counts', 'refused'),
    tally: oneOf(object.tally, 'live', 'sealed'),
    verification: oneOf(object.verification, 'online', 'polling-place', 'both'),
    witnesses: object.witnesses === undefined ? null : witnesses(object.witnesses),
  };
}

function schedule(value: unknown): { opensAt: string; closesAt: string } {
  const { closes_at, opens_at } = members(value, 'closes_at', 'opens_at');
  return { closesAt: timeText(closes_at), opensAt: timeText(opens_at) };
}

function threshold(value: unknown): { needed: number; trustees: number } {
  const { needed, trustees } = members(value, 'needed', 'trustees');
  return { needed: count(needed), trustees: count(trustees) };
}

export function draft(value: unknown): Draft {
  const object = members(
    value,
    ...['administrator', 'contests', 'credential_authority', 'description', 'name', 'places', 'policies'],
    ...['schedule?', 'threshold?', 'time_zone', 'trustees'],
  );
  return {
    administrator: text(object.administrator),
    contests: list(object.contests, 0, most, contest),
    credentialAuthority: text(object.credential_authority),
    description: text(object.description),
    name: text(object.name),
    places: list(object.places, 0, most, (each) => {
      const { id, name } = members(each, 'id', 'name');
      return { id: text(id), name: text(name) };
    }),
    policies: policies(object.policies),
    schedule: object.schedule === undefined ? null : schedule(object.schedule),
    threshold: object.threshold === undefined ? null : threshold(object.threshold),
    timeZone: text(object.time_zone),
    trustees: count(object.trustees),
  };
}

// --- rules

const distinct = (values: unknown[]): boolean => new Set(values).size === values.length;
const within = (value: number, low: number, high: number): boolean => value >= low && value <= high;

// Readable to people: bounded (in bytes of UTF-8), no control characters; line breaks only where there may be many lines.
export const optional = (value: string, longest: number, lines = true): boolean =>
  utf8(value).length <= longest &&
  !(lines ? /[\u0000-\u0009\u000b-\u001f\u007f]/ : /[\u0000-\u001f\u007f]/).test(value);
export const required = (value: string, longest: number, lines = false): boolean =>
  /[^ \n]/.test(value) && optional(value, longest, lines);

function faultOfContest(given: Contest): string | null {
  const { candidates, answers, min, max } = given;
  if (!required(given.question, 500)) return 'question';
  if (!within(answers.length, 2, 30)) return 'number of candidates';
  if (max < 1 || max > answers.length || min > max) return 'min and max';
  if (!candidates.every(({ number }) => within(number, 1, 999))) return 'a candidate number';
  if (!distinct(candidates.map(({ number }) => number)) || !distinct(answers)) return 'a candidate twice';
  const readable = candidates.every(
    ({ name, vision, mission }) =>
      required(name, 200) &&
      optional(vision, 2000) &&
      mission.length <= 20 &&
      mission.every((item) => required(item, 500, true)),
  );
  return readable ? null : 'a text of a candidate';
}

function faultOfTrusteeNumbers({ trustees, threshold: group, policies: { tally } }: Draft): string | null {
  if (tally === 'live') return trustees === 1 && !group ? null : 'trustees under the policy live';
  if (!group) return within(trustees, 1, 20) ? null : 'trustees';
  if (!within(group.trustees, 2, 20) || trustees + group.trustees > 20) return 'threshold trustees';
  return within(group.needed, 2, group.trustees) ? null : 'threshold needed';
}

function faultOfWitnesses({ witnesses: policy }: Policies): string | null {
  if (!policy) return null;
  const { keys, needed } = policy;
  if (!within(keys.length, 1, 16) || !within(needed, 1, keys.length)) return 'number of witnesses';
  if (!distinct(keys.map(({ name }) => name))) return 'a witness twice';
  return distinct(keys.map(({ publicKey }) => toHex(publicKey))) ? null : 'a witness twice';
}

// The first rule of drafts that this one breaks.
export function faultOfDraft(given: Draft): string | null {
  if (!required(given.name, 200)) return 'name';
  if (!optional(given.description, 2000)) return 'description';
  if (!required(given.administrator, 200) || !required(given.credentialAuthority, 200)) return 'an office';
  if (!within(given.contests.length, 1, 10)) return 'number of contests';
  for (const each of given.contests) {
    const fault = faultOfContest(each);
    if (fault) return fault;
  }
  const { places } = given;
  if (!within(places.length, 1, 2000) || !distinct(places.map(({ id }) => id))) return 'places';
  if (!places.every(({ id, name }) => /^[a-z0-9-]{1,32}$/.test(id) && required(name, 200))) return 'a place';
  if (given.schedule && given.schedule.closesAt <= given.schedule.opensAt) return 'schedule';
  if (!within(given.policies.minBatch, 2, 100_000)) return 'min_batch';
  if (!['WIB', 'WITA', 'WIT'].includes(given.timeZone)) return 'time_zone';
  return faultOfWitnesses(given.policies) ?? faultOfTrusteeNumbers(given);
}
