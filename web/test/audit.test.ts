import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { auditLedger } from '../src/audit/ledger.ts';
import type { CheckId, Report } from '../src/audit/report.ts';
import { encryptBallot, sodiumReady } from '../src/ballot/index.ts';
import * as group from '../src/crypto/group.ts';
import { makeElection, ledgerOf, type MadeElection, type Recorded } from './support/make-election.ts';
import { memorySource } from './support/make-log.ts';

let sealed: MadeElection;
let live: MadeElection;
before(async () => {
  await sodiumReady();
  sealed = makeElection();
  live = makeElection({ live: true });
});

const audit = async (events: Recorded[], secondsApart?: number): Promise<Report> =>
  auditLedger(memorySource(await ledgerOf(events, secondsApart).files()), {
    memory: [],
    mayBeOlder: false,
  });

const count = (report: Report, id: CheckId): number => report.checks.find((check) => check.id === id)!.count;

type Change = (events: Recorded[]) => void;

// The first event of a type, or the nth of it, ready to be changed.
const at = (events: Recorded[], type: string, n = 0): Recorded => events.filter((event) => event.type === type)[n]!;
const placeOf = (events: Recorded[], event: Recorded): number => events.indexOf(event);

const text = (event: Recorded, member: string, change: (text: string) => string): void => {
  const changed = change(String(event.data[member]));
  assert.notEqual(changed, event.data[member], 'the change changes something');
  event.data[member] = changed;
};

// The nth number of a text, its last digit another.
const digit =
  (name: string, n = 0) =>
  (exact: string): string => {
    let seen = 0;
    return exact.replace(new RegExp(`("${name}":"[0-9]+)([0-9])"`, 'g'), (whole, front: string, last: string) =>
      seen++ === n ? `${front}${(Number(last) + 1) % 10}"` : whole,
    );
  };

describe('the audit of a whole election', () => {
  test('under the policy sealed, with weights, blank votes, a key ceremony and a challenge', async () => {
    const report = await audit(sealed.events);
    assert.deepEqual(report.faults, []);
    assert.equal(report.verdict, 'intact');
    // Weights 1 1 1 3; voter 1 changed its mind to what voter 3 marked.
    assert.deepEqual(report.election!.result, [
      [1, 0, 2, 3],
      [3, 0, 2],
    ]);
    const { ballots, challenged, counted, weight } = report.election!;
    assert.deepEqual([ballots, challenged, counted, weight], [5, 1, 4, 6]);
    for (const id of ['legality', 'roll', 'trustees', 'ballots', 'tally', 'decryption', 'result'] as const) {
      assert.ok(count(report, id) > 0, id);
    }
    assert.equal(count(report, 'ballots'), 6);
    assert.deepEqual(report.notes, []);
  });

  test('under the policy live', async () => {
    const report = await audit(live.events);
    assert.deepEqual(report.faults, []);
    assert.deepEqual(report.election!.result, [[0, 3, 1]]);
    assert.equal(count(report, 'live_tallies'), 2);
  });

  test('that is still going on has no result, and says so', async () => {
    const report = await audit(sealed.events.slice(0, 20));
    assert.deepEqual([report.verdict, report.notes], ['intact', ['no-result']]);
  });
});

