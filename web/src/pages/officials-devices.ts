import { announce, h, type Child } from '../base/dom.ts';
import { form, Mend, reasonField, refusal, selectField, setChoices, textField, type Meanings } from '../base/forms.ts';
import { t } from '../base/i18n.ts';
import { button, icon, notice } from '../base/parts.ts';
import { rowMain, Rows, type Row } from '../base/rows.ts';
import { pathTo, placeChoices, type Device, type Office, type Peopled } from './committee-state.ts';
import { watchDevices } from './device-watch.ts';
import { placeName } from './live-words.ts';

// Voting devices at the polling places: each is enrolled by a code that is typed on it, once, within 15 minutes.

interface Enrolled {
  device: string;
  code: string;
}

const phases = ['draft', 'sealed', 'open'];

export const spaced = (code: string): string => code.replace(/^(.{4})(.+)$/, '$1 $2');

type State = 'revoked' | 'claimed' | 'waiting';

const stateOf = ({ revoked, claimed }: Device): State => (revoked ? 'revoked' : claimed ? 'claimed' : 'waiting');
const looks = {
  revoked: { tone: 'tone-mute', sign: 'bad' },
  claimed: { tone: 'tone-ok', sign: 'ok' },
  waiting: { tone: 'tone-warn', sign: 'wait' },
} as const;

// Of a new code and of a revocation.
const refusals: Meanings = {
  conflict: { text: 'why.device.revoked' },
  not_permitted: { text: 'why.device.notYours', several: true },
};

export class DevicesPanel {
  readonly element = h('section', { class: 'panel', testid: 'devices' });
  private readonly title = h('h3', { tabindex: '-1' }, t('devices.title'));
  private readonly code = h('div', {});
  private readonly rows = new Rows<Device>({
    key: ({ device }) => `device-${device}`,
    state: stateOf,
    content: (device, row) => this.resting(device, row),
    empty: () => h('p', { class: 'empty' }, t(this.centre.may('enrol_device') ? 'devices.empty' : 'devices.none')),
  });
  private readonly places = selectField({ id: 'device-place', label: t('column.place') }, []);
  private drawn = '';

  constructor(
    private readonly centre: Office,
    private overview: Peopled,
  ) {
    const open = phases.includes(overview.election.phase) && centre.may('enrol_device');
    this.element.append(
      this.title,
      h('p', { class: 'mute' }, t('devices.text')),
      this.code,
      this.rows.element,
      ...(open ? [this.enrolForm()] : []),
    );
    this.draw();
    watchDevices(
      this.element,
      () => this.overview,
      () => centre.refresh(),
    );
  }

  changed(overview: Peopled): void {
    this.overview = overview;
    this.draw();
  }

  private get may(): boolean {
    return phases.includes(this.overview.election.phase) && this.centre.may('revoke_device');
  }

  private draw(): void {
    const { devices, election } = this.overview;
    const choices = placeChoices(election);
    const drawn = JSON.stringify([devices, choices, this.may]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    setChoices(this.places.input, choices);
    this.rows.show(devices);
  }

  private resting(device: Device, row: Row): Child[] {
    const state = stateOf(device);
    const { tone, sign } = looks[state];
    return [
      rowMain(device.name, [placeName(this.overview.election, device.place)]),
      h('span', { class: `chip ${tone}` }, icon(sign), t(`devices.state.${state}`)),
      this.may &&
        state === 'waiting' &&
        button(t('devices.newCode'), 'secondary', 'device-code', () => void this.renew(device)),
      this.may &&
        state !== 'revoked' &&
        button(t('devices.revoke'), 'secondary', 'revoke-device', () => row.open(this.revokeForm(device, row))),
    ];
  }

  private revokeForm({ device, name }: Device, row: Row): HTMLElement {
    const reason = reasonField('device-reason');
    return form({
      testid: 'revoke-device-do',
      fields: [h('p', {}, t('devices.revokeAsk', { name })), reason.view],
      submit: t('devices.revokeDo'),
      send: async () => {
        if (reason.faults().length > 0) throw new Mend(reason.faults());
        const body = { device, reason: reason.read() };
        await this.centre.staff.send(pathTo(this.overview.election, 'devices/revoke'), body);
        this.code.replaceChildren();
        await this.centre.refresh();
        row.close();
        this.title.focus();
      },
      cancel: row.close,
      ended: this.centre.staff.endedBy,
      meanings: refusals,
    });
  }

  private enrolForm(): HTMLElement {
    const name = textField({
      id: 'device-name',
      label: t('devices.name'),
      help: t('devices.nameHelp'),
      attributes: { maxlength: 100 },
    });
    const place = this.places;
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
          const enrolled = await this.centre.staff.send<Enrolled>(pathTo(this.overview.election, 'devices'), {
            name: called,
            place: place.input.value,
          });
          name.input.value = '';
          this.showCode(called, enrolled.code);
          await this.centre.refresh();
        },
        ended: this.centre.staff.endedBy,
        meanings: {
          not_found: { text: 'why.enrol.place', field: 'device-place' },
          not_permitted: { text: 'why.enrol.notYours', field: 'device-place', several: true },
          malformed: { text: 'why.enrol.name', field: 'device-name', several: true },
        },
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
      if (!this.centre.staff.endedBy(error)) this.code.replaceChildren(refusal(error, refusals));
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
