import { checkIds, maxFaults, type Check, type CheckId, type Fault } from './report.ts';

// The findings while they come in.
export class Findings {
  private readonly checks = new Map<CheckId, Check>();
  private readonly faults: Fault[] = [];
  faultCount = 0;

  constructor(without: readonly CheckId[] = []) {
    for (const id of checkIds) {
      this.checks.set(id, { id, applies: !without.includes(id), count: 0, faults: 0, millis: 0 });
    }
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

  count(id: CheckId, things = 1): void {
    this.of(id).count += things;
  }

  counts(): Map<CheckId, number> {
    return new Map([...this.checks.values()].map(({ id, count }) => [id, count]));
  }

  note(id: CheckId, right: boolean, fault: () => Omit<Fault, 'check'>): void {
    this.count(id);
    if (!right) this.fault(id, fault());
  }

  // The first by place are kept, whenever they are found.
  fault(id: CheckId, fault: Omit<Fault, 'check'>): void {
    this.of(id).faults++;
    this.faultCount++;
    this.faults.push({ check: id, ...fault });
    if (this.faults.length >= 2 * maxFaults) this.sort().length = maxFaults;
  }

  sorted(): { checks: Check[]; faults: Fault[] } {
    return { checks: [...this.checks.values()], faults: this.sort().slice(0, maxFaults) };
  }

  // By place; faults of the whole come last, for a fault of one entry explains them.
  private sort(): Fault[] {
    const place = (fault: Fault): number => fault.seq ?? Number.MAX_SAFE_INTEGER;
    const rank = (fault: Fault): number => checkIds.indexOf(fault.check);
    return this.faults.sort((a, b) => place(a) - place(b) || rank(a) - rank(b));
  }
}
