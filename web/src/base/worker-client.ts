// The page's side of a worker that answers each call with a result or an error, and may tell its progress meanwhile.

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
  onProgress?: (share: number) => void;
}

type Reply = { id: number; progress: number } | { id: number; result: unknown } | { id: number; error: string };

export class WorkerClient<Call extends { type: string }, Results extends Record<Call['type'], unknown>> {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;
  private broken: Error | null = null;

  constructor(url: string) {
    this.worker = new Worker(url);
    this.worker.onmessage = (event: MessageEvent<Reply>) => this.receive(event.data);
    this.worker.onerror = () => this.failAll(new Error('the worker could not start'));
  }

  ask<T extends Call['type']>(
    call: Extract<Call, { type: T }>,
    onProgress?: (share: number) => void,
  ): Promise<Results[T]> {
    if (this.broken) return Promise.reject(this.broken);
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve: resolve as (value: unknown) => void, reject, ...(onProgress && { onProgress }) });
      this.worker.postMessage({ ...call, id });
    });
  }

  private receive(message: Reply): void {
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
