import type { CommitteeCall } from './committee-protocol.ts';
import { readTable } from './roll-file.ts';

// Reads a committee's list beside the page.

self.onmessage = async (event: MessageEvent<CommitteeCall & { id: number }>): Promise<void> => {
  const { id, file } = event.data;
  try {
    self.postMessage({ id, result: await readTable(new Uint8Array(await file.arrayBuffer())) });
  } catch (error) {
    self.postMessage({ id, error: error instanceof Error ? error.message : 'unreadable' });
  }
};
