import {
  CeremonyTrustee,
  credentialSecret,
  encryptBallot,
  publicCredential,
  sharedKey,
  trusteeKeyJson,
} from '../../src/ballot/index.ts';
import {
  readElection,
  readCertificate,
  readCoefexps,
  readEncryptedTally,
  decryptTally,
} from '../../src/ballot/index.ts';
import type { Certificate, Coefexps, Election } from '../../src/ballot/index.ts';
import { readBallot } from '../../src/ballot/ballot.ts';
import { ciphertextJson } from '../../src/ballot/ciphertext.ts';
import { Product } from '../../src/audit/count.ts';
import { toHex } from '../../src/crypto/bytes.ts';
import * as group from '../../src/crypto/group.ts';
import { sha256 } from '../../src/crypto/hash.ts';
import { sampleDraft, sampleTime, sampleUuid, TestLedger } from './make-log.ts';

// A whole election as a ledger: what every part would record, made here with the same library that pages use.

export interface Recorded {
  type: string;
  data: Record<string, unknown>;
  actor: string;
}

export interface MadeElection {
  events: Recorded[];
  election: Election;
  secrets: group.Scalar[]; // of voters
  marks: number[][][]; // counted, by voter
  reserve: string[]; // credentials
}

const hash = (text: string): string => toHex(sha256(text));
const sum = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0);
const code = (voter: number): string => `TESTTESTTESTTEST${String(voter).padStart(4, '0')}`;
const got = <T>(value: T | string | null): T => {
  if (value === null || typeof value === 'string') throw new Error(`unreadable: ${value}`);
  return value;
};

const weights = [1, 1, 1, 3, 5];

interface Keys {
  secret: (owner: number) => group.Scalar;
  trusteesText: string;
  publicKey: group.Element;
  events: Recorded[];
}

// One mandatory trustee, and where asked two of three others.
function makeKeys(uuid: string, threshold: boolean, by: string): Keys {
  const secret = group.scalarFromNumber(4711);
  const single = trusteeKeyJson(secret);
  const events: Recorded[] = [{ type: 'TrusteeKeyPublished', data: { public_key: single, trustee: 1 }, actor: by }];
  const key = group.generatorPower(secret);
  if (!threshold) return { secret: () => secret, trusteesText: `[["Single",${single}]]`, publicKey: key, events };
  const members = [1, 2, 3].map((n) => new CeremonyTrustee(new Uint8Array(32).fill(n), uuid, 2));
  const certs = members.map((member) => member.certificate());
  const coefexps = members.map((member) => member.coefexps());
  certs.forEach((certificate, i) => {
    const data = { certificate, coefexps_hash: hash(coefexps[i]!), trustee: i + 1 };
    events.push({ type: 'TrusteeCertificatePublished', data, actor: `trustee:t${i + 1}` });
  });
  const read = certs.map((text) => got<Certificate>(readCertificate(text)));
  const sealed = members.map((sender) => read.map(({ encryption }, i) => sender.sealedShare(i + 1, encryption)));
  coefexps.forEach((text, i) => {
    const data = { coefexps: text, shares: sealed[i]!.map((share) => toHex(sha256(share))), trustee: i + 1 };
    events.push({ type: 'TrusteeCoefexpsPublished', data, actor: `trustee:t${i + 1}` });
  });
  const promised = coefexps.map((text) => got<Coefexps>(readCoefexps(text)));
  const shares = members.map((member, i) => {
    const collected = member.collect(
      i + 1,
      promised,
      sealed.map((row) => row[i]!),
    );
    if (!collected.ok) throw new Error('a share is wrong');
    return collected.secret;
  });
  const verification = shares.map(trusteeKeyJson);
  verification.forEach((text, i) => {
    const data = { trustee: i + 1, verification_key: text };
    events.push({ type: 'TrusteeShareConfirmed', data, actor: `trustee:t${i + 1}` });
  });
  const pedersen = `{"threshold":2,"certs":[${certs}],"coefexps":[${coefexps}],"verification_keys":[${verification}]}`;
  return {
    secret: (owner) => (owner === 1 ? secret : shares[owner - 2]!),
    trusteesText: `[["Single",${single}],["Pedersen",${pedersen}]]`,
    publicKey: group.multiply(key, sharedKey(promised)),
    events,
  };
}

