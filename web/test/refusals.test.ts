import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import type { Election } from '../src/base/api.ts';
import { ApiError } from '../src/base/http.ts';
import { setLanguage } from '../src/base/i18n.ts';
import { StaffLogin } from '../src/base/staff-login.ts';
import { id } from '../src/messages/id.ts';
import { CredentialsSection } from '../src/pages/committee-credentials.ts';
import type { Centre, Overview, Peopled } from '../src/pages/committee-state.ts';
import { StepDesk } from '../src/pages/committee-step.ts';
import { DevicesPanel } from '../src/pages/officials-devices.ts';
import { PeopleSection } from '../src/pages/officials.ts';
import { addVoter, changeVoter } from '../src/pages/roll-voter.ts';
import { reviewScreen } from '../src/pages/vote-review.ts';
import { failedScreen } from '../src/pages/vote-screens.ts';
import { answering, at, choose, find, press, refused, show, type, type Answers } from './support/page.ts';

const election = {
  uuid: 'u',
  phase: 'sealed',
  time_zone: 'WIB',
  credentials: 3,
  voters: 3,
  places: [{ id: 'tps-1', name: 'Aula', voters: 3, credentials: 3 }],
} as unknown as Election;
const staff = new StaffLogin(
  async () => {},
  () => {},
);
const centre = {
  staff,
  may: () => true,
  refresh: async () => {},
  me: {
    login: 'ani',
    roles: [{ role: 'committee' }],
    may: ['open', 'cancel', 'correct', 'propose', 'withdraw_proposal'],
  },
} as unknown as Centre;
const people: Peopled = { election, officials: [{ login: 'ani', role: 'committee' }], devices: [] };

