import { formatCode, type CodeFault } from '../ballot/code.ts';
import type { Election } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import type { ApiError } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { button, errorSummary, fieldError, notice } from '../base/parts.ts';
import { ballotRefusal } from './vote-refusals.ts';

// The ballot page's plainer screens: what they show is given, what they do is called back.

export function codeFaultText(fault: CodeFault): string {
  switch (fault.kind) {
    case 'empty':
      return t('code.empty');
    case 'character':
      return t('code.character', { position: fault.position });
    case 'short':
      return t('code.short', { length: fault.length });
    case 'long':
      return t('code.long');
    case 'check':
      return t('code.check');
  }
}

export function stepBar(at: number): HTMLElement {
  const names = [t('step.signIn'), t('step.choose'), t('step.review'), t('step.done')];
  return h(
    'ol',
    { class: 'steps', 'aria-label': t('step.label') },
    names.map((name, i) =>
      h('li', { class: i < at ? 'is-done' : '', ...(i === at && { 'aria-current': 'step' }) }, name),
    ),
  );
}

export interface SignInView {
  name: string;
  code: string;
  fromLink: boolean;
  fault: { text: string; field: boolean } | null;
  busy: boolean;
  typed: (code: string) => void;
  submit: () => void;
}

export function signInScreen(view: SignInView): Child[] {
  const { fault } = view;
  const field: HTMLInputElement = h('input', {
    type: 'text',
    id: 'code',
    testid: 'code',
    class: 'form-control code-input',
    autocomplete: 'off',
    autocapitalize: 'characters',
    spellcheck: 'false',
    enterkeyhint: 'go',
    'aria-describedby': fault?.field ? 'code-error code-help' : 'code-help',
    ...(fault?.field && { 'aria-invalid': 'true' }),
    on: {
      input: () => view.typed(groupWhileTyping(field)),
      change: () => view.typed((field.value = formatCode(field.value))),
    },
  });
  field.value = view.code;
  const submit = h('button', {
    type: 'submit',
    class: 'btn btn-primary',
    testid: 'sign-in',
    'aria-disabled': String(view.busy),
  });
  submit.textContent = view.busy ? t('signIn.busy') : t('signIn.button');
  return [
    fault && errorSummary([{ field: fault.field ? 'code' : null, text: fault.text }]),
    h('h1', { testid: 'election-name' }, view.name),
    h('p', {}, t('signIn.lead')),
    view.fromLink && notice('info', h('p', {}, t('signIn.fromLink'))),
    h(
      'form',
      { class: 'panel', novalidate: true, on: { submit: (event) => (event.preventDefault(), view.submit()) } },
      h('label', { class: 'form-label', for: 'code' }, t('signIn.code')),
      fault?.field && fieldError('code', fault.text),
      field,
      h('p', { class: 'form-text', id: 'code-help' }, t('signIn.help')),
      h('div', { class: 'main-action' }, submit),
    ),
    h('p', { class: 'mute small-text' }, t('signIn.secret')),
  ];
}

// Groups the code while it is typed at its end; elsewhere the caret must not jump.
function groupWhileTyping(field: HTMLInputElement): string {
  if (field.selectionStart === field.value.length) {
    const grouped = formatCode(field.value);
    if (grouped !== field.value) field.value = grouped;
  }
  return field.value;
}

// On a voter's own device a link; a kiosk goes back to its start instead, which is what `finish` does.
function wayOn(finish: (() => void) | null, kind: 'primary' | 'secondary', href: string, label: string): Child {
  if (finish) return button(t('kiosk.finish'), kind, 'kiosk-finish', finish);
  return h('a', { class: `btn ${kind === 'primary' ? 'btn-primary' : 'btn-outline-secondary'}`, href }, label);
}

export function problemScreen(problem: string | null, again: () => void): Child[] {
  return [
    h('h1', {}, t('vote.problem')),
    notice('bad', h('p', {}, problem)),
    button(t('page.again'), 'primary', 'again', again),
  ];
}

