import type { ElectionSummary } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import { duration, number, span, zoneOf, type Zone } from '../base/format.ts';
import { t } from '../base/i18n.ts';
import { icon } from '../base/parts.ts';
import { page } from '../base/shell.ts';
import { uuidOf } from '../audit/memory.ts';
import { allKnown } from './supervisor-memory.ts';

// What may be verified, chosen or dropped in, and how far it is.

export const uuidForm = /^[1-9A-HJ-NP-Za-km-z]{14,32}$/;

export interface Choice {
  uuid: string;
  name: string;
  label: string;
  zone: Zone;
}

// The service's elections, and those it does not name (any more) but this device has seen or was sent to by a link: a
// server must not be able to keep a ledger from being checked by leaving it off its list.
export function choices(elections: ElectionSummary[], linked: string): Choice[] {
  const named = elections.map(({ uuid, name, phase, time_zone }) => {
    return { uuid, name, label: `${name} – ${t(`phase.${phase}`)}`, zone: zoneOf(time_zone) };
  });
  const known = [...allKnown().map(({ origin }) => uuidOf(origin)), linked].filter(
    (uuid, i, all) => uuidForm.test(uuid) && all.indexOf(uuid) === i && !named.some((choice) => choice.uuid === uuid),
  );
  return [...named, ...known.map((uuid) => ({ uuid, name: uuid, label: uuid, zone: 'WIB' as Zone }))];
}

export function electionSelect(offered: Choice[], chosen: string, change: (uuid: string) => void): Child[] {
  const select = h('select', {
    class: 'form-select mb-3',
    id: 'election',
    testid: 'election-select',
    on: { change: () => change(select.value) },
  });
  select.append(...offered.map(({ uuid, label }) => h('option', { value: uuid }, label)));
  select.value = chosen;
  return [h('label', { class: 'form-label', for: 'election' }, t('committee.election')), select];
}

export function dropZone(verify: (file: File) => void): HTMLElement {
  const input = h('input', {
    type: 'file',
    id: 'bundle',
    class: 'form-control',
    testid: 'bundle-file',
    accept: '.tar,.bel,application/x-tar',
    on: { change: () => input.files?.[0] && verify(input.files[0]) },
  });
  return h(
    'div',
    { class: 'drop' },
    h('label', { class: 'form-label', for: 'bundle' }, t('verify.file')),
    input,
    h('p', { class: 'form-text mb-0' }, t('verify.fileHelp')),
  );
}

export function runningPanel(): HTMLElement {
  return h(
    'section',
    { class: 'panel verdict', testid: 'running' },
    icon('wait'),
    h('p', { testid: 'progress-text', role: 'status' }, t('verify.reading')),
    h('p', { class: 'mute', testid: 'time-left' }),
    h(
      'div',
      {
        class: 'progress',
        role: 'progressbar',
        'aria-label': t('verify.reading'),
        'aria-valuemin': '0',
        'aria-valuemax': '100',
        'aria-valuenow': '0',
      },
      h('div', { class: 'progress-bar' }),
    ),
  );
}

export function showProgress(done: number, size: number, millisLeft: number | null): void {
  const bar = page().querySelector<HTMLElement>('.progress-bar');
  const share = size === 0 ? 100 : Math.round((100 * done) / size);
  bar?.style.setProperty('width', `${share}%`);
  bar?.parentElement?.setAttribute('aria-valuenow', String(share));
  const text = page().querySelector('[data-testid="progress-text"]');
  if (text) text.textContent = t('verify.progress', { entries: number(done), size: number(size) });
  const left = page().querySelector('[data-testid="time-left"]');
  if (left && millisLeft !== null) left.textContent = t('verify.left', { left: roughly(millisLeft) });
}

// Whole seconds, or minutes: an estimate that does not pretend to know more.
function roughly(millis: number): string {
  return millis < 60_000 ? duration(Math.max(1, Math.round(millis / 1000)) * 1000) : span(millis);
}
