import { work, type Job } from '../audit/labour.ts';
import { sodiumReady } from '../crypto/sodium.ts';

// One of several that judge ballots for the supervisor's worker.
self.onmessage = (event: MessageEvent<{ id: number; job: Job }>) => {
  void sodiumReady().then(() => self.postMessage({ id: event.data.id, outcome: work(event.data.job) }));
};
