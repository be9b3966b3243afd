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
  | { kind: 'already'; attended: Voter['attended'] | null; place: string; asked?: true } // `asked`: here too, unanswered
  | { kind: 'unknown' | 'later' | 'refused'; error: ApiError };

// The same may be asked again: by a request whose answer was lost, or that the service had no time for.
export const undecided = ({ kind }: Outcome): boolean => kind === 'unknown' || kind === 'later';

// What became of a voter's mark while somebody else stood at the desk.
export interface Missed {
  election: string;
  place: string | null; // that the desk served
  voter: Voter;
  outcome: Outcome;
}

interface Found {
  voters: Voter[];
  total: number;
  of: string;
  named: boolean; // `of` was scanned as a voter's number
}

export interface DeskState {
  query: string;
  searching: boolean;
  found: Found | null; // null: nothing asked yet
  at: number; // the row that Enter takes; -1: none
  note: 'secret' | null;
  problem: ApiError | null; // of the search
  voter: Voter | null;
  busy: boolean; // with the voter who is shown
  outcome: Outcome | null;
  missed: Missed[];
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

const keyOf = (election: string, voter: Voter): string => `${election} ${voter.id}`;

const asApiError = (error: unknown): ApiError => (error instanceof ApiError ? error : new ApiError('internal', ''));

// At a polling place every code lies in an envelope there; under both policies the roll says whose was sent.
export function deliveryOf(voter: Voter, { policies }: Pick<Election, 'policies'>): Delivery {
  return policies.verification === 'polling-place' ? 'place' : (voter.delivery ?? 'post');
}

// The row that Enter takes where nobody has moved to one: the voter of that very number, or the only one found. Whoever
// else has the text within name, class or number may be anybody, the more so where a scan names a number.
function sureRow({ voters, total, of, named }: Found): number {
  const same = voters.findIndex(({ id }) => id === of);
  if (same >= 0) return same;
  const alike = voters.filter(({ id }) => id.toLowerCase() === of.toLowerCase());
  if (alike.length === 1) return voters.indexOf(alike[0]!);
  return total === 1 && !named ? 0 : -1;
}

// Why Enter takes nobody of those who were found.
export function unsureOf({ found, at, voter }: DeskState): 'several' | 'otherNumber' | null {
  if (!found || found.voters.length === 0 || at >= 0 || voter) return null;
  return found.named ? 'otherNumber' : 'several';
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
    missed: [],
    done: [],
  };
  private turn = 0;
  private readonly waiting = new Set<string>(); // voters whose mark has no answer yet, whoever is shown
  private readonly unsure = new Set<string>(); // voters whose mark may be recorded: its answer was lost

  constructor(private readonly options: DeskOptions) {}

  // While typing; the answer to an older text is dropped. True where the answer is there.
  async search(raw: string): Promise<boolean> {
    const turn = ++this.turn;
    const scan = readScan(raw);
    if (scan.kind !== 'search') {
      const secret = scan.kind === 'secret';
      this.set({ query: '', found: null, searching: false, note: secret ? 'secret' : null, problem: null });
      return false;
    }
    this.set({ query: raw, searching: true, note: null, problem: null });
    try {
      const { voters, total } = await this.ask(scan.text, this.options.election(), this.options.place());
      if (turn !== this.turn) return false;
      const found: Found = { voters, total, of: scan.text, named: scan.named === true };
      this.set({ searching: false, found, at: sureRow(found) });
      return true;
    } catch (error) {
      if (turn === this.turn && !this.options.fail(error)) {
        this.set({ searching: false, found: null, problem: asApiError(error) });
      }
      return false;
    }
  }

  // Enter: waits for the answer to what stands in the field, then takes the row that is marked.
  async enter(raw: string): Promise<void> {
    if (this.state.busy) return;
    const scan = readScan(raw);
    const { found } = this.state;
    const here = scan.kind === 'search' && found?.of === scan.text && found.named === (scan.named === true);
    if (!here && !(await this.search(raw))) return;
    const voter = this.state.found?.voters[this.state.at];
    if (voter) this.choose(voter);
  }

  move(by: number): void {
    const rows = this.state.found?.voters.length ?? 0;
    const from = this.state.at < 0 && by < 0 ? 0 : this.state.at;
    if (rows > 0) this.set({ at: (from + by + rows) % rows });
  }

