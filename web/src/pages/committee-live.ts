import type { Election } from '../base/api.ts';
import { announce, h, replaceKeepingFocus, type Child } from '../base/dom.ts';
import { clock, zoneOf } from '../base/format.ts';
import { t } from '../base/i18n.ts';
import type { LivePart, LiveState } from '../base/live.ts';
import { notice } from '../base/parts.ts';
import { elapsedText, figures, ledgerPanel, placesPanel, tallyPanel, turnoutPanel } from './committee-panels.ts';

// The figures of an election as they come.

// Which panels show which part of the stream.
const panelsOf: Record<string, string[]> = {
  election: ['figures', 'tally-panel'],
  turnout: ['figures', 'turnout-panel', 'places-panel'],
  tally: ['tally-panel'],
  ledger: ['ledger-panel'],
};
const panel = (id: string): HTMLElement => h('section', { class: 'panel', id });

export class LivePanels {
  private readonly stale = h('div', {});
  private readonly panels: Record<string, HTMLElement> = {
    figures: h('div', { id: 'figures', class: 'figures' }),
    'tally-panel': panel('tally-panel'),
    'turnout-panel': panel('turnout-panel'),
    'places-panel': panel('places-panel'),
    'ledger-panel': panel('ledger-panel'),
  };
  private readonly area = h('div', { class: 'live' }, Object.values(this.panels));
  readonly element = h('section', { id: 'live', testid: 'section-live' }, this.stale, this.area);

  show(election: Election, state: LiveState, part?: LivePart): void {
    const zone = zoneOf(election.time_zone);
    const contents: Record<string, () => Child | Child[]> = {
      figures: () => figures(election, state),
      'tally-panel': () => tallyPanel(election, state.tally, zone),
      'turnout-panel': () => turnoutPanel(state.turnout, zone),
      'places-panel': () => placesPanel(state.turnout, zone),
      'ledger-panel': () => ledgerPanel(election, state.ledger),
    };
    const ids = part ? (panelsOf[part] ?? []) : Object.keys(contents);
    for (const id of ids) replaceKeepingFocus(this.panels[id]!, contents[id]!());
  }

  showStale(since: Date | null, election: Election): void {
    this.area.classList.toggle('is-stale', since !== null);
    const text = since && t('live.stale', { time: clock(since.toISOString(), zoneOf(election.time_zone)) });
    this.stale.replaceChildren(...(text ? [notice('warn', h('p', { testid: 'stale' }, text))] : []));
    if (text) announce(text);
  }

  // The clock of an open election moves without news.
  tick(election: Election): void {
    const text = this.area.querySelector('#elapsed');
    if (text) text.textContent = elapsedText(election);
  }
}
