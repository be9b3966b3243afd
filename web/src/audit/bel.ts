import { decryptionProven, readEncryptedTally, readPartialDecryption } from '../ballot/decrypt.ts';
import type { PartialDecryption } from '../ballot/decrypt.ts';
import { electionOrFault, type Election } from '../ballot/election.ts';
import { ArchiveReader, readOwned, readSetupData, type BelArchive, type JudgedEvent } from './bel-archive.ts';
import { readBelTar } from './bel-tar.ts';
import { fitsQuestions, wrongCounts } from './count.ts';
import type { RecordedTally } from './events.ts';
import { Findings } from './findings.ts';
import { ownLabour, type JudgedBallot, type Labour } from './labour.ts';
import {
  faultOfTrustees,
  identityText,
  ownersOf,
  readPublicCredentials,
  readResult,
  readSizedTally,
} from './objects.ts';
import { readTrustees, type TrusteeItem } from './objects.ts';
import { Recount } from './recount.ts';
import type { AuditedElection, CheckId, Report } from './report.ts';

// Audits a `.bel` archive: the public record of one election as every program of the Belenios protocol writes it.

export interface BelOptions {
  labour?: Labour;
  onProgress?: (done: number, size: number) => void;
}

const begunAhead = 64;
const without: CheckId[] = [
  'keys',
  'checkpoint',
  'signatures',
  'tree',
  'live_tallies',
  'trackers',
  'witnesses',
  'growth',
  'stored',
];

export async function auditBel(bytes: Uint8Array, options: BelOptions): Promise<Report> {
  const start = performance.now();
  const findings = new Findings(without);
  const tar = readBelTar(bytes);
  const reader = new ArchiveReader((check, seq, expected, found) =>
    findings.fault(check, { seq, path: null, expected, found }),
  );
  const archive = await findings.timed('entries', () => reader.read(tar));
  findings.count('entries', tar.entries.length);
  findings.count('chain', archive.size);
  findings.count('legality', archive.size);
  const judge = new BelJudge(archive, options.labour ?? ownLabour, findings);
  for (const [i, event] of archive.events.entries()) {
    await judge.judge(i, event);
    options.onProgress?.(i + 1, archive.events.length);
  }
  return {
    kind: 'bel',
    verdict: findings.faultCount === 0 ? 'intact' : 'broken',
    origin: null,
    size: archive.size,
    root: null,
    key: null,
    keyKnown: false,
    comparedWith: null,
    olderThanKnown: false,
    lastTime: null,
    election: judge.summary(),
    witnessed: null,
    note: null,
    contradicted: null,
    notes: [...(judge.result ? [] : (['no-result'] as const)), 'no-strong-proofs'],
    ...findings.sorted(),
    faultCount: findings.faultCount,
    millis: performance.now() - start,
    goneOnFrom: 0,
    rows: archive.types.map((type) => ({ type, time: '', actor: '' })),
  };
}

// What depends on something that cannot be read is not judged.
class BelJudge {
  private election: { read: Election; exact: string; recount: Recount } | null = null;
  private trustees: TrusteeItem[] | null = null;
  private roll: Map<string, number> | null = null; // credentials to their weights
  private readonly begun = new Map<number, Promise<JudgedBallot | string>>();
  private readonly ciphertexts = new Set<string>();
  private readonly voted = new Set<string>();
  private weight = 0;
  private accepted = 0;
  private tally: RecordedTally | null = null;
  private readonly shares = new Map<number, PartialDecryption>();
  result: number[][] | null = null;

  constructor(
    private readonly archive: BelArchive,
    private readonly labour: Labour,
    private readonly findings: Findings,
  ) {}

  // `place` is the event's among those that are judged.
  async judge(place: number, { seq, type, payload }: JudgedEvent): Promise<void> {
    const { findings } = this;
    switch (type) {
      case 'Setup':
        return findings.timed('roll', () => this.setUp(seq, payload));
      case 'Ballot':
        return findings.timed('ballots', () => this.cast(seq, place));
      case 'EncryptedTally':
        return findings.timed('tally', () => this.computed(seq, payload));
      case 'PartialDecryption':
        return findings.timed('decryption', () => this.decryption(seq, payload));
      case 'Result':
        return findings.timed('result', () => this.published(seq, payload));
    }
  }

  summary(): AuditedElection | null {
    if (!this.election) return null;
    const { uuid, name, questions } = this.election.read;
    return {
      uuid,
      name,
      questions: questions.map(({ question, answers, blank }) => ({
        question,
        choices: blank ? [null, ...answers] : answers,
      })),
      ballots: this.accepted,
      challenged: 0,
      counted: this.voted.size,
      weight: this.weight,
      result: this.result,
    };
  }

  private fault(check: CheckId, seq: number, expected: string, found: unknown = ''): void {
    this.findings.fault(check, { seq, path: null, expected, found: String(found) });
  }

  private async setUp(seq: number, payload: string): Promise<void> {
    this.findings.count('roll');
    const setup = readSetupData(payload);
    if (typeof setup === 'string') return; // told with the archive's form
    const { data } = this.archive;
    const electionText = data.get(setup.election)!;
    const read = electionOrFault(electionText);
    if (typeof read === 'string') this.fault('roll', seq, 'an election', read);
    else this.election = { read, exact: electionText, recount: new Recount(read) };
    await this.findings.timed('trustees', () => this.readTrustees(seq, data.get(setup.trustees)!));
    await this.readRoll(seq, data.get(setup.credentials)!);
  }

