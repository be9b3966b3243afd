import type { Election } from '../base/api.ts';
import { ApiError, get } from '../base/http.ts';
import { readScan } from './officer-scan.ts';

// The queue before an officer, one voter at a time: search, see who it is, mark as present once, next. No page in here:
// `changed` draws, and tests drive it as the keyboard does.

export type Delivery = 'post' | 'place';

export interface Voter {
  id: string;
  name: string;
  class: string;
  place: string;
  delivery?: Delivery;
  attended?: { time: string; seq: number };
}

export interface Marked {
  seq: number;
  time: string;
  place: string;
  delivery: Delivery;
}

// `late`: it was this page's own earlier request, whose answer had been lost.
export type Outcome =
  | { kind: 'marked'; marked: Marked; late: boolean }
  | { kind: 'already'; attended: Voter['attended'] | null; place: string }
  | { kind: 'unknown' | 'later' | 'refused'; error: ApiError };

// The same may be asked again: by a request whose answer was lost, or that the service had no time for.
export const undecided = ({ kind }: Outcome): boolean => kind === 'unknown' || kind === 'later';

export interface DeskState {
  query: string;
  searching: boolean;
  found: { voters: Voter[]; total: number; of: string } | null; // null: nothing asked yet
  at: number; // the row that Enter takes
  note: 'secret' | null;
  problem: ApiError | null; // of the search
  voter: Voter | null;
  busy: boolean;
  outcome: Outcome | null;
  done: { voter: Voter; marked: Marked }[]; // by this page, newest first; forgotten with it
}

interface DeskOptions {
  election: () => Election;
  place: () => string | null; // null: every place
  send: (path: string, body: unknown) => Promise<Marked>;
  changed: () => void;
  fail: (error: unknown) => boolean; // true where the session is over, and that is shown
}

export const mostRows = 20;
const keptDone = 5;

const asApiError = (error: unknown): ApiError => (error instanceof ApiError ? error : new ApiError('internal', ''));

// At a polling place every code lies in an envelope there; under both policies the roll says whose was sent.
export function deliveryOf(voter: Voter, { policies }: Pick<Election, 'policies'>): Delivery {
  return policies.verification === 'polling-place' ? 'place' : (voter.delivery ?? 'post');
}

export class Desk {
  state: DeskState = {
    query: '',
    searching: false,
    found: null,
    at: 0,
    note: null,
    problem: null,
    voter: null,
    busy: false,
    outcome: null,
    done: [],
  };
  private turn = 0;

  constructor(private readonly options: DeskOptions) {}

  // While typing; the answer to an older text is dropped.
  async search(raw: string): Promise<void> {
    const turn = ++this.turn;
    const scan = readScan(raw);
    if (scan.kind !== 'search') {
      const secret = scan.kind === 'secret';
      this.set({ query: '', found: null, searching: false, note: secret ? 'secret' : null, problem: null });
      return;
    }
    this.set({ query: raw, searching: true, note: null, problem: null });
    try {
      const { voters, total } = await this.ask(scan.text);
      if (turn !== this.turn) return;
      const exact = voters.findIndex(({ id }) => id.toLowerCase() === scan.text.toLowerCase());
      this.set({ searching: false, found: { voters, total, of: scan.text }, at: Math.max(0, exact) });
    } catch (error) {
      if (turn !== this.turn || this.options.fail(error)) return;
      this.set({ searching: false, found: null, problem: asApiError(error) });
    }
  }

  // Enter: waits for the answer to what stands in the field, then takes the row that is marked.
  async enter(raw: string): Promise<void> {
    const scan = readScan(raw);
    if (scan.kind !== 'search' || this.state.found?.of !== scan.text) await this.search(raw);
    const { found, at } = this.state;
    const voter = found?.voters[at];
    if (voter) this.choose(voter);
  }

  move(by: number): void {
    const rows = this.state.found?.voters.length ?? 0;
    if (rows > 0) this.set({ at: (this.state.at + by + rows) % rows });
  }

  choose(voter: Voter): void {
    const { attended, place } = voter;
    this.set({ voter, outcome: attended ? { kind: 'already', attended, place } : null });
  }

  async mark(): Promise<void> {
    const { voter, busy, outcome } = this.state;
    if (!voter || busy) return;
    const lost = outcome?.kind === 'unknown';
    this.set({ busy: true });
    const next = await this.attempt(voter, lost);
    if (!next) return;
    const done =
      next.kind === 'marked'
        ? [{ voter, marked: next.marked }, ...this.state.done].slice(0, keptDone)
        : this.state.done;
    this.set({ busy: false, outcome: next, done });
  }

  next(): void {
    this.turn++;
    this.set({ query: '', found: null, at: 0, note: null, problem: null, voter: null, busy: false, outcome: null });
  }

  private set(next: Partial<DeskState>): void {
    this.state = { ...this.state, ...next };
    this.options.changed();
  }

  private ask(text: string): Promise<{ voters: Voter[]; total: number }> {
    const place = this.options.place();
    const where = place === null ? '' : `&place=${encodeURIComponent(place)}`;
    const { uuid } = this.options.election();
    return get(`/elections/${uuid}/roll?q=${encodeURIComponent(text)}${where}&limit=${mostRows}`);
  }

  private async attempt(voter: Voter, lost: boolean): Promise<Outcome | null> {
    const { uuid } = this.options.election();
    try {
      const marked = await this.options.send(`/elections/${uuid}/attendance`, { voter: voter.id });
      return { kind: 'marked', marked, late: false };
    } catch (thrown) {
      if (this.options.fail(thrown)) return null;
      const error = asApiError(thrown);
      if (error.code === 'already_verified') return this.already(voter, lost);
      // After a lost answer, a service too busy to look says nothing about the first request.
      if (error.unknown || (lost && error.busy)) return { kind: 'unknown', error };
      return { kind: error.busy ? 'later' : 'refused', error };
    }
  }

  // When and where the first was stands in the roll. After a lost answer it was this page's own request.
  private async already(voter: Voter, lost: boolean): Promise<Outcome> {
    const found = await this.ask(voter.id).catch(() => null);
    const now = found?.voters.find(({ id }) => id === voter.id) ?? voter;
    const { place, attended } = now;
    if (lost && attended) {
      const marked: Marked = { ...attended, place, delivery: deliveryOf(now, this.options.election()) };
      return { kind: 'marked', marked, late: true };
    }
    return { kind: 'already', attended: attended ?? null, place };
  }
}
