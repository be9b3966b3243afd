import type { ElectionSummary } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import { percent } from '../base/format.ts';
import { t } from '../base/i18n.ts';
import { loading, notice } from '../base/parts.ts';
import { phaseChip, scheduleText } from './portal-election.ts';

// All elections, the newest first.

function listItem(item: ElectionSummary): HTMLElement {
  const times = scheduleText(item);
  return h(
    'li',
    { class: 'panel', testid: `election-${item.uuid}` },
    h('h2', {}, h('a', { href: `/elections/${item.uuid}` }, item.name)),
    h('p', {}, phaseChip(item.phase)),
    item.description && h('p', { class: 'mute' }, item.description),
    times !== '' && h('p', {}, times),
    item.phase !== 'draft' &&
      h(
        'p',
        {},
        t('portal.turnout', { voted: item.voted, voters: item.voters, share: percent(item.voted, item.voters) }),
      ),
    item.phase === 'open' && h('a', { class: 'btn btn-primary', href: `/vote/${item.uuid}` }, t('portal.vote')),
  );
}

export function listScreen(elections: ElectionSummary[] | null): Child[] {
  return [
    h('h1', { class: 'headline' }, t('portal.title')),
    h('p', { class: 'mute' }, t('portal.lead')),
    h('p', {}, h('a', { href: '/verify-help', testid: 'how-to-check' }, t('portal.checkHow'))),
    elections === null
      ? loading()
      : elections.length === 0
        ? notice('info', h('p', {}, t('portal.none')))
        : h('ul', { class: 'election-list', testid: 'elections' }, elections.map(listItem)),
  ];
}