function tallyTexts(
  election: Election,
  ballots: string[],
  weightOf: (credential: string) => number,
): {
  encrypted: string;
  sized: string;
} {
  const last = new Map<string, string>();
  for (const text of ballots) last.set(group.elementText(got(readBallot(text)).credential), text);
  const product = new Product(election.questions);
  for (const [credential, text] of last) {
    product.add(
      got(readBallot(text)).answers.map(({ choices }) => choices),
      weightOf(credential),
    );
  }
  const encrypted = JSON.stringify(product.tally.map((row) => row.map((each) => JSON.parse(ciphertextJson(each)))));
  const totalWeight = sum([...last.keys()].map(weightOf));
  const sized = `{"num_tallied":${last.size},"total_weight":${totalWeight},"encrypted_tally":"${hash(encrypted)}"}`;
  return { encrypted, sized };
}

function shareOf(encrypted: string, owner: number, secret: group.Scalar, election: Election): Record<string, unknown> {
  const { partialDecryption, strongProofs } = decryptTally(
    got(readEncryptedTally(encrypted)),
    secret,
    election.fingerprint,
  );
  return { owner, partial_decryption: partialDecryption, strong_proofs: strongProofs };
}

function countsOf(marks: Map<number, number[][]>, weighted: boolean): string {
  let total: number[][] | null = null;
  for (const [voter, rows] of marks) {
    const weight = weighted ? weights[voter]! : 1;
    const raised = rows.map((row) => row.map((mark) => mark * weight));
    total = total ? total.map((row, q) => row.map((count, i) => count + raised[q]![i]!)) : raised;
  }
  return `{"result":${JSON.stringify(total)}}`;
}

export interface Wish {
  live?: boolean;
  polling?: boolean; // plain: one question, no weights, one trustee, and a reserve from which the fourth voter votes
  witnesses?: { keys: string[]; needed: number };
  tooMany?: boolean; // live, with a last voter who marks two where one is allowed, so that the proofs are wrong
}

