import { h, type Child } from '../base/dom.ts';
import { t } from '../base/i18n.ts';

export interface Column {
  name: string;
  number?: boolean;
}

// Every chart is a figure whose caption states the finding, and has the same data as a table.
export function chart(
  testid: string,
  finding: string,
  asOf: Child,
  drawing: Child | Child[],
  table: Child,
  heading: 'h2' | 'h3' = 'h2',
): HTMLElement {
  return h(
    'figure',
    { class: 'chart', testid },
    h('figcaption', {}, h(heading, { class: 'chart-title' }, finding), asOf),
    drawing,
    table,
  );
}

export function tableTwin(name: string, columns: Column[], rows: (string | number)[][]): HTMLElement {
  const cellClass = (i: number): string => (columns[i]?.number ? 'num' : '');
  return h(
    'details',
    { class: 'twin mt-2', 'data-keep': name },
    h('summary', { testid: `table-${name}` }, t('chart.asTable')),
    h(
      'div',
      { class: 'table-responsive', tabindex: '0', role: 'region', 'aria-label': t('chart.asTable') },
      h(
        'table',
        { class: 'table table-sm' },
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            columns.map((column, i) => h('th', { scope: 'col', class: cellClass(i) }, column.name)),
          ),
        ),
        h(
          'tbody',
          {},
          rows.map((row) =>
            h(
              'tr',
              {},
              row.map((cell, i) =>
                i === 0 ? h('th', { scope: 'row' }, cell) : h('td', { class: cellClass(i) }, cell),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}
