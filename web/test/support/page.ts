// Just enough of a browser's document for the pages' code to run under node: elements, what they hold, simple selectors,
// events that bubble, and a focus that is lost when its element is taken out.

type Listener = (event: FakeEvent) => void;

class FakeEvent {
  target: FakeNode | null = null;
  defaultPrevented = false;
  constructor(
    readonly type: string,
    readonly data?: string,
  ) {}
  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

class Listening {
  private readonly listeners = new Map<string, Set<Listener>>();
  addEventListener(type: string, listener: Listener): void {
    this.listeners.set(type, (this.listeners.get(type) ?? new Set()).add(listener));
  }
  removeEventListener(type: string, listener: Listener): void {
    this.listeners.get(type)?.delete(listener);
  }
  hear(event: FakeEvent): void {
    for (const listener of [...(this.listeners.get(event.type) ?? [])]) listener.call(this, event);
  }
}

class FakeNode extends Listening {
  parentNode: FakeElement | null = null;
  get isConnected(): boolean {
    return this.parentNode?.isConnected ?? false;
  }
  get textContent(): string {
    return '';
  }
  remove(): void {
    if (!this.parentNode) return;
    if (active && this instanceof FakeElement && this.contains(active)) active = null;
    this.parentNode.childNodes.splice(this.parentNode.childNodes.indexOf(this), 1);
    this.parentNode = null;
  }
}

class FakeText extends FakeNode {
  constructor(private readonly text: string) {
    super();
  }
  override get textContent(): string {
    return this.text;
  }
}

let active: FakeElement | null = null;

class FakeElement extends FakeNode {
  [property: string]: unknown;
  childNodes: FakeNode[] = [];
  readonly style = { setProperty: (): void => {} };
  private readonly attributes = new Map<string, string>();
  private typed = '';
  private ticked: boolean | null = null;

  constructor(readonly tag: string) {
    super();
  }

  get tagName(): string {
    return this.tag.toUpperCase();
  }
  override get isConnected(): boolean {
    return this === body || super.isConnected;
  }
  get children(): FakeElement[] {
    return this.childNodes.filter((node) => node instanceof FakeElement);
  }
  get childElementCount(): number {
    return this.children.length;
  }
  get firstElementChild(): FakeElement | null {
    return this.children[0] ?? null;
  }
  get lastElementChild(): FakeElement | null {
    return this.children.at(-1) ?? null;
  }
  get nextElementSibling(): FakeElement | null {
    const beside = this.parentNode?.children ?? [];
    return beside[beside.indexOf(this) + 1] ?? null;
  }
  override get textContent(): string {
    return this.childNodes.map((node) => node.textContent).join('');
  }
  override set textContent(text: string) {
    this.replaceChildren(text);
  }

  insertBefore(node: FakeNode, next: FakeNode | null): void {
    node.remove();
    node.parentNode = this;
    this.childNodes.splice(next ? this.childNodes.indexOf(next) : this.childNodes.length, 0, node);
  }
  append(...nodes: (FakeNode | string)[]): void {
    for (const node of nodes) this.insertBefore(typeof node === 'string' ? new FakeText(node) : node, null);
  }
  prepend(...nodes: FakeNode[]): void {
    for (const node of nodes.reverse()) this.insertBefore(node, this.childNodes[0] ?? null);
  }
  before(node: FakeNode): void {
    this.parentNode?.insertBefore(node, this);
  }
  replaceChildren(...nodes: (FakeNode | string)[]): void {
    for (const node of [...this.childNodes]) node.remove();
    this.append(...nodes);
  }
  contains(node: FakeNode | null): boolean {
    return node !== null && (node === this || this.contains(node.parentNode));
  }

  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
    if (name === 'value') this.typed = value;
  }
  getAttribute(name: string): string | null {
    return this.attributes.get(name) ?? null;
  }
  hasAttribute(name: string): boolean {
    return this.attributes.has(name);
  }
  removeAttribute(name: string): void {
    this.attributes.delete(name);
  }

  get value(): string {
    if (this.tag !== 'select') return this.typed;
    const values = this.querySelectorAll('option').map((option) => option.value);
    return values.includes(this.typed) ? this.typed : (values[0] ?? '');
  }
  set value(text: string) {
    this.typed = text;
  }
  get checked(): boolean {
    return this.ticked ?? this.hasAttribute('checked');
  }
  set checked(on: boolean) {
    this.ticked = on;
  }
  reset(): void {
    for (const input of this.querySelectorAll('input, textarea, select'))
      input.value = input.getAttribute('value') ?? '';
  }

  focus(): void {
    if (this.isConnected) active = this;
  }
  click(): void {
    if (this.disabled) return;
    this.dispatchEvent(new FakeEvent('click'));
    if (this.tag === 'button' && this.getAttribute('type') === 'submit')
      this.closest('form')?.dispatchEvent(new FakeEvent('submit'));
  }
  scrollIntoView(): void {}
  dispatchEvent(event: FakeEvent): boolean {
    event.target = this;
    for (let node: FakeElement | null = this; node; node = node.parentNode) node.hear(event);
    return !event.defaultPrevented;
  }

