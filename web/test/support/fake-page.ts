// As much of a browser's page as elements from code need, so that screens can be drawn and pressed under node.

export class FakeElement {
  readonly attributes = new Map<string, string>();
  readonly children: (FakeElement | string)[] = [];
  readonly style = { setProperty: (): void => {} };
  private readonly listeners: [string, (event: unknown) => void][] = [];
  private parent: FakeElement | null = null;
  disabled = false;
  hidden = false;
  value = '';
  tabIndex = 0;

  constructor(readonly tag: string) {}

  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
  }

  getAttribute(name: string): string | null {
    return this.attributes.get(name) ?? null;
  }

  addEventListener(event: string, listener: (event: unknown) => void): void {
    this.listeners.push([event, listener]);
  }

  append(...children: (FakeElement | string)[]): void {
    for (const child of children) if (child instanceof FakeElement) child.parent = this;
    this.children.push(...children);
  }

  replaceChildren(...children: (FakeElement | string)[]): void {
    for (const child of this.children.splice(0)) if (child instanceof FakeElement) child.parent = null;
    this.append(...children);
  }

  remove(): void {
    this.parent?.children.splice(this.parent.children.indexOf(this), 1);
    this.parent = null;
  }

  contains(other: unknown): boolean {
    return this.all.some((one) => one === other);
  }

  get isConnected(): boolean {
    return this.tag === 'body' || this.parent?.isConnected === true;
  }

  focus(): void {}

  click(): void {
    for (const [event, listener] of this.disabled ? [] : this.listeners) if (event === 'click') listener({});
  }

  get textContent(): string {
    return this.children.map((child) => (typeof child === 'string' ? child : child.textContent)).join('');
  }

  set textContent(text: string) {
    this.replaceChildren(text);
  }

  get all(): FakeElement[] {
    return [this, ...this.children.flatMap((child) => (typeof child === 'string' ? [] : child.all))];
  }

  // By the one kind of selector that the pages use after drawing, or by a tag.
  querySelector(selector: string): FakeElement | null {
    const testid = /^\[data-testid="(.*)"\]$/.exec(selector)?.[1];
    return this.all.find((one) => (testid ? one.getAttribute('data-testid') === testid : one.tag === selector)) ?? null;
  }
}

export interface FakePage {
  body: FakeElement;
  kept: Map<string, string>; // localStorage
  location: { hash: string; reload: () => void; replace: (to: string) => void };
  tell: (event: string, detail?: object) => void; // to those who listen to the window
}

// Puts a page of this address in place of the browser's.
export function fakePage(address = '/'): FakePage {
  const body = new FakeElement('body');
  const app = new FakeElement('div');
  body.append(app);
  const listeners: [string, (event: object) => void][] = [];
  const kept = new Map<string, string>();
  const url = new URL(address, 'http://suara.test');
  const { pathname, search, hash, host, origin } = url;
  const location = { pathname, search, hash, host, origin, reload: () => {}, replace: () => {} };
  const globals = {
    Node: FakeElement,
    location,
    window: {
      addEventListener: (event: string, listener: (event: object) => void) => void listeners.push([event, listener]),
      scrollTo: () => {},
    },
    localStorage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    },
    document: {
      title: '',
      body,
      activeElement: null,
      documentElement: { lang: '' },
      createElement: (tag: string) => new FakeElement(tag),
      createElementNS: (_: string, tag: string) => new FakeElement(tag),
      getElementById: (id: string) => (id === 'app' ? app : null),
      querySelector: (selector: string) => app.querySelector(selector),
    },
  };
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { configurable: true, writable: true, value });
  }
  const tell = (event: string, detail: object = {}): void => {
    for (const [name, listener] of [...listeners]) if (name === event) listener(detail);
  };
  return { body, kept, location, tell };
}

// What a screen drew, as one element.
export function drawn(content: unknown[]): FakeElement {
  const root = new FakeElement('main');
  root.append(...content.filter((child): child is FakeElement => child instanceof FakeElement));
  return root;
}