  private readTrustees(seq: number, text: string): void {
    const trustees = readTrustees(text);
    this.findings.count('trustees', typeof trustees === 'string' ? 1 : ownersOf(trustees).length);
    if (typeof trustees === 'string') return this.fault('trustees', seq, 'trustees', trustees);
    this.trustees = trustees;
    const fault = faultOfTrustees(trustees, this.election?.read.publicKey ?? null);
    if (fault) this.fault('trustees', seq, "valid proofs and the election's key", fault);
  }

  private async readRoll(seq: number, text: string): Promise<void> {
    const credentials = readPublicCredentials(text);
    if (typeof credentials === 'string') return this.fault('roll', seq, 'public credentials', credentials);
    const keys = credentials.map(({ key }) => key);
    const foreign = await this.labour.run({ kind: 'elements', texts: keys });
    const wrong = foreign >= 0 ? foreign : keys.indexOf(identityText);
    if (wrong >= 0) return this.fault('roll', seq, 'credentials of the group, not the identity', keys[wrong]);
    this.findings.count('roll', credentials.length);
    this.roll = new Map(credentials.map(({ key, weight }) => [key, weight]));
  }

  // Work on this ballot and on some that follow.
  private begin(from: number, election: string): Promise<JudgedBallot | string> {
    this.archive.events.slice(from, from + begunAhead).forEach(({ type, payload }, i) => {
      if (type !== 'Ballot' || this.begun.has(from + i)) return;
      this.begun.set(from + i, this.labour.run({ kind: 'ballot', election, ballot: payload }));
    });
    return this.begun.get(from)!;
  }

  private async cast(seq: number, place: number): Promise<void> {
    if (!this.election) return;
    this.findings.count('ballots');
    const judged = await this.begin(place, this.election.exact);
    this.begun.delete(place);
    const wrong = this.refused(judged);
    if (wrong) return this.fault('ballots', seq, ...wrong);
    const { credential, ciphertexts } = judged as JudgedBallot;
    for (const each of ciphertexts.flat()) this.ciphertexts.add(each);
    this.accepted++;
    const weight = this.roll?.get(credential);
    if (weight === undefined) return;
    if (!this.voted.has(credential)) this.weight += weight;
    this.voted.add(credential);
    this.election.recount.cast({ seq, weight, credential, ciphertexts });
  }

  private refused(judged: JudgedBallot | string): [expected: string, found: string] | null {
    if (typeof judged === 'string') return ['a ballot in its one form', judged];
    if (judged.fault !== null) return ['every proof and the signature', judged.fault];
    if (this.roll && !this.roll.has(judged.credential)) return ['a credential of the roll', judged.credential];
    const repeated = judged.ciphertexts.flat().find((each) => this.ciphertexts.has(each));
    return repeated === undefined ? null : ['no ciphertext twice', repeated];
  }

  private computed(seq: number, payload: string): void {
    this.findings.count('tally');
    const sized = readSizedTally(payload);
    if (typeof sized === 'string') return; // told with the archive's form
    const tally = readEncryptedTally(this.archive.data.get(sized.encryptedTally)!);
    if (typeof tally === 'string') return this.fault('tally', seq, 'an encrypted tally', tally);
    if (!this.election) return;
    if (!fitsQuestions(tally, this.election.read.questions)) {
      return this.fault('tally', seq, 'a tally of the questions', 'another shape');
    }
    this.tally = { tally, numTallied: sized.numTallied, totalWeight: sized.totalWeight };
    if (!this.roll) return;
    const expected = `${this.voted.size} tallied, weight ${this.weight}`;
    const found = `${sized.numTallied} tallied, weight ${sized.totalWeight}`;
    if (expected !== found) this.fault('tally', seq, expected, found);
    else if (!this.election.recount.gives(this.tally)) {
      this.fault('tally', seq, 'the product of the ballots that count', 'another encrypted tally');
    }
  }

  private decryption(seq: number, payload: string): void {
    this.findings.count('decryption');
    const owned = readOwned(payload);
    if (typeof owned === 'string') return; // told with the archive's form
    const { owner, payload: hash } = owned;
    const partial = readPartialDecryption(this.archive.data.get(hash)!);
    if (typeof partial === 'string') return this.fault('decryption', seq, 'a partial decryption', partial);
    if (!this.election || !this.trustees || !this.tally) return;
    const key = ownersOf(this.trustees)[owner - 1]?.key;
    if (!key) return this.fault('decryption', seq, 'a trustee of this election', owner);
    if (this.shares.has(owner)) return this.fault('decryption', seq, 'one of each trustee', owner);
    if (!decryptionProven(this.tally.tally, partial, key, this.election.read.fingerprint)) {
      return this.fault('decryption', seq, `the proofs of trustee ${owner}`, 'do not verify');
    }
    this.shares.set(owner, partial);
  }

  private published(seq: number, payload: string): void {
    this.findings.count('result');
    const counts = readResult(payload);
    if (typeof counts === 'string') return this.fault('result', seq, 'a result', counts);
    this.result = counts;
    // Where a decryption was refused, that is the fault; without it the counts cannot be judged.
    if (!this.trustees || !this.tally || this.findings.of('decryption').faults > 0) return;
    const wrong = wrongCounts(this.trustees, this.tally, this.shares, counts);
    if (wrong) this.fault('result', seq, ...wrong);
  }
}
