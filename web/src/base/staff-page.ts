import type { Election, ElectionSummary, Me } from './api.ts';
import { announce, h, type Child } from './dom.ts';
import { ApiError, get } from './http.ts';
import { t, type MessageKey } from './i18n.ts';
import { LiveElection, type LivePart } from './live.ts';
import { button, loading, notice } from './parts.ts';
import { drawHeader, focusTitle, page, startShell } from './shell.ts';
import { StaffLogin } from './staff-login.ts';

// A page of the staff about one election at a time: log in, choose, see it live. The address names the election and,
// where a page has several, the section: #<uuid>/<section>.

interface StaffPageOptions<D extends { election: Election }> {
  title: MessageKey;
  describe: (uuid: string, me: Me) => Promise<D>;
  content: (chosen: D) => Child[];
  empty: () => Child[]; // while there is no election
  drawn?: (chosen: D) => void; // main stands anew
  changed?: (chosen: D) => void; // the same election, described anew
  news?: (part: LivePart) => void;
  stale?: (since: Date | null) => void;
  left?: () => void; // forgets what belonged to the election
}

// In these phases ballots, or nothing, make new entries; what the staff do is told by the stream's latest events.
const quiet = ['open', 'certified', 'cancelled'];

export class StaffPage<D extends { election: Election }> {
  readonly staff: StaffLogin;
  elections: ElectionSummary[] | null = null;
  chosen: D | null = null;
  me: Me | null = null;
  live: LiveElection | null = null;
  staleSince: Date | null = null;
  private problem: string | null = null;
  private described = ''; // the mark that was known when what is shown was asked for
  private choosing = 0;
  private asking: Promise<void> | null = null;
  private askingNext: Promise<void> | null = null;

  constructor(private readonly options: StaffPageOptions<D>) {
    this.staff = new StaffLogin(
      () => this.load(),
      () => this.leave(),
    );
  }

  start(): void {
    startShell({ title: this.options.title, render: () => this.draw(), end: () => this.staff.headerEnd() });
    window.addEventListener('hashchange', () => this.follow());
    void this.staff.start();
  }

  // Whether some role held here allows the command, in some phase of the election.
  may(action: string): boolean {
    return this.me?.may.includes(action) ?? false;
  }

  rolesText(): string {
    const names = (this.me?.roles ?? []).map(({ role, place }) =>
      place ? `${t(`role.${role}`)} ${place}` : t(`role.${role}`),
    );
    return names.length > 0 ? names.join(', ') : t('role.none');
  }

  get section(): string {
    return location.hash.slice(1).split('/')[1] ?? '';
  }

  address(section = ''): string {
    const uuid = this.chosen?.election.uuid ?? '';
    return section ? `#${uuid}/${section}` : `#${uuid}`;
  }

  async load(wanted = location.hash.slice(1).split('/')[0]): Promise<void> {
    this.problem = null;
    try {
      this.elections = (await get<{ elections: ElectionSummary[] }>('/elections')).elections;
      const first = this.elections.find(({ uuid }) => uuid === wanted) ?? this.elections[0];
      if (first) await this.choose(first.uuid, wanted === '' || first.uuid === wanted ? this.section : '');
      else this.draw();
    } catch (error) {
      this.fail(error);
    }
  }

  readonly fail = (error: unknown): void => {
    if (this.staff.endedBy(error)) return;
    this.problem = error instanceof ApiError ? error.text() : t('error.internal');
    this.draw();
    focusTitle();
  };

  async choose(uuid: string, section = ''): Promise<void> {
    const turn = ++this.choosing;
    const listed = this.elections?.find((election) => election.uuid === uuid);
    const [chosen, me] = await this.ask(uuid);
    if (turn !== this.choosing || !this.staff.session) return;
    this.forget();
    this.chosen = chosen;
    this.me = me;
    // Of the parts of an answer some may be older than its count of entries; what was listed before is older than all.
    this.described = listed ? this.mark(listed) : '';
    history.replaceState(null, '', this.address(section));
    this.draw();
    this.live = new LiveElection(uuid, {
      onPart: (part) => this.news(part),
      onStale: (since) => {
        this.staleSince = since;
        this.options.stale?.(since);
      },
    });
  }

