// Reads a QR code as a camera or a scanner would: from the picture that the page makes of it.
import jsQR from 'jsqr';
import { PNG } from 'pngjs';

export async function decoded(code) {
  const { data, width, height } = PNG.sync.read(await code.screenshot());
  const found = jsQR(new Uint8ClampedArray(data), width, height, { inversionAttempts: 'dontInvert' });
  return found?.data ?? null;
}
