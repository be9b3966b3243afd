import { announce, h, type Child } from '../base/dom.ts';
import { form, Mend, refusal, selectField, textField } from '../base/forms.ts';
import { get } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { button, icon, loading } from '../base/parts.ts';
import { rowMain, Rows, type Row } from '../base/rows.ts';
import type { StaffLogin } from '../base/staff-login.ts';
import { isLogin, newPassword } from './staff-password.ts';

// The accounts of this service: added with a first password, given a new one, removed.

interface Account {
  login: string;
  role: string;
  totp?: boolean;
}

const roles = [
  'committee',
  'registrar',
  'officer',
  'trustee',
  'witness',
  'supervisor',
  'auditor',
  'administrator',
] as const;

export class AccountsPanel {
  readonly element = h('section', { class: 'panel', testid: 'accounts' });
  private readonly list = h('div', {}, loading());
  private readonly rows = new Rows<Account>({
    key: ({ login }) => `account-${login}`,
    content: (account, row) => this.resting(account, row),
    empty: () => null,
  });

  constructor(
    private readonly staff: StaffLogin,
    heading: 'h2' | 'h3',
  ) {
    this.element.append(
      h(heading, { tabindex: '-1' }, t('accounts.title')),
      h('p', { class: 'mute' }, t('accounts.text')),
      this.list,
      this.addForm(),
    );
    void this.load();
  }

  private async load(): Promise<void> {
    try {
      this.rows.show((await get<{ staff: Account[] }>('/staff')).staff);
      if (this.list.firstElementChild !== this.rows.element) this.list.replaceChildren(this.rows.element);
    } catch (error) {
      if (!this.staff.endedBy(error)) this.list.replaceChildren(refusal(error));
    }
  }

  private resting({ login, role, totp }: Account, row: Row): Child[] {
    const own = login === this.staff.session?.login;
    return [
      rowMain(login, [t(`role.${role as 'officer'}`), totp && t('factor.title')]),
      !own && button(t('accounts.reset'), 'secondary', 'reset-account', () => row.open(this.resetForm(login, row))),
      !own && button(t('accounts.remove'), 'secondary', 'remove-account', () => row.open(this.removeForm(login, row))),
    ];
  }

  private resetForm(login: string, row: Row): HTMLElement {
    const password = newPassword('reset-password', t('accounts.newPasswordFor', { login }));
    return form({
      testid: 'reset-do',
      fields: [h('p', { class: 'mute' }, t('accounts.resetText')), ...password.fields],
      submit: t('accounts.resetDo'),
      send: async () => {
        await this.staff.send(`/staff/${encodeURIComponent(login)}/reset`, { password: password.read() });
        announce(t('accounts.resetDone', { login }));
        await this.load();
        row.close();
      },
      cancel: row.close,
      ended: this.staff.endedBy,
      meanings: { not_found: { text: 'why.account.gone' } },
    });
  }

  private removeForm(login: string, row: Row): HTMLElement {
    return form({
      testid: 'remove-do',
      fields: [h('p', {}, icon('warn'), ' ', t('accounts.removeAsk', { login }))],
      submit: t('accounts.removeDo'),
      send: async () => {
        await this.staff.send(`/staff/${encodeURIComponent(login)}`, undefined, 'DELETE');
        announce(t('accounts.removed', { login }));
        await this.load();
        row.close();
      },
      cancel: row.close,
      ended: this.staff.endedBy,
      meanings: { not_found: { text: 'why.account.gone' }, conflict: { text: 'why.account.last' } },
    });
  }

  private addForm(): HTMLElement {
    const login = textField({
      id: 'account-login',
      label: t('login.login'),
      help: t('people.loginHelp'),
      attributes: { maxlength: 32, autocapitalize: 'none', spellcheck: 'false', autocomplete: 'off' },
    });
    const role = selectField(
      { id: 'account-role', label: t('accounts.role'), help: t('accounts.roleHelp') },
      roles.map((one): [string, string] => [one, t(`role.${one}`)]),
    );
    const password = newPassword('account-password', t('accounts.firstPassword'));
    const send = async (): Promise<void> => {
      const name = login.input.value.trim();
      const faults = isLogin(name) ? [] : [{ field: 'account-login', text: t('people.badLogin') }];
      faults.push(...(password.faults() as typeof faults));
      if (faults.length > 0) throw new Mend(faults);
      await this.staff.send('/staff', { login: name, role: role.input.value, password: password.read() });
      view.reset();
      announce(t('accounts.added', { login: name }));
      await this.load();
      this.element.querySelector<HTMLElement>('h2, h3')?.focus();
    };
    const view = form({
      testid: 'add-account',
      fields: [
        h('div', { class: 'side-by-side' }, login.view, role.view),
        h('div', { class: 'side-by-side' }, ...password.fields),
      ] as Child[],
      submit: t('accounts.addDo'),
      send,
      ended: this.staff.endedBy,
      meanings: { conflict: { text: 'why.account.taken', field: 'account-login' } },
    });
    return h('details', { class: 'adding' }, h('summary', { testid: 'add-account-offer' }, t('accounts.add')), view);
  }
}
