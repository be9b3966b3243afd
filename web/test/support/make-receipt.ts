import assert from 'node:assert/strict';
import { utf8 } from '../../src/crypto/bytes.ts';
import { sha256Base64 } from '../../src/crypto/hash.ts';
import { checkInclusion, type Inclusion } from '../../src/log/inclusion.ts';
import { witnessKey } from '../../src/log/note.ts';
import { openReceipt, type OpenedReceipt } from '../../src/log/receipt.ts';
import type { Trust } from '../../src/log/trust.ts';
import { cosigned, memorySource, sampleLedger, testKey, type TestLedger } from './make-log.ts';

// Ledgers that hold a ballot, and receipts of it.

export const ballotText = '{"election_uuid":"ucSijHEHGk8LHG"}';
export const time = '2026-11-23T07:00:00.000Z';

export class TestWitness {
  readonly vkey: string;

  constructor(
    readonly name: string,
    private readonly seed: number,
  ) {
    this.vkey = testKey(name, seed, witnessKey).vkey;
  }

  cosigned(note: string, seconds = 1700000000): string {
    return cosigned(note, this.name, this.seed, seconds);
  }
}

// A log in which entry 10 is the ballot; `others` entries after it.
export function ledgerWithBallot(others = 9, ballot = ballotText): TestLedger {
  const ledger = sampleLedger(10);
  ledger.append('BallotCast', { ballot }, time, 'voter');
  for (let i = 0; i < others; i++) ledger.append('ElectionOpened', {}, time);
  return ledger;
}

export async function receiptOf(ledger: TestLedger, witnesses: TestWitness[] = [], seen = witnesses): Promise<string> {
  const files = await ledger.files();
  files.set('checkpoint', utf8(seen.reduce((note, witness) => witness.cosigned(note), ledger.checkpoint())));
  const trust = { ledger: ledger.handed.map(({ vkey }) => vkey), witnesses: witnesses.map(({ vkey }) => vkey) };
  const sought = { tracker: sha256Base64(ballotText), seq: 10 };
  const inclusion = await checkInclusion(memorySource(files), trust, sought);
  assert.equal(inclusion.state, 'included');
  return (inclusion as Extract<Inclusion, { state: 'included' }>).proof;
}

export const trustOf = (ledger: TestLedger, witnesses: TestWitness[] = [], needed = witnesses.length): Trust => ({
  ledger: [ledger.vkey],
  witnesses: witnesses.map(({ vkey }) => vkey),
  needed,
  policyKnown: true,
});

export function opened(file: string, trust: Trust): OpenedReceipt {
  const judged = openReceipt(utf8(file), trust);
  assert.ok(judged.ok, JSON.stringify(judged));
  return judged.receipt;
}