// What a dishonest service could write and sign: the check that must find it, at the entry that it stands in.
const lies: [name: string, check: CheckId, of: 'sealed' | 'live', type: string, n: number, change: Change][] = [
  [
    'a trustee’s proof',
    'trustees',
    'sealed',
    'TrusteeKeyPublished',
    0,
    (e) => text(at(e, 'TrusteeKeyPublished'), 'public_key', digit('response')),
  ],
  [
    'a certificate’s signature',
    'trustees',
    'sealed',
    'TrusteeCertificatePublished',
    1,
    (e) => text(at(e, 'TrusteeCertificatePublished', 1), 'certificate', digit('response')),
  ],
  [
    'other coefexps than committed',
    'trustees',
    'sealed',
    'TrusteeCoefexpsPublished',
    0,
    (e) => text(at(e, 'TrusteeCoefexpsPublished'), 'coefexps', digit('response')),
  ],
  [
    'a swapped verification key',
    'trustees',
    'sealed',
    'TrusteeShareConfirmed',
    0,
    (e) => {
      at(e, 'TrusteeShareConfirmed').data.verification_key = at(e, 'TrusteeShareConfirmed', 1).data.verification_key;
    },
  ],
  [
    'a certificate twice',
    'trustees',
    'sealed',
    'TrusteeCertificatePublished',
    1,
    (e) => {
      at(e, 'TrusteeCertificatePublished', 1).data.certificate = at(e, 'TrusteeCertificatePublished').data.certificate;
    },
  ],
  [
    'a weight that no voter has',
    'roll',
    'sealed',
    'RollImported',
    0,
    (e) => {
      const data = at(e, 'RollImported').data;
      data.credentials = (data.credentials as string[]).map((each) => each.replace(/,3$/, ',4'));
    },
  ],
  ['a wrong count of voters', 'roll', 'sealed', 'RollSealed', 0, (e) => (at(e, 'RollSealed').data.voters = 6)],
  [
    'another credentials hash',
    'roll',
    'sealed',
    'ElectionSealed',
    0,
    (e) => (at(e, 'ElectionSealed').data.credentials_hash = '0'.repeat(64)),
  ],
  [
    'another question than drafted',
    'roll',
    'sealed',
    'ElectionSealed',
    0,
    (e) => text(at(e, 'ElectionSealed'), 'election', (t) => t.replace('Siapa?', 'Siapa!')),
  ],
  [
    'a public key of one’s own',
    'trustees',
    'sealed',
    'ElectionSealed',
    0,
    (e) =>
      text(at(e, 'ElectionSealed'), 'election', (t) =>
        t.replace(
          /"public_key":"[0-9a-f]+"/,
          `"public_key":"${group.elementText(group.generatorPower(group.scalarFromNumber(5)))}"`,
        ),
      ),
  ],
  [
    'a changed proof in the sealed list of trustees',
    'trustees',
    'sealed',
    'ElectionSealed',
    0,
    (e) => text(at(e, 'ElectionSealed'), 'trustees', digit('response', 2)),
  ],
  [
    'a proof of a choice',
    'ballots',
    'sealed',
    'BallotCast',
    1,
    (e) => text(at(e, 'BallotCast', 1), 'ballot', digit('challenge', 1)),
  ],
  [
    'a signature',
    'ballots',
    'sealed',
    'BallotCast',
    1,
    (e) => text(at(e, 'BallotCast', 1), 'ballot', (t) => digit('response', t.match(/"response"/g)!.length - 1)(t)),
  ],
  [
    'a challenged ballot’s proof',
    'ballots',
    'sealed',
    'BallotChallenged',
    0,
    (e) => text(at(e, 'BallotChallenged'), 'ballot', digit('response', 3)),
  ],
  [
    'a ballot cast twice',
    'ballots',
    'sealed',
    'BallotCast',
    2,
    (e) => (at(e, 'BallotCast', 2).data.ballot = at(e, 'BallotCast', 1).data.ballot),
  ],
  [
    'a challenged ballot that is cast',
    'ballots',
    'sealed',
    'BallotCast',
    4,
    (e) => (at(e, 'BallotCast', 4).data.ballot = at(e, 'BallotChallenged').data.ballot),
  ],
  [
    'a ballot that is not in its one form',
    'ballots',
    'sealed',
    'BallotCast',
    0,
    (e) => text(at(e, 'BallotCast'), 'ballot', (t) => `${t} `),
  ],
  [
    'a wrong number of ballots counted',
    'tally',
    'sealed',
    'TallyComputed',
    0,
    (e) => text(at(e, 'TallyComputed'), 'sized_tally', (t) => t.replace('"num_tallied":4', '"num_tallied":5')),
  ],
  [
    'a wrong weight',
    'tally',
    'sealed',
    'TallyComputed',
    0,
    (e) => text(at(e, 'TallyComputed'), 'sized_tally', (t) => t.replace('"total_weight":6', '"total_weight":7')),
  ],
  [
    'a decryption proof',
    'decryption',
    'sealed',
    'TallyDecrypted',
    1,
    (e) => text(at(e, 'TallyDecrypted', 1), 'partial_decryption', digit('response', 2)),
  ],
  [
    'a strong proof',
    'decryption',
    'sealed',
    'TallyDecrypted',
    0,
    (e) => text(at(e, 'TallyDecrypted'), 'strong_proofs', digit('challenge', 4)),
  ],
  [
    'a decryption under another’s number',
    'decryption',
    'sealed',
    'TallyDecrypted',
    2,
    (e) => (at(e, 'TallyDecrypted', 2).data.owner = 3),
  ],
  [
    'a decryption twice',
    'decryption',
    'sealed',
    'TallyDecrypted',
    2,
    (e) => (at(e, 'TallyDecrypted', 2).data = at(e, 'TallyDecrypted', 1).data),
  ],
  [
    'a vote moved in the result',
    'result',
    'sealed',
    'ResultPublished',
    0,
    (e) => text(at(e, 'ResultPublished'), 'result', (t) => t.replace('[1,0,2,3]', '[1,1,1,3]')),
  ],
  [
    'a live tally’s counts',
    'live_tallies',
    'live',
    'LiveTallyPublished',
    0,
    (e) => text(at(e, 'LiveTallyPublished'), 'result', (t) => t.replace('[1,2,0]', '[2,1,0]')),
  ],
  [
    'a live tally that leaves a ballot out',
    'live_tallies',
    'live',
    'LiveTallyPublished',
    0,
    (e) => (at(e, 'LiveTallyPublished').data.accepted = 2),
  ],
  [
    'a live tally’s proof',
    'live_tallies',
    'live',
    'LiveTallyPublished',
    1,
    (e) => {
      const share = (at(e, 'LiveTallyPublished', 1).data.shares as { strong_proofs: string }[])[0]!;
      share.strong_proofs = digit('response')(share.strong_proofs);
    },
  ],
];

