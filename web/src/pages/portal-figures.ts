import type { Election } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import { zoneOf } from '../base/format.ts';
import type { LiveState } from '../base/live.ts';
import { figures, isFinal, placesPanel, tallyPanel, turnoutPanel } from './committee-panels.ts';

// Result and turnout, as charts with their tables. Nobody has voted before the opening, and a cancelled election has no
// result.
export function figuresPanels(election: Election, state: LiveState): Child[] {
  if (election.phase === 'draft' || election.phase === 'sealed') return [];
  const zone = zoneOf(election.time_zone);
  const { tally, turnout } = state;
  return [
    election.phase !== 'cancelled' &&
      h(
        'section',
        { class: tally && isFinal(tally.status) ? 'panel is-result' : 'panel', testid: 'result' },
        tallyPanel(election, tally, zone),
      ),
    h('div', { class: 'figures' }, figures(election, state)),
    h('section', { class: 'panel' }, turnoutPanel(turnout, zone)),
    h('section', { class: 'panel' }, placesPanel(turnout, zone, election.policies.verification)),
  ];
}
