import type { Election } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import { clock, span, zoneOf } from '../base/format.ts';
import { known, t } from '../base/i18n.ts';
import { icon } from '../base/parts.ts';
import { placeName } from './live-words.ts';

const againMs = 15000;

// What a supervisor should look at. An alert accuses nobody: each has innocent causes, which its sentence names.

export interface Alert {
  kind: string;
  place?: string | null;
  since: string;
  seq?: number | null;
  figures: Record<string, number>;
}

// When the alerts are to be asked for. The stream, which is for everybody, tells only how many there are; one that grows
// changes no count, so after a while anything that was recorded is a reason to look again.
export class AlertNews {
  private count = -1;
  private asked = 0;
  private news = false;

  // Something was recorded.
  recorded(): void {
    this.news = true;
  }

  // Whether to ask now, which is taken as done; `count` as the stream last told it, `now` in milliseconds.
  due(count: number, now: number): boolean {
    const grown = count > 0 && this.news && now - this.asked >= againMs;
    if (count === this.count && !grown) return false;
    this.count = count;
    this.asked = now;
    this.news = false;
    return true;
  }

  // It was asked in vain.
  missed(): void {
    this.count = -1;
  }
}

export function alertText({ kind, place, figures }: Alert, election: Pick<Election, 'places'>): string {
  const key = known(`alert.${kind}`);
  if (!key) return t('alert.other', { kind });
  const pause = span((figures.seconds ?? 0) * 1000);
  return t(key, { ...figures, pause, place: place ? placeName(election, place) : t('alert.everywhere') });
}

function alertLine(alert: Alert, election: Election): HTMLElement {
  const time = clock(alert.since, zoneOf(election.time_zone));
  const seq = alert.seq ?? null;
  return h(
    'li',
    { testid: `alert-${alert.kind}`, 'data-seq': seq },
    h('span', { class: 'tone-warn' }, icon('warn')),
    h(
      'div',
      {},
      h('div', {}, alertText(alert, election)),
      h(
        'div',
        { class: 'mute small-text' },
        seq === null ? t('alert.since', { time }) : t('alert.sinceEntry', { time, seq }),
      ),
      h('a', { href: `/supervisor#${election.uuid}/notes${seq === null ? '' : `/${seq}`}` }, t('alert.note')),
    ),
  );
}

export function alertsPanel(election: Election, alerts: Alert[] | null): Child[] {
  const title = h('h2', {}, t('alert.title'));
  if (!alerts) return [title, h('p', { class: 'mute' }, t('page.loading'))];
  if (alerts.length === 0) {
    const fine = h('span', { class: 'tone-ok' }, icon('ok'), ' ', t('alert.none'));
    return [title, h('p', { testid: 'no-alerts' }, fine)];
  }
  return [
    title,
    h('p', { class: 'mute small-text' }, t('alert.lead')),
    h(
      'ol',
      { class: 'alerts', testid: 'alerts', 'data-count': alerts.length },
      alerts.map((alert) => alertLine(alert, election)),
    ),
  ];
}
