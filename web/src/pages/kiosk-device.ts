import { h, type Child } from '../base/dom.ts';
import { ApiError, get } from '../base/http.ts';

// What this device is enrolled as; the claim itself is a cookie that no script sees.
export interface Device {
  election: string;
  place: { id: string; name: string };
  name: string;
  device: string;
}

export async function claimedDevice(): Promise<Device | null> {
  try {
    return await get<Device>('/device');
  } catch (error) {
    if (error instanceof ApiError && error.code === 'not_found') return null;
    throw error;
  }
}

export interface Booth {
  kiosk: boolean; // many voters share this device: nothing leads off the page, nothing of one is left for the next
  device: Device | null; // where it stands, if it is enrolled for this election
  elsewhere: boolean; // this election is voted in at polling places, and this is none of their devices
}

// How a voter votes here. A polling place's device is a kiosk whatever the address says, and whichever election it was
// enrolled for.
export async function boothOf(
  { uuid, policies }: { uuid: string; policies: { verification: string } },
  asked: boolean,
): Promise<Booth> {
  if (policies.verification === 'online' && !asked) return { kiosk: false, device: null, elsewhere: false };
  const claimed = await claimedDevice();
  const device = claimed?.election === uuid ? claimed : null;
  return {
    kiosk: asked || claimed !== null,
    device,
    elsewhere: policies.verification === 'polling-place' && device === null,
  };
}

// Which place and booth it is, for who stands before it.
export function boothSign({ device }: Booth): Child[] {
  return device ? [h('span', { class: 'mute', testid: 'booth' }, `${device.place.name} · ${device.name}`)] : [];
}
