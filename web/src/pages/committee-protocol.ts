import type { Table } from './roll-table.ts';

// What the centre and its worker say to each other. The worker is started once a list is chosen.

export type CommitteeCall = { type: 'readTable'; file: File };

export interface CommitteeResults extends Record<CommitteeCall['type'], unknown> {
  readTable: Table;
}
