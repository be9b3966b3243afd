import type { Activity, ElectionSummary, LedgerHead, Tally, Turnout, Witnesses } from './api.ts';
import { get } from './http.ts';

// What the service streams of one election. A page sees changes as they come, and is told when it no longer does.

export interface LiveState {
  election?: ElectionSummary;
  turnout?: Turnout;
  tally?: Tally;
  ledger?: LedgerHead;
  witnesses?: Witnesses;
  activity?: { events: Activity[] }; // the latest, newest first
  alerts?: { count: number }; // what they are is for the staff
}
export type LivePart = keyof LiveState;

interface LiveOptions {
  onPart: (part: LivePart, state: LiveState) => void;
  onStale: (since: Date | null) => void; // null: fresh again
}

const parts: LivePart[] = ['election', 'turnout', 'tally', 'ledger', 'witnesses', 'activity', 'alerts'];
const probeMs = 15000;
const firstRetryMs = 1000;
const longestRetryMs = 15000;

export class LiveElection {
  readonly state: LiveState = {};
  private source: EventSource | null = null;
  private lastNews = new Date();
  private stale = false;
  private retryMs = firstRetryMs;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly probe: ReturnType<typeof setInterval>;
  private closed = false;

  constructor(
    private readonly uuid: string,
    private readonly options: LiveOptions,
  ) {
    this.connect();
    // A stream can die without its end being told (a sleeping device, a dropped LAN): ask now and then.
    this.probe = setInterval(() => void this.check(), probeMs);
    window.addEventListener('offline', this.offline);
    window.addEventListener('online', this.online);
  }

  close(): void {
    this.closed = true;
    this.source?.close();
    clearTimeout(this.retryTimer);
    clearInterval(this.probe);
    window.removeEventListener('offline', this.offline);
    window.removeEventListener('online', this.online);
  }

  // What the device itself knows of its network need not wait for a probe.
  private readonly offline = (): void => this.lost();
  private readonly online = (): void => this.connect();

  private connect(): void {
    if (this.closed) return;
    this.source?.close();
    const source = new EventSource(`/api/v1/elections/${this.uuid}/stream`);
    this.source = source;
    source.onopen = () => this.fresh();
    source.onerror = () => {
      if (source === this.source) this.lost();
    };
    for (const part of parts) {
      source.addEventListener(part, (event: MessageEvent<string>) => this.receive(part, event.data));
    }
  }

  private receive(part: LivePart, data: string): void {
    try {
      (this.state as Record<LivePart, unknown>)[part] = JSON.parse(data);
    } catch {
      return; // half a message of a stream that broke; the next connection sends all again
    }
    this.fresh();
    this.options.onPart(part, this.state);
  }

  private fresh(): void {
    this.lastNews = new Date();
    this.retryMs = firstRetryMs;
    if (!this.stale) return;
    this.stale = false;
    this.options.onStale(null);
  }

  private lost(): void {
    if (this.closed) return; // a probe's answer that came too late
    if (!this.stale) {
      this.stale = true;
      this.options.onStale(this.lastNews);
    }
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(() => this.connect(), this.retryMs);
    this.retryMs = Math.min(longestRetryMs, this.retryMs * 2);
  }

  private async check(): Promise<void> {
    if (this.stale || Date.now() - this.lastNews.getTime() < probeMs) return;
    try {
      const head = await get<LedgerHead>(`/elections/${this.uuid}/ledger`);
      if (this.state.ledger && head.size > this.state.ledger.size) this.connect();
      else this.lastNews = new Date();
    } catch {
      this.lost();
    }
  }
}
