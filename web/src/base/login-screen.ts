import { h, type Child } from './dom.ts';
import { form, Mend, textField } from './forms.ts';
import { t } from './i18n.ts';
import { errorSummary, type Fault } from './parts.ts';

// First the name and the password; then, for those who have turned it on, the code of the second factor.

interface LoginOptions {
  said: Fault[]; // why the screen is shown, where there is a reason
  name: string;
  asksCode: boolean;
  logIn: (login: string, password: string) => Promise<void>;
  giveCode: (code: string) => Promise<void>;
  startOver: () => void;
}

export function loginScreen(options: LoginOptions): Child {
  return h(
    'div',
    { class: 'login' },
    options.said.length > 0 && errorSummary(options.said),
    h('h1', {}, t(options.asksCode ? 'login.codeTitle' : 'login.title')),
    h('p', { class: 'mute' }, t(options.asksCode ? 'login.codeLead' : 'login.lead')),
    h('div', { class: 'panel' }, options.asksCode ? codeForm(options) : nameForm(options)),
  );
}

const plain = { autocapitalize: 'none', spellcheck: 'false' };

function nameForm({ name, logIn }: LoginOptions): HTMLElement {
  const login = textField({
    id: 'login',
    label: t('login.login'),
    value: name,
    attributes: { ...plain, autocomplete: 'username', maxlength: 32 },
  });
  const password = textField({
    id: 'password',
    label: t('login.password'),
    attributes: { ...plain, type: 'password', autocomplete: 'current-password', maxlength: 1024 },
  });
  const send = async (): Promise<void> => {
    const faults: Fault[] = [];
    if (login.input.value.trim() === '') faults.push({ field: 'login', text: t('login.noLogin') });
    if (password.input.value === '') faults.push({ field: 'password', text: t('login.noPassword') });
    if (faults.length > 0) throw new Mend(faults);
    await logIn(login.input.value.trim(), password.input.value);
  };
  return form({
    testid: 'log-in',
    fields: [login.view, password.view],
    submit: t('login.button'),
    send,
    ended: () => false,
    meanings: { bad_login: { field: 'password' } },
  });
}

function codeForm({ giveCode, startOver }: LoginOptions): HTMLElement {
  const code = textField({
    id: 'code',
    label: t('login.code'),
    help: t('login.codeHelp'),
    attributes: { inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: 8, class: 'form-control code-input' },
  });
  const send = async (): Promise<void> => {
    const given = code.input.value.replace(/\s/g, '');
    if (!/^\d{6}$/.test(given)) throw new Mend([{ field: 'code', text: t('login.codeShape') }]);
    await giveCode(given);
  };
  return form({
    testid: 'log-in',
    fields: [code.view],
    submit: t('login.button'),
    send,
    cancel: startOver,
    ended: () => false,
    meanings: { second_factor_needed: { field: 'code' } },
  });
}
