import { cleanStart } from './kiosk-clock.ts';

// The way back and forward on a device that many share: it leads neither off the ballot page nor to what was left on it.

const held = 'suara.kiosk';
let holding = false;

// Keeps a second entry of this page above the first, to which whoever goes back is brought again.
export function holdHistory(): void {
  if (holding) return;
  holding = true;
  if (history.state !== held) history.pushState(held, '');
  window.addEventListener('popstate', () => {
    // A card that was scanned into the address is told of here too, and stands above both.
    if (history.state !== held && location.hash === '') history.forward();
  });
  // A page that was left may be shown again as it stood.
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) void cleanStart();
  });
}
