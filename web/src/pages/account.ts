import type { Session } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import { form, Mend, passwordField } from '../base/forms.ts';
import { t } from '../base/i18n.ts';
import { loading, notice } from '../base/parts.ts';
import { drawHeader, page, startShell } from '../base/shell.ts';
import { StaffLogin } from '../base/staff-login.ts';
import { SessionList } from './account-sessions.ts';
import { SecondFactor } from './account-totp.ts';
import { newPassword } from './staff-password.ts';

// One's own account: password, second factor, the devices where one is logged in.

const staff = new StaffLogin(async () => draw(), draw);

function passwordPanel(): Child {
  const old = passwordField({
    id: 'old-password',
    label: t('account.oldPassword'),
    attributes: { autocomplete: 'current-password' },
  });
  const fresh = newPassword('new-password', t('account.newPassword'));
  const said = h('div', { role: 'status' });
  const send = async (): Promise<void> => {
    said.replaceChildren();
    const missing = old.input.value === '' ? [{ field: 'old-password', text: t('account.noOld') }] : [];
    const faults = [...missing, ...fresh.faults()];
    if (faults.length > 0) throw new Mend(faults);
    staff.session = await staff.send<Session>('/account/password', { old: old.input.value, new: fresh.read() });
    view.reset();
    said.append(notice('ok', h('p', { testid: 'password-changed' }, t('account.passwordChanged'))));
  };
  const view = form({
    testid: 'change-password',
    fields: [old.view, ...fresh.fields],
    submit: t('account.changePassword'),
    kind: 'secondary',
    send,
    ended: staff.endedBy,
    meanings: { bad_login: { text: 'why.password', field: 'old-password' } },
  });
  return h('section', { class: 'panel' }, h('h2', {}, t('account.password')), said, view);
}

function draw(): void {
  drawHeader();
  if (staff.session === undefined) page().replaceChildren(loading());
  else if (staff.session === null) page().replaceChildren(staff.screen());
  else {
    const { login, role } = staff.session;
    page().replaceChildren(
      h(
        'div',
        { class: 'narrow' },
        h('h1', { testid: 'account-login' }, login),
        h('p', { class: 'mute' }, t(`role.${role as 'supervisor'}`)),
        new SecondFactor(staff).element,
        passwordPanel() as Node,
        new SessionList(staff).element,
      ),
    );
  }
}

startShell({ title: 'title.account', render: draw, end: () => staff.headerEnd() });
void staff.start();
