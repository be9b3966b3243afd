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

const atOnce = 50;

export async function eventsOf(uuid: string, type: string): Promise<Activity[]> {
  const found: Activity[] = [];
  for (;;) {
    const before = found.at(-1);
    const from = before ? `&before=${before.seq}` : '';
    const { events } = await get<{ events: Activity[] }>(
      `/elections/${uuid}/events?type=${type}&limit=${atOnce}${from}`,
    );
    found.push(...events);
    if (events.length < atOnce) return found;
  }
}

export async function recordsOf(uuid: string): Promise<Records> {
  const [{ incidents }, corrections] = await Promise.all([
    get<{ incidents: Incident[] }>(`/elections/${uuid}/incidents`),
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
