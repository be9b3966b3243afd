import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Election, Tally, Turnout } from '../src/base/api.ts';
import { fillTemplate, placeOfData, scriptJson, type CopyData } from '../src/pages/copy-file.ts';
import { figuresOf, invariants, type Figures, type Invariant } from '../src/pages/minutes-figures.ts';
import { scheduleText } from '../src/pages/portal-election.ts';
import { groupVoters } from '../src/pages/print-groups.ts';
import { commandsFor } from '../src/pages/verify-commands.ts';
import { whenReady } from '../src/pages/prepared-file.ts';
import { webRoot } from './support/paths.ts';

interface Given {
  verification?: Election['policies']['verification'];
  contests?: { min: number; max: number; blank?: boolean; counts: number[] }[];
  places?: [voters: number, voted: number, verified: number, attended?: number][];
  accepted?: number;
  counted?: number;
  weight?: number;
  phase?: Election['phase'];
}

function held(given: Given = {}): { election: Election; figures: Figures } {
  const places = (given.places ?? [[10, 4, 5]]).map(([voters, voted, verified, attended], i) => ({
    id: `tps-${i}`,
    name: `TPS ${i}`,
    voters,
    voted,
    verified,
    attended: attended ?? verified,
  }));
  const voted = places.reduce((sum, place) => sum + place.voted, 0);
  const voters = places.reduce((sum, place) => sum + place.voters, 0);
  const contests = given.contests ?? [{ min: 1, max: 1, counts: [3, 1] }];
  const election = {
    phase: given.phase ?? 'tallied',
    policies: { verification: given.verification ?? 'online' },
    contests: contests.map(({ min, max }) => ({ min, max })),
  } as unknown as Election;
  const sum = (of: 'verified' | 'attended'): number => places.reduce((n, place) => n + place[of], 0);
  const turnout = {
    voters,
    voted,
    verified: sum('verified'),
    attended: sum('attended'),
    places,
  } as unknown as Turnout;
  const tally = {
    accepted: given.accepted ?? voted,
    counted: given.counted ?? voted,
    total_weight: given.weight ?? voted,
    contests: contests.map(({ blank, counts }) => ({
      question: '?',
      blank: blank ?? false,
      candidates: (blank ? counts.slice(1) : counts).map((count, i) => ({ number: i + 1, name: '?', count })),
    })),
    counts: contests.map(({ counts }) => counts),
  } as unknown as Tally;
  return { election, figures: figuresOf(election, turnout, tally) };
}

function minutes(given: Given = {}): Invariant[] {
  const { election, figures } = held(given);
  return invariants(figures, election);
}

const wrong = (found: Invariant[]): string[] => found.filter(({ holds }) => !holds).map(({ kind }) => kind);
const only = (found: Invariant[], kind: Invariant['kind']): Invariant[] => found.filter((check) => check.kind === kind);

