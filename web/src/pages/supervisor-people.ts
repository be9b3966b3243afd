import type { Election } from '../base/api.ts';
import { announce, h, replaceKeepingFocus, type Child } from '../base/dom.ts';
import { dateTime, zoneOf } from '../base/format.ts';
import { ApiError, get } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { button, loading, notice } from '../base/parts.ts';
import { rowMain } from '../base/rows.ts';
import { focusTitle } from '../base/shell.ts';
import type { StaffLogin } from '../base/staff-login.ts';
import { codesTable, type RollCounts } from './codes-table.ts';
import { pathTo, type Device, type Official } from './committee-state.ts';
import type { Proposal, Proposals } from './committee-steps.ts';
import { actorWords, placeName, roleName } from './live-words.ts';
import { formerOf, termsOf, withTerms, type EndedTerm } from './official-terms.ts';
import { PeopleSection } from './officials.ts';
import { eventsOf } from './portal-data.ts';
import { showStale } from './stale-notice.ts';

// Who serves, with which devices, for how many voters, and what the committee is about to do: seen, never changed.

interface Seen {
  officials: Official[];
  devices: Device[];
  proposals: Proposal[];
  former: EndedTerm[];
  roll: RollCounts | null; // null: not for this role
}

// Trustees are told no counts.
const unlessRefused = (error: unknown): null => {
  if (error instanceof ApiError && error.code === 'not_permitted') return null;
  throw error;
};

async function see(election: Election): Promise<Seen> {
  const [{ officials }, { devices }, { proposals }, roll, ...events] = await Promise.all([
    get<{ officials: Official[] }>(pathTo(election, 'officials')),
    get<{ devices: Device[] }>(pathTo(election, 'devices')),
    get<Proposals>(pathTo(election, 'proposals')),
    get<RollCounts>(pathTo(election, 'roll/summary')).catch(unlessRefused),
    eventsOf(election.uuid, 'OfficialAppointed'),
    eventsOf(election.uuid, 'OfficialRevoked'),
  ]);
  const terms = termsOf(events.flat());
  return { officials: withTerms(officials, terms), former: formerOf(terms), devices, proposals, roll };
}

interface PeopleOptions {
  election: () => Election;
  staff: StaffLogin | null; // null: nobody is logged in
  logIn: () => void;
}

export class People {
  private readonly staleNote = h('div', {});
  private readonly problem = h('div', {});
  private readonly body = h('div', { class: 'live' }, loading());
  readonly element = h('div', { testid: 'section-people-seen' }, this.staleNote, this.problem, this.body);
  private people: PeopleSection | null = null;
  private readonly former = h('section', { class: 'panel', testid: 'former-officials' });
  private readonly proposed = h('section', { class: 'panel', testid: 'proposals-seen' });
  private readonly counts = h('section', { class: 'panel', testid: 'roll-seen' });
  private asking = false;
  private again = false;

  constructor(private readonly options: PeopleOptions) {
    if (options.staff) void this.ask();
    else this.body.replaceChildren(this.invitation());
  }

  // One at a time; who asks meanwhile is told by the next.
  async ask(): Promise<void> {
    const { staff, election } = this.options;
    if (!staff) return;
    if (this.asking) {
      this.again = true;
      return;
    }
    this.asking = true;
    if (!this.people) this.body.replaceChildren(loading());
    try {
      do {
        this.again = false;
        this.show(staff, await see(election()));
      } while (this.again);
    } catch (error) {
      if (!staff.endedBy(error)) this.fail(error);
    }
    this.asking = false;
  }

  // What changed meanwhile may have been missed.
  showStale(since: Date | null): void {
    showStale(this.staleNote, this.body, since, this.options.election());
    if (!since) void this.ask();
  }

  private show(staff: StaffLogin, seen: Seen): void {
    const election = this.options.election();
    const { officials, devices, proposals, roll, former } = seen;
    const focused = this.problem.contains(document.activeElement);
    replaceKeepingFocus(this.problem, []);
    if (focused) focusTitle();
    this.proposed.replaceChildren(...(proposedList(proposals, election).filter(Boolean) as Node[]));
    this.former.hidden = former.length === 0;
    this.former.replaceChildren(h('h3', {}, t('watch.former')), formerList(former, election));
    this.counts.hidden = roll === null;
    if (roll) {
      this.counts.replaceChildren(
        h('h3', {}, t('watch.counts')),
        h('p', { class: 'mute' }, t('watch.noNames')),
        codesTable(roll.places, (id) => placeName(election, id)),
      );
    }
    const overview = { election, officials, devices };
    if (this.people) {
      this.people.changed(overview);
      return;
    }
    this.people = new PeopleSection({ staff, may: () => false, refresh: () => this.ask() }, overview);
    this.body.replaceChildren(this.people.element, this.former, this.proposed, this.counts);
  }

  // What was seen before stays below.
  private fail(error: unknown): void {
    const text = error instanceof ApiError ? error.text() : t('error.internal');
    const again = button(t('page.again'), 'secondary', 'again', () => void this.ask());
    replaceKeepingFocus(this.problem, notice('bad', h('p', {}, text), again));
    announce(text);
    if (!this.people) this.body.replaceChildren();
  }

  private invitation(): HTMLElement {
    return h(
      'section',
      { class: 'panel' },
      h('h2', {}, t('centre.people')),
      h('p', {}, t('watch.peopleLogIn')),
      button(t('login.button'), 'primary', 'people-log-in', this.options.logIn),
    );
  }
}

function formerList(terms: EndedTerm[], election: Election): HTMLElement {
  const zone = zoneOf(election.time_zone);
  const line = ({ login, role, place, since, until, reason }: EndedTerm): HTMLElement =>
    h(
      'li',
      { testid: `former-${login}-${role}${place ? `-${place}` : ''}` },
      rowMain(
        login,
        [
          roleName(role),
          place && placeName(election, place),
          t('watch.term', { from: dateTime(since, zone), until: dateTime(until, zone) }),
        ],
        reason !== '' && h('blockquote', { class: 'reason' }, reason),
      ),
    );
  return h('ul', { class: 'rows' }, terms.map(line));
}

function proposedList(proposals: Proposal[], election: Election): Child[] {
  const title = h('h3', {}, t('watch.proposals'));
  if (proposals.length === 0) return [title, h('p', { class: 'empty' }, t('watch.noProposals'))];
  const line = ({ step, by, time, reason }: Proposal): HTMLElement =>
    h(
      'li',
      { testid: `seen-${step}` },
      rowMain(
        t('proposal.of', { login: actorWords(by), step: t(`action.${step}`) }),
        [dateTime(time, zoneOf(election.time_zone))],
        reason !== '' && h('blockquote', { class: 'reason' }, reason),
      ),
    );
  return [title, h('ul', { class: 'rows' }, proposals.map(line))];
}
