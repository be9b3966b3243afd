// What stands around the pages' code when it runs under node: a document (happy-dom), the service and its live streams,
// and the hands of whoever sits before it.
import { BrowserErrorCaptureEnum, Window } from 'happy-dom';
import type { Child } from '../../src/base/dom.ts';

const browser = new Window({
  url: 'http://suara.test/',
  settings: {
    errorCapture: BrowserErrorCaptureEnum.disabled, // what a page throws fails the test
    disableJavaScriptEvaluation: true, // a test’s page is made of elements alone
    navigation: { disableMainFrameNavigation: true },
  },
});

// The live streams that pages have opened.
const streams = new Set<EventTarget>();
class Stream extends EventTarget {
  constructor() {
    super();
    streams.add(this);
  }
  close(): void {
    streams.delete(this);
  }
}

// Pages ask by the clock for as long as they are open; a test must not stay open with them.
const everySoOften = setInterval;

const globals = {
  window: browser,
  document: browser.document,
  location: browser.location,
  history: browser.history,
  localStorage: browser.localStorage,
  sessionStorage: browser.sessionStorage,
  Node: browser.Node,
  Element: browser.Element,
  HTMLElement: browser.HTMLElement,
  Event: browser.Event,
  CSS: browser.CSS,
  EventSource: Stream,
  setInterval: (run: () => void, ms: number) => everySoOften(run, ms).unref(),
};
for (const [name, value] of Object.entries(globals))
  Object.defineProperty(globalThis, name, { configurable: true, writable: true, value });

// An empty page at this address, on a device that has kept nothing.
export function visit(address: string): void {
  browser.happyDOM.setURL(new URL(address, 'http://suara.test').href);
  localStorage.clear();
  sessionStorage.clear();
  const app = document.createElement('div');
  app.id = 'app';
  show(app);
}

export interface Sent {
  path: string;
  body: unknown;
}

// What the service answers, by method and path without /api/v1 and query: a value, or a refusal made by `refused`.
export type Answers = Record<string, (body: unknown, query: URLSearchParams) => unknown>;

export function answering(answers: Answers): Sent[] {
  const sent: Sent[] = [];
  globalThis.fetch = async (input, init) => {
    const path = String(input).replace('/api/v1', '');
    const method = init?.method ?? 'GET';
    const body: unknown = init?.body ? JSON.parse(String(init.body)) : undefined;
    if (method !== 'GET') sent.push({ path, body });
    const [address, query] = path.split('?');
    const answer = answers[`${method} ${address}`];
    if (!answer) return refused('not_found', `nothing at ${method} ${path}`);
    const given = await answer(body, new URLSearchParams(query));
    return given instanceof Response ? given : Response.json(given);
  };
  return sent;
}

export const refused = (code: string, message = ''): Response =>
  Response.json({ code, message, details: [] }, { status: 400 });

export function show(...content: (Child | Child[])[]): void {
  document.body.replaceChildren(...content.flat().filter((child) => child instanceof Node));
}

// Tests hold elements by `assert.ok(a === b)`: a failing `assert.equal` takes seconds to print a document.
export const find = (testid: string): HTMLInputElement | null =>
  document.body.querySelector(`[data-testid="${testid}"]`);

export function at(testid: string): HTMLInputElement {
  const found = find(testid);
  if (!found) throw new Error(`nothing is marked ${testid}`);
  return found;
}

function enter(testid: string, value: string, event: 'input' | 'change'): void {
  const control = at(testid);
  control.focus();
  control.value = value;
  control.dispatchEvent(new Event(event, { bubbles: true }));
}
export const type = (testid: string, text: string): void => enter(testid, text, 'input');
export const choose = (testid: string, value: string): void => enter(testid, value, 'change');

// Until what was begun has been answered and drawn.
export async function settled(): Promise<void> {
  for (let i = 0; i < 10; i++) await new Promise((resolve) => setImmediate(resolve));
}

export async function press(...testids: string[]): Promise<void> {
  for (const testid of testids) {
    at(testid).click();
    await settled();
  }
}

export async function goTo(hash: string): Promise<void> {
  location.hash = hash;
  await settled();
}

// The service's news, on every live stream.
export async function tell(part: string, news: unknown): Promise<void> {
  for (const stream of streams) stream.dispatchEvent(new MessageEvent(part, { data: JSON.stringify(news) }));
  await settled();
}
