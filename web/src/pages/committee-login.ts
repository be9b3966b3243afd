import { h, type Child } from '../base/dom.ts';
import { t } from '../base/i18n.ts';
import { errorSummary, fieldError, type Fault } from '../base/parts.ts';

type FieldId = 'login' | 'password';

function loginInput(id: FieldId, faults: Fault[], attributes: Record<string, unknown>): HTMLInputElement {
  const fault = faults.some(({ field }) => field === id);
  return h('input', {
    ...attributes,
    id,
    testid: id,
    class: 'form-control mb-3',
    autocapitalize: 'none',
    spellcheck: 'false',
    ...(fault && { 'aria-invalid': 'true', 'aria-describedby': `${id}-error` }),
  });
}

function labelled(id: FieldId, label: string, input: HTMLInputElement, faults: Fault[]): Child[] {
  const fault = faults.find(({ field }) => field === id);
  return [h('label', { class: 'form-label', for: id }, label), fault && fieldError(id, fault.text), input];
}

export function loginScreen(faults: Fault[], name: string, logIn: (login: string, password: string) => void): Child {
  const login = loginInput('login', faults, { type: 'text', autocomplete: 'username', maxlength: 32 });
  const password = loginInput('password', faults, {
    type: 'password',
    autocomplete: 'current-password',
    maxlength: 1024,
  });
  login.value = name;
  const submit = (event: Event): void => {
    event.preventDefault();
    logIn(login.value.trim(), password.value);
  };
  return h(
    'div',
    { class: 'login' },
    faults.length > 0 && errorSummary(faults),
    h('h1', {}, t('login.title')),
    h('p', { class: 'mute' }, t('login.lead')),
    h(
      'form',
      { class: 'panel', novalidate: true, on: { submit } },
      ...labelled('login', t('login.login'), login, faults),
      ...labelled('password', t('login.password'), password, faults),
      h('button', { type: 'submit', class: 'btn btn-primary w-100', testid: 'log-in' }, t('login.button')),
    ),
  );
}