// As a rule two questions, one with blank, weights, a threshold group, a re-vote, a challenge. Live: one question, a
// live tally after three ballots.
export function makeElection(wish: Wish = {}): MadeElection {
  const { live = false, polling = false, tooMany = false, witnesses } = wish;
  const plain = live || polling;
  const uuid = sampleUuid;
  const contests = plain
    ? sampleDraft.contests
    : [
        { blank: true, ...sampleDraft.contests[0]! },
        { ...sampleDraft.contests[0]!, max: 2, min: 0, question: 'Boleh?' },
      ];
  const policies = { ...sampleDraft.policies, tally: live ? 'live' : 'sealed', ...(witnesses && { witnesses }) };
  const draft = { ...sampleDraft, contests, policies, ...(plain ? {} : { threshold: { needed: 2, trustees: 3 } }) };
  const keys = makeKeys(uuid, !plain, live ? 'service' : 'trustee:budi');
  const weightAt = (voter: number): number => (plain ? 1 : weights[voter]!);
  const secrets = weights.map((_, voter) => credentialSecret(code(voter), uuid));
  const spare = polling ? [5, 6].map((voter) => credentialSecret(code(voter), uuid)) : [];
  const credentials = [...secrets, ...spare]
    .map((secret, voter) => ({ key: publicCredential(secret), weight: plain ? 1 : weights[voter]! }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const weightOf = (key: string): number => credentials.find((each) => each.key === key)!.weight;
  const rollText = JSON.stringify(credentials.map(({ key, weight }) => (plain ? key : `${key},${weight}`)));
  const questions = contests.map((contest) => ({
    answers: contest.candidates.map(({ name }) => name),
    ...('blank' in contest ? { blank: true } : {}),
    min: contest.min,
    max: contest.max,
    question: contest.question,
  }));
  const publicKey = group.elementText(keys.publicKey);
  const electionText = JSON.stringify({
    ...{ version: 1, description: draft.description, name: draft.name, group: 'Ed25519', public_key: publicKey },
    ...{ questions, uuid, administrator: draft.administrator, credential_authority: draft.credential_authority },
  });
  const election = readElection(electionText)!;

  const events: Recorded[] = [{ type: 'ElectionDrafted', data: { draft }, actor: 'committee:ani' }, ...keys.events];
  const add = (type: string, data: Record<string, unknown>, actor: string): void =>
    void events.push({ type, data, actor });
  const voters = weights.map((_, voter) => ({
    commitment: hash(`voter ${voter}`),
    place: 'tps-1',
    ...(weightAt(voter) === 1 ? {} : { weight: weightAt(voter) }),
  }));
  add('VotersEnrolled', { first: 0, voters }, 'registrar:sri');
  const reserve = spare.map(publicCredential).sort();
  const listed = credentials.filter(({ key }) => !reserve.includes(key));
  const texts = listed.map(({ key, weight }) => (weight === 1 ? key : `${key},${weight}`));
  add('RollImported', { credentials: texts, place: 'tps-1' }, 'registrar:sri');
  if (polling) add('ReserveImported', { credentials: reserve, place: 'tps-1' }, 'registrar:sri');
  const sizes = { credentials: credentials.length, voters: listed.length };
  add('RollSealed', { ...sizes, credentials_hash: hash(rollText) }, 'committee:ani');
  const sealed = { credentials_hash: hash(rollText), election: electionText, trustees: keys.trusteesText };
  add('ElectionSealed', sealed, 'committee:ani');
  add('ElectionOpened', {}, 'committee:ani');

  const choices = plain
    ? [[[1, 0, 0]], [[0, 1, 0]], [[0, 1, 0]], [tooMany ? [1, 0, 1] : [0, 0, 1]]]
    : [
        [
          [0, 1, 0, 0],
          [1, 1, 0],
        ],
        [
          [1, 0, 0, 0],
          [0, 0, 0],
        ],
        [
          [0, 0, 1, 0],
          [0, 0, 1],
        ],
        [
          [0, 0, 0, 1],
          [1, 0, 0],
        ],
      ];
  const ballots: string[] = [];
  const counted = new Map<number, number[][]>();
  const cast = (voter: number, marks: number[][]): void => {
    const secret = polling && voter === 3 ? spare[0]! : secrets[voter]!;
    add('VoterVerified', { credential: publicCredential(secret), method: 'credential' }, 'voter');
    const loose = { ...election, questions: election.questions.map((question) => ({ ...question, max: 3 })) };
    const { text } = encryptBallot(tooMany ? loose : election, secret, marks);
    ballots.push(text);
    counted.set(voter, marks);
    add('BallotCast', { ballot: text }, 'voter');
  };
  const liveTally = (): void => {
    const { encrypted, sized } = tallyTexts(election, ballots, weightOf);
    add(
      'LiveTallyPublished',
      {
        accepted: ballots.length,
        encrypted_tally: encrypted,
        result: countsOf(counted, !plain),
        shares: [shareOf(encrypted, 1, keys.secret(1), election)],
        sized_tally: sized,
        through: events.length, // the last event's entry: LedgerOpened comes before them
      },
      'service',
    );
  };
  choices.forEach((marks, voter) => {
    cast(voter, marks);
    if (live && voter === 2) liveTally();
  });
  if (!live) {
    const challenged = encryptBallot(election, secrets[2]!, choices[3]!);
    add('BallotChallenged', { ballot: challenged.text }, 'voter');
  }
  const again = encryptBallot(election, secrets[0]!, choices[2]!);
  ballots.push(again.text);
  counted.set(0, choices[2]!);
  add('BallotCast', { ballot: again.text }, 'voter');
  if (live) liveTally();
  add('ElectionClosed', {}, 'committee:ani');
  const { encrypted, sized } = tallyTexts(election, ballots, weightOf);
  add('TallyComputed', { encrypted_tally: encrypted, sized_tally: sized }, 'service');
  for (const owner of plain ? [1] : [1, 4, 2]) {
    add('TallyDecrypted', shareOf(encrypted, owner, keys.secret(owner), election), live ? 'service' : 'trustee:budi');
  }
  add('ResultPublished', { result: countsOf(counted, !plain) }, 'committee:ani');
  add('ResultCertified', {}, 'committee:ani');
  return { events, election, secrets, marks: [...counted.values()], reserve };
}

export const secondsApart = 3;

// The ledger with these events, after its opening.
export function ledgerOf(events: Recorded[], seconds = secondsApart): TestLedger {
  const ledger = new TestLedger(`suara.test/2026/${sampleUuid}`);
  ledger.append('LedgerOpened', { key: ledger.vkey, uuid: sampleUuid }, sampleTime(0), 'committee:ani');
  events.forEach(({ type, data, actor }, i) => ledger.append(type, data, sampleTime(seconds * (i + 1)), actor));
  return ledger;
}
