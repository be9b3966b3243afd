import { concat, toBase64NoPadding, utf8 } from './bytes.ts';
import { sodium } from './sodium.ts';

export function sha256(message: Uint8Array | string): Uint8Array {
  return sodium.crypto_hash_sha256(message);
}

// What fingerprints and trackers are: base64 without padding of SHA-256.
export function sha256Base64(text: string): string {
  return toBase64NoPadding(sha256(utf8(text)));
}

// PBKDF2-HMAC-SHA256 with 32 bytes of output, which is one block. libsodium's HMAC wants a key of 32 bytes; HMAC pads
// a shorter key with zeros itself, so a shorter password padded here gives the same value.
export function pbkdf2Sha256(password: string, salt: string, iterations: number): Uint8Array {
  const key = new Uint8Array(sodium.crypto_auth_hmacsha256_KEYBYTES);
  const secret = utf8(password);
  if (secret.length > key.length) throw new Error('pbkdf2Sha256: password over 32 bytes');
  key.set(secret);
  let block = sodium.crypto_auth_hmacsha256(concat(utf8(salt), Uint8Array.of(0, 0, 0, 1)), key);
  const derived = block.slice();
  for (let i = 1; i < iterations; i++) {
    block = sodium.crypto_auth_hmacsha256(block, key);
    for (let j = 0; j < derived.length; j++) derived[j]! ^= block[j]!;
  }
  sodium.memzero(key);
  sodium.memzero(secret);
  return derived;
}