  choose(voter: Voter): void {
    this.turn++;
    const { uuid } = this.options.election();
    const key = keyOf(uuid, voter);
    const outcome = this.alreadyIn(voter, this.unsure.has(key));
    if (outcome) this.unsure.delete(key);
    // A mark whose answer was lost may still be on its way where the roll does not show it.
    const missed = this.unsure.has(key) ? this.state.missed : this.missedWithout(key);
    this.set({ voter, found: null, searching: false, busy: this.waiting.has(key), outcome, missed });
  }

  // The answer belongs to the voter it was asked for, whoever is shown by then.
  async mark(): Promise<void> {
    const { voter, busy } = this.state;
    if (!voter || busy) return;
    const election = this.options.election();
    const place = this.options.place();
    const key = keyOf(election.uuid, voter);
    this.waiting.add(key);
    this.set({ busy: true });
    const outcome = await this.attempt(voter, this.unsure.has(key), election, place);
    this.waiting.delete(key);
    const unknown = outcome.kind === 'unknown';
    if (unknown) this.unsure.add(key);
    else if (outcome.kind === 'marked' || outcome.kind === 'already') this.unsure.delete(key);
    const done =
      outcome.kind === 'marked'
        ? [{ voter, marked: outcome.marked }, ...this.state.done].slice(0, keptDone)
        : this.state.done;
    const others = this.missedWithout(key);
    if (this.shows(key)) this.set({ busy: false, outcome, done, missed: unknown ? this.state.missed : others });
    else if (outcome.kind === 'marked') this.set({ done, missed: others });
    else this.set({ missed: [...others, { election: election.uuid, place, voter, outcome }] });
  }

  next(): void {
    this.turn++;
    this.set({ query: '', found: null, at: 0, note: null, problem: null, voter: null, busy: false, outcome: null });
  }

  private set(next: Partial<DeskState>): void {
    this.state = { ...this.state, ...next };
    this.options.changed();
  }

  private shows(key: string): boolean {
    const { voter } = this.state;
    return voter !== null && keyOf(this.options.election().uuid, voter) === key;
  }

  private missedWithout(key: string): Missed[] {
    const { missed } = this.state;
    const others = missed.filter(({ election, voter }) => keyOf(election, voter) !== key);
    return others.length < missed.length ? others : missed; // the same where nothing changes, so that nothing is read out
  }

  private alreadyIn({ attended, place }: Voter, asked: boolean): Outcome | null {
    return attended ? { kind: 'already', attended, place, ...(asked && { asked }) } : null;
  }

  private ask(text: string, { uuid }: Election, place: string | null): Promise<{ voters: Voter[]; total: number }> {
    const where = place === null ? '' : `&place=${encodeURIComponent(place)}`;
    return get(`/elections/${uuid}/roll?q=${encodeURIComponent(text)}${where}&limit=${mostRows}`);
  }

  private async attempt(voter: Voter, lost: boolean, election: Election, place: string | null): Promise<Outcome> {
    try {
      const marked = await this.options.send(`/elections/${election.uuid}/attendance`, { voter: voter.id });
      return { kind: 'marked', marked, late: false };
    } catch (thrown) {
      const error = asApiError(thrown);
      if (this.options.fail(thrown)) return { kind: lost ? 'unknown' : 'refused', error };
      if (error.code === 'already_verified') return this.already(voter, lost, election, place);
      // After a lost answer, a service too busy to look says nothing about the first request.
      if (error.unknown || (lost && error.busy)) return { kind: 'unknown', error };
      return { kind: error.busy ? 'later' : 'refused', error };
    }
  }

  // When and where the first was stands in the roll. After a lost answer it was this page's own request.
  private async already(voter: Voter, lost: boolean, election: Election, where: string | null): Promise<Outcome> {
    const found = await this.ask(voter.id, election, where).catch(() => null);
    const now = found?.voters.find(({ id }) => id === voter.id) ?? voter;
    const { place, attended } = now;
    if (lost && attended) {
      const marked: Marked = { ...attended, place, delivery: deliveryOf(now, election) };
      return { kind: 'marked', marked, late: true };
    }
    return this.alreadyIn(now, false) ?? { kind: 'already', attended: null, place };
  }
}
