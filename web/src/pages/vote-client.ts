import type { VoteCall, VoteReply, VoteResults } from './vote-protocol.ts';

declare const VOTE_WORKER_URL: string; // set by the build

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
  onProgress?: (share: number) => void;
}

// The page's side of the ballot worker.
export class VoteClient {
  private readonly worker = new Worker(VOTE_WORKER_URL);
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;
  private broken: Error | null = null;

  constructor() {
    this.worker.onmessage = (event: MessageEvent<VoteReply>) => this.receive(event.data);
    this.worker.onerror = () => this.failAll(new Error('the worker could not start'));
  }

  ask<T extends VoteCall['type']>(
    call: Extract<VoteCall, { type: T }>,
    onProgress?: (share: number) => void,
  ): Promise<VoteResults[T]> {
    if (this.broken) return Promise.reject(this.broken);
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve: resolve as (value: unknown) => void, reject, ...(onProgress && { onProgress }) });
      this.worker.postMessage({ ...call, id });
    });
  }

  private receive(message: VoteReply): void {
    const waiting = this.waiting.get(message.id);
    if (!waiting) return;
    if ('progress' in message) {
      waiting.onProgress?.(message.progress);
      return;
    }
    this.waiting.delete(message.id);
    if ('error' in message) waiting.reject(new Error(message.error));
    else waiting.resolve(message.result);
  }

  private failAll(error: Error): void {
    this.broken = error;
    for (const waiting of this.waiting.values()) waiting.reject(error);
    this.waiting.clear();
  }
}