// Where people vote at polling places, and this is not a device of one.
export function elsewhereScreen(election: Election, finish: (() => void) | null): Child[] {
  const enrol = finish
    ? button(t('elsewhere.kiosk'), 'secondary', 'to-kiosk', () => location.replace('/kiosk'))
    : h('a', { class: 'btn btn-outline-secondary', href: '/kiosk' }, t('elsewhere.kiosk'));
  return [
    h('h1', {}, t('elsewhere.title')),
    h('p', { testid: 'elsewhere' }, t('elsewhere.text', { name: election.name })),
    h(
      'div',
      { class: 'row-actions' },
      wayOn(finish, 'primary', `/elections/${election.uuid}`, t('phase.toPortal')),
      enrol,
    ),
  ];
}

export function phaseScreen(election: Election, again: () => void, finish: (() => void) | null): Child[] {
  const { phase, name, uuid } = election;
  const before = phase === 'draft' || phase === 'sealed';
  const on = wayOn(finish, before ? 'secondary' : 'primary', `/elections/${uuid}`, t('phase.toPortal'));
  return [
    h('h1', {}, before ? t('phase.notYet') : t('phase.over')),
    h('p', { testid: 'not-open' }, before ? t('phase.notYetText', { name }) : t('phase.overText', { name })),
    h(
      'div',
      { class: 'row-actions' },
      before && button(t('page.again'), 'primary', 'again', again),
      !(before && finish) && on,
    ),
  ];
}

export function votedScreen({ uuid }: Election, finish: (() => void) | null): Child[] {
  return [
    h('h1', {}, t('voted.title')),
    h('p', { testid: 'already-voted' }, t('voted.refused')),
    wayOn(finish, 'primary', `/elections/${uuid}`, t('voted.check')),
  ];
}

// `doing`: sending the ballot to be counted, or recording that it is opened instead.
export type Doing = 'cast' | 'challenge';

export function sendingScreen(doing: Doing): Child[] {
  const title = t(doing === 'cast' ? 'cast.title' : 'challenge.title');
  const bar = {
    class: 'progress',
    role: 'progressbar',
    'aria-label': title,
    'aria-valuemin': '0',
    'aria-valuemax': '100',
  };
  return [
    h('h1', {}, title),
    h('p', { role: 'status', testid: 'cast-step' }, t('cast.sending')),
    h('div', bar, h('div', { class: 'progress-bar progress-bar-striped progress-bar-animated w-100' })),
    h('p', { class: 'mute' }, t('cast.stay')),
  ];
}

export interface Failure {
  error: ApiError;
  again: boolean; // the same bytes may be sent again
  unknown: boolean; // whether they have arrived
}

export function failedScreen(doing: Doing, failure: Failure, retry: () => void, startOver: () => void): Child[] {
  const { error, again, unknown } = failure;
  const challenge = doing === 'challenge';
  const refused = challenge ? t('challenge.notYet') : t('cast.refused');
  const unknownText = challenge ? t('challenge.unknown') : t('cast.unknown');
  return [
    h('h1', {}, unknown ? t('cast.unknownTitle') : refused),
    notice(
      unknown ? 'warn' : 'bad',
      h('p', { testid: 'cast-fault', 'data-code': error.code }, unknown ? unknownText : ballotRefusal(error)),
    ),
    h('p', {}, again ? t(challenge ? 'challenge.same' : 'cast.sameBallot') : t('cast.nothing')),
    again && !challenge && h('p', { testid: 'resends' }, t('cast.resends')),
    h(
      'div',
      { class: 'main-action' },
      again
        ? button(t('cast.retry'), 'primary', 'retry', retry)
        : button(t('page.startOver'), 'primary', 'start-over', startOver),
      again && !unknown && button(t('page.startOver'), 'secondary', 'start-over', startOver),
    ),
  ];
}
