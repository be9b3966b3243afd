import { h, type Child } from '../base/dom.ts';
import { clock, number, type Zone } from '../base/format.ts';
import { t, type MessageKey } from '../base/i18n.ts';
import { button, notice } from '../base/parts.ts';
import { isTime } from '../log/entry.ts';
import type { Report } from '../audit/report.ts';
import type { ShownEntry } from './supervisor-protocol.ts';

// The entries behind a verdict: a list by type, and any one of them in full.

const rowsPerPage = 50;

interface EntriesState {
  filter: string;
  page: number;
}
interface EntriesActions {
  open: (seq: number) => void;
  show: (next: EntriesState & { focus: string }) => void;
}

function typeCounts(report: Report): [string, number][] {
  const counts = new Map<string, number>();
  for (const { type } of report.rows) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}

function typeName(type: string): string {
  return type === '' ? t('entry.unreadable') : type;
}

// Every entry, newest last, by type; any one opens in full.
export function entriesPanel(report: Report, zone: Zone, state: EntriesState, actions: EntriesActions): HTMLElement {
  const seqs: number[] = [];
  report.rows.forEach((row, seq) => {
    if (state.filter === '' || row.type === state.filter) seqs.push(seq);
  });
  const pages = Math.max(1, Math.ceil(seqs.length / rowsPerPage));
  const at = Math.min(state.page, pages - 1);
  const select = h('select', {
    class: 'form-select',
    id: 'filter',
    testid: 'filter',
    on: { change: () => actions.show({ filter: select.value, page: 0, focus: 'filter' }) },
  });
  select.append(
    h('option', { value: '' }, t('entries.all', { n: report.rows.length })),
    ...typeCounts(report).map(([type, n]) => h('option', { value: type }, `${typeName(type)} (${number(n)})`)),
  );
  select.value = state.filter;
  const jump = h('input', {
    type: 'number',
    class: 'form-control',
    id: 'jump',
    testid: 'entry-number',
    min: 0,
    max: report.size - 1,
    inputmode: 'numeric',
  });
  const turn = (key: MessageKey, testid: string, to: number): HTMLElement => {
    const control = button(t(key), 'secondary', testid, () =>
      actions.show({ filter: state.filter, page: to, focus: testid }),
    );
    control.disabled = to < 0 || to >= pages;
    return control;
  };
  return h(
    'section',
    { class: 'panel no-print' },
    h('h2', {}, t('entries.title')),
    h(
      'div',
      { class: 'row g-2 align-items-end mb-2' },
      h(
        'div',
        { class: 'col-12 col-md-5' },
        h('label', { class: 'form-label', for: 'filter' }, t('entries.filter')),
        select,
      ),
      h(
        'form',
        {
          class: 'col-12 col-md-5',
          on: { submit: (event) => (event.preventDefault(), openTyped(jump, report.size, actions.open)) },
        },
        h('label', { class: 'form-label', for: 'jump' }, t('entries.number')),
        h(
          'div',
          { class: 'd-flex gap-2' },
          jump,
          h('button', { type: 'submit', class: 'btn btn-outline-secondary', testid: 'open-entry' }, t('entries.open')),
        ),
      ),
    ),
    h(
      'div',
      { class: 'table-responsive', tabindex: '0', role: 'region', 'aria-label': t('entries.title') },
      h(
        'table',
        { class: 'table table-sm', testid: 'entries' },
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            [t('entries.seq'), t('entries.time'), t('entries.type'), t('entries.actor')].map((name) =>
              h('th', { scope: 'col' }, name),
            ),
          ),
        ),
        h(
          'tbody',
          {},
          seqs.slice(at * rowsPerPage, (at + 1) * rowsPerPage).map((seq) => {
            const row = report.rows[seq]!;
            return h(
              'tr',
              {},
              h(
                'th',
                { scope: 'row' },
                h(
                  'button',
                  {
                    type: 'button',
                    class: 'btn btn-link',
                    'aria-label': t('entry.show', { seq }),
                    on: { click: () => actions.open(seq) },
                  },
                  number(seq),
                ),
              ),
              h('td', {}, isTime(row.time) ? clock(row.time, zone) : '–'),
              h('td', {}, typeName(row.type)),
              h('td', {}, row.actor),
            );
          }),
        ),
      ),
    ),
    h(
      'div',
      { class: 'row-actions align-items-center' },
      turn('entries.before', 'page-before', at - 1),
      t('entries.page', { at: at + 1, all: pages }),
      turn('entries.after', 'page-after', at + 1),
    ),
  );
}

function openTyped(field: HTMLInputElement, size: number, open: (seq: number) => void): void {
  const seq = Number(field.value);
  if (field.value !== '' && Number.isInteger(seq) && seq >= 0 && seq < size) open(seq);
  else field.focus();
}

// The body set out for reading, and the bytes as they are beneath.
function readable(text: string): string {
  const line = text.split('\n')[0] ?? '';
  try {
    return JSON.stringify(JSON.parse(line), null, 2);
  } catch {
    return line;
  }
}

export function entryView(entry: ShownEntry, report: Report | null, open: (seq: number) => void): HTMLElement {
  const { seq, text, leaf, stored } = entry;
  const step = (to: number, key: MessageKey, testid: string): Child =>
    to >= 0 && report && to < report.size ? button(t(key), 'secondary', testid, () => open(to)) : null;
  const faults = report?.faults.filter((fault) => fault.seq === seq) ?? [];
  return h(
    'section',
    { class: 'panel', testid: 'entry' },
    h('h2', { tabindex: '-1' }, t('entry.title', { seq })),
    faults.map((fault) =>
      notice(
        'bad',
        h(
          'p',
          {},
          `${t(`verifies.${fault.check}`)}. ${t('fault.expected')}: ${fault.expected}. ${t('fault.found')}: ${fault.found}`,
        ),
      ),
    ),
    text === null
      ? notice('warn', h('p', {}, t('entry.none')))
      : [
          h('pre', { class: 'raw' }, readable(text)),
          stored !== null && h('h3', {}, t('entry.stored')),
          stored !== null && h('pre', { class: 'raw', testid: 'stored-entry' }, readable(stored)),
          h('details', {}, h('summary', {}, t('entry.raw')), h('pre', { class: 'raw' }, text)),
          h('p', { class: 'small-text' }, t('entry.leaf'), ' ', h('code', {}, leaf)),
        ],
    h(
      'div',
      { class: 'row-actions no-print' },
      step(seq - 1, 'entries.before', 'entry-before'),
      step(seq + 1, 'entries.after', 'entry-after'),
    ),
  );
}
