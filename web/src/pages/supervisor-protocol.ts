import type { Served } from '../audit/memory.ts';
import type { KnownLedger, Memory, Report } from '../audit/report.ts';

// What the supervisor's page and its worker say to each other. An audit that is followed says nothing of its progress; of
// its report's rows only those from `goneOnFrom` on are sent.

export type SupervisorRequest =
  | { type: 'verify-log'; run: number; uuid: string; memory: Memory; whole: boolean }
  | { type: 'follow-log'; run: number; uuid: string; memory: Memory }
  | { type: 'verify-file'; run: number; file: File; known: KnownLedger[] }
  | { type: 'entry'; run: number; seq: number };

export type SupervisorReply =
  | { type: 'progress'; run: number; done: number; size: number; millisLeft: number | null }
  | { type: 'report'; run: number; report: Report; served: Served | null } // null: not asked, a file's alone
  | { type: 'followed'; run: number; report: Report }
  | { type: 'not-followed'; run: number }
  | { type: 'failed'; run: number; reason: 'network' | 'not-a-bundle' | 'too-large' }
  | ({ type: 'entry'; run: number } & ShownEntry);

export interface ShownEntry {
  seq: number;
  text: string | null; // as published; null where there is none
  leaf: string | null;
  stored: string | null; // the database's row, where it differs
}
