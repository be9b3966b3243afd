import { utf8 } from '../crypto/bytes.ts';
import * as group from '../crypto/group.ts';
import type { Element, Scalar } from '../crypto/group.ts';
import { proveKnowledge } from '../crypto/proof.ts';
import { sodium } from '../crypto/sodium.ts';
import { evaluate, signedJson, signingPrefix, type Coefexps } from './trustees.ts';

// A trustee's side of the key ceremony. All it publishes follows from one seed, so that each step can be repeated and
// done on another machine; the derivation is told in core/ballot/threshold.hpp, and both sides must agree on it.

export const seedLength = 32;
const shareLength = 32;

export const newSeed = (): Uint8Array => sodium.randombytes_buf(seedLength);

export type Collected = { ok: true; secret: Scalar } | { ok: false; trustee: number };

export class CeremonyTrustee {
  private readonly sk: Scalar;
  private readonly coefficients: Scalar[];

  // `needed` of the trustees decrypt together: the polynomial's degree is one less.
  constructor(
    private readonly seed: Uint8Array,
    private readonly uuid: string,
    needed: number,
  ) {
    if (seed.length !== seedLength) throw new Error('CeremonyTrustee: a seed of another length');
    this.sk = this.scalar('verification');
    this.coefficients = Array.from({ length: needed }, (_, k) => this.scalar(`coefficient-${k}`));
  }

  certificate(): string {
    const verification = group.elementText(group.generatorPower(this.sk));
    const encryption = group.elementText(this.encryptionKey());
    return this.sign(`{"verification":"${verification}","encryption":"${encryption}"}`);
  }

  coefexps(): string {
    const elements = this.coefficients.map((a) => `"${group.elementText(group.generatorPower(a))}"`);
    return this.sign(`{"coefexps":[${elements.join(',')}]}`);
  }

  // f(recipient), readable only by the recipient (from 1), to whose encryption key it is sealed.
  sealedShare(recipient: number, encryption: Element): Uint8Array {
    const x = group.scalarFromNumber(recipient);
    const share = this.coefficients.reduceRight((sum, a) => group.addScalars(group.mulScalars(sum, x), a), group.zero);
    return sodium.crypto_box_seal(share, sodium.crypto_sign_ed25519_pk_to_curve25519(encryption));
  }

  // This trustee's (from 1) part of the secret, from what all trustees published and sealed to it, its own included.
  // Names the first trustee whose share cannot be opened or is not what its coefexps promise.
  collect(self: number, coefexps: Coefexps[], sealed: Uint8Array[]): Collected {
    const secretKey = this.decryptionKey();
    const publicKey = sodium.crypto_sign_ed25519_pk_to_curve25519(this.encryptionKey());
    let secret = group.zero;
    for (const [i, { elements }] of coefexps.entries()) {
      const share = openShare(sealed[i], publicKey, secretKey);
      if (!share || !group.equalElements(group.generatorPower(share), evaluate(elements, self))) {
        return { ok: false, trustee: i + 1 };
      }
      secret = group.addScalars(secret, share);
    }
    return { ok: true, secret };
  }

  private derive(length: number, label: string): Uint8Array {
    return sodium.crypto_generichash(length, utf8(`suara-trustee-v1|${this.uuid}|${label}`), this.seed);
  }

  private scalar(label: string): Scalar {
    return sodium.crypto_core_ed25519_scalar_reduce(this.derive(64, label));
  }

  // As X25519 clamps, since shares are sealed to this key's form on that curve.
  private decryptionKey(): Uint8Array {
    const key = this.derive(32, 'encryption');
    key[0]! &= 248;
    key[31] = (key[31]! & 127) | 64;
    return key;
  }

  private encryptionKey(): Element {
    const wide = new Uint8Array(64);
    wide.set(this.decryptionKey());
    return group.generatorPower(sodium.crypto_core_ed25519_scalar_reduce(wide));
  }

  private sign(message: string): string {
    const signature = proveKnowledge(this.sk, signingPrefix(message), this.scalar(`nonce|${message}`));
    return signedJson({ message, signature });
  }
}

function openShare(sealed: Uint8Array | undefined, publicKey: Uint8Array, secretKey: Uint8Array): Scalar | null {
  if (sealed?.length !== shareLength + sodium.crypto_box_SEALBYTES) return null;
  try {
    return group.scalarFromBytes(sodium.crypto_box_seal_open(sealed, publicKey, secretKey));
  } catch {
    return null; // libsodium throws where the box was not sealed to this key
  }
}