describe('a lie of the service', () => {
  for (const [name, check, of, type, n, change] of lies) {
    test(`is found: ${name}`, async () => {
      const events = structuredClone((of === 'live' ? live : sealed).events);
      change(events);
      const seq = placeOf(events, at(events, type, n)) + 1;
      const report = await audit(events);
      const fault = report.faults[0];
      assert.deepEqual([report.verdict, fault?.check, fault?.seq], ['broken', check, seq], JSON.stringify(fault));
    });
  }

  test('is found: a tally from which a ballot was left out', async () => {
    const events = structuredClone(sealed.events);
    // The tally is right for all ballots; the ledger it stands in has one that it does not know of.
    const extra = encryptBallot(sealed.election, sealed.secrets[0]!, [
      [1, 0, 0, 0],
      [0, 0, 0],
    ]);
    const closed = placeOf(events, at(events, 'ElectionClosed'));
    events.splice(closed, 0, { type: 'BallotCast', data: { ballot: extra.text }, actor: 'voter' });
    const report = await audit(events);
    assert.deepEqual([report.faults[0]!.check, report.faultCount], ['tally', 1]);
  });

  test('is found: counts that no valid ballots can hold, though the tally and its decryption are right', async () => {
    const { events } = makeElection({ live: true, tooMany: true });
    const faults = (await audit(events)).faults.filter(({ check }) => check !== 'ballots');
    const [first] = faults;
    assert.deepEqual([first?.check, first?.expected], ['live_tallies', 'question 1: 4 to 4 marks']);
    assert.deepEqual(faults.at(-1)?.check, 'legality'); // nothing to certify
    assert.ok(faults.some(({ check, found }) => check === 'result' && found === '5'));
  });

  test('is found: a ballot that copies another’s ciphertexts', async () => {
    const events = structuredClone(sealed.events);
    const other = JSON.parse(String(at(events, 'BallotCast', 0).data.ballot)) as { answers: unknown[] };
    const own = JSON.parse(String(at(events, 'BallotCast', 1).data.ballot)) as { answers: unknown[] };
    own.answers[0] = other.answers[0];
    at(events, 'BallotCast', 1).data.ballot = JSON.stringify(own);
    const report = await audit(events);
    assert.deepEqual([report.faults[0]!.check, report.faults[0]!.expected], ['ballots', 'no ciphertext twice']);
  });
});

