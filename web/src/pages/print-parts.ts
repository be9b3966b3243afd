import { h, type Child } from '../base/dom.ts';

// What papers are made of.

export interface PaperColumn {
  name: string;
  kind?: 'number' | 'id' | 'short' | 'signature';
  span?: number;
}

export function title(paper: string, election: string, below: string | null = null): HTMLElement {
  return h(
    'header',
    { class: 'paper-title' },
    h('h1', {}, paper),
    h('p', { class: 'paper-election' }, election),
    below && h('p', { class: 'paper-below' }, below),
  );
}

const classOf = (column: PaperColumn | undefined): string | undefined => column?.kind && `is-${column.kind}`;

// The head is repeated on every page, with `running` above it, which says what the page belongs to.
export function paperTable(
  running: string | null,
  columns: PaperColumn[],
  rows: Child[][],
  testid: string,
  kind = '',
): HTMLElement {
  const kinds = columns.flatMap((column) => Array<PaperColumn>(column.span ?? 1).fill(column));
  const cells = rows.map((row) =>
    h(
      'tr',
      {},
      row.map((cell, i) => h('td', { class: classOf(kinds[i]) }, cell)),
    ),
  );
  return h(
    'div',
    { class: 'paper-scroll', tabindex: '0', role: 'region', 'aria-label': running ?? columns.map((c) => c.name).join(', ') },
    h(
      'table',
      { class: `paper-table ${kind}`.trimEnd(), testid },
      h(
        'thead',
        {},
        running && h('tr', { class: 'running' }, h('th', { colspan: kinds.length }, running)),
        h(
          'tr',
          {},
          columns.map((column) => h('th', { scope: 'col', class: classOf(column), colspan: column.span }, column.name)),
        ),
      ),
      h('tbody', {}, cells),
    ),
  );
}

export function facts(rows: [string, Child][]): HTMLElement {
  return h(
    'dl',
    { class: 'paper-facts' },
    rows.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]),
  );
}
