import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Election, Me } from '../src/base/api.ts';
import { inGroups } from '../src/pages/account-totp.ts';
import { checklist, isReady } from '../src/pages/committee-checklist.ts';
import type { Overview } from '../src/pages/committee-state.ts';
import { stepState, type Proposal } from '../src/pages/committee-steps.ts';
import { spaced } from '../src/pages/officials-devices.ts';
import { isLogin, passwordFaults } from '../src/pages/staff-password.ts';

const me = (login: string, ...roles: Me['roles'][number]['role'][]): Me => ({
  login,
  roles: roles.map((role) => ({ role })),
  may: roles.includes('supervisor') ? ['note_incident'] : ['seal', 'open', 'cancel', 'propose', 'withdraw_proposal'],
});

describe('a step of the committee', () => {
  const sari = me('sari', 'committee');
  const two = (...proposals: Proposal[]) => ({ approval: 'two' as const, proposals });
  const proposed: Proposal = {
    step: 'seal',
    reason: '',
    by: 'committee:sari',
    time: '2026-11-25T01:00:00.000Z',
    seq: 9,
  };

  test('is taken by one where one is enough, in its phase only', () => {
    const single = { approval: 'single' as const, proposals: [] };
    assert.equal(stepState('seal', 'draft', single, sari), 'act');
    assert.equal(stepState('seal', 'sealed', single, sari), 'none');
    assert.equal(stepState('cancel', 'certified', single, sari), 'none');
    assert.equal(stepState('seal', 'draft', single, me('p', 'supervisor')), 'none');
  });

  test('is proposed by one and approved by another of the committee', () => {
    assert.equal(stepState('seal', 'draft', two(), sari), 'propose');
    assert.equal(stepState('seal', 'draft', two(proposed), sari), 'own');
    assert.equal(stepState('seal', 'draft', two(proposed), me('budi', 'committee')), 'approve');
    assert.equal(stepState('seal', 'draft', two(proposed), me('admin', 'administrator')), 'watch');
    // Who proposed in another role is the same person all the same.
    const asAdministrator = { ...proposed, by: 'administrator:sari' };
    assert.equal(stepState('seal', 'draft', two(asAdministrator), me('sari', 'administrator', 'committee')), 'own');
  });

  test('needs no second person where it can be undone by nobody’s harm', () => {
    assert.equal(stepState('open', 'sealed', two(), sari), 'act');
  });
});

describe('the checklist', () => {
  const overview = (election: Partial<Election>, rest: Partial<Overview> = {}): Overview => ({
    election: {
      uuid: 'u',
      phase: 'draft',
      voters: 3,
      credentials: 3,
      policies: { tally: 'sealed', verification: 'online' },
      places: [{ id: 'tps-1', name: 'Aula' }],
      trustees: { expected: 1, keys: ['k'], decrypted: [], missing: [] },
      ...election,
    } as Election,
    ceremony: null,
    decryption: null,
    proposals: { approval: 'single', proposals: [] },
    officials: [],
    devices: [],
    ...rest,
  });
  const missing = (of: Overview): string[] =>
    checklist(of)
      .filter(({ done }) => !done)
      .map(({ name }) => name);

  test('names what is missing, and how it is mended', () => {
    assert.deepEqual(missing(overview({})), []);
    const bare = overview({
      voters: 0,
      credentials: 0,
      trustees: { expected: 1, keys: [], decrypted: [], missing: [] },
    });
    assert.deepEqual(missing(bare), ['roll', 'credentials', 'keys']);
    assert.ok(!isReady(checklist(bare)));
    for (const item of checklist(bare)) assert.ok(item.how && item.link, item.name);
    assert.deepEqual(missing(overview({ credentials: 2 })), ['credentials']);
  });

  test('asks for a second member of the committee where two must agree', () => {
    const proposals = { approval: 'two' as const, proposals: [] };
    const member = (login: string) => ({ login, role: 'committee' });
    assert.deepEqual(missing(overview({}, { proposals, officials: [member('a')] })), ['committee']);
    assert.deepEqual(missing(overview({}, { proposals, officials: [member('a'), member('b')] })), []);
  });

  test('advises officers at places; where one can vote only on devices, each place must have one before the opening', () => {
    const policies = { verification: 'polling-place' } as Election['policies'];
    const bare = overview({ phase: 'sealed', policies });
    assert.deepEqual(missing(bare), ['officers', 'devices']);
    assert.ok(!isReady(checklist(bare)));
    assert.ok(isReady(checklist(overview({ phase: 'draft', policies })).filter(({ name }) => name === 'devices')));
    const both = overview({ phase: 'sealed', policies: { verification: 'both' } as Election['policies'] });
    assert.deepEqual(missing(both), ['officers', 'devices']);
    assert.ok(isReady(checklist(both)));
    const officials = [{ login: 'rina', role: 'officer', place: 'tps-1' }];
    const device = { device: 'd', name: 'Bilik', place: 'tps-1', claimed: true, revoked: false };
    assert.deepEqual(missing(overview({ phase: 'sealed', policies }, { officials, devices: [device] })), []);
    const revoked = [{ ...device, revoked: true }];
    assert.deepEqual(missing(overview({ phase: 'sealed', policies }, { officials, devices: revoked })), ['devices']);
  });
});

describe('accounts', () => {
  test('take a password long enough, given twice alike', () => {
    assert.equal(passwordFaults('p', 'kelapa muda', 'kelapa muda').length, 0);
    assert.deepEqual(
      passwordFaults('p', 'pendek', 'pendek').map(({ field }) => field),
      ['p'],
    );
    assert.deepEqual(
      passwordFaults('p', 'kelapa muda', 'kelapa tua').map(({ field }) => field),
      ['p-again'],
    );
  });

  test('have logins of small letters, digits, dots and dashes', () => {
    for (const login of ['sari', 'tata.usaha', 'kpps-1', 'a_b']) assert.ok(isLogin(login), login);
    for (const login of ['', 'Sari', 'a b', 'é', 'x'.repeat(33)]) assert.ok(!isLogin(login), login);
  });

  test('show codes in groups that are easily typed', () => {
    assert.equal(inGroups('JBSWY3DPEHPK3PXP=='), 'JBSW Y3DP EHPK 3PXP');
    assert.equal(spaced('K7QDM2XA'), 'K7QD M2XA');
  });
});