describe('the minutes', () => {
  test('hold that candidates and blank votes make up the valid ballots', () => {
    assert.deepEqual(wrong(minutes()), []);
    assert.deepEqual(wrong(minutes({ contests: [{ min: 1, max: 1, counts: [3, 2] }] })), ['votes']);
    const blank = minutes({ contests: [{ min: 1, max: 1, blank: true, counts: [1, 2, 1] }] });
    assert.deepEqual(only(blank, 'votes')[0]!.parts, [2, 1, 1]);
    assert.deepEqual(wrong(blank), []);
    assert.deepEqual(wrong(minutes({ contests: [{ min: 1, max: 1, blank: true, counts: [1, 2, 2] }] })), ['votes']);
  });

  test('bound the votes where several may be chosen, without those who voted blank', () => {
    const several = (...counts: number[]): string[] =>
      wrong(minutes({ contests: [{ min: 1, max: 2, blank: true, counts }] }));
    assert.deepEqual(several(1, 3, 3), []);
    assert.deepEqual(several(1, 4, 3), ['votesAtMost']);
    assert.deepEqual(several(1, 1, 1), ['votesAtLeast']);
  });

  test('hold ballots against voters, everywhere and at each place', () => {
    assert.deepEqual(wrong(minutes({ counted: 5, accepted: 5 })), ['counted']);
    assert.deepEqual(wrong(minutes({ accepted: 3 })), ['accepted']);
    assert.deepEqual(wrong(minutes({ places: [[3, 4, 4]] })), ['voters', 'place']);
    const found = minutes({
      places: [
        [10, 1, 1],
        [2, 3, 3],
      ],
    });
    assert.deepEqual(
      only(found, 'place').map(({ name, holds }) => [name, holds]),
      [
        ['TPS 0', true],
        ['TPS 1', false],
      ],
    );
  });

  test('hold ballots against attendance where everybody votes at a polling place', () => {
    const given: Given = { places: [[10, 4, 3]] };
    assert.deepEqual(wrong(minutes({ ...given, verification: 'polling-place' })), ['attendance']);
    assert.deepEqual(wrong(minutes({ ...given, verification: 'both' })), []);
    assert.deepEqual(only(minutes(given), 'attendance'), []);
  });

  test('tell who came from who signed in on a device of their own', () => {
    const came = (verification: Given['verification']): (number | null)[] => {
      const { total } = held({ places: [[10, 4, 5, 2], [5, 1, 1, 1]], ...(verification && { verification }) }).figures;
      return [total.attended, total.signedIn];
    };
    assert.deepEqual(came('both'), [3, 3]);
    assert.deepEqual(came('polling-place'), [3, null]);
    assert.deepEqual(came('online'), [null, null]);
  });

  test('count by weight', () => {
    assert.deepEqual(wrong(minutes({ contests: [{ min: 1, max: 1, counts: [6, 1] }], weight: 7 })), []);
  });

  test('of a cancelled election say nothing of a result', () => {
    const kinds = new Set(minutes({ phase: 'cancelled' }).map(({ kind }) => kind));
    assert.deepEqual([...kinds], ['voters', 'places', 'place']);
  });
});

describe('voters on paper', () => {
  const voter = (id: string, name: string, group: string, place: string) => ({ id, name, class: group, place });
  test('stand by place in its order, by class and name in theirs', () => {
    const roll = [
      voter('3', 'Ćici', 'X-10', 'b'),
      voter('1', 'budi', 'X-2', 'a'),
      voter('2', 'Adi', 'X-10', 'a'),
      voter('4', 'Adi', 'X-2', 'a'),
      voter('5', 'Adi', 'X-2', 'a'),
    ];
    const places = [
      { id: 'b', name: 'B' },
      { id: 'empty', name: 'E' },
      { id: 'a', name: 'A' },
    ];
    const groups = groupVoters(roll, places);
    assert.deepEqual(
      groups.map(({ id, voters, classes }) => [id, voters.length, classes.map(({ name }) => name)]),
      [
        ['b', 1, ['X-10']],
        ['a', 4, ['X-2', 'X-10']],
      ],
    );
    assert.deepEqual(
      groups[1]!.classes[0]!.voters.map(({ id }) => id),
      ['4', '5', '1'],
    );
    assert.equal(roll[0]!.id, '3', 'the roll itself is not sorted');
  });
});

describe('the copy of the portal', () => {
  const hostile = '</script><script>alert(1)</script><!-- & \u2028 @portal-data@ $& $1';

  test('holds its data where nothing in them can end the element', () => {
    const text = scriptJson({ name: hostile });
    assert.doesNotMatch(text, /[<>&\u2028\u2029]/);
    assert.deepEqual(JSON.parse(text), { name: hostile });
  });

  test('has the data in one place of the template, to the letter', async () => {
    const data = { version: 1, source: hostile } as CopyData;
    const filled = fillTemplate(`a${placeOfData}b`, data);
    assert.deepEqual(JSON.parse(filled.slice(1, -1)), data);
    assert.throws(() => fillTemplate('nothing', data));
    assert.throws(() => fillTemplate(placeOfData + placeOfData, data));
    const { copyTemplate, placeOfData: built } = await import(join(webRoot, 'tools', 'pages.mjs'));
    assert.equal(built, placeOfData);
    const template = copyTemplate({ style: '', script: '', hashes: { style: 's', script: 'j' } });
    assert.match(fillTemplate(template, data), /default-src 'none'/);
  });
});

