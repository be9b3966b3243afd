import { toHex } from '../../src/crypto/bytes.ts';
import { sha256 } from '../../src/crypto/hash.ts';
import { publicCredential } from '../../src/ballot/index.ts';
import { makeElection, secondsApart, type MadeElection, type Recorded } from './make-election.ts';
import { sampleTime } from './make-log.ts';

// Elections of a polling day, woven from a plain one and everything that officials record around it.

interface Draft {
  policies: Record<string, unknown>;
  places: { id: string; name: string }[];
  schedule?: { opens_at: string; closes_at: string };
  contests: { candidates: Record<string, unknown>[] }[];
}

type Data = Record<string, unknown>;

const hash = (text: string): string => toHex(sha256(text));
const voter = (number: number): string => hash(`voter ${number}`); // as makeElection() enrols them
const ani = 'committee:ani';
const budi = 'committee:budi';
const sri = 'registrar:sri';
const omar = 'officer:omar';
const reason = 'karena perlu';

// The entry of an event of a list: LedgerOpened stands before them.
const entryOf = (index: number): number => index + 1;
const timeOf = (index: number): string => sampleTime(secondsApart * entryOf(index));

class Day {
  readonly events: Recorded[];

  constructor(readonly made: MadeElection) {
    this.events = structuredClone(made.events);
  }

  at(type: string, n = 0): number {
    let seen = 0;
    return this.events.findIndex((event) => event.type === type && seen++ === n);
  }

  last(type: string): number {
    return this.events.map((event) => event.type).lastIndexOf(type);
  }

  // Records these before the nth event of a type; gives the place of the first.
  before(type: string, n: number, ...events: [type: string, data: Data, actor: string][]): number {
    const place = this.at(type, n);
    this.events.splice(place, 0, ...events.map(([type, data, actor]) => ({ type, data, actor })));
    return place;
  }

  by(type: string, actor: string): void {
    for (const event of this.events.filter((each) => each.type === type)) event.actor = actor;
  }

  get draft(): Draft {
    return this.events[0]!.data.draft as Draft;
  }

  appoint(): void {
    const held = [
      ['ani', 'committee'],
      ['budi', 'committee'],
      ['sri', 'registrar'],
      ['budi', 'trustee'],
      ['sita', 'supervisor'],
      ['wati', 'witness'],
    ];
    this.before(
      'TrusteeKeyPublished',
      0,
      ...held.map(([login, role]): [string, Data, string] => ['OfficialAppointed', { login, role }, ani]),
      ['OfficialAppointed', { login: 'omar', place: 'tps-1', role: 'officer' }, ani],
    );
  }
}

