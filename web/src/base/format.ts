import { locale, t } from './i18n.ts';

export type Zone = 'WIB' | 'WITA' | 'WIT';

const zones: Record<Zone, string> = { WIB: 'Asia/Jakarta', WITA: 'Asia/Makassar', WIT: 'Asia/Jayapura' };

export const zoneOf = (name: string): Zone => (name in zones ? (name as Zone) : 'WIB');

export function number(value: number): string {
  return new Intl.NumberFormat(locale()).format(value);
}

// A share as a percentage with one decimal; a dash where there is nothing to share.
export function percent(part: number, whole: number): string {
  if (whole === 0) return '–';
  const format = new Intl.NumberFormat(locale(), { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return `${format.format((100 * part) / whole)}%`;
}

function shown(time: string, zone: Zone, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale(), { ...options, timeZone: zones[zone] }).format(new Date(time));
}

export function dateTime(time: string, zone: Zone): string {
  const text = shown(time, zone, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
  return `${text} ${zone}`;
}

export function clock(time: string, zone: Zone): string {
  return `${shown(time, zone, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })} ${zone}`;
}

export function hour(time: string, zone: Zone): string {
  return shown(time, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

export function day(time: string, zone: Zone): string {
  return shown(time, zone, { day: 'numeric', month: 'short' });
}

export function duration(millis: number): string {
  if (millis < 1000) return t('time.millis', { n: Math.round(millis) });
  const seconds = Math.round(millis / 100) / 10;
  if (seconds < 60) return t('time.seconds', { n: seconds });
  return t('time.minutes', { m: Math.floor(seconds / 60), s: Math.round(seconds % 60) });
}

// "3 h 12 min": how long an election has been open.
export function span(millis: number): string {
  const minutes = Math.max(0, Math.floor(millis / 60000));
  if (minutes < 60) return t('time.minutesOnly', { m: minutes });
  return t('time.hours', { h: Math.floor(minutes / 60), m: minutes % 60 });
}

export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word) && !/^(dan|and)$/i.test(word));
  return words
    .slice(0, 2)
    .map((word) => [...word][0]!.toUpperCase())
    .join('');
}
