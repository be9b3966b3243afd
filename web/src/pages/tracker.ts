import type { AsOf, BoardItem } from '../base/api.ts';
import { dateTime, number, type Zone } from '../base/format.ts';
import { get } from '../base/http.ts';
import { t } from '../base/i18n.ts';

// Trackers as people type them, and what the bulletin board says of one.

const trackerLength = 43;
const shortestBeginning = 6; // a shorter one would be no search

export interface Board {
  as_of: AsOf;
  ballots: BoardItem[];
}

// Trackers are base64 without padding of 32 bytes. Copied ones come with spaces, padding or the other alphabet.
const plain = (typed: string): string =>
  typed.replace(/\s/g, '').replace(/=+$/, '').replace(/-/g, '+').replace(/_/g, '/');

// A whole tracker or its beginning, or null where it can be neither.
export function readSearch(typed: string): string | null {
  const text = plain(typed);
  const fits = text.length >= shortestBeginning && text.length <= trackerLength;
  return fits && /^[A-Za-z0-9+/]+$/.test(text) ? text : null;
}

export function readTracker(typed: string): string | null {
  const text = readSearch(typed);
  return text?.length === trackerLength ? text : null;
}

export function searchBoard(uuid: string, text: string, limit: number): Promise<Board> {
  const by = text.length === trackerLength ? 'tracker' : `limit=${limit}&begins`;
  return get<Board>(`/elections/${uuid}/ballots?${by}=${encodeURIComponent(text)}`);
}

export const boardLink = (uuid: string, tracker = ''): string =>
  `/board/${uuid}${tracker && `#${encodeURIComponent(tracker)}`}`;

export const toneOf = ({ status }: BoardItem): 'ok' | 'warn' => (status === 'counted' ? 'ok' : 'warn');

// What became of it, as a sentence.
export function fateOf({ seq, time, status }: BoardItem, zone: Zone): string {
  return t(`fate.${status}`, { seq: number(seq), time: dateTime(time, zone) });
}
