import type { BoardItem } from '../base/api.ts';
import { get } from '../base/http.ts';
import type { Board } from './tracker.ts';

// One page of the bulletin board, in order of time. The last page grows while people vote; any page may change, as a
// later ballot replaces one on it.

export const pageSize = 50;

// Where a page begins: at the board's first ballot, at its last ones, after a ballot or before one.
export type Place = { at: 'first' | 'last' } | { at: 'after' | 'before'; seq: number };

const afterAll = 2 ** 52; // no entry has so large a number

function query(place: Place): string {
  switch (place.at) {
    case 'first':
      return '';
    case 'last':
      return `&before=${afterAll}`;
    default:
      return `&${place.at}=${place.seq}`;
  }
}

export interface BoardPage {
  board: Board;
  place: Place;
  hasEarlier: boolean;
  hasLater: boolean;
}

// One more is asked for than shown, to know whether the board goes on.
export async function readPage(uuid: string, place: Place, ask = get<Board>): Promise<BoardPage> {
  const board = await ask(`/elections/${uuid}/ballots?limit=${pageSize + 1}${query(place)}`);
  const { ballots } = board;
  const more = ballots.length > pageSize;
  const backwards = place.at === 'last' || place.at === 'before';
  const shown = backwards ? ballots.slice(-pageSize) : ballots.slice(0, pageSize);
  return {
    board: { ...board, ballots: shown },
    place,
    hasEarlier: backwards ? more : place.at === 'after',
    hasLater: backwards ? place.at === 'before' : more,
  };
}

export const earlierThan = (items: BoardItem[]): Place => ({ at: 'before', seq: items[0]?.seq ?? 0 });
export const laterThan = (items: BoardItem[]): Place => ({ at: 'after', seq: items.at(-1)?.seq ?? 0 });