const said = (): string => at('error-summary').textContent!;
const saying = (key: keyof typeof id): RegExp => new RegExp(id[key].replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
const generic: (keyof typeof id)[] = ['error.conflict', 'error.not_found', 'error.not_permitted', 'error.malformed'];

// What is said is this, beside this control where there is one, and nothing that fits every form.
function saysOnly(key: keyof typeof id, field: string | null = null): void {
  assert.match(said(), saying(key));
  for (const other of generic) assert.doesNotMatch(said(), saying(other));
  if (field) assert.match(at(`${field}-error`).textContent!, saying(key));
}

describe('a refusal says in Indonesian what was wrong in this form', () => {
  afterEach(() => setLanguage('id'));

  const appointing = (answers: Answers): void => {
    answering(answers);
    show(new PeopleSection(centre, people).element);
  };

  test('an appointment: there is no such account, or the role is held', async () => {
    const detail = 'There is no account with this login; an administrator can add one.';
    appointing({ 'POST /elections/u/officials': () => refused('not_found', detail) });
    type('official-login', 'dewi');
    await press('appoint');
    saysOnly('why.appoint.account', 'official-login');
    choose('official-role', 'officer');
    await press('appoint');
    saysOnly('why.appoint.accountOrPlace', 'official-login');
    appointing({ 'POST /elections/u/officials': () => refused('conflict') });
    type('official-login', 'ani');
    await press('appoint');
    saysOnly('why.appoint.already', 'official-login');
    type('official-login', 'Dewi');
    await press('appoint');
    assert.match(said(), saying('people.badLogin'));
  });

  test('a revocation: the last member of the committee stays', async () => {
    appointing({ 'POST /elections/u/officials/revoke': () => refused('conflict') });
    await press('revoke-official');
    type('revoke-reason', 'Pindah');
    await press('revoke-do');
    saysOnly('why.revoke.last');
  });

  test('a device: of another place, or revoked', async () => {
    const booth = { device: 'd1', name: 'Bilik 1', place: 'tps-1', claimed: false, revoked: false };
    answering({
      'POST /elections/u/devices': () => refused('not_permitted'),
      'POST /elections/u/devices/code': () => refused('conflict'),
      'POST /elections/u/devices/revoke': () => refused('conflict'),
    });
    show(new DevicesPanel(centre, { ...people, devices: [booth] }).element);
    type('device-name', 'Bilik 2');
    await press('enrol-device');
    saysOnly('why.enrol.notYours', 'device-place');
    await press('device-code');
    saysOnly('why.device.revoked');
    show(new DevicesPanel(centre, { ...people, devices: [booth] }).element);
    await press('revoke-device');
    type('device-reason', 'Rusak');
    await press('revoke-device-do');
    saysOnly('why.device.revoked');
  });

  test('a lost code: used, or not to be replaced by this one; mistyped', async () => {
    let code = 'conflict';
    answering({
      'GET /elections/u/roll/summary': () => ({ voters: 3, places: [] }),
      'POST /elections/u/credentials/replace': () => refused(code),
      'GET /elections/u/credentials/status': (_, query) =>
        query.get('credential') === '0'.repeat(64) && refused('malformed'),
    });
    show(new CredentialsSection(centre, { election } as Overview).element);
    type('lost-credential', 'a'.repeat(64));
    type('issued-credential', 'b'.repeat(64));
    type('replace-reason', 'Hilang');
    await press('replace-credential');
    saysOnly('why.code.replace');
    code = 'unknown_credential';
    await press('replace-credential');
    saysOnly('why.code.lost', 'lost-credential');
    code = 'invalid_point';
    await press('replace-credential');
    saysOnly('why.code.keys');
    show(new CredentialsSection(centre, { election } as Overview).element);
    type('asked-credential', '0'.repeat(64));
    await press('ask-credential');
    saysOnly('why.code.key', 'asked-credential');
  });

  test('a voter: the number is taken, the row is gone or has a code, or nothing was changed', async () => {
    const options = { election, staff, done: async () => {}, cancel: () => {} };
    let code = 'not_found';
    answering({
      'POST /elections/u/voters': () => refused('conflict'),
      'POST /elections/u/voters/correct': () => refused(code),
      'POST /elections/u/voters/remove': () => refused('conflict'),
    });
    show(addVoter(options));
    type('voter-id', '7');
    type('voter-name', 'Siti');
    type('voter-class', 'X-1');
    await press('voter-add');
    saysOnly('why.voter.taken', 'voter-id');
    show(changeVoter(options, { id: '7', name: 'Siti', class: 'X-1', place: 'tps-1' }));
    type('voter-reason', 'Pindah');
    await press('voter-correct');
    assert.match(said(), saying('why.voter.same'));
    type('voter-class', '=X');
    await press('voter-correct');
    saysOnly('why.voter.gone');
    code = 'malformed';
    await press('voter-correct');
    saysOnly('why.voter.row');
    show(changeVoter(options, { id: '7', name: 'Siti', class: 'X-1', place: 'tps-1' }));
    type('remove-reason', 'Keluar');
    await press('voter-remove');
    saysOnly('why.voter.codes');
  });

  test('a step: too early, or of an entry that is not there', async () => {
    answering({
      'POST /elections/u/open': () => refused('wrong_phase'),
      'POST /elections/u/corrections': () => refused('not_found'),
    });
    const single = { election, proposals: { approval: 'single', proposals: [] } } as unknown as Overview;
    const desk = (step: 'open' | 'correct'): void => {
      const made = new StepDesk(centre, step);
      made.show(single);
      show(made.element);
    };
    desk('open');
    await press('action-open', 'confirm-action');
    saysOnly('why.open');
    desk('correct');
    await press('action-correct');
    type('step-entry', '900');
    type('step-reason', 'Salah orang');
    await press('confirm-action');
    saysOnly('why.correct.entry', 'step-entry');
  });

  test('a ballot: the booth was revoked, the time is over, the code replaced, the ballot opened', () => {
    const nothing = (): void => {};
    const shown = (code: string): string => {
      const failure = { error: new ApiError(code, ''), again: false, unknown: false };
      show(failedScreen('cast', failure, nothing, nothing));
      return at('cast-fault').textContent!;
    };
    assert.equal(shown('not_permitted'), id['why.ballot.elsewhere']);
    assert.equal(shown('wrong_phase'), id['why.ballot.closed']);
    assert.equal(shown('unknown_credential'), id['why.ballot.code']);
    assert.equal(shown('conflict'), id['why.ballot.opened']);
    assert.equal(shown('already_voted'), id['error.already_voted']);
    const review = { revote: false, tracker: 't', change: nothing, cast: nothing, challenge: nothing, reseal: nothing };
    const failure = new ApiError('not_permitted', '');
    show(reviewScreen([], [], { ...review, failure }));
    saysOnly('why.ballot.elsewhere');
  });

  test('and in English; the service’s own sentence stands beside a text that names several reasons', async () => {
    setLanguage('en');
    const detail = 'The polling place is not in the draft.';
    appointing({ 'POST /elections/u/officials': () => refused('not_found', detail) });
    type('official-login', 'dewi');
    await press('appoint');
    assert.match(said(), /There is no account with this login\. Check/);
    assert.ok(!said().includes(detail));
    choose('official-role', 'officer');
    await press('appoint');
    assert.ok(said().includes(detail));
    assert.ok(!find('official-place-error'));
  });
});
