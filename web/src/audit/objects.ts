import { maxAnswers, maxQuestions } from '../ballot/election.ts';
import { count, hexHash, list, members, readStrict, Refusal, text } from '../ballot/json.ts';
import { certificate, coefexps, maxTrustees, sharedKey, trusteeKey } from '../ballot/trustees.ts';
import { certificateProven, coefexpsProven, expectedVerificationKey, trusteeKeyProven } from '../ballot/trustees.ts';
import type { Certificate, Coefexps, TrusteeKey } from '../ballot/trustees.ts';
import * as group from '../crypto/group.ts';
import type { Element } from '../crypto/group.ts';

// The protocol's objects that only an audit reads.

export interface ThresholdParameters {
  threshold: number; // t+1
  certs: Certificate[];
  coefexps: Coefexps[];
  verificationKeys: TrusteeKey[];
}

export type TrusteeItem = { kind: 'single'; key: TrusteeKey } | ({ kind: 'pedersen' } & ThresholdParameters);

export interface SizedTally {
  numTallied: number;
  totalWeight: number;
  encryptedTally: string; // hex
}

export interface PublicCredential {
  key: string; // element's text
  weight: number;
}

const maxLarge = 1 << 20;
const maxSmall = 4096;
const maxCredentialsLength = 192 << 20;
export const maxWeightOfAll = 2 ** 32;

function thresholdParameters(value: unknown): ThresholdParameters {
  const object = members(value, 'threshold', 'certs', 'coefexps', 'verification_keys');
  return {
    threshold: count(object.threshold, maxTrustees),
    certs: list(object.certs, 0, maxTrustees, certificate),
    coefexps: list(object.coefexps, 0, maxTrustees, coefexps),
    verificationKeys: list(object.verification_keys, 0, maxTrustees, trusteeKey),
  };
}

function trusteeItem(value: unknown): TrusteeItem {
  const [kind, content] = list(value, 2, 2, (each) => each);
  if (kind === 'Single') return { kind: 'single', key: trusteeKey(content) };
  if (kind === 'Pedersen') return { kind: 'pedersen', ...thresholdParameters(content) };
  throw new Refusal('a trustee that is neither "Single" nor "Pedersen"');
}

export const readTrustees = (exact: string): TrusteeItem[] | string =>
  readStrict(exact, maxLarge, (value) => list(value, 1, maxTrustees, trusteeItem));

export const readSizedTally = (exact: string): SizedTally | string =>
  readStrict(exact, maxSmall, (value) => {
    const object = members(value, 'num_tallied', 'total_weight', 'encrypted_tally');
    return {
      numTallied: count(object.num_tallied),
      totalWeight: count(object.total_weight),
      encryptedTally: hexHash(object.encrypted_tally),
    };
  });

export const readResult = (exact: string): number[][] | string =>
  readStrict(exact, maxLarge, (value) =>
    list(members(value, 'result').result, 0, maxQuestions, (row) =>
      list(row, 0, maxAnswers + 1, (each) => count(each)),
    ),
  );

// "<element>" or "<element>,<weight>".
function publicCredential(value: unknown): PublicCredential {
  const match = /^([0-9a-f]{64})(?:,(0|[1-9][0-9]{0,9}))?$/.exec(text(value));
  const weight = Number(match?.[2] ?? 1);
  if (!match || weight > maxWeightOfAll) throw new Refusal('not a credential, or a weight above 2^32');
  return { key: match[1]!, weight };
}

export function readPublicCredentials(exact: string): PublicCredential[] | string {
  return readStrict(exact, maxCredentialsLength, (value) => {
    const credentials = list(value, 0, 2_000_000, publicCredential);
    if (new Set(credentials.map(({ key }) => key)).size !== credentials.length) {
      throw new Refusal('a credential that stands twice');
    }
    return credentials;
  });
}

// The identity belongs to no code.
export const identityText = `${'0'.repeat(63)}1`;

// --- what must hold of trustees

export interface Owner {
  key: Element;
  item: number;
}

// Owners are numbered from 1 in the order of the list; a group has one for each of its members.
export const ownersOf = (items: TrusteeItem[]): Owner[] =>
  items.flatMap((each, item) =>
    each.kind === 'single'
      ? [{ key: each.key.publicKey, item }]
      : each.verificationKeys.map(({ publicKey }) => ({ key: publicKey, item })),
  );

const itemKey = (each: TrusteeItem): Element =>
  each.kind === 'single' ? each.key.publicKey : sharedKey(each.coefexps);

function faultOfGroup(given: ThresholdParameters): string | null {
  const size = given.certs.length;
  if (given.coefexps.length !== size || given.verificationKeys.length !== size) return 'lists of different lengths';
  if (given.threshold < 1 || given.threshold > size) return `a threshold of ${given.threshold} of ${size}`;
  const keys = new Set<string>();
  for (const [i, each] of given.certs.entries()) {
    if (!certificateProven(each)) return `trustee ${i + 1}: the certificate's signature`;
    keys.add(group.elementText(each.verification)).add(group.elementText(each.encryption));
    if (keys.size !== 2 * (i + 1)) return `trustee ${i + 1}: a certificate's key stands twice`;
    if (!coefexpsProven(given.coefexps[i]!, each.verification, given.threshold)) {
      return `trustee ${i + 1}: the coefexps' number or signature`;
    }
  }
  for (const [i, key] of given.verificationKeys.entries()) {
    if (!group.equalElements(key.publicKey, expectedVerificationKey(given.coefexps, i + 1))) {
      return `trustee ${i + 1}: the verification key is not what the coefexps give`;
    }
    if (!trusteeKeyProven(key)) return `trustee ${i + 1}: the verification key's proof`;
  }
  return null;
}

function faultOfItem(each: TrusteeItem): string | null {
  if (each.kind === 'pedersen') return faultOfGroup(each);
  return trusteeKeyProven(each.key) ? null : "the key's proof";
}

// Every proof, no key twice, and the election's key (where it is known), which is the product of theirs.
export function faultOfTrustees(items: TrusteeItem[], publicKey: Element | null): string | null {
  for (const [i, each] of items.entries()) {
    const fault = faultOfItem(each);
    if (fault) return `item ${i + 1}: ${fault}`;
  }
  // In a group of which one is enough all members share one key.
  const keys = items.flatMap((each) =>
    each.kind === 'single'
      ? [each.key.publicKey]
      : each.verificationKeys.slice(0, each.threshold === 1 ? 1 : undefined).map((key) => key.publicKey),
  );
  if (new Set(keys.map(group.elementText)).size !== keys.length) return 'two trustees of one key';
  const product = items.map(itemKey).reduce(group.multiply);
  if (publicKey === null || (!group.isIdentity(product) && group.equalElements(product, publicKey))) return null;
  return `a public key other than ${group.elementText(product)}`;
}
