import { byId, h, type Child } from '../base/dom.ts';
import { dateTime, zoneOf } from '../base/format.ts';
import { onLanguage, startLanguage, t } from '../base/i18n.ts';
import { notice } from '../base/parts.ts';
import { languageSwitch } from '../base/shell.ts';
import type { CopyData } from './copy-file.ts';
import { candidatesPanel, headline, recordsPanel, timeline } from './portal-election.ts';
import { figuresPanels } from './portal-figures.ts';
import { positionText } from './portal-position.ts';

// The portal of one election as a single file: opened from a disk, it asks nobody for anything.

function readData(): CopyData | null {
  try {
    const data = JSON.parse(byId('portal-data').textContent ?? '') as CopyData;
    return data.version === 1 ? data : null;
  } catch {
    return null; // the template itself, or a file cut short
  }
}

const data = readData();

function header(): HTMLElement {
  return h(
    'header',
    { class: 'bar no-print' },
    h(
      'div',
      { class: 'bar-inner' },
      h('span', { class: 'brand' }, 'Suara'),
      h('span', { class: 'bar-title' }, t('title.copy')),
      h('div', { class: 'bar-end' }, languageSwitch()),
    ),
  );
}

function proof(copy: CopyData): HTMLElement {
  return h(
    'section',
    { class: 'panel', testid: 'copy-proof' },
    h('h2', {}, t('portal.how')),
    h('p', {}, t('copy.check')),
    positionText(copy.ledger),
    h('h3', {}, t('minutes.key')),
    h('p', {}, h('code', {}, copy.election.ledger.key)),
    h('h3', {}, t('copy.checkpoint')),
    h('pre', { class: 'raw' }, copy.checkpoint),
  );
}

function screen(copy: CopyData): Child[] {
  const { election, records } = copy;
  const zone = zoneOf(election.time_zone);
  const photos = (hash: string): string | undefined => copy.photos[hash];
  return [
    notice(
      'info',
      h('p', { testid: 'copy-banner' }, t('copy.banner', { time: dateTime(copy.saved_at, zone), source: copy.source })),
    ),
    ...headline(election),
    h(
      'div',
      { class: 'two-sides wide-first' },
      h('div', {}, ...figuresPanels(election, copy), candidatesPanel(election, photos), recordsPanel(records, zone)),
      h('div', {}, proof(copy), timeline(election)),
    ),
  ];
}

function draw(): void {
  document.title = `${data?.election.name ?? t('title.copy')} – Suara`;
  byId('app').replaceChildren(
    header(),
    h('main', { id: 'main' }, ...(data ? screen(data) : [notice('bad', h('p', {}, t('copy.broken')))])),
  );
}

startLanguage();
onLanguage(draw);
draw();
