import { announce, h, type Child } from '../base/dom.ts';
import { form, Mend, refusal, selectField, textField } from '../base/forms.ts';
import { t } from '../base/i18n.ts';
import { button, icon, notice } from '../base/parts.ts';
import { pathTo, type Device, type Office, type Peopled } from './committee-state.ts';
import { watchDevices } from './device-watch.ts';

// Voting devices at the polling places: each is enrolled by a code that is typed on it, once, within 15 minutes.

interface Enrolled {
  device: string;
  code: string;
}

const phases = ['draft', 'sealed', 'open'];

export const spaced = (code: string): string => code.replace(/^(.{4})(.+)$/, '$1 $2');

export class DevicesPanel {
  readonly element = h('section', { class: 'panel', testid: 'devices' });
  private readonly code = h('div', {});
  private readonly list = h('div', {});

  constructor(
    private readonly centre: Office,
    private overview: Peopled,
  ) {
    const open = phases.includes(overview.election.phase) && centre.may('enrol_device');
    this.element.append(
      h('h3', { tabindex: '-1' }, t('devices.title')),
      h('p', { class: 'mute' }, t('devices.text')),
      this.code,
      this.list,
      ...(open ? [this.enrolForm()] : []),
    );
    this.drawList();
    // A revocation that is being typed is not torn down.
    const idle = (): Peopled | null => (this.list.querySelector('form') ? null : this.overview);
    watchDevices(this.element, idle, () => centre.refresh());
  }

  changed(overview: Peopled): void {
    const same = JSON.stringify(overview.devices) === JSON.stringify(this.overview.devices);
    this.overview = overview;
    if (!same) this.drawList();
  }

  private drawList(): void {
    const { devices } = this.overview;
    const may = phases.includes(this.overview.election.phase) && this.centre.may('revoke_device');
    this.list.replaceChildren(
      devices.length === 0
        ? h('p', { class: 'empty' }, t(this.centre.may('enrol_device') ? 'devices.empty' : 'devices.none'))
        : h(
            'ul',
            { class: 'rows' },
            devices.map((device) => this.row(device, may)),
          ),
    );
  }

  private row(device: Device, may: boolean): HTMLElement {
    const { election } = this.overview;
    const place = election.places.find(({ id }) => id === device.place)?.name ?? device.place;
    const state = device.revoked ? 'revoked' : device.claimed ? 'claimed' : 'waiting';
    const tone = { revoked: 'tone-mute', claimed: 'tone-ok', waiting: 'tone-warn' }[state];
    const sign = { revoked: 'bad', claimed: 'ok', waiting: 'wait' } as const;
    const row = h('li', { testid: `device-${device.device}`, 'data-state': state });
    const rest = (): void =>
      row.replaceChildren(
        ...([
          h('div', { class: 'row-main' }, h('strong', {}, device.name), h('div', { class: 'mute small-text' }, place)),
          h('span', { class: `chip ${tone}` }, icon(sign[state]), t(`devices.state.${state}`)),
          may &&
            state === 'waiting' &&
            button(t('devices.newCode'), 'secondary', 'device-code', () => void this.renew(device)),
          may && state !== 'revoked' && button(t('devices.revoke'), 'secondary', 'revoke-device', asked),
        ].filter(Boolean) as Node[]),
      );
    const asked = (): void => {
      const reason = textField({ id: 'device-reason', label: t('proposal.reason'), attributes: { maxlength: 500 } });
      row.replaceChildren(
        form({
          testid: 'revoke-device-do',
          fields: [h('p', {}, t('devices.revokeAsk', { name: device.name })), reason.view],
          submit: t('devices.revokeDo'),
          send: async () => {
            const why = reason.input.value.trim();
            if (why === '') throw new Mend([{ field: 'device-reason', text: t('proposal.noReason') }]);
            await this.centre.staff.send(pathTo(election, 'devices/revoke'), { device: device.device, reason: why });
            this.code.replaceChildren();
            await this.centre.refresh();
          },
          cancel: rest,
          ended: this.centre.staff.endedBy,
        }),
      );
      reason.input.focus();
    };
    rest();
    return row;
  }

  private enrolForm(): HTMLElement {
    const { election } = this.overview;
    const name = textField({
      id: 'device-name',
      label: t('devices.name'),
      help: t('devices.nameHelp'),
      attributes: { maxlength: 100 },
    });
    const place = selectField(
      { id: 'device-place', label: t('column.place') },
      election.places.map(({ id, name: label }): [string, string] => [id, label]),
    );
    return h(
      'details',
      { class: 'adding' },
      h('summary', { testid: 'enrol-offer' }, t('devices.enrol')),
      form({
        testid: 'enrol-device',
        fields: [h('div', { class: 'side-by-side' }, name.view, place.view)],
        submit: t('devices.enrolDo'),
        send: async () => {
          const called = name.input.value.trim();
          if (called === '') throw new Mend([{ field: 'device-name', text: t('devices.noName') }]);
          const enrolled = await this.centre.staff.send<Enrolled>(pathTo(election, 'devices'), {
            name: called,
            place: place.input.value,
          });
          name.input.value = '';
          this.showCode(called, enrolled.code);
          await this.centre.refresh();
        },
        ended: this.centre.staff.endedBy,
      }),
    );
  }

  private async renew({ device, name }: Device): Promise<void> {
    try {
      const { code } = await this.centre.staff.send<Enrolled>(pathTo(this.overview.election, 'devices/code'), {
        device,
      });
      this.showCode(name, code);
    } catch (error) {
      if (!this.centre.staff.endedBy(error)) this.code.replaceChildren(refusal(error));
    }
  }

  private showCode(name: string, code: string): void {
    const shown: Child = h(
      'div',
      { tabindex: '-1', class: 'device-code', testid: 'device-code-shown', 'data-code': code },
      h('p', { class: 'mb-1' }, t('devices.typeCode', { name, address: `${location.host}/kiosk` })),
      h('p', { class: 'big-code' }, spaced(code)),
      h('p', { class: 'mute mb-0' }, t('devices.codeLasts')),
    );
    this.code.replaceChildren(notice('info', shown));
    (shown as HTMLElement).focus();
    announce(t('devices.typeCode', { name, address: `${location.host}/kiosk` }));
  }
}
