import type { Election, Me } from '../base/api.ts';
import { get } from '../base/http.ts';
import type { StaffPage } from '../base/staff-page.ts';
import type { Proposals } from './committee-steps.ts';
import { describe, type Described } from './described.ts';

// What the administration centre knows of an election: its description, and what only the staff are told.

export interface Official {
  login: string;
  role: string;
  place?: string;
  since?: string; // where the page has asked the ledger's events
}

export interface Device {
  device: string;
  name: string;
  place: string;
  claimed: boolean;
  revoked: boolean;
}

export interface Overview extends Described {
  proposals: Proposals;
  officials: Official[];
  devices: Device[];
}

export type Centre = StaffPage<Overview>;

// Where people and devices are shown; who may do nothing there only sees them.
export type Office = Pick<Centre, 'staff' | 'may' | 'refresh'>;
export type Peopled = Pick<Overview, 'election' | 'officials' | 'devices'>;

// A part of the centre while it is shown.
export interface Section {
  element: HTMLElement;
  changed?: (overview: Overview) => void;
}

export const placeChoices = ({ places }: Election): [id: string, name: string][] =>
  places.map(({ id, name }) => [id, name]);

export const pathTo = ({ uuid }: Election, part: string): string => `/elections/${uuid}/${part}`;

// Who has no role in the election is told what the public is told.
const nothing = {
  proposals: { approval: 'single', proposals: [] } as Proposals,
  officials: [],
  devices: [],
};

export async function overviewOf(uuid: string, { roles }: Me): Promise<Overview> {
  if (roles.length === 0) return { ...(await describe(uuid)), ...nothing };
  const at = `/elections/${uuid}`;
  const [described, proposals, { officials }, { devices }] = await Promise.all([
    describe(uuid),
    get<Proposals>(`${at}/proposals`),
    get<{ officials: Official[] }>(`${at}/officials`),
    get<{ devices: Device[] }>(`${at}/devices`),
  ]);
  return { ...described, proposals, officials, devices };
}
