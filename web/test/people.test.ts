import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import type { Election } from '../src/base/api.ts';
import type { StaffLogin } from '../src/base/staff-login.ts';
import type { Device, Official, Peopled } from '../src/pages/committee-state.ts';
import { PeopleSection } from '../src/pages/officials.ts';
import { answering, at, choose, find, press, settled, show, type, type Answers, type Sent } from './support/page.ts';

const { StaffLogin: LogIn } = (await import('../src/base/staff-login.ts')) as { StaffLogin: typeof StaffLogin };

describe('people and devices', () => {
  const places = [
    { id: 'tps-1', name: 'Aula', voters: 0, credentials: 0 },
    { id: 'tps-2', name: 'Lapangan', voters: 0, credentials: 0 },
  ];
  const election = { uuid: 'u', phase: 'sealed', time_zone: 'WIB', places } as unknown as Election;
  const ani: Official = { login: 'ani', role: 'committee' };
  const rina: Official = { login: 'rina', role: 'officer', place: 'tps-1' };
  const booth: Device = { device: 'd1', name: 'Bilik 1', place: 'tps-1', claimed: false, revoked: false };

  let known: Peopled;
  let section: PeopleSection;
  const news = (change: Partial<Peopled>): void => section.changed((known = { ...known, ...change }));
  const begin = (answers: Answers = {}, change: Partial<Peopled> = {}): Sent[] => {
    known = { election, officials: [ani, rina], devices: [booth], ...change };
    const sent = answering(answers);
    const staff = new LogIn(
      async () => {},
      () => {},
    );
    section = new PeopleSection({ staff, may: () => true, refresh: async () => section.changed(known) }, known);
    show(section.element);
    return sent;
  };
  beforeEach(() => void begin());

  test('a revocation that is being typed stays, with the focus, while others appoint and revoke', async () => {
    at('official-rina-officer-tps-1').querySelector('button')!.click();
    type('revoke-reason', 'Sakit');
    const reason = at('revoke-reason');
    news({ officials: [ani, { login: 'budi', role: 'committee' }, rina] });
    assert.ok(at('revoke-reason') === reason);
    assert.ok(document.activeElement === reason);
    const listed = [...at('officials').querySelectorAll('li')].map((row) => row.getAttribute('data-testid'));
    assert.deepEqual(listed, ['official-ani-committee', 'official-budi-committee', 'official-rina-officer-tps-1']);
    news({ officials: [ani] });
    assert.equal(at('revoke-reason').value, 'Sakit');
    assert.ok(!find('official-budi-committee'));
    await press('revoke-do-cancel');
    assert.ok(!find('official-rina-officer-tps-1'));
  });

  test('an appointment that is being typed stays, and offers the places there are now', () => {
    type('official-login', 'dewi');
    choose('official-role', 'officer');
    choose('official-place', 'tps-2');
    const login = at('official-login');
    news({ officials: [ani] });
    const added = { ...places[0]!, id: 'tps-3', name: 'Kantin' };
    news({ election: { ...election, places: [added, places[1]!] } });
    assert.ok(at('official-login') === login);
    assert.equal(login.value, 'dewi');
    assert.equal(at('official-place').value, 'tps-2');
    assert.deepEqual(
      [...at('official-place').querySelectorAll('option')].map(({ value }) => value),
      ['tps-3', 'tps-2'],
    );
  });

  test('a device’s revocation that is being typed stays while others enrol, and shows the news once it is left', async () => {
    await press('revoke-device');
    type('device-reason', 'Rusak');
    const reason = at('device-reason');
    news({
      devices: [
        { ...booth, claimed: true },
        { ...booth, device: 'd2', name: 'Bilik 2' },
      ],
    });
    assert.ok(at('device-reason') === reason);
    assert.ok(document.activeElement === reason);
    assert.equal(at('device-d2').getAttribute('data-state'), 'waiting');
    await press('revoke-device-do-cancel');
    assert.ok(!find('device-reason'));
    assert.equal(at('device-d1').getAttribute('data-state'), 'claimed');
  });

  test('what was sent is closed: the appointment is empty again, the revoked one gone', async () => {
    const sent = begin({
      'POST /elections/u/officials': () => (
        (known = { ...known, officials: [...known.officials, { login: 'budi', role: 'committee' }] }),
        {}
      ),
      'POST /elections/u/officials/revoke': () => ((known = { ...known, officials: [ani] }), {}),
    });
    type('official-login', 'budi');
    await press('appoint');
    assert.equal(at('official-login').value, '');
    at('official-budi-committee').querySelector('button')!.click();
    type('revoke-reason', 'Salah orang');
    await press('revoke-do');
    await settled();
    assert.ok(!find('official-budi-committee'));
    assert.deepEqual(
      sent.map(({ path }) => path),
      ['/elections/u/officials', '/elections/u/officials/revoke'],
    );
  });

  test('where nobody and nothing is listed, the page says so', () => {
    begin({}, { officials: [], devices: [] });
    assert.match(at('officials').textContent!, /Belum ada yang ditunjuk/);
    assert.match(at('devices').textContent!, /Belum ada perangkat/);
    news({ officials: [ani] });
    assert.doesNotMatch(at('officials').textContent!, /Belum ada yang ditunjuk/);
  });
});
