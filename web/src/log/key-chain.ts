import { utf8 } from '../crypto/bytes.ts';
import { ed25519Verified, type VerifierKey } from './note.ts';

// What an entry KeyRotated says.
export interface Rotation {
  key: VerifierKey;
  proof: Uint8Array;
}

// What a new key signs to take over.
export const rotationMessage = (oldKey: string, newKey: string): Uint8Array =>
  utf8(`suara.key-rotated.v1\n${oldKey}\n${newKey}`);

export const rotationProven = (oldKey: string, { key, proof }: Rotation): boolean =>
  ed25519Verified(proof, rotationMessage(oldKey, key.text), key.publicKey);

export interface KeptKeys {
  later: VerifierKey[];
  rotatedAt: number[];
}

// The keys of a ledger, each handed over by the one before.
export class KeyChain {
  readonly all: VerifierKey[];

  constructor(
    first: VerifierKey,
    later: VerifierKey[] = [],
    private readonly rotatedAt: number[] = [], // [i]: the entry that brought all[i + 1]
  ) {
    this.all = [first, ...later];
  }

  keep(): KeptKeys {
    return { later: this.all.slice(1), rotatedAt: this.rotatedAt };
  }

  get current(): VerifierKey {
    return this.all.at(-1)!;
  }

  // Of a tree of so many entries.
  atSize(size: number): VerifierKey {
    return this.all[this.rotatedAt.filter((entry) => entry < size).length]!;
  }

  // Takes the new key where it bears the ledger's name and has signed its taking over; whether the entry was legal is not
  // asked here.
  rotate(entry: number, rotation: Rotation): void {
    if (rotation.key.name !== this.current.name || !rotationProven(this.current.text, rotation)) return;
    this.all.push(rotation.key);
    this.rotatedAt.push(entry);
  }
}
