import { h, type Child } from '../base/dom.ts';
import { form, Mend, textField } from '../base/forms.ts';
import { ApiError, get, post } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { button, icon, loading, notice, type Fault } from '../base/parts.ts';
import { focusTitle, page, startShell } from '../base/shell.ts';
import { isLogin, newPassword } from './staff-password.ts';

// The first run: whoever holds the service's set-up token makes the first administrator's account.

type State = 'asking' | 'needed' | 'done' | 'over' | { problem: string };

let state: State = 'asking';
let token = location.hash.slice(1);

async function start(): Promise<void> {
  // The token must stay neither in the address nor in the history.
  history.replaceState(null, '', location.pathname + location.search);
  try {
    state = (await get<{ needed: boolean }>('/setup')).needed ? 'needed' : 'over';
  } catch (error) {
    state = { problem: error instanceof ApiError ? error.text() : t('error.internal') };
  }
  draw();
}

async function makeAdministrator(key: string, login: string, password: string): Promise<void> {
  try {
    await post('/setup', { token: key, login, password });
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'not_permitted') throw error;
    throw new Mend([{ field: 'token', text: t('setup.badToken') }]);
  }
}

function setupForm(): Child[] {
  const given = textField({
    id: 'token',
    label: t('setup.token'),
    help: t('setup.tokenHelp'),
    attributes: { autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false' },
  });
  const login = textField({
    id: 'login',
    label: t('login.login'),
    help: t('people.loginHelp'),
    attributes: { autocomplete: 'username', autocapitalize: 'none', spellcheck: 'false', maxlength: 32 },
  });
  const password = newPassword('password', t('login.password'));
  const asks = token === '';
  const send = async (): Promise<void> => {
    const name = login.input.value.trim();
    const faults: Fault[] = [];
    if (asks && given.input.value.trim() === '') faults.push({ field: 'token', text: t('setup.noToken') });
    if (!isLogin(name)) faults.push({ field: 'login', text: t('people.badLogin') });
    faults.push(...password.faults());
    if (faults.length > 0) throw new Mend(faults);
    await makeAdministrator(asks ? given.input.value.trim() : token, name, password.read());
    token = '';
    state = 'done';
    draw();
    focusTitle();
  };
  return [
    h('h1', {}, t('setup.title')),
    h('p', { class: 'lead-text' }, t('setup.lead')),
    h(
      'div',
      { class: 'panel' },
      form({
        testid: 'set-up',
        fields: [asks && given.view, login.view, ...password.fields],
        submit: t('setup.do'),
        send,
        ended: () => false,
        meanings: { conflict: { text: 'setup.overText' } },
      }),
    ),
    h('p', { class: 'mute small-text' }, t('setup.forget')),
  ];
}

function screen(): Child[] {
  if (state === 'asking') return [loading()];
  if (state === 'needed') return setupForm();
  if (state === 'done') {
    return [
      h('h1', { testid: 'set-up-done' }, t('setup.done')),
      h('p', {}, t('setup.next')),
      h(
        'ol',
        { class: 'next-steps' },
        h(
          'li',
          {},
          h('a', { href: '/account' }, t('setup.nextFactor')),
          h('p', { class: 'mute' }, t('setup.whyFactor')),
        ),
        h(
          'li',
          {},
          h('a', { href: '/committee#/people' }, t('setup.nextPeople')),
          h('p', { class: 'mute' }, t('setup.whyPeople')),
        ),
        h(
          'li',
          {},
          h('a', { href: '/committee#/new' }, t('setup.nextElection')),
          h('p', { class: 'mute' }, t('setup.whyElection')),
        ),
      ),
    ];
  }
  if (state === 'over') {
    return [
      h('h1', { testid: 'set-up-over' }, t('setup.over')),
      h('p', {}, t('setup.overText')),
      h('p', {}, h('a', { class: 'btn btn-primary', href: '/committee' }, icon('person'), t('login.title'))),
    ];
  }
  return [
    h('h1', {}, t('vote.problem')),
    notice('bad', h('p', {}, state.problem)),
    button(t('page.again'), 'primary', 'again', () => void start()),
  ];
}

function draw(): void {
  page().replaceChildren(h('div', { class: 'narrow' }, ...screen()));
}

startShell({ title: 'title.setup', render: draw });
void start();
