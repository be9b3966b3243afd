import type { CheckId } from '../../src/audit/report.ts';
import { secondsApart, type Recorded } from './make-election.ts';
import { sampleTime } from './make-log.ts';

// What a dishonest service could write about a polling day and sign: the check that must find it, and where.

type Events = Recorded[];

const at = (events: Events, type: string, n = 0): number => {
  const places = events.flatMap((event, i) => (event.type === type ? [i] : []));
  return places.at(n)!;
};

// What a change is: of an event's data, of who recorded it, or of the events. All give the place of the lie.
const data =
  (type: string, change: Record<string, unknown>, n = 0) =>
  (events: Events): number => {
    const place = at(events, type, n);
    for (const [name, value] of Object.entries(change)) {
      if (value === undefined) delete events[place]!.data[name];
      else events[place]!.data[name] = value;
    }
    return place;
  };
const by =
  (type: string, actor: string, n = 0) =>
  (events: Events): number => {
    const place = at(events, type, n);
    events[place]!.actor = actor;
    return place;
  };
const added =
  (before: string, type: string, content: Record<string, unknown>, actor: string, n = 0) =>
  (events: Events): number => {
    const place = at(events, before, n);
    events.splice(place, 0, { type, data: content, actor });
    return place;
  };
// Without an event, another has nothing to stand on.
const without =
  (gone: string, type: string, n = 0, m = 0) =>
  (events: Events): number => {
    events.splice(at(events, gone, n), 1);
    return at(events, type, m);
  };
const twice =
  (type: string) =>
  (events: Events): number => {
    const place = at(events, type);
    events.splice(place, 0, events[place]!);
    return place + 1;
  };

interface Draft {
  places: unknown[];
  policies: Record<string, unknown>;
  schedule: { closes_at: string; opens_at: string };
}
const draft =
  (change: (draft: Draft) => void, n = 0) =>
  (events: Events): number => {
    const place = at(events, 'ElectionDrafted', n);
    change(events[place]!.data.draft as Draft);
    return place;
  };
const last = -1;
const entry = (events: Events, type: string, n = 0): number => at(events, type, n) + 1;
// The second voter's, who has voted when the fourth voter's code is lost.
const secondVoter = (events: Events): Record<string, unknown> => events[at(events, 'VoterVerified', 4)]!.data;

type Lie = [name: string, of: 'agreed' | 'off', check: CheckId, change: (events: Events) => number];

