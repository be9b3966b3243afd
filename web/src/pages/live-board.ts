import type { Activity, Election, ElectionSummary } from '../base/api.ts';
import { announce, h, replaceKeepingFocus, type Child } from '../base/dom.ts';
import { clock, zoneOf } from '../base/format.ts';
import { get } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { LiveElection, type LivePart } from '../base/live.ts';
import { notice } from '../base/parts.ts';
import { elapsedText, figures, ledgerPanel, placesPanel, tallyPanel, turnoutPanel } from './committee-panels.ts';
import { alertsPanel, type Alert } from './live-alerts.ts';
import { feedPanel, joinEvents } from './live-feed.ts';

// All that is seen of an election while it runs, as it changes; the same for the committee and for supervisors.

interface BoardOptions {
  staff: boolean; // alerts are for the staff
  onElection?: (summary: ElectionSummary) => void;
}

type PanelName = 'figures' | 'alerts' | 'tally' | 'turnout' | 'places' | 'feed' | 'ledger';

// Which panels show which part of the stream.
const panelsOf: Record<LivePart, PanelName[]> = {
  election: ['figures', 'tally'],
  turnout: ['figures', 'turnout', 'places'],
  tally: ['tally'],
  ledger: ['ledger'],
  activity: ['feed'],
  alerts: [],
};

const pageOfEvents = 50;
const clockMs = 10000;

export class LiveBoard {
  readonly element: HTMLElement;
  private readonly panels: Record<PanelName, HTMLElement>;
  private readonly staleNote = h('div', {});
  private readonly body: HTMLElement;
  private readonly live: LiveElection;
  private readonly ticking: ReturnType<typeof setInterval>;
  private staleSince: Date | null = null;
  private alerts: Alert[] | null = null;
  private alertsAsked = -1; // how many there were when they were last asked for
  private older: Activity[] = [];
  private atFirst = false; // the feed shows the ledger's first entry
  private asking = false;

  constructor(
    private election: Election,
    private readonly options: BoardOptions,
  ) {
    const panel = (name: string): HTMLElement => h('section', { class: 'panel', testid: `panel-${name}` });
    this.panels = {
      figures: h('div', { class: 'figures' }),
      alerts: panel('alerts'),
      tally: panel('tally'),
      turnout: panel('turnout'),
      places: panel('places'),
      feed: panel('feed'),
      ledger: panel('ledger'),
    };
    const { figures: top, alerts, ...others } = this.panels;
    this.body = h('div', { class: 'live' }, top, options.staff && alerts, ...Object.values(others));
    this.element = h('div', {}, this.staleNote, this.body);
    this.redraw();
    this.live = new LiveElection(election.uuid, {
      onPart: (part) => this.receive(part),
      onStale: (since) => this.showStale(since),
    });
    this.ticking = setInterval(() => this.tick(), clockMs);
    if (options.staff) void this.askAlerts(0);
  }

  close(): void {
    this.live.close();
    clearInterval(this.ticking);
  }

  // The same election, asked for anew: what streams is a summary.
  show(election: Election): void {
    this.election = election;
    this.redraw();
  }

  redraw(): void {
    for (const name of Object.keys(this.panels) as PanelName[]) this.draw(name);
    this.drawStale();
  }

  private receive(part: LivePart): void {
    const { state } = this.live;
    if (part === 'election' && state.election) {
      this.election = { ...this.election, ...state.election };
      this.options.onElection?.(state.election);
    }
    if (part === 'alerts' && this.options.staff) void this.askAlerts(state.alerts?.count ?? 0);
    for (const name of panelsOf[part]) this.draw(name);
  }

  private draw(name: PanelName): void {
    replaceKeepingFocus(this.panels[name], this.content(name));
  }

  private content(name: PanelName): Child | Child[] {
    const { election } = this;
    const zone = zoneOf(election.time_zone);
    const state = this.live?.state ?? {};
    switch (name) {
      case 'figures':
        return figures(election, state);
      case 'alerts':
        return alertsPanel(election, this.alerts);
      case 'tally':
        return tallyPanel(election, state.tally, zone);
      case 'turnout':
        return turnoutPanel(state.turnout, zone);
      case 'places':
        return placesPanel(state.turnout, zone, election.policies.verification);
      case 'feed':
        return this.feed();
      case 'ledger':
        return ledgerPanel(election, state.ledger);
    }
  }

  // --- the feed

  private feed(): Child[] {
    const latest = this.live?.state.activity?.events;
    if (!latest) return feedPanel(this.election, null);
    const events = joinEvents(latest, this.older);
    const first = events.at(-1);
    const more = first && first.seq > 0 && !this.atFirst ? () => void this.askOlder(first.seq) : null;
    return feedPanel(this.election, { events, more, busy: this.asking });
  }

  private async askOlder(before: number): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    this.draw('feed');
    try {
      const path = `/elections/${this.election.uuid}/events?before=${before}&limit=${pageOfEvents}`;
      const { events } = await get<{ events: Activity[] }>(path);
      this.older = joinEvents(this.older, events);
      this.atFirst = events.length === 0;
    } catch {
      // The button stays: it may be pressed again.
    }
    this.asking = false;
    this.draw('feed');
  }

  // --- alerts

  private async askAlerts(count: number): Promise<void> {
    if (count === this.alertsAsked) return;
    const before = this.alertsAsked;
    this.alertsAsked = count;
    try {
      const { alerts } = await get<{ alerts: Alert[] }>(`/elections/${this.election.uuid}/alerts`);
      this.alerts = alerts;
      if (before >= 0 && alerts.length > 0) announce(t('alert.announced', { n: alerts.length }));
      this.draw('alerts');
    } catch {
      this.alertsAsked = before; // the stream's next word of them asks again
    }
  }

  // --- time

  // The clock of an open election moves without news.
  private tick(): void {
    const text = this.panels.figures.querySelector('#elapsed');
    if (text) text.textContent = elapsedText(this.election);
  }

  private showStale(since: Date | null): void {
    this.staleSince = since;
    this.drawStale();
    announce(since ? this.staleText(since) : t('live.again'));
  }

  private staleText(since: Date): string {
    return t('live.stale', { time: clock(since.toISOString(), zoneOf(this.election.time_zone)) });
  }

  private drawStale(): void {
    const since = this.staleSince;
    this.body.classList.toggle('is-stale', since !== null);
    const said = since && notice('warn', h('p', { testid: 'stale' }, this.staleText(since)));
    this.staleNote.replaceChildren(...(said ? [said] : []));
  }
}
