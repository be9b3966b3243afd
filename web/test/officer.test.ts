import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import type { Election } from '../src/base/api.ts';
import { ApiError } from '../src/base/http.ts';
import { Desk, deliveryOf, type Marked, type Voter } from '../src/pages/officer-desk.ts';
import { readScan, scanOf } from '../src/pages/officer-scan.ts';
import { foundView, missedView, voterView, type DeskActions } from '../src/pages/officer-view.ts';
import { at, find, show } from './support/page.ts';

describe('what stands in the officer’s field', () => {
  test('is searched for, a voter’s QR text by the number that it names', () => {
    assert.deepEqual(readScan('  Siti '), { kind: 'search', text: 'Siti' });
    assert.deepEqual(readScan('0051234'), { kind: 'search', text: '0051234' });
    const named = { kind: 'search', text: '00/51', named: true };
    assert.deepEqual(readScan('http://10.0.0.2/officer#voter=00%2F51'), named);
    assert.deepEqual(readScan(''), { kind: 'empty' });
  });

  test('is never a voter’s secret code, in whatever form', () => {
    assert.equal(readScan('http://10.0.0.2:8080/vote/ucSijHEHGk8LHG#K7QD').kind, 'secret');
    assert.equal(readScan('0000-0000-0000-0000-0000').kind, 'secret'); // its check character is right
  });

  test('is the number again that the attendance list’s QR holds, bare where it can be', () => {
    for (const id of ['0051234', '3174012505080001', 'X-1/07', 'A b']) assert.equal(scanOf(id), id);
    // Others are named: a number like a secret code, like a link or in letters beyond a scanner's keyboard.
    for (const id of ['0000-0000-0000-0000-0000', 'a/vote/7', 'x?voter=1', 'é7', '0051234', 'A b']) {
      const read = readScan(scanOf(id));
      assert.deepEqual([read.kind, read.kind === 'search' && read.text], ['search', id]);
    }
  });
});

const siti: Voter = { id: '7', name: 'Siti', class: 'X-1', place: 'tps-1' };
const answer: Marked = { seq: 12, time: '2026-11-25T01:12:03.000Z', place: 'tps-1', delivery: 'place' };

