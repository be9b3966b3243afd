import type { Activity, Election, Me } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import { ApiError, get } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { LiveElection, type LivePart } from '../base/live.ts';
import { button, loading, notice } from '../base/parts.ts';
import { drawHeader } from '../base/shell.ts';
import { StaffLogin } from '../base/staff-login.ts';
import { LiveBoard } from './live-board.ts';
import { Notes } from './supervisor-notes.ts';
import { People } from './supervisor-people.ts';

// What a supervisor watches beside the audit: all that the committee sees, and the incident notes. Everybody may look;
// who logs in sees alerts too and may write notes, and there is nothing else here that could be changed.

// Events that change neither people nor devices nor what is proposed.
const voting = new Set(['VoterVerified', 'BallotCast', 'BallotChallenged', 'LiveTallyPublished']);

export type WatchView = 'live' | 'notes' | 'people';

export class Watch {
  readonly staff: StaffLogin;
  private uuid = '';
  private asked = ''; // uuid being loaded
  private election: Election | null = null;
  private me: Me | null = null;
  private live: LiveElection | null = null;
  private board: LiveBoard | null = null;
  private notes: { of: string; shown: Notes } | null = null;
  private people: People | null = null;
  private newest = -1; // entry of the latest event that the stream told
  private staleSince: Date | null = null;
  private problem: string | null = null;
  private loggingIn = false;

  constructor(private readonly redraw: () => void) {
    this.staff = new StaffLogin(
      async () => {
        this.loggingIn = false;
        this.forget();
        this.changed();
      },
      () => {
        this.forget();
        this.changed();
      },
    );
    setInterval(() => this.election && this.board?.tick(this.election), 10000);
  }

  headerEnd(): Child[] {
    if (this.staff.session) return this.staff.headerEnd();
    if (this.staff.session === undefined || this.loggingIn) return [];
    return [button(t('login.button'), 'secondary', 'open-log-in', () => this.askLogin())];
  }

  // True while the log-in stands in the place of all else.
  get atLogin(): boolean {
    return this.loggingIn && !this.staff.session;
  }

  content(view: WatchView, uuid: string, about: number | null): Child[] {
    if (uuid === '') return [h('p', { class: 'mute' }, t('portal.none'))];
    if (this.staff.session === undefined) return [loading()];
    if (this.uuid !== uuid) {
      void this.load(uuid);
      return [loading()];
    }
    if (this.problem) {
      return [
        notice('bad', h('p', {}, this.problem)),
        button(t('page.again'), 'primary', 'again', () => {
          this.forget();
          this.redraw();
        }),
      ];
    }
    switch (view) {
      case 'live':
        return [this.boardOf(this.election!)];
      case 'notes':
        return [this.notesOf(about)];
      case 'people':
        return [this.peopleOf()];
    }
  }

  private boardOf(election: Election): HTMLElement {
    if (!this.board) {
      this.board = new LiveBoard(Boolean(this.staff.session));
      this.board.show(election, this.live?.state ?? {});
      if (this.staleSince) this.board.showStale(this.staleSince, election);
    }
    return this.board.element;
  }

  private notesOf(about: number | null): HTMLElement {
    const of = `${this.uuid} ${about}`;
    if (this.notes?.of !== of) {
      const shown = new Notes({
        election: () => this.election!,
        staff: this.staff.session ? this.staff : null,
        mayNote: this.me?.may.includes('note_incident') ?? false,
        about,
        logIn: () => this.askLogin(),
      });
      this.notes = { of, shown };
    }
    return this.notes.shown.element;
  }

  private peopleOf(): HTMLElement {
    const shown = this.shownPeople();
    if (shown) return shown.element;
    this.people = new People({
      election: () => this.election!,
      staff: this.staff.session ? this.staff : null,
      logIn: () => this.askLogin(),
    });
    if (this.staleSince) this.people.showStale(this.staleSince);
    return this.people.element;
  }

  // News goes by it while it is not on the page, so it is made anew for the next visit.
  private shownPeople(): People | null {
    return this.people?.element.isConnected ? this.people : null;
  }

  private askLogin(): void {
    this.loggingIn = true;
    this.changed();
  }

  // The language has changed: what holds texts is made anew.
  relabel(): void {
    this.board = null;
    this.notes = null;
    this.people = null;
  }

  private changed(): void {
    drawHeader();
    this.redraw();
  }

  private async load(uuid: string): Promise<void> {
    if (this.asked === uuid) return;
    this.forget();
    this.asked = uuid;
    try {
      const [election, me] = await Promise.all([
        get<Election>(`/elections/${uuid}`),
        this.staff.session ? get<Me>(`/elections/${uuid}/me`) : null,
      ]);
      if (this.asked !== uuid) return;
      this.election = election;
      this.me = me;
      this.live = new LiveElection(uuid, {
        onPart: (part) => this.receive(part),
        onStale: (since) => this.stale(since),
      });
    } catch (error) {
      if (this.asked !== uuid || this.staff.endedBy(error)) return;
      this.problem = error instanceof ApiError ? error.text() : t('error.internal');
    }
    this.uuid = uuid;
    this.redraw();
  }

  private stale(since: Date | null): void {
    this.staleSince = since;
    this.board?.showStale(since, this.election!);
    this.shownPeople()?.showStale(since);
  }

  private receive(part: LivePart): void {
    const { state } = this.live!;
    if (part === 'election' && state.election) this.election = { ...this.election!, ...state.election };
    this.board?.show(this.election!, state, part);
    if (part === 'activity') this.heard(state.activity?.events ?? []);
  }

  private heard(events: Activity[]): void {
    const types = events.filter(({ seq }) => seq > this.newest).map(({ type }) => type);
    this.newest = Math.max(this.newest, ...events.map(({ seq }) => seq));
    if (types.includes('IncidentNoted')) void this.notes?.shown.ask();
    if (types.some((type) => !voting.has(type))) void this.shownPeople()?.ask();
  }

  private forget(): void {
    this.live?.close();
    this.live = null;
    this.uuid = '';
    this.asked = '';
    this.election = null;
    this.me = null;
    this.board = null;
    this.notes = null;
    this.people = null;
    this.newest = -1;
    this.staleSince = null;
    this.problem = null;
  }
}
