import type { BoardItem, BallotReceipt } from '../base/api.ts';
import { ApiError } from '../base/http.ts';
import type { SealedBallot } from './vote-protocol.ts';

// A ballot on its way. Until the service has answered, its encrypted bytes are kept in this tab, so that neither a lost
// network nor a reload loses it: the same bytes are sent again, and the service knows them from a second ballot. What is
// kept opens nothing: no code, no choice.

const keyOf = (uuid: string): string => `suara.unanswered.${uuid}`;

function storage(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null; // refused: the page goes on with what it holds itself
  }
}

export function keepUnanswered(uuid: string, { text, tracker }: SealedBallot): void {
  try {
    storage()?.setItem(keyOf(uuid), JSON.stringify({ text, tracker }));
  } catch {
    // Full: the page goes on with what it holds itself.
  }
}

export function unanswered(uuid: string): SealedBallot | null {
  try {
    const kept = JSON.parse(storage()?.getItem(keyOf(uuid)) ?? 'null') as Partial<SealedBallot> | null;
    if (typeof kept?.text !== 'string' || typeof kept.tracker !== 'string') return null;
    return { text: kept.text, tracker: kept.tracker };
  } catch {
    return null;
  }
}

export function forgetUnanswered(uuid: string): void {
  storage()?.removeItem(keyOf(uuid));
}

// `leaf` is absent where a ballot was found on the public board instead of being answered.
export type Acknowledged = Omit<BallotReceipt, 'leaf'> & { leaf?: string };

// `unknown`: whether it is recorded cannot be said. `later`: it is not, and may be by sending the same again.
// `refused`: it is not, and will not be.
export type Outcome =
  | { kind: 'recorded'; receipt: Acknowledged }
  | { kind: 'unknown' | 'later' | 'refused'; error: ApiError };

export interface Sending {
  post: (text: string) => Promise<BallotReceipt>;
  find: (tracker: string) => Promise<BoardItem | null>;
}

const asApiError = (error: unknown): ApiError => (error instanceof ApiError ? error : new ApiError('internal', ''));

// `unsure`: an earlier sending of these bytes had no answer, so a refusal now does not mean that they are not recorded.
export async function sendBallot(ballot: SealedBallot, unsure: boolean, { post, find }: Sending): Promise<Outcome> {
  try {
    const receipt = await post(ballot.text);
    if (receipt.tracker !== ballot.tracker) return { kind: 'refused', error: new ApiError('integrity', '') };
    return { kind: 'recorded', receipt };
  } catch (thrown) {
    const error = asApiError(thrown);
    if (error.unknown) return { kind: 'unknown', error };
    if (error.busy) return { kind: unsure ? 'unknown' : 'later', error };
    if (!unsure) return { kind: 'refused', error };
    try {
      const found = await find(ballot.tracker);
      if (!found) return { kind: 'refused', error };
      return { kind: 'recorded', receipt: { tracker: found.tracker, seq: found.seq, time: found.time } };
    } catch (missed) {
      return { kind: 'unknown', error: asApiError(missed) };
    }
  }
}

// How long to wait before the same bytes are sent again.
const firstMs = 2000;
const longestMs = 15000;
export const pauseBefore = (attempt: number, { retryAfter }: ApiError): number =>
  Math.max(Math.min(longestMs, firstMs * 2 ** attempt), (retryAfter ?? 0) * 1000);
