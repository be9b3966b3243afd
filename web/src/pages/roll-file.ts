import { unzipSync, zipSync } from 'fflate';
import { readSheet } from 'read-excel-file/universal';
import { cellText, decodeText, readCsv, type Table } from './roll-table.ts';

// A committee's list as a table: a spreadsheet's first sheet, or text with commas, semicolons or tabs.

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

// The library inflates what is large in workers made from text, which the service's policy forbids; what is only stored
// it takes as it is.
function stored(bytes: Uint8Array): ArrayBuffer {
  const files = unzipSync(bytes, { filter: ({ name }) => /\.xml(\.rels)?$/.test(name) });
  return zipSync(files, { level: 0 }).slice().buffer;
}

export async function readTable(bytes: Uint8Array): Promise<Table> {
  const rows: unknown[][] = isZip(bytes) ? await readSheet(stored(bytes)) : readCsv(decodeText(bytes));
  return rows.map((row) => row.map(cellText)).filter((row) => row.some((cell) => cell !== ''));
}