// Two members agree on steps, voters come to the place or vote from anywhere, the clock opens.
export function twoAgree(): Recorded[] {
  const day = new Day(makeElection({ polling: true }));
  Object.assign(day.draft.policies, { approval: 'two', verification: 'both' });
  day.draft.places.push({ id: 'tps-2', name: 'TPS 2' });
  day.draft.contests[0]!.candidates[0]!.photo = hash('photo');
  day.appoint();
  const revised = structuredClone(day.draft);
  day.before(
    'VotersEnrolled',
    0,
    ['OfficialRevoked', { login: 'wati', reason, role: 'witness' }, budi],
    ['StepProposed', { reason: '', step: 'seal' }, ani],
    ['ElectionDrafted', { draft: revised }, ani],
    ['DeviceEnrolled', { device: 'abcd1234', name: 'Bilik 1', place: 'tps-1' }, omar],
  );
  const added = { commitment: hash('added'), place: 'tps-2' };
  const mistaken = { commitment: hash('mistaken'), place: 'tps-1', weight: 2 };
  const roll = day.events[day.at('VotersEnrolled')]!.data as { voters: Data[] };
  const right = roll.voters.pop()!;
  roll.voters.push(mistaken);
  const codes = day.events[day.at('RollImported')]!.data;
  day.before(
    'RollImported',
    0,
    ['VotersEnrolled', { first: 5, voters: [added] }, sri],
    ['VoterCorrected', { reason, voter: right, was: mistaken.commitment }, sri],
    ['VoterRemoved', { reason, voter: added.commitment }, sri],
    ['RollImported', codes, sri],
    ['CredentialsWithdrawn', { reason }, sri],
  );
  day.before('RollSealed', 0, ['StepProposed', { reason, step: 'seal' }, budi]);
  const secrets = day.made.secrets.map(publicCredential);
  day.before('VoterVerified', 0, ['VotingExtended', { closes_at: '', reason }, budi]);
  const attended = day.before('VoterVerified', 1, [
    'VoterVerified',
    { method: 'officer', place: 'tps-1', voter: voter(1) },
    omar,
  ]);
  const entry = entryOf(attended);
  day.before(
    'VoterVerified',
    2,
    ['StepProposed', { entry, reason, step: 'correct' }, ani],
    ['CorrectionRecorded', { entry, reason }, budi],
    ['VoterVerified', { method: 'officer', place: 'tps-1', voter: voter(1) }, ani],
    ['VoterVerified', { method: 'officer', place: 'tps-1', voter: voter(2) }, omar],
  );
  const last = day.last('VoterVerified');
  const issued = day.events[last]!.data.credential;
  day.events.splice(last, 0, { type: 'CredentialReplaced', data: { issued, lost: secrets[3], reason }, actor: sri });
  day.before(
    'ElectionClosed',
    0,
    ['IncidentNoted', { entries: [entry, 0], text: 'Antrean panjang.\nLalu tertib.' }, 'supervisor:sita'],
    ['DeviceRevoked', { device: 'abcd1234', reason }, omar],
    ['StepProposed', { reason: '', step: 'close' }, ani],
    ['ProposalWithdrawn', { step: 'close' }, budi],
    ['StepProposed', { reason, step: 'close' }, 'administrator:root'],
  );
  day.before('ResultCertified', 0, ['StepProposed', { reason, step: 'certify' }, budi]);
  day.by('ElectionOpened', 'service');
  const opens = timeOf(day.at('ElectionOpened'));
  for (const event of day.events.filter(({ type }) => type === 'ElectionDrafted')) {
    (event.data.draft as Draft).schedule = { closes_at: timeOf(day.at('BallotCast')), opens_at: opens };
  }
  day.events[day.at('VotingExtended')]!.data.closes_at = timeOf(day.at('ElectionClosed') + 1);
  return day.events;
}

// One member acts alone, officers know the voters, the clock closes, and then it is all called off.
export function calledOff(): Recorded[] {
  const day = new Day(makeElection({ polling: true }));
  Object.assign(day.draft.policies, { verification: 'polling-place' });
  day.appoint();
  const numbers = [0, 1, 2];
  for (const number of numbers) {
    const event = day.events[day.at('VoterVerified', number)]!;
    Object.assign(event, { data: { method: 'officer', place: 'tps-1', voter: voter(number) }, actor: omar });
  }
  const fourth = day.last('VoterVerified');
  const replaced = {
    issued: day.events[fourth]!.data.credential,
    lost: publicCredential(day.made.secrets[3]!),
    reason,
  };
  day.events[fourth] = { type: 'CredentialReplaced', data: replaced, actor: budi };
  const corrected = entryOf(day.at('VoterVerified', 2));
  day.before('ElectionClosed', 0, ['CorrectionRecorded', { entry: corrected, reason }, ani]);
  day.by('ElectionClosed', 'service');
  const [opened, closed] = [day.at('ElectionOpened'), day.at('ElectionClosed')];
  const schedule = { closes_at: timeOf(closed), opens_at: timeOf(opened) };
  day.draft.schedule = schedule;
  day.events.splice(closed + 1);
  day.events.push(
    { type: 'ElectionCancelled', data: { reason }, actor: budi },
    { type: 'IncidentNoted', data: { entries: [], text: 'Dibatalkan.' }, actor: ani },
  );
  return day.events;
}
