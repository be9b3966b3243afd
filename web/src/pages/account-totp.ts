import type { Session } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import { form, Mend, passwordField, refusal, textField } from '../base/forms.ts';
import { t } from '../base/i18n.ts';
import { button, copyButton, icon, notice } from '../base/parts.ts';
import { qrCode } from '../base/qr.ts';
import type { StaffLogin } from '../base/staff-login.ts';

// The second factor: a secret that an authenticator app takes from a QR code, in force once a code of it was given.

// Four by four, as it is typed where no camera is.
export const inGroups = (secret: string): string => secret.replace(/=+$/, '').replace(/(.{4})(?=.)/g, '$1 ');

interface Offered {
  secret: string;
  uri: string;
}

export class SecondFactor {
  readonly element = h('section', { class: 'panel', testid: 'second-factor' });

  constructor(private readonly staff: StaffLogin) {
    this.draw();
  }

  private get on(): boolean {
    return this.staff.session?.totp ?? false;
  }

  private draw(...content: Child[]): void {
    this.element.setAttribute('data-on', String(this.on));
    this.element.replaceChildren(
      h(
        'h2',
        { tabindex: '-1', class: 'with-chip' },
        t('factor.title'),
        h(
          'span',
          { class: `chip ${this.on ? 'tone-ok' : 'tone-mute'}` },
          icon(this.on ? 'ok' : 'info'),
          t(this.on ? 'factor.on' : 'factor.off'),
        ),
      ),
      ...((content.length > 0 ? content : this.resting()).filter(Boolean) as Node[]),
    );
  }

  private show(...content: Child[]): void {
    this.draw(...content);
    this.element.querySelector('h2')?.focus();
  }

  private resting(): Child[] {
    return [
      h('p', { class: 'mute' }, t(this.on ? 'factor.isOn' : 'factor.why')),
      this.on
        ? button(t('factor.turnOff'), 'secondary', 'turn-off-factor', () => this.show(this.offForm()))
        : button(t('factor.turnOn'), 'primary', 'turn-on-factor', () => void this.begin()),
    ];
  }

  private async begin(): Promise<void> {
    try {
      this.show(...this.offer(await this.staff.send<Offered>('/account/totp')));
    } catch (error) {
      if (this.staff.endedBy(error)) return;
      const summary = refusal(error, { conflict: { text: 'why.factor.on' } });
      this.draw(summary, ...this.resting());
      summary.focus();
    }
  }

  private offer({ secret, uri }: Offered): Child[] {
    const code = textField({
      id: 'factor-code',
      label: t('login.code'),
      attributes: { inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: 8 },
    });
    const send = async (): Promise<void> => {
      const given = code.input.value.replace(/\s/g, '');
      if (!/^\d{6}$/.test(given)) throw new Mend([{ field: 'factor-code', text: t('login.codeShape') }]);
      this.staff.session = await this.staff.send<Session>('/account/totp/confirm', { code: given });
      this.show(notice('ok', h('p', { testid: 'factor-on' }, t('factor.done'))), ...this.resting());
    };
    return [
      h('p', {}, t('factor.scan')),
      h(
        'div',
        { class: 'offer' },
        qrCode(uri, t('factor.qr'), 'factor-qr'),
        h(
          'div',
          {},
          h('p', { class: 'mute mb-1' }, t('factor.typed')),
          h('p', { class: 'tracker', testid: 'factor-secret', 'data-secret': secret }, inGroups(secret)),
          copyButton(secret, 'copy-secret'),
        ),
      ),
      form({
        testid: 'confirm-factor',
        fields: [code.view],
        submit: t('factor.confirm'),
        send,
        cancel: () => this.show(),
        ended: this.staff.endedBy,
        meanings: {
          second_factor_needed: { field: 'factor-code' },
          conflict: { text: 'why.factor.again' },
        },
      }),
    ];
  }

  private offForm(): HTMLElement {
    const password = passwordField({
      id: 'factor-password',
      label: t('login.password'),
      help: t('factor.offHelp'),
      attributes: { autocomplete: 'current-password' },
    });
    const send = async (): Promise<void> => {
      if (password.input.value === '') throw new Mend([{ field: 'factor-password', text: t('login.noPassword') }]);
      const body = { password: password.input.value };
      this.staff.session = await this.staff.send<Session>('/account/totp', body, 'DELETE');
      this.show();
    };
    return form({
      testid: 'confirm-factor-off',
      fields: [password.view],
      submit: t('factor.turnOff'),
      kind: 'secondary',
      send,
      cancel: () => this.show(),
      ended: this.staff.endedBy,
      meanings: { bad_login: { text: 'why.password', field: 'factor-password' } },
    });
  }
}
