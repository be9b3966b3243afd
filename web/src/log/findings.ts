import { checkIds, maxFaults, type Check, type CheckId, type Fault } from './report.ts';

// The findings while they come in.
export class Findings {
  private readonly checks = new Map<CheckId, Check>();
  readonly faults: Fault[] = [];
  faultCount = 0;

  constructor() {
    for (const id of checkIds) this.checks.set(id, { id, count: 0, faults: 0, millis: 0 });
  }

  async timed<T>(id: CheckId, work: () => T | Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await work();
    } finally {
      this.of(id).millis += performance.now() - start;
    }
  }

  of(id: CheckId): Check {
    return this.checks.get(id)!;
  }

  note(id: CheckId, right: boolean, fault: () => Omit<Fault, 'check'>): void {
    const check = this.of(id);
    check.count++;
    if (right) return;
    check.faults++;
    this.faultCount++;
    if (this.faults.length < maxFaults) this.faults.push({ check: id, ...fault() });
  }

  // By place; faults of the whole come last, for a fault of one entry explains them.
  sorted(): { checks: Check[]; faults: Fault[] } {
    const place = (fault: Fault): number => fault.seq ?? Number.MAX_SAFE_INTEGER;
    const rank = (fault: Fault): number => checkIds.indexOf(fault.check);
    const faults = this.faults.sort((a, b) => place(a) - place(b) || rank(a) - rank(b));
    return { checks: [...this.checks.values()], faults };
  }
}