  // Asks for the election anew; what it held before stays on the page until the answer. One at a time, so that no older
  // answer follows a newer one: who asks meanwhile waits for the next.
  refresh(): Promise<void> {
    if (!this.asking) {
      this.asking = this.askAnew().finally(() => (this.asking = null));
      return this.asking;
    }
    const after = (): Promise<void> => {
      this.askingNext = null;
      return this.refresh();
    };
    this.askingNext ??= this.asking.then(after, after);
    return this.askingNext;
  }

  private async askAnew(): Promise<void> {
    const before = this.chosen?.election;
    if (!before) return;
    const [next, me] = await this.ask(before.uuid);
    if (this.chosen?.election.uuid !== next.election.uuid) return;
    if (next.election.phase !== this.chosen.election.phase) announce(t(`phase.${next.election.phase}`));
    this.chosen = next;
    this.me = me;
    this.options.changed?.(next);
  }

  picker(): Child {
    const { elections, chosen } = this;
    if (!elections || elections.length < 2) return null;
    const select = h('select', {
      class: 'form-select',
      id: 'election',
      testid: 'election-select',
      on: { change: () => void this.choose(select.value, this.section).catch(this.fail) },
    });
    select.append(...elections.map(({ uuid, name }) => h('option', { value: uuid }, name)));
    select.value = chosen?.election.uuid ?? '';
    return h(
      'div',
      { class: 'field' },
      h('label', { class: 'form-label', for: 'election' }, t('committee.election')),
      select,
    );
  }

  draw(): void {
    drawHeader();
    if (this.staff.session === undefined) page().replaceChildren(loading());
    else if (this.staff.session === null) page().replaceChildren(this.staff.screen());
    else {
      page().replaceChildren(...(this.content().filter(Boolean) as Node[]));
      if (this.chosen && !this.problem) this.options.drawn?.(this.chosen);
    }
  }

  private content(): Child[] {
    if (this.problem) {
      return [
        h('h1', {}, t('vote.problem')),
        notice('bad', h('p', {}, this.problem)),
        button(t('page.again'), 'primary', 'again', () => void this.load()),
      ];
    }
    if (!this.elections) return [loading()];
    return this.chosen ? this.options.content(this.chosen) : this.options.empty();
  }

  private news(part: LivePart): void {
    const summary = this.live?.state.election;
    if ((part === 'election' || part === 'activity') && this.chosen && summary) {
      this.chosen = { ...this.chosen, election: { ...this.chosen.election, ...summary } };
      if (this.mark(summary) !== this.described) {
        this.described = this.mark(summary);
        this.refresh().catch(() => (this.described = '')); // the next message of the stream asks again
      }
    }
    this.options.news?.(part);
  }

  private mark({ uuid, phase, entries }: ElectionSummary): string {
    return `${uuid} ${phase} ${quiet.includes(phase) ? this.live?.state.activity?.events[0]?.seq : entries}`;
  }

  // A link to another section, or another election, typed or gone back to.
  private follow(): void {
    if (!this.staff.session || this.problem) return;
    const uuid = location.hash.slice(1).split('/')[0]!;
    if (uuid === (this.chosen?.election.uuid ?? '')) {
      this.draw();
      focusTitle();
    } else if (this.elections?.some((election) => election.uuid === uuid)) {
      this.choose(uuid, this.section).catch(this.fail);
    }
  }

  private async ask(uuid: string): Promise<[D, Me]> {
    const me = await get<Me>(`/elections/${uuid}/me`);
    return [await this.options.describe(uuid, me), me];
  }

  private forget(): void {
    this.live?.close();
    this.live = null;
    this.chosen = null;
    this.me = null;
    this.staleSince = null;
    this.options.left?.();
  }

  private leave(): void {
    this.choosing++;
    this.forget();
    this.elections = null;
    this.problem = null;
    this.draw();
  }
}
