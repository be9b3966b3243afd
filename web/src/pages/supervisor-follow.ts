// When a log that was found intact is audited again: once the service tells of another root than the verified one, so
// that a shorter or a different log begins an audit as a longer one does. One audit at a time, none sooner after the
// last one began than `pace`, and none twice for one root that was told, unless it could not be carried out.

export interface Timing {
  now: () => number; // ms
  later: (millis: number, then: () => void) => () => void; // gives what calls it off
}

export const pace = 5000;

const realTiming: Timing = {
  now: () => performance.now(),
  later: (millis, then) => {
    const timer = setTimeout(then, millis);
    return () => clearTimeout(timer);
  },
};

export class Follower {
  private told: string | null = null;
  private asked: string | null = null; // the told root that the last audit was begun for
  private running = false;
  private began: number;
  private callOff: (() => void) | null = null;
  private stopped = false;

  // `verified`: the root, base64, of what was found intact; null where that is still to come. `audit` begins an audit of
  // what came after, whose end ended() or failed() tells.
  constructor(
    private verified: string | null,
    private readonly audit: () => void,
    private readonly timing: Timing = realTiming,
  ) {
    this.began = timing.now();
  }

  tell(root: string): void {
    this.told = root;
    this.consider();
  }

  // The root that was found intact; null where the same is to be audited once more.
  ended(root: string | null): void {
    this.running = false;
    if (root === null) this.asked = null;
    this.verified = root;
    this.consider();
  }

  // The log could not be read to its end: what is told next asks again.
  failed(): void {
    this.running = false;
    this.asked = null;
  }

  stop(): void {
    this.stopped = true;
    this.callOff?.();
  }

  private consider(): void {
    const { told, timing } = this;
    if (this.stopped || this.running || this.callOff) return;
    if (told === null || told === this.verified || told === this.asked) return;
    const wait = this.began + pace - timing.now();
    if (wait > 0) {
      this.callOff = timing.later(wait, () => {
        this.callOff = null;
        this.consider();
      });
      return;
    }
    this.asked = told;
    this.running = true;
    this.began = timing.now();
    this.audit();
  }
}
