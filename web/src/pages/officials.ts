import { announce, h, type Child } from '../base/dom.ts';
import { dateTime, zoneOf } from '../base/format.ts';
import { form, Mend, selectField, textField } from '../base/forms.ts';
import { t } from '../base/i18n.ts';
import { button, notice } from '../base/parts.ts';
import { pathTo, type Office, type Official, type Peopled, type Section } from './committee-state.ts';
import { AccountsPanel } from './officials-accounts.ts';
import { DevicesPanel } from './officials-devices.ts';

// Who serves in an election and with which devices; and, for the administrator, who has an account at all.

const roles = ['committee', 'registrar', 'officer', 'trustee', 'witness', 'supervisor', 'auditor'] as const;
const order = new Map<string, number>(roles.map((role, i) => [role, i]));

export class PeopleSection implements Section {
  readonly element = h('div', { testid: 'section-people' });
  private readonly officials = h('section', { class: 'panel', testid: 'officials' });
  private readonly devices: DevicesPanel;

  constructor(
    private readonly centre: Office,
    private overview: Peopled,
  ) {
    this.devices = new DevicesPanel(centre, overview);
    const administers = centre.may('appoint') && centre.staff.session?.role === 'administrator';
    this.element.append(
      h('h2', {}, t('centre.people')),
      this.officials,
      this.devices.element,
      ...(administers ? [new AccountsPanel(centre.staff, 'h3').element] : []),
    );
    this.drawOfficials();
  }

  changed(overview: Peopled): void {
    const same = JSON.stringify(overview.officials) === JSON.stringify(this.overview.officials);
    this.overview = overview;
    if (!same) this.drawOfficials();
    this.devices.changed(overview);
  }

  private drawOfficials(focus?: string): void {
    const { officials, election } = this.overview;
    const may = this.centre.may('appoint') && !['certified', 'cancelled'].includes(election.phase);
    const sorted = [...officials].sort(
      (a, b) => (order.get(a.role) ?? 9) - (order.get(b.role) ?? 9) || a.login.localeCompare(b.login),
    );
    this.officials.replaceChildren(
      ...([
        h('h3', { tabindex: '-1' }, t('officials.title')),
        h('p', { class: 'mute' }, t('officials.text')),
        sorted.length === 0
          ? h('p', { class: 'empty' }, t('officials.empty'))
          : h(
              'ul',
              { class: 'rows' },
              sorted.map((official) => this.row(official, may)),
            ),
        may && this.appointForm(),
      ].filter(Boolean) as Node[]),
    );
    if (focus) this.officials.querySelector<HTMLElement>(focus)?.focus();
  }

  private placeName(id: string | undefined): string {
    return this.overview.election.places.find((place) => place.id === id)?.name ?? id ?? '';
  }

  private row(official: Official, may: boolean): HTMLElement {
    const { login, role, place, since } = official;
    const zone = zoneOf(this.overview.election.time_zone);
    const row = h('li', { testid: `official-${login}-${role}${place ? `-${place}` : ''}` });
    const resting = (): Child[] => [
      h(
        'div',
        { class: 'row-main' },
        h('strong', {}, login),
        h(
          'div',
          { class: 'mute small-text' },
          [
            t(`role.${role as 'officer'}`),
            place && this.placeName(place),
            since && t('officials.since', { time: dateTime(since, zone) }),
          ]
            .filter(Boolean)
            .join(' · '),
        ),
      ),
      may && button(t('officials.revoke'), 'secondary', 'revoke-official', () => asked()),
    ];
    const rest = (): void => row.replaceChildren(...(resting().filter(Boolean) as Node[]));
    const asked = (): void => {
      const reason = textField({ id: 'revoke-reason', label: t('proposal.reason'), attributes: { maxlength: 500 } });
      row.replaceChildren(
        form({
          testid: 'revoke-do',
          fields: [h('p', {}, t('officials.revokeAsk', { login, role: t(`role.${role as 'officer'}`) })), reason.view],
          submit: t('officials.revokeDo'),
          send: async () => {
            const why = reason.input.value.trim();
            if (why === '') throw new Mend([{ field: 'revoke-reason', text: t('proposal.noReason') }]);
            await this.send('officials/revoke', { login, role, place, reason: why });
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

  private appointForm(): HTMLElement {
    const { places } = this.overview.election;
    const login = textField({
      id: 'official-login',
      label: t('login.login'),
      help: t('officials.loginHelp'),
      attributes: { maxlength: 32, autocapitalize: 'none', spellcheck: 'false', autocomplete: 'off' },
    });
    const place = selectField(
      { id: 'official-place', label: t('column.place') },
      places.map(({ id, name }): [string, string] => [id, name]),
    );
    const role = selectField(
      {
        id: 'official-role',
        label: t('officials.role'),
        changed: (value) => (place.view.hidden = value !== 'officer'),
      },
      roles.map((one): [string, string] => [one, t(`role.${one}`)]),
    );
    place.view.hidden = true;
    return h(
      'details',
      { class: 'adding', 'data-keep': 'appoint' },
      h('summary', { testid: 'appoint-offer' }, t('officials.appoint')),
      form({
        testid: 'appoint',
        fields: [h('div', { class: 'side-by-side' }, login.view, role.view, place.view)],
        submit: t('officials.appointDo'),
        send: async () => {
          const name = login.input.value.trim();
          if (name === '') throw new Mend([{ field: 'official-login', text: t('login.noLogin') }]);
          const officer = role.input.value === 'officer';
          await this.send('officials', {
            login: name,
            role: role.input.value,
            ...(officer && { place: place.input.value }),
          });
        },
        ended: this.centre.staff.endedBy,
        fieldOf: ({ code }) => (code === 'not_found' || code === 'conflict' ? 'official-login' : null),
      }),
    );
  }

  private async send(part: string, body: unknown): Promise<void> {
    await this.centre.staff.send(pathTo(this.overview.election, part), body);
    announce(t('officials.recorded'));
    await this.centre.refresh();
    this.drawOfficials('h3');
  }
}

// Accounts before there is any election.
export function peopleWithoutElection(staff: Office['staff']): Child[] {
  if (staff.session?.role !== 'administrator') return [notice('info', h('p', {}, t('people.noElection')))];
  return [new AccountsPanel(staff, 'h2').element];
}
