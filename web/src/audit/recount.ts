import type { Ciphertext } from '../ballot/ciphertext.ts';
import type { EncryptedTally } from '../ballot/decrypt.ts';
import type { Election } from '../ballot/election.ts';
import { trustedElement } from '../crypto/group.ts';
import { fitsQuestions, Product, sameTally } from './count.ts';
import type { RecordedTally } from './events.ts';

// Multiplies each voter's last ballot anew, to be held against every recorded tally.

interface Waiting {
  seq: number;
  credential: string;
  weight: number;
  ciphertexts: string[][];
}

function parsed(ciphertexts: string[][]): Ciphertext[][] {
  return ciphertexts.map((row) =>
    row.map((text) => ({ alpha: trustedElement(text.slice(0, 64)), beta: trustedElement(text.slice(65)) })),
  );
}

// How far a recount came.
export interface KeptRecount {
  election: Election;
  tally: EncryptedTally;
  counting: Map<string, string[][]>;
  waiting: Waiting[];
}

export class Recount {
  private readonly product: Product;
  private readonly counting: Map<string, string[][]>;
  private waiting: Waiting[];

  constructor(
    private readonly election: Election,
    kept?: KeptRecount,
  ) {
    this.product = new Product(election.questions, kept?.tally);
    this.counting = kept?.counting ?? new Map();
    this.waiting = kept?.waiting ?? [];
  }

  keep(): KeptRecount {
    return { election: this.election, tally: this.product.tally, counting: this.counting, waiting: this.waiting };
  }

  cast(ballot: Waiting): void {
    this.waiting.push(ballot);
  }

  // Whether the tally is the product of the last ballots up to and with entry `last`.
  gives(tally: RecordedTally, last = Number.MAX_SAFE_INTEGER): boolean {
    const after = this.waiting.findIndex(({ seq }) => seq > last);
    for (const ballot of this.waiting.splice(0, after < 0 ? this.waiting.length : after)) this.take(ballot);
    return sameTally(tally.tally, this.product.tally);
  }

  // A ballot of another shape was found out before; it cannot be multiplied.
  private take({ credential, weight, ciphertexts }: Waiting): void {
    if (!fitsQuestions(ciphertexts, this.election.questions)) return;
    const replaced = this.counting.get(credential);
    if (replaced) this.product.remove(parsed(replaced), weight);
    this.product.add(parsed(ciphertexts), weight);
    this.counting.set(credential, ciphertexts);
  }
}
