import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import type { Election } from '../src/base/api.ts';
import { ApiError } from '../src/base/http.ts';
import { Desk, deliveryOf, type Marked, type Voter } from '../src/pages/officer-desk.ts';
import { readScan, scanOf } from '../src/pages/officer-scan.ts';

describe('what stands in the officer’s field', () => {
  test('is searched for, a voter’s QR text by the number it names', () => {
    assert.deepEqual(readScan('  Siti '), { kind: 'search', text: 'Siti' });
    assert.deepEqual(readScan('0051234'), { kind: 'search', text: '0051234' });
    assert.deepEqual(readScan('http://10.0.0.2/officer#voter=00%2F51'), { kind: 'search', text: '00/51' });
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
      assert.deepEqual(readScan(scanOf(id)), { kind: 'search', text: id });
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
  beforeEach(() => {
    roll = [siti, { ...siti, id: '70', name: 'Sito' }];
    asked = [];
    sent = [];
    answers = [];
    globalThis.fetch = (path) => {
      asked.push(String(path));
      return Promise.resolve(Response.json({ voters: roll, total: roll.length }));
    };
    desk = new Desk({
      election: () => ({ uuid: 'u', policies: { verification: 'both' } }) as Election,
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
