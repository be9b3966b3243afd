import type { Activity } from '../base/api.ts';
import type { Official } from './committee-state.ts';

// Since when officials serve, and who no longer does: the service lists who serves now, the ledger's events tell the rest.

export interface Term extends Official {
  since: string;
  until: string | null; // null: serves still
  reason: string; // of the revocation
}
export type EndedTerm = Term & { until: string };

const markOf = ({ login, role, place }: Official): string => [login, role, place].filter(Boolean).join(' ');

const text = (data: Activity['data'], name: string): string => {
  const value = data?.[name];
  return typeof value === 'string' ? value : '';
};

// Of OfficialAppointed and OfficialRevoked, in whatever order they come; in the order of the appointments.
export function termsOf(events: Activity[]): Term[] {
  const terms: Term[] = [];
  const serving = new Map<string, Term>();
  for (const { type, time, data } of [...events].sort((a, b) => a.seq - b.seq)) {
    const place = text(data, 'place');
    const official = { login: text(data, 'login'), role: text(data, 'role'), ...(place && { place }) };
    const mark = markOf(official);
    const term = serving.get(mark);
    if (type === 'OfficialAppointed' && !term) {
      const begun: Term = { ...official, since: time, until: null, reason: '' };
      serving.set(mark, begun);
      terms.push(begun);
    } else if (type === 'OfficialRevoked' && term) {
      term.until = time;
      term.reason = text(data, 'reason');
      serving.delete(mark);
    }
  }
  return terms;
}

// The officials as listed, each with the beginning of its term where the events tell it.
export function withTerms(officials: Official[], terms: Term[]): Official[] {
  const begun = new Map(terms.filter(({ until }) => until === null).map((term) => [markOf(term), term.since]));
  return officials.map((official) => {
    const since = begun.get(markOf(official));
    return since ? { ...official, since } : official;
  });
}

// The latest first.
export const formerOf = (terms: Term[]): EndedTerm[] =>
  terms
    .filter((term): term is EndedTerm => term.until !== null)
    .sort((a, b) => b.until.localeCompare(a.until));