describe('the desk', () => {
  let roll: Voter[];
  let asked: string[];
  let sent: unknown[];
  let answers: (() => Promise<Marked>)[];
  let desk: Desk;
  let uuid: string;
  beforeEach(() => {
    uuid = 'u';
    roll = [siti, { ...siti, id: '70', name: 'Sito' }];
    asked = [];
    sent = [];
    answers = [];
    globalThis.fetch = (path) => {
      asked.push(String(path));
      return Promise.resolve(Response.json({ voters: roll, total: roll.length }));
    };
    desk = new Desk({
      election: () => ({ uuid, policies: { verification: 'both' }, places: [] }) as unknown as Election,
      place: () => 'tps-1',
      send: (_, body) => {
        sent.push(body);
        return answers.shift()!();
      },
      changed: () => {},
      fail: () => false,
    });
  });
  const refuse = (code: string) => (): Promise<never> => Promise.reject(new ApiError(code, ''));
  const lost = refuse('network');
  const twice = refuse('already_verified');

  test('finds, chooses with Enter and marks once', async () => {
    answers = [() => Promise.resolve(answer)];
    await desk.enter('7');
    assert.match(asked[0]!, /roll\?q=7&place=tps-1&limit=20$/);
    assert.equal(desk.state.voter?.id, '7');
    await Promise.all([desk.mark(), desk.mark()]);
    assert.deepEqual(sent, [{ voter: '7' }]);
    assert.deepEqual(desk.state.outcome, { kind: 'marked', marked: answer, late: false });
    assert.equal(desk.state.done.length, 1);
    desk.next();
    assert.equal(desk.state.voter, null);
    assert.equal(desk.state.query, '');
  });

  test('an exact number comes before a longer one, and arrows go round', async () => {
    roll = [{ ...siti, id: '70' }, siti];
    await desk.search('7');
    assert.equal(desk.state.at, 1);
    desk.move(1);
    assert.equal(desk.state.at, 0);
    desk.move(-1);
    assert.equal(desk.state.at, 1);
  });

  describe('where several are found', () => {
    const named = (id: string): Voter => ({ ...siti, id, name: `Siswa ${id}`, class: '7A' });
    const hint = (): string | null | undefined => {
      show(foundView(desk.state, {} as DeskActions));
      return find('unsure')?.textContent;
    };

    const chosen = (): string | undefined => desk.state.voter?.id;
    const entering = async (text: string): Promise<string | undefined> => {
      desk.next();
      await desk.enter(text);
      return chosen();
    };

    test('Enter takes the very number, wherever it stands and however it is written', async () => {
      roll = [named('1'), named('17'), named('7')];
      assert.equal(await entering('7'), '7');
      roll = [named('a-70'), named('A-7')];
      assert.equal(await entering('a-7'), 'A-7');
      roll = [named('A-7'), named('a-7')];
      assert.equal(await entering('a-7'), 'a-7');
    });

    test('Enter takes nobody, and the page says so', async () => {
      roll = [named('1'), named('2'), named('17')];
      assert.equal(await entering('7'), undefined);
      assert.equal(desk.state.at, -1);
      assert.match(hint()!, /panah/);
      roll = [named('AB'), named('Ab')];
      assert.equal(await entering('ab'), undefined, 'two numbers that differ in capitals alone');
      assert.match(hint()!, /panah/);
    });

    test('Enter takes whom the arrows lead to', async () => {
      roll = [named('1'), named('2'), named('17')];
      await desk.search('7');
      desk.move(1);
      assert.equal(desk.state.at, 0);
      assert.equal(hint(), undefined);
      await desk.enter('7');
      assert.equal(chosen(), '1');
      desk.next();
      await desk.search('7');
      desk.move(-1);
      await desk.enter('7');
      assert.equal(chosen(), '17');
      assert.equal(asked.length, 2, 'what stands there is not asked for again');
    });

    test('Enter takes the only one found, but for a number that was scanned', async () => {
      roll = [named('70')];
      assert.equal(await entering('siswa'), '70');
      assert.equal(await entering('#voter=7'), undefined);
      assert.match(hint()!, /nomor 7/);
      await desk.enter('7');
      assert.equal(chosen(), '70');
      assert.equal(await entering('#voter=70'), '70');
    });

    test('Enter takes nobody of an older text', async () => {
      await desk.search('70');
      const slow = desk.enter('7');
      let arrive: (answer: Response) => void;
      globalThis.fetch = () => new Promise((resolve) => (arrive = resolve));
      const next = desk.search('Budi');
      await slow;
      assert.equal(chosen(), undefined);
      arrive!(Response.json({ voters: [], total: 0 }));
      await next;
    });

    test('a second officer is told the time of the first mark', async () => {
      desk.choose(named('7'));
      const others = Array.from({ length: 30 }, (_, i) => named(String(170 + i)));
      roll = [{ ...named('7'), attended: { time: answer.time, seq: 12 } }, ...others].slice(0, 20);
      answers = [twice];
      await desk.mark();
      assert.deepEqual(desk.state.outcome, {
        kind: 'already',
        attended: { time: answer.time, seq: 12 },
        place: 'tps-1',
      });
    });
  });

  test('who is marked already is shown with the first time, and is not sent', async () => {
    const attended = { time: answer.time, seq: 12 };
    desk.choose({ ...siti, attended });
    assert.deepEqual(desk.state.outcome, { kind: 'already', attended, place: 'tps-1' });
    assert.equal(sent.length, 0);
  });

  test('a second officer’s attempt shows when and where the first was', async () => {
    answers = [twice];
    desk.choose(siti);
    roll = [{ ...siti, attended: { time: answer.time, seq: 12 } }];
    await desk.mark();
    const attended = { time: answer.time, seq: 12 };
    assert.deepEqual(desk.state.outcome, { kind: 'already', attended, place: 'tps-1' });
  });

  test('after a lost answer the same attendance is no second attempt', async () => {
    answers = [lost, twice];
    desk.choose(siti);
    await desk.mark();
    assert.equal(desk.state.outcome?.kind, 'unknown');
    roll = [{ ...siti, delivery: 'place', attended: { time: answer.time, seq: 12 } }];
    await desk.mark();
    assert.deepEqual(desk.state.outcome, { kind: 'marked', marked: answer, late: true });
  });

  test('a service that lost its database may have recorded the attendance', async () => {
    answers = [refuse('unavailable'), refuse('overloaded'), twice];
    desk.choose(siti);
    await desk.mark();
    assert.equal(desk.state.outcome?.kind, 'unknown');
    await desk.mark();
    assert.equal(desk.state.outcome?.kind, 'unknown');
    roll = [{ ...siti, delivery: 'place', attended: { time: answer.time, seq: 12 } }];
    await desk.mark();
    assert.deepEqual(desk.state.outcome, { kind: 'marked', marked: answer, late: true });
  });

  test('a service that was too busy recorded nothing and may be asked again', async () => {
    for (const busy of ['overloaded', 'rate_limited']) {
      answers = [refuse(busy), twice];
      desk.next();
      desk.choose(siti);
      await desk.mark();
      assert.equal(desk.state.outcome?.kind, 'later', busy);
      await desk.mark();
      assert.equal(desk.state.outcome?.kind, 'already', busy);
    }
  });

  describe('whose voter goes before the answer has come', () => {
    const budi: Voter = { id: '8', name: 'Budi', class: 'X-1', place: 'tps-1' };
    const attended = { time: answer.time, seq: 12 };
    let settle: ((end: () => Promise<Marked>) => Promise<void>)[];
    // Starts a voter's mark; what ends it is said later.
    const begin = (voter: Voter): void => {
      desk.choose(voter);
      let arrive: (end: Promise<Marked>) => void;
      const coming = new Promise<Marked>((resolve) => (arrive = resolve));
      answers.push(() => coming);
      const done = desk.mark();
      settle.push((end) => (arrive(end()), done));
    };
    beforeEach(() => (settle = []));
    const arrives = (): Promise<Marked> => Promise.resolve(answer);

    test('shows it on nobody else, and keeps a mark', async () => {
      begin(siti);
      desk.next();
      desk.choose(budi);
      await settle[0]!(arrives);
      assert.equal(desk.state.voter?.id, '8');
      assert.equal(desk.state.outcome, null);
      assert.deepEqual(desk.state.done, [{ voter: siti, marked: answer }]);
      assert.deepEqual(desk.state.missed, []);
    });

    test('says by name what did not arrive or was refused', async () => {
      for (const [code, kind] of Object.entries({ overloaded: 'later', wrong_phase: 'refused', network: 'unknown' })) {
        begin(siti);
        desk.choose(budi);
        await settle.pop()!(refuse(code));
        assert.equal(desk.state.outcome, null, code);
        assert.deepEqual(desk.state.done, [], code);
        const told = desk.state.missed.map(({ voter, outcome }) => [voter.name, outcome.kind]);
        assert.deepEqual(told, [['Siti', kind]], code);
        desk.next();
        assert.equal(desk.state.missed.length, 1, 'it stays with the desk');
      }
      show(missedView(desk.state, { uuid } as Election, {} as DeskActions));
      assert.match(at('missed').textContent!, /Siti/);
      const elsewhere = missedView(desk.state, { uuid: 'other' } as Election, {} as DeskActions);
      assert.deepEqual(elsewhere, []);
    });

    test('waits for each voter’s own answer', async () => {
      begin(siti);
      begin(budi);
      assert.deepEqual(sent, [{ voter: '7' }, { voter: '8' }]);
      await settle[0]!(arrives);
      assert.equal(desk.state.busy, true, 'the answer to another request ends nothing');
      await desk.mark();
      assert.equal(sent.length, 2);
      await settle[1]!(arrives);
      assert.deepEqual([desk.state.busy, desk.state.outcome?.kind], [false, 'marked']);
    });

    test('takes up the wait where the voter comes back', async () => {
      begin(siti);
      desk.choose(budi);
      assert.equal(desk.state.busy, false);
      desk.choose({ ...siti });
      assert.equal(desk.state.busy, true);
      await desk.mark();
      assert.equal(sent.length, 1);
      await settle[0]!(arrives);
      assert.equal(desk.state.outcome?.kind, 'marked');
    });

    test('knows a lost answer’s mark for its own when it is asked for again', async () => {
      begin(siti);
      desk.choose(budi);
      await settle[0]!(lost);
      desk.choose(siti);
      assert.equal(desk.state.missed.length, 1, 'it may still be on its way');
      roll = [{ ...siti, delivery: 'place', attended }];
      answers = [twice];
      await desk.mark();
      assert.deepEqual(desk.state.outcome, { kind: 'marked', marked: answer, late: true });
      assert.deepEqual(desk.state.missed, []);
    });

    test('says that a mark in the roll may be its own', async () => {
      begin(siti);
      desk.choose(budi);
      await settle[0]!(lost);
      desk.choose({ ...siti, attended });
      assert.deepEqual(desk.state.outcome, { kind: 'already', attended, place: 'tps-1', asked: true });
      assert.deepEqual(desk.state.missed, []);
    });

    test('takes a number of another election for another voter', async () => {
      begin(siti);
      uuid = 'other';
      desk.choose({ ...siti, name: 'Sari' });
      assert.equal(desk.state.busy, false);
      await settle[0]!(twice);
      assert.equal(desk.state.outcome, null);
      assert.match(asked[0]!, /elections\/u\/roll/);
      assert.deepEqual(
        desk.state.missed.map(({ election }) => election),
        ['u'],
      );
    });

    test('offers no way on to the next voter meanwhile', async () => {
      begin(siti);
      const election = { places: [], policies: {} } as unknown as Election;
      const buttons = (): boolean[] => {
        show(voterView(desk.state, election, {} as DeskActions));
        return [...document.querySelectorAll('button')].map(({ disabled }) => disabled);
      };
      assert.deepEqual(buttons(), [true, true]);
      await desk.enter('70');
      assert.equal(desk.state.voter?.id, '7');
      await settle[0]!(lost);
      assert.deepEqual(buttons(), [false, false]);
      answers = [refuse('network')];
      const again = desk.mark();
      assert.deepEqual(buttons(), [true, true]);
      await again;
    });
  });

  test('a secret code leaves the field and is not asked for', async () => {
    await desk.search('0000-0000-0000-0000-0000');
    assert.equal(desk.state.note, 'secret');
    assert.equal(desk.state.query, '');
    assert.equal(asked.length, 0);
  });

  test('who brings a code and who is handed one', () => {
    const at = (verification: string): { policies: Election['policies'] } =>
      ({ policies: { verification } }) as { policies: Election['policies'] };
    assert.equal(deliveryOf(siti, at('polling-place')), 'place');
    assert.equal(deliveryOf(siti, at('both')), 'post');
    assert.equal(deliveryOf({ ...siti, delivery: 'place' }, at('both')), 'place');
  });
});
