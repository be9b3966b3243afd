// How long a work will still take, judged by its pace of the last seconds: ballots take far longer than other entries.
export class Pace {
  private samples: { at: number; done: number }[] = [];

  constructor(private readonly windowMillis = 8000) {}

  // Milliseconds left, or null while too little is known.
  left(at: number, done: number, size: number): number | null {
    this.samples.push({ at, done });
    while (this.samples.length > 2 && this.samples[1]!.at < at - this.windowMillis) this.samples.shift();
    const first = this.samples[0]!;
    if (at - first.at < this.windowMillis / 4 || done <= first.done) return null;
    return ((size - done) * (at - first.at)) / (done - first.done);
  }
}
