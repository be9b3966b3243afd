import {
  checkOpening,
  openingRows,
  readElection,
  readOpening,
  readOpeningLink,
  sodiumReady,
  type Opening,
} from '../ballot/index.ts';
import type { BoardItem, Election } from '../base/api.ts';
import { ApiError, get } from '../base/http.ts';
import { readEntry } from '../log/entry.ts';
import { openCheckpoint, readVerifierKey } from '../log/note.ts';
import { httpSource } from '../log/source.ts';
import { bundleOf, splitBundle, tilePath, tileWidth } from '../log/tiles.ts';
import type { CheckFailure, CheckReply, CheckRequest, CheckResult, HeldAnswer, Recorded } from './check-protocol.ts';

// Recomputes an opened ballot beside the page, and asks the ledger what became of it.

class Failed extends Error {
  constructor(readonly failure: CheckFailure) {
    super(failure);
  }
}

const pollMs = 1000;
const polls = 5;

// A ballot that was opened a moment ago stands on the board, and in the published ledger, a moment later.
async function soon<T>(ask: () => Promise<T | null>): Promise<T | null> {
  for (let i = 0; ; i++) {
    const found = await ask();
    if (found !== null || i === polls) return found;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

async function boardItem(uuid: string, tracker: string): Promise<BoardItem | null> {
  try {
    const path = `/elections/${uuid}/ballots?tracker=${encodeURIComponent(tracker)}`;
    return (await get<{ ballots: BoardItem[] }>(path)).ballots[0] ?? null;
  } catch (error) {
    if (error instanceof ApiError && error.code === 'not_found') return null;
    throw error;
  }
}

// The exact ballot from the published ledger, or null while that does not reach so far; that it is the one meant, its
// tracker shows.
async function publishedBallot(shown: Election, seq: number): Promise<string | null> {
  const source = httpSource(`/log/${shown.uuid}/`);
  const key = readVerifierKey(shown.ledger.key);
  const note = await source.read('checkpoint');
  const reading = key && note && openCheckpoint(note, [key]);
  if (!reading || !reading.ok || reading.checkpoint.size <= seq) return null;
  const { size } = reading.checkpoint;
  const bundle = await source.read(tilePath(bundleOf(seq, size)));
  const bytes = bundle ? splitBundle(bundle).entries[seq % tileWidth] : undefined;
  const entry = bytes && readEntry(bytes);
  if (!entry || typeof entry === 'string') throw new Failed('noBallot');
  const ballot = (entry.data as { ballot?: unknown } | null)?.ballot;
  if (typeof ballot !== 'string') throw new Failed('noBallot');
  return ballot;
}

async function openingOfLink(uuid: string, fragment: string): Promise<Opening> {
  const linked = readOpeningLink(fragment);
  if (!linked) throw new Failed('notAFile');
  const shown = await get<Election>(`/elections/${encodeURIComponent(uuid)}`);
  const election = shown.election === null ? null : readElection(shown.election);
  if (!election) throw new Failed('election');
  const item = await soon(() => boardItem(uuid, linked.tracker));
  if (!item) throw new Failed('noBallot');
  const ballot = await soon(() => publishedBallot(shown, item.seq));
  if (ballot === null) throw new Failed('unpublished');
  const randomness = openingRows(election, linked.scalars);
  if (!randomness) throw new Failed('notAFile');
  return { election: shown.election!, ballot, randomness };
}

async function recordedAs(uuid: string, tracker: string): Promise<Recorded> {
  try {
    const { time_zone: zone } = await get<Election>(`/elections/${uuid}`);
    const item = await soon(() => boardItem(uuid, tracker));
    return item ? { state: item.status, seq: item.seq, time: item.time, zone } : { state: 'absent' };
  } catch (error) {
    return { state: error instanceof ApiError && error.code === 'not_found' ? 'elsewhere' : 'unreachable' };
  }
}

async function check({ origin }: CheckRequest): Promise<CheckResult> {
  await sodiumReady();
  const opening = origin.type === 'file' ? readOpening(origin.text) : await openingOfLink(origin.uuid, origin.fragment);
  if (!opening) return { ok: false, failure: 'notAFile' };
  const reading = checkOpening(opening);
  if (!reading.ok) {
    if (reading.fault !== 'randomness') return { ok: false, failure: reading.fault };
    return { ok: false, failure: 'randomness', question: reading.question, choice: reading.choice };
  }
  const { election, tracker, marks } = reading;
  const answers = election.questions.map((question, q): HeldAnswer => {
    const ofAnswers = question.blank ? marks[q]!.slice(1) : marks[q]!;
    return {
      question: question.question,
      names: question.answers.filter((_, i) => ofAnswers[i] === 1),
      blank: question.blank && marks[q]![0] === 1,
    };
  });
  const recorded = await recordedAs(election.uuid, tracker);
  return { ok: true, uuid: election.uuid, name: election.name, tracker, answers, recorded };
}

self.onmessage = (event: MessageEvent<CheckRequest>) => {
  const reply = (result: CheckResult): void => self.postMessage({ run: event.data.run, result } satisfies CheckReply);
  check(event.data).then(reply, (error: unknown) => {
    if (error instanceof Failed) reply({ ok: false, failure: error.failure });
    else if (error instanceof ApiError && error.code === 'not_found') reply({ ok: false, failure: 'noBallot' });
    else reply({ ok: false, failure: 'network' });
  });
};
