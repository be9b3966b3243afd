import { equalBytes, fromHex, toHex, utf8 } from './bytes.ts';
import { sha256 } from './hash.ts';
import { sodium } from './sodium.ts';

// The prime-order subgroup of edwards25519. libsodium refuses the identity and the scalar 0, which sums of real
// ballots reach, so both are handled here.
//   Element: 32 bytes, the compressed point; as text those bytes reversed, 64 lower-case hexadecimal digits.
//   Scalar: 32 bytes, little-endian, below the order; as text decimal.

export type Element = Uint8Array & { readonly kind?: 'element' };
export type Scalar = Uint8Array & { readonly kind?: 'scalar' };

export const groupOrder = (1n << 252n) + 27742317777372353535851937790883648493n;

const identity: Element = Uint8Array.of(1, ...new Array<number>(31).fill(0));
export const zero: Scalar = new Uint8Array(32);

const isZero = (scalar: Scalar): boolean => scalar.every((byte) => byte === 0);
export const isIdentity = (element: Element): boolean => element.every((byte, i) => byte === identity[i]);

export function scalarFromNumber(value: number): Scalar {
  const bytes = new Uint8Array(32);
  for (let i = 0, rest = value; rest > 0; i++, rest = Math.floor(rest / 256)) bytes[i] = rest % 256;
  return bytes;
}

// A big-endian number of at most 32 bytes, mod the order.
export function scalarFromBigEndian(bytes: Uint8Array): Scalar {
  const wide = new Uint8Array(64);
  wide.set(bytes.slice().reverse());
  const scalar = sodium.crypto_core_ed25519_scalar_reduce(wide);
  sodium.memzero(wide);
  return scalar;
}

export function randomScalar(): Scalar {
  return sodium.crypto_core_ed25519_scalar_random();
}

export const addScalars = (a: Scalar, b: Scalar): Scalar => sodium.crypto_core_ed25519_scalar_add(a, b);
export const subScalars = (a: Scalar, b: Scalar): Scalar => sodium.crypto_core_ed25519_scalar_sub(a, b);
export const invertScalar = (a: Scalar): Scalar => sodium.crypto_core_ed25519_scalar_invert(a);
export const mulScalars = (a: Scalar, b: Scalar): Scalar => sodium.crypto_core_ed25519_scalar_mul(a, b);

export const equalScalars = (a: Scalar, b: Scalar): boolean => equalBytes(a, b);
export const equalElements = (a: Element, b: Element): boolean => equalBytes(a, b);

export function scalarText(scalar: Scalar): string {
  return BigInt('0x' + toHex(scalar.slice().reverse())).toString();
}

// null where the 32 little-endian bytes are not below the order
export function scalarFromBytes(bytes: Uint8Array): Scalar | null {
  if (bytes.length !== 32) return null;
  return BigInt('0x' + toHex(bytes.slice().reverse())) < groupOrder ? bytes.slice() : null;
}

export function parseScalar(text: string): Scalar | null {
  if (!/^(0|[1-9][0-9]{0,76})$/.test(text)) return null;
  const value = BigInt(text);
  if (value >= groupOrder) return null;
  return fromHex(value.toString(16).padStart(64, '0'))!.reverse();
}

export const multiply = (a: Element, b: Element): Element => sodium.crypto_core_ed25519_add(a, b);
export const divide = (a: Element, b: Element): Element => sodium.crypto_core_ed25519_sub(a, b);

export function power(base: Element, exponent: Scalar): Element {
  if (isZero(exponent) || isIdentity(base)) return identity.slice();
  return sodium.crypto_scalarmult_ed25519_noclamp(exponent, base);
}

export function generatorPower(exponent: Scalar): Element {
  if (isZero(exponent)) return identity.slice();
  return sodium.crypto_scalarmult_ed25519_base_noclamp(exponent);
}

export function elementText(element: Element): string {
  return toHex(element.slice().reverse());
}

// null where the text is not a canonical element of the subgroup
export function parseElement(text: string): Element | null {
  if (text.length !== 64) return null;
  const bytes = fromHex(text)?.reverse();
  if (!bytes) return null;
  return isIdentity(bytes) || sodium.crypto_core_ed25519_is_valid_point(bytes) ? bytes : null;
}

// An element whose text was found to be one before.
export const trustedElement = (text: string): Element => fromHex(text)!.reverse();

// H(text): SHA-256 as a big-endian number, mod the order.
export function hashToScalar(text: string): Scalar {
  return scalarFromBigEndian(sha256(utf8(text)));
}
