import type { Activity, Election } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import { clock, dateTime, zoneOf } from '../base/format.ts';
import { t } from '../base/i18n.ts';
import { button } from '../base/parts.ts';
import { actorWords, eventWords, namedEntries } from './live-words.ts';

// What has happened, newest first, in words.

export interface Feed {
  events: Activity[]; // newest first
  more: (() => void) | null; // null where the first entry is shown
  busy: boolean;
}

// Joins what streams with what was asked for, each entry once, newest first.
export function joinEvents(...lists: readonly Activity[][]): Activity[] {
  const bySeq = new Map<number, Activity>();
  for (const event of lists.flat()) bySeq.set(event.seq, event);
  return [...bySeq.values()].sort((a, b) => b.seq - a.seq);
}

const today = (time: string): boolean => new Date(time).toDateString() === new Date().toDateString();

function eventLine(event: Activity, election: Election): HTMLElement {
  const zone = zoneOf(election.time_zone);
  const named = namedEntries(event);
  return h(
    'li',
    { testid: `event-${event.seq}`, 'data-type': event.type },
    h(
      'time',
      { class: 'mute small-text', datetime: event.time },
      (today(event.time) ? clock : dateTime)(event.time, zone),
    ),
    h(
      'div',
      {},
      h('div', {}, eventWords(event, election)),
      h(
        'div',
        { class: 'mute small-text' },
        t('feed.by', { actor: actorWords(event.actor), seq: event.seq }),
        named.length > 0 && ` · ${t('feed.names', { entries: named.join(', ') })}`,
      ),
    ),
  );
}

export function feedPanel(election: Election, feed: Feed | null): Child[] {
  const title = h('h2', {}, t('feed.title'));
  if (!feed) return [title, h('p', { class: 'mute' }, t('page.loading'))];
  if (feed.events.length === 0) return [title, h('p', { class: 'mute' }, t('feed.none'))];
  const more = feed.more && button(t(feed.busy ? 'page.wait' : 'feed.older'), 'secondary', 'feed-older', feed.more);
  if (more) more.disabled = feed.busy;
  return [
    title,
    h(
      'ol',
      { class: 'feed', testid: 'feed' },
      feed.events.map((event) => eventLine(event, election)),
    ),
    more,
  ];
}