describe('what is not legal', () => {
  const illegal = async (change: Change, of = sealed): Promise<[unknown, unknown]> => {
    const events = structuredClone(of.events);
    change(events);
    const fault = (await audit(events)).faults[0];
    return [fault?.check, fault?.seq];
  };
  const move = (type: string, to: string) => (events: Recorded[]) => {
    const [event] = events.splice(placeOf(events, at(events, type)), 1);
    events.splice(placeOf(events, at(events, to)), 0, event!);
  };

  test('is an event outside its phase', async () => {
    for (const [type, to, check] of [
      ['ElectionOpened', 'RollImported', 'legality'],
      ['BallotCast', 'ElectionOpened', 'legality'],
      ['ElectionClosed', 'VoterVerified', 'legality'],
      ['ResultPublished', 'TallyComputed', 'result'],
    ] as const) {
      const seq = placeOf(sealed.events, at(sealed.events, to)) + 1;
      // What is closed too early is legal itself; what comes after it is not.
      const place = type === 'ElectionClosed' ? seq + 1 : seq;
      assert.deepEqual(await illegal(move(type, to)), [check, place], type);
    }
  });

  test('is an event by someone who may not', async () => {
    const by = (type: string, actor: string) => (events: Recorded[]) => void (at(events, type).actor = actor);
    assert.deepEqual((await illegal(by('ElectionOpened', 'trustee:budi')))[0], 'legality');
    assert.deepEqual((await illegal(by('BallotCast', 'committee:ani')))[0], 'legality');
    assert.deepEqual((await illegal(by('TallyDecrypted', 'service')))[0], 'legality');
    assert.deepEqual((await illegal(by('TallyDecrypted', 'trustee:budi'), live))[0], 'legality');
    assert.deepEqual((await illegal(by('ElectionClosed', 'committee')))[0], 'legality');
  });

  test('is an event of an unknown type or with other members', async () => {
    const change = (events: Recorded[]): void => void (at(events, 'ElectionOpened').type = 'ElectionOpenedWide');
    assert.equal((await illegal(change))[0], 'legality');
    assert.equal((await illegal((events) => void (at(events, 'ElectionOpened').data.more = 1)))[0], 'legality');
  });

  test('is a draft beyond its bounds', async () => {
    type Draft = { contests: { max: number; candidates: { number: number }[] }[]; trustees: number; name: string };
    const draft = (change: (draft: Draft) => void) => (events: Recorded[]) =>
      change(at(events, 'ElectionDrafted').data.draft as Draft);
    assert.deepEqual(await illegal(draft((d) => (d.contests[0]!.max = 4))), ['legality', 1]);
    assert.deepEqual(await illegal(draft((d) => (d.contests[0]!.candidates[1]!.number = 1))), ['legality', 1]);
    assert.deepEqual(await illegal(draft((d) => (d.trustees = 18))), ['legality', 1]);
    assert.deepEqual(await illegal(draft((d) => (d.name = ' '))), ['legality', 1]);
    assert.deepEqual(
      await illegal(
        draft((d) => (d.trustees = 2)),
        live,
      ),
      ['legality', 1],
    );
  });

  test('are live tallies of too few voters, or too close', async () => {
    const few = (events: Recorded[]): void => {
      (at(events, 'ElectionDrafted').data.draft as { policies: { min_batch: number } }).policies.min_batch = 4;
    };
    assert.equal((await illegal(few, live))[0], 'live_tallies');
    const hurried = await audit(live.events, 0.4); // the second tally comes 4 entries after the first
    assert.deepEqual([hurried.faultCount, hurried.faults[0]?.check], [1, 'live_tallies']);
  });
});
