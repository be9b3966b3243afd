import { decryptionProven, readEncryptedTally, readPartialDecryption } from '../ballot/decrypt.ts';
import type { EncryptedTally, PartialDecryption } from '../ballot/decrypt.ts';
import { electionOrFault, type Election } from '../ballot/election.ts';
import { elementText, equalElements, isIdentity } from '../crypto/group.ts';
import { ArchiveReader, readOwned, readSetupData, type BelArchive, type BelEvent } from './bel-archive.ts';
import { readBelTar } from './bel-tar.ts';
import { decrypted, partsOf, wrongCount } from './count.ts';
import { Findings } from './findings.ts';
import { ownLabour, type JudgedBallot, type Labour } from './labour.ts';
import {
  electionKey,
  faultOfTrustees,
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
const without: CheckId[] = ['keys', 'checkpoint', 'signatures', 'tree', 'live_tallies', 'growth', 'stored'];

export async function auditBel(bytes: Uint8Array, options: BelOptions): Promise<Report> {
  const start = performance.now();
  const findings = new Findings(without);
  const tar = readBelTar(bytes);
  const reader = new ArchiveReader((check, seq, expected, found) =>
    findings.fault(check, { seq, path: null, expected, found }),
  );
  const archive = await findings.timed('entries', () => reader.read(tar));
  findings.count('entries', tar.entries.length);
  findings.count('chain', archive.events.length);
  findings.count('legality', archive.events.length);
  const judge = new BelJudge(archive, options.labour ?? ownLabour, findings);
  for (const [seq, event] of archive.events.entries()) {
    await judge.judge(seq, event);
    options.onProgress?.(seq + 1, archive.events.length);
  }
  return {
    kind: 'bel',
    verdict: findings.faultCount === 0 ? 'intact' : 'broken',
    origin: null,
    size: archive.events.length,
    root: null,
    key: null,
    keyKnown: false,
    comparedWith: null,
    olderThanKnown: false,
    lastTime: null,
    election: judge.summary(),
    notes: [...(judge.result ? [] : (['no-result'] as const)), 'no-strong-proofs'],
    ...findings.sorted(),
    faultCount: findings.faultCount,
    millis: performance.now() - start,
    rows: archive.events.map(({ type }) => ({ type, time: '', actor: '' })),
  };
}

class BelJudge {
  private election: Election | null = null;
  private electionText = '';
  private trustees: TrusteeItem[] = [];
  private readonly credentials = new Map<string, number>();
  private recount: Recount | null = null;
  private readonly begun = new Map<number, Promise<JudgedBallot | string>>();
  private readonly trackers = new Set<string>();
  private readonly ciphertexts = new Set<string>();
  private readonly voted = new Set<string>();
  private weight = 0;
  private ballots = 0;
  private tally: { tally: EncryptedTally; totalWeight: number } | null = null;
  private readonly shares = new Map<number, PartialDecryption>();
  result: number[][] | null = null;

  constructor(
    private readonly archive: BelArchive,
    private readonly labour: Labour,
    private readonly findings: Findings,
  ) {}

  async judge(seq: number, event: BelEvent): Promise<void> {
    const payload = event.payload === null ? undefined : this.archive.data.get(event.payload);
    if (payload === undefined) return; // the archive's form was found wrong
    if (event.type === 'Setup') return this.findings.timed('roll', () => this.setUp(seq, payload));
    if (!this.election) return; // nothing can be judged without
    switch (event.type) {
      case 'Ballot':
        return this.findings.timed('ballots', () => this.cast(seq));
      case 'EncryptedTally':
        return this.findings.timed('tally', () => this.computed(seq, payload));
      case 'PartialDecryption':
        return this.findings.timed('decryption', () => this.decryption(seq, payload));
      case 'Result':
        return this.findings.timed('result', () => this.published(seq, payload));
    }
  }

  summary(): AuditedElection | null {
    if (!this.election) return null;
    const { uuid, name, questions } = this.election;
    return {
      uuid,
      name,
      questions: questions.map(({ question, answers, blank }) => ({
        question,
        choices: blank ? [null, ...answers] : answers,
      })),
      ballots: this.ballots,
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
    if (this.election) return; // a second one is told by the order of events
    this.findings.count('roll');
    const setup = readSetupData(payload);
    if (typeof setup === 'string') return this.fault('roll', seq, 'setup data', setup);
    const { data } = this.archive;
    const [electionText, trusteesText, credentialsText] = [setup.election, setup.trustees, setup.credentials].map(
      (hash) => data.get(hash),
    );
    if (electionText === undefined || trusteesText === undefined || credentialsText === undefined) return;
    await this.readRoll(seq, credentialsText);
    const election = electionOrFault(electionText);
    if (typeof election === 'string') return this.fault('roll', seq, 'an election', election);
    this.election = election;
    this.electionText = electionText;
    this.recount = new Recount(election);
    await this.findings.timed('trustees', () => this.readTrustees(seq, trusteesText, election));
  }

  private async readRoll(seq: number, text: string): Promise<void> {
    const credentials = readPublicCredentials(text);
    if (typeof credentials === 'string') return this.fault('roll', seq, 'public credentials', credentials);
    this.findings.count('roll', credentials.length);
    const keys = credentials.map(({ key }) => key);
    const wrong = await this.labour.run({ kind: 'credentials', keys });
    if (wrong >= 0) this.fault('roll', seq, 'credentials of the group, not the identity', keys[wrong]);
    for (const { key, weight } of credentials) this.credentials.set(key, weight);
  }

  private readTrustees(seq: number, text: string, election: Election): void {
    const trustees = readTrustees(text);
    this.findings.count('trustees', typeof trustees === 'string' ? 1 : trustees.length);
    if (typeof trustees === 'string') return this.fault('trustees', seq, 'trustees', trustees);
    this.trustees = trustees;
    const fault = faultOfTrustees(trustees);
    if (fault) return this.fault('trustees', seq, 'trustees with valid proofs', fault);
    const key = electionKey(trustees);
    if (isIdentity(key) || !equalElements(key, election.publicKey)) {
      this.fault('trustees', seq, `public key ${elementText(key)}`, elementText(election.publicKey));
    }
  }

  // Work on this ballot and on some that follow.
  private begin(from: number): Promise<JudgedBallot | string> {
    const { events, data } = this.archive;
    for (let i = from; i < Math.min(from + begunAhead, events.length); i++) {
      const { type, payload } = events[i]!;
      const ballot = type === 'Ballot' && payload !== null ? data.get(payload) : undefined;
      if (ballot === undefined || this.begun.has(i)) continue;
      this.begun.set(i, this.labour.run({ kind: 'ballot', election: this.electionText, ballot }));
    }
    return this.begun.get(from)!;
  }

  private async cast(seq: number): Promise<void> {
    this.findings.count('ballots');
    this.ballots++;
    const judged = await this.begin(seq);
    this.begun.delete(seq);
    if (typeof judged === 'string') return this.fault('ballots', seq, 'a ballot in its one form', judged);
    const weight = this.credentials.get(judged.credential);
    if (weight === undefined) return this.fault('ballots', seq, 'a credential of the roll', judged.credential);
    if (this.trackers.has(judged.tracker)) return this.fault('ballots', seq, 'no ballot twice', judged.tracker);
    if (judged.fault !== null) this.fault('ballots', seq, 'every proof and the signature', judged.fault);
    const all = judged.ciphertexts.flat();
    const repeated = all.find((each) => this.ciphertexts.has(each));
    if (repeated !== undefined) this.fault('ballots', seq, 'no ciphertext twice', repeated);
    for (const each of all) this.ciphertexts.add(each);
    this.trackers.add(judged.tracker);
    if (!this.voted.has(judged.credential)) this.weight += weight;
    this.voted.add(judged.credential);
    this.recount!.cast({ seq, weight, credential: judged.credential, ciphertexts: judged.ciphertexts });
  }

  private computed(seq: number, payload: string): void {
    this.findings.count('tally');
    const sized = readSizedTally(payload);
    if (typeof sized === 'string') return this.fault('tally', seq, 'a sized tally', sized);
    const exact = this.archive.data.get(sized.encryptedTally);
    if (exact === undefined) return; // the archive's form was found wrong
    const tally = readEncryptedTally(exact);
    if (typeof tally === 'string') return this.fault('tally', seq, 'an encrypted tally', tally);
    this.tally = { tally, totalWeight: sized.totalWeight };
    const expected = `${this.voted.size} tallied, weight ${this.weight}`;
    const found = `${sized.numTallied} tallied, weight ${sized.totalWeight}`;
    if (expected !== found) this.fault('tally', seq, expected, found);
    else if (!this.recount!.gives({ tally, ...sized })) {
      this.fault('tally', seq, 'the product of the ballots that count', 'another encrypted tally');
    }
  }

  private decryption(seq: number, payload: string): void {
    this.findings.count('decryption');
    const owned = readOwned(payload);
    if (typeof owned === 'string') return this.fault('decryption', seq, 'an owned partial decryption', owned);
    const exact = this.archive.data.get(owned.payload);
    if (exact === undefined || !this.tally) return;
    const partial = readPartialDecryption(exact);
    if (typeof partial === 'string') return this.fault('decryption', seq, 'a partial decryption', partial);
    const owner = ownersOf(this.trustees)[owned.owner - 1];
    if (!owner) return this.fault('decryption', seq, 'a trustee of this election', owned.owner);
    if (this.shares.has(owned.owner)) return this.fault('decryption', seq, 'one of each trustee', owned.owner);
    if (!decryptionProven(this.tally.tally, partial, owner.key, this.election!.fingerprint)) {
      return this.fault('decryption', seq, `the proofs of trustee ${owned.owner}`, 'do not verify');
    }
    this.shares.set(owned.owner, partial);
  }

  private published(seq: number, payload: string): void {
    this.findings.count('result');
    const counts = readResult(payload);
    if (typeof counts === 'string') return this.fault('result', seq, 'a result', counts);
    this.result = counts;
    if (!this.tally) return;
    const parts = partsOf(this.trustees, this.shares);
    if ('missing' in parts) {
      return this.fault('result', seq, 'the decryption of every trustee needed', `owner ${parts.missing} is missing`);
    }
    const wrong = wrongCount(decrypted(this.tally.tally, parts), counts, this.tally.totalWeight);
    if (!wrong) return;
    const { question, choice, found } = wrong;
    const expected = `question ${question + 1}, count ${choice + 1}: ${found ?? `none up to ${this.tally.totalWeight}`}`;
    this.fault('result', seq, expected, counts[question]?.[choice] ?? '-');
  }
}
