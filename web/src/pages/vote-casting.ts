import type { BallotReceipt, BoardItem } from '../base/api.ts';
import type { ApiError } from '../base/http.ts';
import { get, postText } from '../base/http.ts';
import type { SealedBallot } from './vote-protocol.ts';
import {
  forgetUnanswered,
  keepUnanswered,
  pauseBefore,
  sendBallot,
  type Acknowledged,
  type Sending,
} from './vote-unanswered.ts';

// One ballot's way into the ledger: sent, and sent again by itself, until the service has answered.

interface CastingView {
  waiting: (error: ApiError, unknown: boolean) => void; // it will be sent again
  refused: (error: ApiError) => void;
  recorded: (receipt: Acknowledged) => void;
}

function service(uuid: string): Sending {
  return {
    post: (text) => postText<BallotReceipt>(`/elections/${uuid}/ballots`, text),
    find: async (tracker) => {
      const path = `/elections/${uuid}/ballots?tracker=${encodeURIComponent(tracker)}`;
      return (await get<{ ballots: BoardItem[] }>(path)).ballots[0] ?? null;
    },
  };
}

export class Casting {
  private attempt = 0;
  private busy = false;
  private over = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly online = (): void => void this.send();

  // `unsure`: it has been sent before, and whether that arrived is not known.
  constructor(
    private readonly uuid: string,
    private readonly ballot: SealedBallot,
    private unsure: boolean,
    private readonly view: CastingView,
  ) {
    keepUnanswered(uuid, ballot);
    window.addEventListener('online', this.online);
  }

  async send(): Promise<void> {
    if (this.busy || this.over) return;
    clearTimeout(this.timer);
    this.busy = true;
    const outcome = await sendBallot(this.ballot, this.unsure, service(this.uuid));
    this.busy = false;
    if (this.over) return;
    switch (outcome.kind) {
      case 'recorded':
        this.end();
        this.view.recorded(outcome.receipt);
        return;
      case 'refused':
        this.end();
        this.view.refused(outcome.error);
        return;
      case 'unknown':
      case 'later':
        this.unsure ||= outcome.kind === 'unknown';
        this.timer = setTimeout(this.online, pauseBefore(this.attempt++, outcome.error));
        this.view.waiting(outcome.error, this.unsure);
    }
  }

  // Given up by the voter, which is offered only while the ballot is known not to be recorded.
  end(): void {
    this.over = true;
    clearTimeout(this.timer);
    window.removeEventListener('online', this.online);
    forgetUnanswered(this.uuid);
  }
}