describe('commands to check with', () => {
  const policies: Election['policies'] = {
    tally: 'sealed',
    revote: 'last-counts',
    verification: 'both',
    min_batch: 10,
  };
  const ledger = { origin: 'o', key: 'o+1+k' };
  const witnesses = { keys: ['a+1+k', "b'c+2+k"], needed: 1 };

  test('hold a receipt to the witnesses that the election names', () => {
    const of = (more: object, keys?: number): string[] =>
      commandsFor('http://suara.test', { uuid: 'abc', ledger, policies: { ...policies, ...more } }, keys).receipt;
    const command = 'build/bin/suara-verify receipt bukti-suara.tlog-proof';
    assert.deepEqual(of({}), [`${command} --key 'o+1+k'`]);
    const parts = [`${command} --key 'o+1+k'`, "--witness 'a+1+k'", "--witness 'b'\\''c+2+k'", '--needed 1'];
    assert.deepEqual(of({ witnesses }), [parts.join(' \\\n  ')]);
    assert.deepEqual(of({ witnesses }, 2), [
      'curl -o keys.json http://suara.test/log/abc/keys.json',
      `${command} --keys keys.json`,
    ]);
  });

  test('name the election, its key and where it is', () => {
    const { verify, other } = commandsFor('http://suara.test', { uuid: 'abc', ledger, policies });
    assert.deepEqual(verify, [
      'curl -o bundle.tar http://suara.test/api/v1/elections/abc/bundle.tar',
      "build/bin/suara-verify bundle.tar --key 'o+1+k'",
    ]);
    assert.ok(other.includes('belenios-tool election verify --dir abc'));
    assert.match(commandsFor('http://suara.test', null).verify[0]!, /elections\/UUID\//);
  });
});

describe('a schedule in words', () => {
  const schedule = { opens_at: '2026-11-25T01:00:00.000Z', closes_at: '2026-11-25T05:00:00.000Z' };
  const text = (phase: Election['phase'], closes_at: string | null = null): string =>
    scheduleText({ phase, schedule, closes_at, time_zone: 'WIB' });
  test('says what is still to come, an extension before the plan', () => {
    assert.match(text('sealed'), /^Dibuka 25 Nov 2026, 08.00 WIB\. Ditutup 25 Nov 2026, 12.00 WIB\.$/);
    assert.match(text('open', '2026-11-25T06:00:00.000Z'), /^Ditutup 25 Nov 2026, 13.00 WIB\.$/);
    assert.equal(text('closed'), '');
    assert.equal(scheduleText({ phase: 'open', schedule: null, closes_at: null, time_zone: 'WIB' }), '');
  });
});

describe('a file that the service is still writing', () => {
  const told = async (answers: number[]): Promise<[boolean, number]> => {
    let waits = 0;
    const left = [...answers];
    const ask = async (): Promise<number> => {
      const status = left.shift()!;
      if (status === 0) throw new Error('no network');
      return status;
    };
    const ready = await whenReady(
      '/x',
      () => waits++,
      ask,
      async () => {},
    );
    return [ready, waits];
  };
  test('is waited for, over a lost network too, and fetched once it is there', async () => {
    assert.deepEqual(await told([200]), [true, 0]);
    assert.deepEqual(await told([503, 503, 0, 200]), [true, 3]);
    assert.deepEqual(await told([503, 404]), [true, 1]);
  });
  test('is not waited for without end', async () => {
    const [ready, waits] = await told(Array.from({ length: 10000 }, () => 503));
    assert.ok(!ready && waits > 10 && waits < 10000);
  });
});
