import type { Table } from './roll-table.ts';

// Which column of a committee's own list is what the roll needs, and which polling place a cell means.

export const targets = ['id', 'name', 'class', 'place', 'weight', 'delivery'] as const;
export type Target = (typeof targets)[number];
export const needed: readonly Target[] = ['id', 'name', 'class', 'place'];

export type Mapping = Record<Target, number | null>;

export interface Place {
  id: string;
  name: string;
}

const names: Record<Target, string[]> = {
  id: ['id', 'nomor', 'nis', 'nisn', 'nomorinduk', 'noinduk', 'nomorindukmahasiswa', 'nim', 'nik', 'nip', 'voterid'],
  name: ['nama', 'name', 'namalengkap', 'namasiswa', 'namapemilih', 'fullname'],
  class: ['kelas', 'class', 'rombel', 'rombonganbelajar', 'kelompok', 'unit', 'prodi'],
  place: ['tps', 'place', 'tempat', 'tempatpemungutansuara', 'pollingplace', 'lokasi'],
  weight: ['bobot', 'weight'],
  delivery: ['penyerahan', 'delivery'],
};

const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

function targetOf(heading: string): Target | null {
  const said = plain(heading);
  return targets.find((target) => names[target].includes(said)) ?? null;
}

export interface Sheet {
  headings: string[]; // by column; "Kolom 3" where the table names none
  rows: Table;
  named: boolean;
}

// The first row that names at least two of the columns is the heading; what stands above it is a title.
export function readSheet(table: Table, unnamed: (n: number) => string): Sheet {
  const width = Math.max(0, ...table.map((row) => row.length));
  const at = table.slice(0, 20).findIndex((row) => row.filter((cell) => targetOf(cell) !== null).length >= 2);
  const heading = at < 0 ? [] : table[at]!;
  const headings = Array.from({ length: width }, (_, i) => heading[i]?.trim() || unnamed(i + 1));
  return { headings, rows: table.slice(at + 1), named: at >= 0 };
}

export function guess({ headings, named }: Sheet): Mapping {
  const mapping: Mapping = { id: null, name: null, class: null, place: null, weight: null, delivery: null };
  if (!named) return mapping;
  for (const [column, heading] of headings.entries()) {
    const target = targetOf(heading);
    if (target && mapping[target] === null) mapping[target] = column;
  }
  // A school's list tells the class, and the class where one votes.
  mapping.place ??= mapping.class;
  return mapping;
}

export function guessPlace(cell: string, places: Place[]): string | null {
  const said = plain(cell);
  const found = places.find(({ id, name }) => plain(id) === said || plain(name) === said);
  if (found) return found.id;
  // "1" or "TPS 01" for tps-1
  const digits = /^(?:tps)?0*(\d+)$/.exec(said)?.[1];
  return (digits && places.find(({ id }) => id === `tps-${digits}`)?.id) || null;
}

const cellOf = (row: string[], column: number | null): string => (column === null ? '' : (row[column] ?? '').trim());

// Every different cell of the column that tells the place, in the order they come, with how many rows have it.
export function placeValues({ rows }: Sheet, { place }: Mapping): Map<string, number> {
  const counts = new Map<string, number>();
  if (place === null) return counts;
  for (const row of rows) {
    const cell = cellOf(row, place);
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  return counts;
}

export interface RowFault {
  row: number; // from 1, of the rows below the heading
  kind: 'noId' | 'noName' | 'noClass' | 'noPlace' | 'sameId' | 'formula' | 'badWeight' | 'badDelivery';
  text: string;
}

export interface Prepared {
  table: Table; // with the service's own headings
  faults: RowFault[];
  byPlace: Map<string, number>;
}

const deliveries: Record<string, string> = {
  '': 'post',
  pos: 'post',
  post: 'post',
  surat: 'post',
  tps: 'place',
  place: 'place',
  tempat: 'place',
};

export function deliveryOf(cell: string): string | null {
  return deliveries[plain(cell)] ?? null;
}

// The roll as the service takes it. `placeOf`: what each cell of the place's column means.
export function prepare({ rows }: Sheet, mapping: Mapping, placeOf: Map<string, string>): Prepared {
  const used = targets.filter((target) => needed.includes(target) || mapping[target] !== null);
  const table: Table = [[...used]];
  const faults: RowFault[] = [];
  const byPlace = new Map<string, number>();
  const ids = new Set<string>();
  for (const [i, row] of rows.entries()) {
    const fault = (kind: RowFault['kind'], text: string): void => void faults.push({ row: i + 1, kind, text });
    const cells = Object.fromEntries(used.map((target) => [target, cellOf(row, mapping[target])])) as Record<
      Target,
      string
    >;
    const said = cells.place;
    cells.place = placeOf.get(said) ?? '';
    if (cells.id === '') fault('noId', cells.name);
    else if (ids.has(cells.id)) fault('sameId', cells.id);
    ids.add(cells.id);
    if (cells.name === '') fault('noName', cells.id);
    if (cells.class === '') fault('noClass', cells.name);
    if (cells.place === '') fault('noPlace', said);
    if (mapping.weight !== null && cells.weight !== '' && !/^[1-9]\d{0,6}$/.test(cells.weight))
      fault('badWeight', cells.weight);
    if (mapping.weight !== null && cells.weight === '') cells.weight = '1';
    if (mapping.delivery !== null) {
      const delivery = deliveryOf(cells.delivery);
      if (delivery === null) fault('badDelivery', cells.delivery);
      cells.delivery = delivery ?? '';
    }
    for (const target of ['id', 'name', 'class'] as const)
      if (/^[=+\-@]/.test(cells[target])) fault('formula', cells[target]);
    byPlace.set(cells.place, (byPlace.get(cells.place) ?? 0) + 1);
    table.push(used.map((target) => cells[target]));
  }
  return { table, faults, byPlace };
}
