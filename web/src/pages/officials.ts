import { announce, h, type Child } from '../base/dom.ts';
import { dateTime, zoneOf } from '../base/format.ts';
import { form, Mend, reasonField, selectField, setChoices, textField } from '../base/forms.ts';
import { t } from '../base/i18n.ts';
import { button, notice } from '../base/parts.ts';
import { rowMain, Rows, type Row } from '../base/rows.ts';
import { pathTo, placeChoices, type Office, type Official, type Peopled, type Section } from './committee-state.ts';
import { placeName } from './live-words.ts';
import { AccountsPanel } from './officials-accounts.ts';
import { DevicesPanel } from './officials-devices.ts';
import { isLogin } from './staff-password.ts';

// Who serves in an election and with which devices; and, for the administrator, who has an account at all.

const roles = ['committee', 'registrar', 'officer', 'trustee', 'witness', 'supervisor', 'auditor'] as const;
const order = new Map<string, number>(roles.map((role, i) => [role, i]));

export class PeopleSection implements Section {
  readonly element = h('div', { testid: 'section-people' });
  private readonly title = h('h3', { tabindex: '-1' }, t('officials.title'));
  private readonly rows = new Rows<Official>({
    key: ({ login, role, place }) => `official-${login}-${role}${place ? `-${place}` : ''}`,
    content: (official, row) => this.resting(official, row),
    empty: () => h('p', { class: 'empty' }, t('officials.empty')),
  });
  private readonly places = selectField({ id: 'official-place', label: t('column.place') }, []);
  private readonly appointing: HTMLElement;
  private readonly officials = h(
    'section',
    { class: 'panel', testid: 'officials' },
    this.title,
    h('p', { class: 'mute' }, t('officials.text')),
    this.rows.element,
  );
  private readonly devices: DevicesPanel;
  private drawn = '';

  constructor(
    private readonly centre: Office,
    private overview: Peopled,
  ) {
    this.appointing = this.appointForm();
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
    this.overview = overview;
    this.drawOfficials();
    this.devices.changed(overview);
  }

  private get may(): boolean {
    return this.centre.may('appoint') && !['certified', 'cancelled'].includes(this.overview.election.phase);
  }

  private drawOfficials(): void {
    const { officials, election } = this.overview;
    const choices = placeChoices(election);
    const drawn = JSON.stringify([officials, choices, this.may]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    setChoices(this.places.input, choices);
    if (!this.may) this.appointing.remove();
    else if (!this.appointing.parentNode) this.officials.append(this.appointing);
    const ranked = (role: string): number => order.get(role) ?? 9;
    this.rows.show([...officials].sort((a, b) => ranked(a.role) - ranked(b.role) || a.login.localeCompare(b.login)));
  }

  private resting(official: Official, row: Row): Child[] {
    const { login, role, place, since } = official;
    const { election } = this.overview;
    const zone = zoneOf(election.time_zone);
    return [
      rowMain(login, [
        t(`role.${role as 'officer'}`),
        place && placeName(election, place),
        since && t('officials.since', { time: dateTime(since, zone) }),
      ]),
      this.may &&
        button(t('officials.revoke'), 'secondary', 'revoke-official', () => row.open(this.revokeForm(official, row))),
    ];
  }

  private revokeForm({ login, role, place }: Official, row: Row): HTMLElement {
    const reason = reasonField('revoke-reason');
    return form({
      testid: 'revoke-do',
      fields: [h('p', {}, t('officials.revokeAsk', { login, role: t(`role.${role as 'officer'}`) })), reason.view],
      submit: t('officials.revokeDo'),
      send: async () => {
        if (reason.faults().length > 0) throw new Mend(reason.faults());
        await this.send('officials/revoke', { login, role, place, reason: reason.read() });
        row.close();
        this.title.focus();
      },
      cancel: row.close,
      ended: this.centre.staff.endedBy,
      meanings: {
        conflict: role === 'committee' ? { text: 'why.revoke.last', several: true } : { text: 'why.revoke.gone' },
      },
    });
  }

  private appointForm(): HTMLElement {
    const login = textField({
      id: 'official-login',
      label: t('login.login'),
      help: t('officials.loginHelp'),
      attributes: { maxlength: 32, autocapitalize: 'none', spellcheck: 'false', autocomplete: 'off' },
    });
    const place = this.places;
    const roleChosen = (value: string): void => {
      place.view.hidden = value !== 'officer';
    };
    const role = selectField(
      { id: 'official-role', label: t('officials.role'), changed: roleChosen },
      roles.map((one): [string, string] => [one, t(`role.${one}`)]),
    );
    roleChosen(role.input.value);
    const view = form({
      testid: 'appoint',
      fields: [h('div', { class: 'side-by-side' }, login.view, role.view, place.view)],
      submit: t('officials.appointDo'),
      send: async () => {
        const name = login.input.value.trim();
        if (!isLogin(name)) {
          const text = t(name === '' ? 'login.noLogin' : 'people.badLogin');
          throw new Mend([{ field: 'official-login', text }]);
        }
        const officer = role.input.value === 'officer';
        await this.send('officials', {
          login: name,
          role: role.input.value,
          ...(officer && { place: place.input.value }),
        });
        view.reset();
        roleChosen(role.input.value);
        whole.open = false;
        this.title.focus();
      },
      ended: this.centre.staff.endedBy,
      meanings: () => ({
        not_found:
          role.input.value === 'officer'
            ? { text: 'why.appoint.accountOrPlace', field: 'official-login', several: true }
            : { text: 'why.appoint.account', field: 'official-login' },
        conflict: { text: 'why.appoint.already', field: 'official-login' },
      }),
    });
    const whole = h(
      'details',
      { class: 'adding' },
      h('summary', { testid: 'appoint-offer' }, t('officials.appoint')),
      view,
    );
    return whole;
  }

  private async send(part: string, body: unknown): Promise<void> {
    await this.centre.staff.send(pathTo(this.overview.election, part), body);
    announce(t('officials.recorded'));
    await this.centre.refresh();
  }
}

// Accounts before there is any election.
export function peopleWithoutElection(staff: Office['staff']): Child[] {
  if (staff.session?.role !== 'administrator') return [notice('info', h('p', {}, t('people.noElection')))];
  return [new AccountsPanel(staff, 'h2').element];
}
