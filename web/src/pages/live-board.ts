import type { Activity, Election } from '../base/api.ts';
import { announce, h, replaceKeepingFocus, type Child } from '../base/dom.ts';
import { zoneOf } from '../base/format.ts';
import { get } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import type { LivePart, LiveState } from '../base/live.ts';
import { elapsedText, figures, ledgerPanel, placesPanel, tallyPanel, turnoutPanel } from './committee-panels.ts';
import { faultNotice } from './fault-notice.ts';
import { AlertNews, alertsPanel, type Alert } from './live-alerts.ts';
import { feedPanel, joinEvents } from './live-feed.ts';
import { showStale } from './stale-notice.ts';
import { refusedNotice, witnessesPanel } from './witnesses-panel.ts';

// All that is seen of an election while it runs, as it changes; the same for the committee and for supervisors.

type PanelName = 'fault' | 'figures' | 'witnesses' | 'alerts' | 'tally' | 'turnout' | 'places' | 'feed' | 'ledger';

// Which panels show which part of the stream.
const panelsOf: Record<LivePart, PanelName[]> = {
  election: ['fault', 'figures', 'tally'],
  turnout: ['figures', 'turnout', 'places'],
  tally: ['tally'],
  ledger: ['ledger'],
  witnesses: ['fault', 'witnesses'],
  activity: ['feed'],
  alerts: [],
};

const pageOfEvents = 50;

export class LiveBoard {
  private readonly panels: Record<PanelName, HTMLElement>;
  private readonly staleNote = h('div', {});
  private readonly body: HTMLElement;
  readonly element: HTMLElement;
  private election: Election | null = null;
  private state: LiveState = {};
  private alerts: Alert[] | null = null;
  private readonly alertNews = new AlertNews();
  private older: Activity[] = [];
  private atFirst = false; // the feed shows the ledger's first entry
  private asking = false;

  // `staff`: someone is logged in; alerts are for the staff.
  constructor(private readonly staff: boolean) {
    const panel = (name: PanelName): HTMLElement => h('section', { class: 'panel', testid: `${name}-panel` });
    this.panels = {
      fault: h('div', {}),
      figures: h('div', { class: 'figures' }),
      witnesses: h('div', {}),
      alerts: panel('alerts'),
      tally: panel('tally'),
      turnout: panel('turnout'),
      places: panel('places'),
      feed: panel('feed'),
      ledger: panel('ledger'),
    };
    const { fault, figures: top, alerts, witnesses, ...others } = this.panels;
    this.body = h('div', { class: 'live' }, top, staff && alerts, ...Object.values(others), witnesses);
    this.element = h('section', { testid: 'section-live' }, fault, this.staleNote, this.body);
  }

  // What is known now; with a part, only that has changed.
  show(election: Election, state: LiveState, part?: LivePart): void {
    this.election = election;
    this.state = state;
    if (part === 'ledger') this.alertNews.recorded();
    this.lookAtAlerts();
    for (const name of part ? panelsOf[part] : (Object.keys(this.panels) as PanelName[])) this.draw(name);
  }

  showStale(since: Date | null, election: Election): void {
    showStale(this.staleNote, this.body, since, election);
  }

  // The clock of an open election moves without news.
  tick(election: Election): void {
    const text = this.panels.figures.querySelector('#elapsed');
    if (text) text.textContent = elapsedText(election);
    this.lookAtAlerts();
  }

  private draw(name: PanelName): void {
    if (this.election) replaceKeepingFocus(this.panels[name], this.content(name, this.election));
  }

  private content(name: PanelName, election: Election): Child | Child[] {
    const { state } = this;
    const zone = zoneOf(election.time_zone);
    switch (name) {
      case 'fault':
        return [faultNotice(election, 'fault.staff'), refusedNotice(state.witnesses)];
      case 'witnesses':
        return witnessesPanel(election, state.witnesses);
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
        return this.feed(election);
      case 'ledger':
        return ledgerPanel(election, state.ledger);
    }
  }

  // --- the feed

  private feed(election: Election): Child[] {
    const latest = this.state.activity?.events;
    if (!latest) return feedPanel(election, null);
    const events = joinEvents(latest, this.older);
    const first = events.at(-1);
    const more = first && first.seq > 0 && !this.atFirst ? () => void this.askOlder(election.uuid, first.seq) : null;
    return feedPanel(election, { events, more, busy: this.asking });
  }

  private async askOlder(uuid: string, before: number): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    this.draw('feed');
    try {
      const path = `/elections/${uuid}/events?before=${before}&limit=${pageOfEvents}`;
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

  private lookAtAlerts(): void {
    if (this.election && this.staff && this.alertNews.due(this.state.alerts?.count ?? 0, Date.now())) {
      void this.askAlerts(this.election.uuid);
    }
  }

  private async askAlerts(uuid: string): Promise<void> {
    const before = this.alerts?.length;
    try {
      const { alerts } = await get<{ alerts: Alert[] }>(`/elections/${uuid}/alerts`);
      this.alerts = alerts;
      const changed = before !== undefined && before !== alerts.length;
      if (changed && alerts.length > 0) announce(t('alert.announced', { n: alerts.length }));
      this.draw('alerts');
    } catch {
      this.alertNews.missed();
    }
  }
}
