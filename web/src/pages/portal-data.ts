import type { Activity, Election, Incident, LedgerHead, Tally, Turnout } from '../base/api.ts';
import { get } from '../base/http.ts';

// What the public's page of one election shows; a copy of the page carries the same.
export interface PortalData {
  election: Election;
  turnout: Turnout;
  tally: Tally;
  ledger: LedgerHead;
  records: Records;
}

// What was put on record beside the votes.
export interface Records {
  incidents: Incident[];
  corrections: Activity[]; // CorrectionRecorded, newest first
}

// All of a list that the service gives by pages, newest first.
async function allOf<Item extends { seq: number }>(
  path: string,
  member: string,
  atOnce: number,
): Promise<Item[]> {
  const found: Item[] = [];
  for (;;) {
    const last = found.at(-1);
    const page = await get<Record<string, Item[]>>(`${path}limit=${atOnce}${last ? `&before=${last.seq}` : ''}`);
    const items = page[member]!;
    found.push(...items);
    if (items.length < atOnce) return found;
  }
}

export const incidentsOf = (uuid: string): Promise<Incident[]> =>
  allOf(`/elections/${uuid}/incidents?`, 'incidents', 500);

export const eventsOf = (uuid: string, type: string): Promise<Activity[]> =>
  allOf(`/elections/${uuid}/events?type=${type}&`, 'events', 200);

export async function recordsOf(uuid: string): Promise<Records> {
  const [incidents, corrections] = await Promise.all([
    incidentsOf(uuid),
    eventsOf(uuid, 'CorrectionRecorded'),
  ]);
  return { incidents, corrections };
}

export async function portalData(uuid: string): Promise<PortalData> {
  const path = `/elections/${uuid}`;
  const [election, turnout, tally, ledger, records] = await Promise.all([
    get<Election>(path),
    get<Turnout>(`${path}/turnout`),
    get<Tally>(`${path}/tally`),
    get<LedgerHead>(`${path}/ledger`),
    recordsOf(uuid),
  ]);
  return { election, turnout, tally, ledger, records };
}
