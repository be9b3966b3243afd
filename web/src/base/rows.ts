import { h, replaceKeepingFocus, type Child } from './dom.ts';

// A list whose rows are drawn anew one by one. A row in which a form stands is left as it is, so that news of others'
// steps takes neither the focus nor what was typed; it shows the news once its form is closed.

type Detail = string | number | false | null | undefined;

// What a row is about, the details in a line below it, and what else it tells.
export function rowMain(name: string, details: Detail[], ...more: Child[]): HTMLElement {
  const line = details.filter(Boolean).join(' · ');
  return h(
    'div',
    { class: 'row-main' },
    h('strong', {}, name),
    h('div', { class: 'mute small-text' }, line),
    ...more,
  );
}

export interface Row {
  open: (form: HTMLElement) => void; // in the place of what the row shows
  close: () => void;
}

interface RowsOptions<T> {
  key: (item: T) => string; // also its data-testid
  state?: (item: T) => string; // its data-state
  content: (item: T, row: Row) => Child[];
  empty: () => Child;
}

interface Held<T> {
  element: HTMLElement;
  item: T | null; // null: listed no more, and only here because of its form
  form: HTMLElement | null;
}

export class Rows<T> {
  readonly element = h('div', {});
  private readonly list = h('ul', { class: 'rows' });
  private readonly held = new Map<string, Held<T>>();

  constructor(private readonly options: RowsOptions<T>) {}

  show(items: T[]): void {
    const listed = new Set(items.map(this.options.key));
    for (const [key, row] of this.held) if (!listed.has(key)) row.item = null;
    let next = this.list.firstElementChild;
    for (const item of items) {
      const row = this.rowOf(this.options.key(item));
      row.item = item;
      while (next && this.isLeft(next)) next = next.nextElementSibling;
      if (row.element === next) next = next.nextElementSibling;
      else this.list.insertBefore(row.element, next);
    }
    for (const key of [...this.held.keys()]) this.settle(key);
    this.drawWhole();
  }

  private rowOf(key: string): Held<T> {
    const held = this.held.get(key) ?? { element: h('li', { testid: key }), item: null, form: null };
    this.held.set(key, held);
    return held;
  }

  private isLeft(element: Element): boolean {
    return this.held.get(element.getAttribute('data-testid')!)!.item === null;
  }

  // Draws a row at rest, or takes it away where it is listed no more.
  private settle(key: string): void {
    const row = this.held.get(key);
    if (!row || row.form) return;
    if (row.item === null) {
      row.element.remove();
      this.held.delete(key);
      return;
    }
    const { content, state } = this.options;
    if (state) row.element.setAttribute('data-state', state(row.item));
    replaceKeepingFocus(row.element, content(row.item, this.handle(key, row)));
  }

  private drawWhole(): void {
    const shown = this.held.size > 0 ? this.list : this.options.empty();
    if (this.element.firstElementChild === this.list && shown === this.list) return;
    this.element.replaceChildren(...([shown].filter(Boolean) as Node[]));
  }

  private handle(key: string, row: Held<T>): Row {
    return {
      open: (form) => {
        row.form = form;
        replaceKeepingFocus(row.element, form);
        form.querySelector<HTMLElement>('input, button')?.focus();
      },
      close: () => {
        const focused = row.element.contains(document.activeElement);
        row.form = null;
        this.settle(key);
        this.drawWhole();
        if (focused) row.element.querySelector<HTMLElement>('button')?.focus();
      },
    };
  }
}
