import { work, type Job, type Labour, type Outcomes } from '../audit/labour.ts';

declare const AUDIT_WORKER_URL: string; // set by the build

interface Hand {
  worker: Worker;
  waiting: Map<number, { job: Job; done: (outcome: Outcomes[Job['kind']]) => void }>;
}

// Spreads the slow work over as many workers as the device has processors. What a worker that fails was given, and all
// where this browser starts no workers from a worker, is done in this thread.
export class ManyHands implements Labour {
  private hands: Hand[] = [];
  private nextId = 0;

  constructor(count: number) {
    try {
      for (let i = 0; i < count; i++) this.hands.push(this.hire());
    } catch {
      this.hands = [];
    }
  }

  run<J extends Job>(job: J): Promise<Outcomes[J['kind']]> {
    const idle = this.hands.reduce<Hand | null>(
      (least, hand) => (least && least.waiting.size <= hand.waiting.size ? least : hand),
      null,
    );
    if (!idle) return Promise.resolve().then(() => work(job));
    const id = this.nextId++;
    return new Promise((resolve) => {
      idle.waiting.set(id, { job, done: (outcome) => resolve(outcome as Outcomes[J['kind']]) });
      idle.worker.postMessage({ id, job });
    });
  }

  private hire(): Hand {
    const hand: Hand = { worker: new Worker(AUDIT_WORKER_URL), waiting: new Map() };
    hand.worker.onmessage = (event: MessageEvent<{ id: number; outcome: Outcomes[Job['kind']] }>) => {
      const { id, outcome } = event.data;
      hand.waiting.get(id)?.done(outcome);
      hand.waiting.delete(id);
    };
    hand.worker.onerror = () => {
      this.hands = this.hands.filter((other) => other !== hand);
      hand.worker.terminate();
      for (const { job, done } of hand.waiting.values()) done(work(job));
      hand.waiting.clear();
    };
    return hand;
  }
}
