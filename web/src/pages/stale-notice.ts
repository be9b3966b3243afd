import type { Election } from '../base/api.ts';
import { announce, h } from '../base/dom.ts';
import { clock, zoneOf } from '../base/format.ts';
import { t } from '../base/i18n.ts';
import { notice } from '../base/parts.ts';

// Since when what is shown is no longer told anew: greys it, says so above it and aloud; null: it is again.
export function showStale(note: HTMLElement, body: HTMLElement, since: Date | null, election: Election): void {
  const text = since && t('live.stale', { time: clock(since.toISOString(), zoneOf(election.time_zone)) });
  body.classList.toggle('is-stale', since !== null);
  note.replaceChildren(...(text ? [notice('warn', h('p', { testid: 'stale' }, text))] : []));
  announce(text ?? t('live.again'));
}
