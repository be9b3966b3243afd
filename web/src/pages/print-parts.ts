import { h, type Child } from '../base/dom.ts';

// What papers are made of.

export interface PaperColumn {
  name: string;
  kind?: 'number' | 'id' | 'short' | 'scan' | 'signature';
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

interface PaperTable {
  label: string; // what the table is
  running?: boolean; // the label stands above the head, which is repeated on every page
  columns: PaperColumn[];
  rows: Child[][];
  testid: string;
  kind?: string;
}

export function paperTable({ label, running, columns, rows, testid, kind = '' }: PaperTable): HTMLElement {
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
    { class: 'paper-scroll', tabindex: '0', role: 'region', 'aria-label': label },
    h(
      'table',
      { class: `paper-table ${kind}`.trimEnd(), testid },
      h(
        'thead',
        {},
        running && h('tr', { class: 'running' }, h('th', { colspan: kinds.length }, label)),
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
