import { en } from '../messages/en.ts';
import { id, type MessageKey, type Messages } from '../messages/id.ts';

// Texts in Indonesian and English. In a message, {name} is replaced by the parameter, {n|entry|entries} by the number
// with the word that fits it.

export type Language = 'id' | 'en';
export type Params = Record<string, string | number>;
export type { MessageKey };

const tables: Record<Language, Messages> = { id, en };
const storageKey = 'suara.language';

let current: Language = 'id';
let first: Language = 'id'; // the page began in it
const listeners: (() => void)[] = [];

export const language = (): Language => current;
export const firstLanguage = (): Language => first;
export const locale = (): string => (current === 'id' ? 'id-ID' : 'en-GB');

const isLanguage = (value: unknown): value is Language => value === 'id' || value === 'en';

// Storage may be refused (private windows, a full disk); a page must work without.
export function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function store(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // The page goes on; what was to be remembered is asked for again the next time.
  }
}

export function startLanguage(): void {
  const asked = new URLSearchParams(location.search).get('lang') ?? stored(storageKey);
  current = first = isLanguage(asked) ? asked : 'id';
  document.documentElement.lang = current;
}

// `keep`: for the next pages too, which on a device that many share are the next person's.
export function setLanguage(next: Language, keep = true): void {
  current = next;
  if (keep) store(storageKey, next);
  document.documentElement.lang = next;
  for (const listener of listeners) listener();
}

export function onLanguage(listener: () => void): void {
  listeners.push(listener);
}

export function fill(message: string, params: Params, lang: Language): string {
  const format = new Intl.NumberFormat(lang === 'id' ? 'id-ID' : 'en-GB');
  const shown = (value: string | number): string => (typeof value === 'number' ? format.format(value) : value);
  return message
    .replace(/\{(\w+)\|([^|}]*)\|([^|}]*)\}/g, (_, name: string, one: string, many: string) => {
      const value = params[name] ?? 0;
      return `${shown(value)} ${value === 1 ? one : many}`;
    })
    .replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? shown(params[name]!) : whole));
}

export function t(key: MessageKey, params: Params = {}): string {
  return fill(tables[current][key], params, current);
}

// For keys made of a fixed start and a name from outside; undefined where the table has no such message.
export function known(key: string): MessageKey | undefined {
  return key in id ? (key as MessageKey) : undefined;
}
