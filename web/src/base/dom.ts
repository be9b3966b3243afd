// Elements from code. Text reaches the page only as text: nothing here takes HTML.

export type Child = Node | string | number | null | undefined | false;
type Handlers = { [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };

export interface Props {
  class?: string;
  id?: string;
  testid?: string;
  on?: Handlers;
  style?: Record<string, string>; // custom properties and widths, set through the CSSOM
  [attribute: string]: unknown;
}

function apply(element: Element, props: Props): void {
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'on') {
      for (const [event, handler] of Object.entries(value as Handlers)) {
        element.addEventListener(event, handler as EventListener);
      }
    } else if (name === 'style') {
      const { style } = element as HTMLElement;
      for (const [property, text] of Object.entries(value as Record<string, string>)) style.setProperty(property, text);
    } else if (name === 'testid') {
      element.setAttribute('data-testid', String(value));
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
}

function append(element: Element, children: (Child | Child[])[]): void {
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: (Child | Child[])[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  apply(element, props);
  append(element, children);
  return element;
}

const svgNamespace = 'http://www.w3.org/2000/svg';

export function s(tag: string, props: Props = {}, ...children: (Child | Child[])[]): SVGElement {
  const element = document.createElementNS(svgNamespace, tag);
  apply(element, props);
  append(element, children);
  return element;
}

export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no element #${id}`);
  return element;
}

// A button that is replaced between the press and the release gets no click, so what news would replace under the pointer
// waits until it is released.
let pressed: Node | null = null;
const waiting = new Map<Element, Child | Child[]>();
let listening = false;

function released(): void {
  pressed = null;
  for (const [container, content] of [...waiting]) replaceKeepingFocus(container, content);
}

function listenToPresses(): void {
  if (listening) return;
  listening = true;
  document.addEventListener('pointerdown', ({ target }) => (pressed = target instanceof Node ? target : null), true);
  // The click comes after the release; whoever answers it may replace anything.
  document.addEventListener('click', () => (pressed = null), true);
  for (const end of ['pointerup', 'pointercancel'] as const) {
    document.addEventListener(end, () => setTimeout(released), true);
  }
  window.addEventListener('blur', released);
}

// A change to a part of the page that must not take the keyboard, or a click, away from where it is.
export function replaceKeepingFocus(container: Element, content: Child | Child[]): void {
  listenToPresses();
  if (pressed && container.contains(pressed)) {
    waiting.set(container, content);
    return;
  }
  waiting.delete(container);
  const children = Array.isArray(content) ? content : [content];
  const active = document.activeElement;
  const focused = active && container.contains(active) ? active.getAttribute('data-testid') : null;
  const opened = new Set(
    [...container.querySelectorAll('details[open][data-keep]')].map((details) => details.getAttribute('data-keep')),
  );
  container.replaceChildren(...(children.filter((child) => child instanceof Node) as Node[]));
  for (const details of container.querySelectorAll('details[data-keep]')) {
    if (opened.has(details.getAttribute('data-keep'))) details.setAttribute('open', '');
  }
  if (focused) container.querySelector<HTMLElement>(`[data-testid="${CSS.escape(focused)}"]`)?.focus();
}

// Read out by screen readers without moving the focus.
export function announce(text: string): void {
  const region = document.getElementById('announcer');
  if (region) region.textContent = text;
}