  matches(selector: string): boolean {
    return selector.split(',').some((one) => this.fits(one.trim().split(/\s+/)));
  }
  private fits(path: string[]): boolean {
    if (!fitsAlone(this, path.at(-1)!)) return false;
    return path.length === 1 || (this.parentNode?.closest(path.slice(0, -1).join(' ')) ?? null) !== null;
  }
  closest(selector: string): FakeElement | null {
    return this.matches(selector) ? this : (this.parentNode?.closest(selector) ?? null);
  }
  querySelectorAll(selector: string): FakeElement[] {
    return this.children.flatMap((child) => [
      ...(child.matches(selector) ? [child] : []),
      ...child.querySelectorAll(selector),
    ]);
  }
  querySelector(selector: string): FakeElement | null {
    return this.querySelectorAll(selector)[0] ?? null;
  }
}

// Properties that stand for an attribute of the same name.
for (const name of ['id', 'lang', 'title'])
  Object.defineProperty(FakeElement.prototype, name, {
    get(this: FakeElement) {
      return this.getAttribute(name) ?? '';
    },
    set(this: FakeElement, value: string) {
      this.setAttribute(name, value);
    },
  });
for (const name of ['hidden', 'disabled', 'open'])
  Object.defineProperty(FakeElement.prototype, name, {
    get(this: FakeElement) {
      return this.hasAttribute(name);
    },
    set(this: FakeElement, on: boolean) {
      if (on) this.setAttribute(name, '');
      else this.removeAttribute(name);
    },
  });

function fitsAlone(element: FakeElement, selector: string): boolean {
  const parts = selector.match(/^[\w-]+|#[\w-]+|\.[\w-]+|\[[^\]]+\]/g) ?? [];
  return parts.every((part) => {
    if (part.startsWith('#')) return element.getAttribute('id') === part.slice(1);
    if (part.startsWith('.')) return (element.getAttribute('class') ?? '').split(' ').includes(part.slice(1));
    if (!part.startsWith('[')) return element.tag === part;
    const [, name, value] = /^\[([\w-]+)(?:="(.*)")?\]$/.exec(part) ?? [];
    return value === undefined ? element.hasAttribute(name!) : element.getAttribute(name!) === value;
  });
}

const body = new FakeElement('body');

const fakeDocument = Object.assign(new Listening(), {
  body,
  title: '',
  documentElement: new FakeElement('html'),
  createElement: (tag: string) => new FakeElement(tag),
  createElementNS: (_: string, tag: string) => new FakeElement(tag),
  getElementById: (id: string) => body.querySelector(`#${id}`),
  querySelector: (selector: string) => body.querySelector(selector),
});
Object.defineProperty(fakeDocument, 'activeElement', { get: () => active ?? body });

const fakeWindow = Object.assign(new Listening(), { scrollTo: (): void => {} });
const address = { pathname: '/', search: '', hash: '', host: 'suara.test' };

// The live streams that pages have opened; `tell` is the service's news.
class FakeStream extends Listening {
  static all: FakeStream[] = [];
  constructor() {
    super();
    FakeStream.all.push(this);
  }
  close(): void {
    FakeStream.all = FakeStream.all.filter((stream) => stream !== this);
  }
}

// Pages ask by the clock for as long as they are open; a test must not stay open with them.
const timer = setInterval;

Object.assign(globalThis, {
  document: fakeDocument,
  window: fakeWindow,
  location: address,
  history: { replaceState: (_: unknown, __: string, to: string) => void (address.hash = to.slice(to.indexOf('#'))) },
  Node: FakeNode,
  CSS: { escape: (text: string) => text },
  EventSource: FakeStream,
  setInterval: (run: () => void, ms: number) => timer(run, ms).unref(),
});

export interface Sent {
  path: string;
  body: unknown;
}

// What the service answers, by method and path without /api/v1: a value, or a refusal made by `refused`.
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

export function show(...elements: Element[]): void {
  active = null;
  body.replaceChildren(...(elements as unknown as FakeElement[]));
}

export const find = (testid: string): HTMLInputElement | null =>
  body.querySelector(`[data-testid="${testid}"]`) as unknown as HTMLInputElement | null;

export function at(testid: string): HTMLInputElement {
  const found = find(testid);
  if (!found) throw new Error(`nothing is marked ${testid}`);
  return found;
}

export function type(testid: string, text: string): void {
  const input = at(testid);
  input.focus();
  input.value = text;
  input.dispatchEvent(new FakeEvent('input') as unknown as Event);
}

export function choose(testid: string, value: string): void {
  const select = at(testid);
  select.value = value;
  select.dispatchEvent(new FakeEvent('change') as unknown as Event);
}

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
  address.hash = hash;
  fakeWindow.hear(new FakeEvent('hashchange'));
  await settled();
}

export async function tell(part: string, news: unknown): Promise<void> {
  for (const stream of FakeStream.all) stream.hear(new FakeEvent(part, JSON.stringify(news)));
  await settled();
}
