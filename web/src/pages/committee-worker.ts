import { unzipSync, zipSync } from 'fflate';
import { readSheet } from 'read-excel-file/universal';
import type { CommitteeCall } from './committee-protocol.ts';
import { cellText, decodeText, readCsv, type Table } from './roll-table.ts';

// Reads a committee's list beside the page: a spreadsheet's first sheet, or text with commas, semicolons or tabs.

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

// The library inflates what is large in workers made from text, which the service's policy forbids; what is only stored
// it takes as it is.
function stored(bytes: Uint8Array): ArrayBuffer {
  const files = unzipSync(bytes, { filter: ({ name }) => /\.xml(\.rels)?$/.test(name) });
  return zipSync(files, { level: 0 }).slice().buffer;
}

async function readTable(file: File): Promise<Table> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (!isZip(bytes)) return readCsv(decodeText(bytes)).map((row) => row.map(cellText));
  const rows = await readSheet(stored(bytes));
  return rows.map((row) => row.map(cellText)).filter((row) => row.some((cell) => cell !== ''));
}

self.onmessage = async (event: MessageEvent<CommitteeCall & { id: number }>): Promise<void> => {
  const { id, file } = event.data;
  try {
    self.postMessage({ id, result: await readTable(file) });
  } catch (error) {
    self.postMessage({ id, error: error instanceof Error ? error.message : 'unreadable' });
  }
};
