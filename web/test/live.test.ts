import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Activity, Election } from '../src/base/api.ts';
import { standingOf, standingText } from '../src/charts/attendance.ts';
import { AlertNews, alertText } from '../src/pages/live-alerts.ts';
import { joinEvents } from '../src/pages/live-feed.ts';
import { actorWords, eventWords, namedEntries } from '../src/pages/live-words.ts';
import { id } from '../src/messages/id.ts';
import { noteFaults, readEntries } from '../src/pages/supervisor-notes.ts';
import { webRoot } from './support/paths.ts';

const election = { places: [{ id: 'tps-1', name: 'TPS 1' }], time_zone: 'WIB' } as Election;
const words = (type: string, data: Record<string, unknown> = {}): string => eventWords({ type, data }, election);

describe('the present and the votes of a place', () => {
  const standing = (verified: number, voted: number, verification: 'online' | 'polling-place' | 'both') =>
    standingOf({ voted, verified }, verification);

  test('are compared by the policy', () => {
    assert.deepEqual(standing(0, 0, 'polling-place'), { kind: 'nobody', n: 0, both: false });
    assert.deepEqual(standing(43, 40, 'polling-place'), { kind: 'waiting', n: 3, both: false });
    assert.deepEqual(standing(40, 40, 'both'), { kind: 'even', n: 40, both: true });
    assert.deepEqual(standing(38, 40, 'polling-place'), { kind: 'over', n: 2, both: false });
    assert.deepEqual(standing(38, 40, 'both'), { kind: 'unmarked', n: 2, both: true });
  });

  test('say nothing where nobody is marked as present', () => {
    assert.equal(standing(0, 40, 'online'), null);
  });

  test('every difference has its sentence', () => {
    assert.match(standingText({ kind: 'waiting', n: 3, both: false }), /^3 sudah hadir tetapi belum memilih/);
    assert.match(standingText({ kind: 'waiting', n: 3, both: true }), /dihitung dua kali/);
    assert.match(standingText({ kind: 'over', n: 2, both: false }), /^2 suara lebih banyak/);
    assert.match(standingText({ kind: 'unmarked', n: 2, both: true }), /tanpa ditandai hadir/);
  });
});

describe('events in words', () => {
  test('every type of event has a sentence', async () => {
    const files = await readdir(join(webRoot, '..', 'schema', 'events'));
    const types = files.map((file) => file.split('.')[0]!);
    assert.ok(types.length > 20);
    for (const type of types) assert.ok(`event.${type}` in id, type);
  });

  test('names places, roles and reasons', () => {
    assert.equal(words('ElectionOpened'), 'Pemungutan suara dibuka');
    assert.equal(
      words('OfficialAppointed', { login: 'budi', role: 'officer', place: 'tps-1' }),
      'budi ditetapkan sebagai petugas TPS di TPS 1',
    );
    assert.equal(words('StepProposed', { step: 'close', reason: '' }), 'Diusulkan: tutup pemungutan suara');
    const extended = words('VotingExtended', { closes_at: '2026-11-25T08:00:00.000Z', reason: 'hujan deras' });
    assert.match(extended, /15[.:]00 WIB.*Alasan: hujan deras$/);
  });

  test('a type that the page does not know is told by its name, and odd data do no harm', () => {
    assert.equal(words('SomethingNew', { a: 1 }), 'Peristiwa SomethingNew');
    assert.equal(words('CorrectionRecorded', { entry: 'x' }), 'Koreksi atas entri 0');
  });

  test('an actor is a login with its role, or a role alone', () => {
    assert.equal(actorWords('committee:ani'), 'ani, panitia');
    assert.equal(actorWords('service'), 'layanan');
    assert.equal(actorWords('stranger'), 'stranger');
  });

  test('name the entries they are about', () => {
    assert.deepEqual(namedEntries({ data: { entries: [4, 9] } }), [4, 9]);
    assert.deepEqual(namedEntries({ data: { entry: 7 } }), [7]);
    assert.deepEqual(namedEntries({ data: {} }), []);
  });

  test('what streams and what was asked for join without a double, newest first', () => {
    const event = (seq: number): Activity => ({ seq, time: '', type: '', actor: '', data: {} });
    const joined = joinEvents([event(9), event(8)], [event(8), event(3)]);
    assert.deepEqual(
      joined.map(({ seq }) => seq),
      [9, 8, 3],
    );
  });
});

describe('when alerts are asked for', () => {
  test('at first, and whenever there are more or fewer', () => {
    const news = new AlertNews();
    assert.ok(news.due(0, 0));
    assert.ok(!news.due(0, 100_000));
    assert.ok(news.due(1, 100_001));
    assert.ok(news.due(0, 100_002));
  });

  test('also where one may have grown: not for every entry, and not where nothing was recorded', () => {
    const news = new AlertNews();
    assert.ok(news.due(1, 0));
    assert.ok(!news.due(1, 60_000));
    news.recorded();
    assert.ok(news.due(1, 60_000));
    news.recorded();
    assert.ok(!news.due(1, 74_999));
    assert.ok(news.due(1, 75_000));
    assert.ok(!news.due(1, 300_000));
  });

  test('again after no answer', () => {
    const news = new AlertNews();
    assert.ok(news.due(2, 0));
    news.missed();
    assert.ok(news.due(2, 1));
  });
});

describe('alerts', () => {
  const alert = (kind: string, figures: Record<string, number>, place?: string): string =>
    alertText({ kind, since: '', figures, ...(place && { place }) }, election);
  test('say what was seen and an innocent cause', () => {
    assert.match(alert('burst', { ballots: 31, usual: 4 }, 'tps-1'), /^31 suara dalam satu menit di TPS 1, biasanya 4/);
    assert.match(alert('clock_jump', { seconds: 4320, usual_seconds: 3 }), /selama 1 jam 12 mnt/);
    for (const kind of ['burst', 'over_attendance', 'clock_jump', 'clock_still', 'rejected_rate', 'over_roll']) {
      assert.ok(`alert.${kind}` in id, kind);
      assert.match(alert(kind, {}), /[Mm]ungkin/, kind);
    }
  });

  test('of a kind that the page does not know are shown all the same', () => {
    assert.match(alert('new_kind', {}), /new_kind/);
  });
});

describe('an incident note', () => {
  test('names entries by their numbers, each once', () => {
    assert.deepEqual(readEntries(' 12, 45;12 7 '), [12, 45, 7]);
    assert.deepEqual(readEntries(''), []);
    for (const text of ['12a', '-1', '1.5', 'entri 4']) assert.equal(readEntries(text), null, text);
  });

  test('is held to what the service takes before it is sent', () => {
    const fields = (text: string, entries: number[] | null): (string | null)[] =>
      noteFaults(text, entries, 100).map(({ field }) => field);
    assert.deepEqual(fields('Listrik padam di TPS 1', [0, 99]), []);
    assert.deepEqual(fields(' ', null), ['note-text', 'note-entries']);
    assert.deepEqual(fields('é'.repeat(1001), []), ['note-text']);
    assert.deepEqual(fields('x'.repeat(2000), [100]), ['note-entries']);
    assert.deepEqual(
      fields(
        'x',
        Array.from({ length: 21 }, (_, i) => i),
      ),
      ['note-entries'],
    );
  });
});
