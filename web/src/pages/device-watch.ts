import { get } from '../base/http.ts';
import { pathTo, type Device, type Peopled } from './committee-state.ts';

const everyMs = 5000;

type Known = Pick<Peopled, 'election' | 'devices'>;

// That a device has taken its code is no event, so the stream is silent about it: it is asked for while a device waits
// and the element is on the page. `known` gives null while nobody needs to know.
export function watchDevices(shown: HTMLElement, known: () => Known | null, taken: () => unknown): void {
  const ask = async (): Promise<void> => {
    const before = known();
    if (!before?.devices.some(({ claimed, revoked }) => !claimed && !revoked)) return;
    try {
      const { devices } = await get<{ devices: Device[] }>(pathTo(before.election, 'devices'));
      if (JSON.stringify(devices) !== JSON.stringify(before.devices)) await taken();
    } catch {
      // Asked again soon.
    }
  };
  const timer = setInterval(() => {
    if (shown.isConnected) void ask();
    else clearInterval(timer);
  }, everyMs);
}