export const pollingLies: Lie[] = [
  ['an office given twice', 'agreed', 'legality', data('OfficialAppointed', { login: 'ani' }, 1)],
  ['an officer of no place', 'agreed', 'legality', data('OfficialAppointed', { place: undefined }, last)],
  ['a place of a registrar', 'agreed', 'legality', data('OfficialAppointed', { place: 'tps-1' }, 2)],
  [
    'an officer of a place that is not drafted',
    'agreed',
    'legality',
    data('OfficialAppointed', { place: 'tps-9' }, last),
  ],
  ['an office that nobody has', 'agreed', 'legality', data('OfficialAppointed', { role: 'administrator' }, 2)],
  ['an office taken from who has it not', 'agreed', 'legality', data('OfficialRevoked', { login: 'ani' })],
  ['an office taken without a reason', 'agreed', 'legality', data('OfficialRevoked', { reason: ' ' })],
  [
    'the last member’s office taken',
    'off',
    'legality',
    (e) => {
      const place = at(e, 'VotersEnrolled');
      const lost = (login: string): Recorded => ({
        type: 'OfficialRevoked',
        data: { login, reason: 'x', role: 'committee' },
        actor: 'administrator:root',
      });
      e.splice(place, 0, lost('budi'), lost('ani'));
      return place + 1;
    },
  ],
  ['an event by someone whom nobody appointed', 'agreed', 'legality', by('VotersEnrolled', 'registrar:rudi')],
  ['an event in an office that someone else holds', 'agreed', 'legality', by('VotersEnrolled', 'registrar:ani')],
  [
    'an event by someone whose office was taken',
    'agreed',
    'legality',
    added('IncidentNoted', 'IncidentNoted', { entries: [], text: 'x' }, 'witness:wati'),
  ],
  [
    'a device of another place than the officer’s',
    'agreed',
    'legality',
    (e) => {
      data('OfficialAppointed', { place: 'tps-2' }, last)(e);
      return at(e, 'DeviceEnrolled');
    },
  ],
  ['an incident noted by an auditor', 'agreed', 'legality', by('IncidentNoted', 'auditor:sita')],

  [
    'a revised draft without a place that has voters',
    'agreed',
    'legality',
    (e) => {
      const place = at(e, 'RollSealed') - 1;
      const revised = structuredClone(e[0]!.data.draft) as Draft;
      revised.places = [{ id: 'tps-2', name: 'TPS 2' }];
      e.splice(place, 0, { type: 'ElectionDrafted', data: { draft: revised }, actor: 'committee:ani' });
      return place;
    },
  ],
  [
    'a revised draft with another tally policy after a key',
    'agreed',
    'legality',
    draft((d) => (d.policies.tally = 'live'), 1),
  ],
  ['a schedule that ends before it begins', 'agreed', 'legality', draft((d) => (d.schedule.closes_at = sampleTime(0)))],
  ['an approval of three', 'agreed', 'legality', draft((d) => (d.policies.approval = 'three'))],

  [
    'a step proposed twice',
    'agreed',
    'legality',
    added('RollSealed', 'StepProposed', { reason: '', step: 'seal' }, 'committee:ani'),
  ],
  ['a step proposed in another phase', 'agreed', 'legality', data('StepProposed', { step: 'certify' })],
  [
    'a step proposed where one acts alone',
    'off',
    'legality',
    added('RollSealed', 'StepProposed', { reason: '', step: 'seal' }, 'committee:ani'),
  ],
  ['a correction proposed without a reason', 'agreed', 'legality', data('StepProposed', { reason: '' }, 2)],
  ['a correction proposed of an entry to come', 'agreed', 'legality', data('StepProposed', { entry: 999 }, 2)],
  ['an entry in the proposal of another step', 'agreed', 'legality', data('StepProposed', { entry: 1 }, 1)],
  ['a proposal withdrawn that was not made', 'agreed', 'legality', data('ProposalWithdrawn', { step: 'certify' })],
  ['a step that was not proposed', 'agreed', 'legality', without('StepProposed', 'ResultCertified', last)],
  ['a certification by who proposed it', 'agreed', 'legality', by('ResultCertified', 'committee:budi')],
  [
    'a closing by who proposed it',
    'agreed',
    'legality',
    (e) => {
      by('StepProposed', 'committee:ani', 4)(e);
      return at(e, 'ElectionClosed');
    },
  ],
  [
    'a sealing that was proposed before the roll changed',
    'agreed',
    'legality',
    (e) => {
      e.splice(at(e, 'StepProposed', 1), 1);
      return by('RollSealed', 'committee:budi')(e);
    },
  ],
  ['a step agreed to by an administrator', 'agreed', 'legality', by('ResultCertified', 'administrator:eka')],
  [
    'a correction for another reason than proposed',
    'agreed',
    'legality',
    data('CorrectionRecorded', { reason: 'lain' }),
  ],
  ['a correction of another entry than proposed', 'agreed', 'legality', data('CorrectionRecorded', { entry: 3 })],
  ['a correction without a reason', 'off', 'legality', data('CorrectionRecorded', { reason: '' })],
  [
    'an attendance corrected twice',
    'off',
    'legality',
    (e) =>
      added(
        'ElectionClosed',
        'CorrectionRecorded',
        { entry: entry(e, 'VoterVerified', last), reason: 'x' },
        'committee:ani',
      )(e),
  ],
  ['a cancellation without a reason', 'off', 'legality', data('ElectionCancelled', { reason: '' })],
  [
    'a closing after the cancellation',
    'off',
    'legality',
    (e) => e.push({ type: 'OfficialAppointed', data: { login: 'x', role: 'auditor' }, actor: 'committee:ani' }) - 1,
  ],

  [
    'an opening before its time',
    'agreed',
    'legality',
    (e) => {
      const later = sampleTime(secondsApart * at(e, 'BallotCast'));
      draft((d) => (d.schedule.opens_at = later), 1)(e);
      return at(e, 'ElectionOpened');
    },
  ],
  ['a closing by the clock before its time', 'agreed', 'legality', by('ElectionClosed', 'service')],
  ['an attendance after the end', 'agreed', 'legality', without('VotingExtended', 'VoterVerified', 0, 1)],
  [
    'a ballot after the end',
    'off',
    'legality',
    (e) => {
      (e[0]!.data.draft as Draft).schedule.closes_at = sampleTime(secondsApart * entry(e, 'BallotCast', 2));
      return at(e, 'BallotCast', 2);
    },
  ],
  ['an extension that ends no later', 'agreed', 'legality', data('VotingExtended', { closes_at: sampleTime(1) })],
  [
    'an extension by two months',
    'agreed',
    'legality',
    data('VotingExtended', { closes_at: sampleTime(60 * 24 * 3600) }),
  ],

  ['a voter enrolled at a wrong number', 'agreed', 'roll', data('VotersEnrolled', { first: 4 }, 1)],
  ['a correction of a voter who is not enrolled', 'agreed', 'roll', data('VoterCorrected', { was: '0'.repeat(64) })],
  [
    'a voter corrected to one that is there',
    'agreed',
    'roll',
    (e) => {
      const [first] = e[at(e, 'VotersEnrolled')]!.data.voters as unknown[];
      return data('VoterCorrected', { voter: first })(e);
    },
  ],
  ['a voter removed twice', 'agreed', 'roll', twice('VoterRemoved')],
  [
    'a voter removed whose code is made',
    'agreed',
    'roll',
    (e) => {
      const [{ commitment }] = e[at(e, 'VotersEnrolled')]!.data.voters as [{ commitment: string }];
      return added('RollSealed', 'VoterRemoved', { reason: 'x', voter: commitment }, 'registrar:sri')(e);
    },
  ],
  ['codes withdrawn that are not there', 'agreed', 'roll', twice('CredentialsWithdrawn')],
  ['codes made twice', 'agreed', 'roll', without('CredentialsWithdrawn', 'RollImported', 0, 1)],
  [
    'a reserve of a weight that nobody has',
    'agreed',
    'roll',
    (e) => {
      const { credentials } = e[at(e, 'ReserveImported')]!.data as { credentials: string[] };
      return data('ReserveImported', { credentials: credentials.map((each) => `${each},7`) })(e);
    },
  ],
  ['a reserve at a place without voters', 'agreed', 'roll', data('ReserveImported', { place: 'tps-2' })],

  [
    'a code replaced that has voted',
    'agreed',
    'roll',
    (e) => data('CredentialReplaced', { lost: secondVoter(e).credential })(e),
  ],
  [
    'a code replaced by one that is in use',
    'agreed',
    'roll',
    (e) => data('CredentialReplaced', { issued: secondVoter(e).credential })(e),
  ],
  ['a code replaced twice', 'agreed', 'roll', twice('CredentialReplaced')],
  ['a ballot of the reserve', 'off', 'ballots', without('CredentialReplaced', 'BallotCast', 0, 3)],
  [
    'a sign-in with a code that was replaced',
    'agreed',
    'legality',
    (e) => {
      const place = at(e, 'CredentialReplaced');
      e.splice(place + 1, 0, {
        type: 'VoterVerified',
        data: { credential: e[place]!.data.lost, method: 'credential' },
        actor: 'voter',
      });
      return place + 1;
    },
  ],

  ['a second attendance', 'agreed', 'legality', without('CorrectionRecorded', 'VoterVerified', 0, 2)],
  ['an attendance at another place', 'agreed', 'legality', data('VoterVerified', { place: 'tps-2' }, 2)],
  ['an attendance of somebody unknown', 'agreed', 'legality', data('VoterVerified', { voter: '0'.repeat(64) }, 1)],
  [
    'an attendance under the policy online',
    'off',
    'legality',
    (e) => {
      draft((d) => (d.policies.verification = 'online'))(e);
      return at(e, 'VoterVerified');
    },
  ],
  [
    'a sign-in under the policy polling-place',
    'off',
    'legality',
    (e) => {
      const credential = e[at(e, 'CredentialReplaced')]!.data.lost;
      return added('BallotCast', 'VoterVerified', { credential, method: 'credential' }, 'voter')(e);
    },
  ],

  ['a device enrolled twice', 'agreed', 'legality', twice('DeviceEnrolled')],
  ['a device of another form', 'agreed', 'legality', data('DeviceEnrolled', { device: 'ABCD1234' })],
  ['a device dismissed that is not there', 'agreed', 'legality', data('DeviceRevoked', { device: 'abcd9999' })],
  ['an incident about an entry to come', 'agreed', 'legality', data('IncidentNoted', { entries: [900] })],
  ['an incident without words', 'agreed', 'legality', data('IncidentNoted', { text: ' \n' })],
];
