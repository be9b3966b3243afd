import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Activity } from '../src/base/api.ts';
import { formerOf, termsOf, withTerms } from '../src/pages/official-terms.ts';

const at = (hour: number): string => `2026-11-25T0${hour}:00:00.000Z`;
const event = (seq: number, type: string, data: Activity['data']): Activity => ({
  seq,
  time: at(seq),
  type: `Official${type}`,
  actor: 'committee:ani',
  data,
});
const rina = { login: 'rina', role: 'officer', place: 'tps-1' };

describe('the terms of officials', () => {
  test('begin with the appointment and end with the revocation, whose reason they keep', () => {
    const events = [event(4, 'Revoked', { ...rina, reason: 'Sakit' }), event(2, 'Appointed', rina)];
    assert.deepEqual(termsOf(events), [{ ...rina, since: at(2), until: at(4), reason: 'Sakit' }]);
  });

  test('are told apart by role and place', () => {
    const elsewhere = { ...rina, place: 'tps-2' };
    const member = { login: 'rina', role: 'committee' };
    const events = [rina, elsewhere, member].map((data, i) => event(i + 1, 'Appointed', data));
    const terms = termsOf([...events, event(5, 'Revoked', { ...elsewhere, reason: 'Pindah' })]);
    assert.deepEqual(
      terms.map(({ since, until }) => [since, until]),
      [[at(1), null], [at(2), at(5)], [at(3), null]],
    );
    assert.deepEqual(withTerms([member, rina], terms), [
      { ...member, since: at(3) },
      { ...rina, since: at(1) },
    ]);
  });

  test('who comes back serves since then, and the former term stays', () => {
    const terms = termsOf([
      event(1, 'Appointed', rina),
      event(2, 'Revoked', { ...rina, reason: 'Sakit' }),
      event(3, 'Appointed', rina),
    ]);
    assert.deepEqual(withTerms([rina], terms), [{ ...rina, since: at(3) }]);
    assert.deepEqual(
      formerOf(terms).map(({ until }) => until),
      [at(2)],
    );
  });

  test('of those who left last stand first', () => {
    const sari = { login: 'sari', role: 'committee' };
    const terms = termsOf([
      ...[rina, sari].map((data, i) => event(i + 1, 'Appointed', data)),
      event(3, 'Revoked', { ...rina, reason: 'a' }),
      event(4, 'Revoked', { ...sari, reason: 'b' }),
    ]);
    assert.deepEqual(
      formerOf(terms).map(({ login }) => login),
      ['sari', 'rina'],
    );
  });

  test('are unknown, and nobody is lost, where the events do not tell', () => {
    assert.deepEqual(termsOf([event(3, 'Revoked', { ...rina, reason: 'x' }), event(4, 'Other', null)]), []);
    assert.deepEqual(withTerms([rina], []), [rina]);
  });
});
