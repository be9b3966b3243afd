import type { Ceremony, Decryption } from '../base/api.ts';
import {
  CeremonyTrustee,
  certificateProven,
  coefexpsProven,
  decryptTally,
  expectedVerificationKey,
  newSeed,
  newSingleKey,
  readCertificate,
  readCoefexps,
  readElection,
  readEncryptedTally,
  readTrusteeKeyFile,
  trusteeKeyFileText,
  trusteeKeyJson,
  type Certificate,
  type Coefexps,
  type ThresholdKeyFile,
} from '../ballot/index.ts';
import { fromBase64, toBase64, toHex, utf8 } from '../crypto/bytes.ts';
import { elementText, equalElements, generatorPower } from '../crypto/group.ts';
import { sha256 } from '../crypto/hash.ts';

// What a trustee's key file is asked to do. Each function takes the file's text and keeps nothing of it.

export function newKeyFile(kind: 'single' | 'threshold', uuid: string): string {
  if (kind === 'single') return trusteeKeyFileText(newSingleKey());
  return trusteeKeyFileText({ kind: 'threshold', election: uuid, seed: newSeed(), share: null });
}

// What a page may know of a key file. `key` is the public key that decrypts, where the file already holds its secret.
export type KeyInfo =
  | { kind: 'single'; publicKey: string; key: string }
  | { kind: 'threshold'; election: string; certificate: string; coefexpsHash: string; key: string | null };

const hexSha256 = (text: string): string => toHex(sha256(utf8(text)));
const keyOf = (secret: Uint8Array): string => elementText(generatorPower(secret));

// null where the text is no key file. `needed`: of the election's group of trustees.
export function keyInfo(text: string, needed: number): KeyInfo | null {
  const file = readTrusteeKeyFile(text);
  if (!file) return null;
  if (file.kind === 'single') return { kind: 'single', publicKey: file.publicKey, key: keyOf(file.secret) };
  const trustee = new CeremonyTrustee(file.seed, file.election, needed);
  return {
    kind: 'threshold',
    election: file.election,
    certificate: trustee.certificate(),
    coefexpsHash: hexSha256(trustee.coefexps()),
    key: file.share && keyOf(file.share.secret),
  };
}

// What the service gave of another trustee's part does not hold; it names that trustee.
export interface CeremonyFault {
  fault: 'certificate' | 'coefexps' | 'share';
  trustee: number;
}

export interface PublishedCoefexps {
  coefexps: string;
  shares: string[]; // base64, for trustee 1..m
}

export interface ConfirmedShare {
  verificationKey: string;
  file: string; // the completed key file
}

export const isFault = (made: object): made is CeremonyFault => 'fault' in made;

function thresholdFile(text: string): ThresholdKeyFile {
  const file = readTrusteeKeyFile(text);
  if (file?.kind !== 'threshold') throw new Error('not a key file of a group of trustees');
  return file;
}

function certificatesOf(ceremony: Ceremony): Certificate[] | CeremonyFault {
  const read: Certificate[] = [];
  const seen = new Set<string>();
  for (const { trustee, certificate: text } of ceremony.members) {
    const certificate = readCertificate(text);
    if (typeof certificate === 'string' || !certificateProven(certificate)) return { fault: 'certificate', trustee };
    // A key that stands twice is somebody else's passed off as one's own.
    for (const key of [certificate.verification, certificate.encryption].map(elementText)) {
      if (seen.has(key)) return { fault: 'certificate', trustee };
      seen.add(key);
    }
    read.push(certificate);
  }
  return read;
}

export function publishCoefexps(text: string, ceremony: Ceremony, self: number): PublishedCoefexps | CeremonyFault {
  const file = thresholdFile(text);
  const certificates = certificatesOf(ceremony);
  if (isFault(certificates)) return certificates;
  const trustee = new CeremonyTrustee(file.seed, file.election, ceremony.needed);
  // Also where the service now says another number of trustees is needed than when the certificate was made.
  const promised = ceremony.members[self - 1]?.coefexps_hash;
  if (hexSha256(trustee.coefexps()) !== promised) return { fault: 'coefexps', trustee: self };
  const shares = certificates.map(({ encryption }, i) => toBase64(trustee.sealedShare(i + 1, encryption)));
  return { coefexps: trustee.coefexps(), shares };
}

function coefexpsOf(ceremony: Ceremony, certificates: Certificate[]): Coefexps[] | CeremonyFault {
  const read: Coefexps[] = [];
  for (const [i, { trustee, coefexps: text, coefexps_hash: promised }] of ceremony.members.entries()) {
    const coefexps = readCoefexps(text ?? '');
    const sound =
      typeof coefexps !== 'string' &&
      hexSha256(text!) === promised &&
      coefexpsProven(coefexps, certificates[i]!.verification, ceremony.needed);
    if (!sound) return { fault: 'coefexps', trustee };
    read.push(coefexps);
  }
  return read;
}

// Opens and checks the shares that all trustees sealed to this one, and adds up its part of the secret.
export function confirmShare(
  text: string,
  ceremony: Ceremony,
  self: number,
  shares: string[],
): ConfirmedShare | CeremonyFault {
  const file = thresholdFile(text);
  const certificates = certificatesOf(ceremony);
  if (isFault(certificates)) return certificates;
  const coefexps = coefexpsOf(ceremony, certificates);
  if (isFault(coefexps)) return coefexps;
  const trustee = new CeremonyTrustee(file.seed, file.election, ceremony.needed);
  // The service could show other values for this trustee's own part than it published.
  if (ceremony.members[self - 1]?.coefexps !== trustee.coefexps()) return { fault: 'coefexps', trustee: self };
  const sealed = shares.map((share) => fromBase64(share) ?? new Uint8Array());
  const collected = trustee.collect(self, coefexps, sealed);
  if (!collected.ok) return { fault: 'share', trustee: collected.trustee };
  const { secret } = collected;
  if (!equalElements(generatorPower(secret), expectedVerificationKey(coefexps, self))) {
    return { fault: 'share', trustee: self };
  }
  return {
    verificationKey: trusteeKeyJson(secret),
    file: trusteeKeyFileText({ ...file, share: { trustee: self, secret } }),
  };
}

export interface MadeDecryption {
  partial_decryption: string;
  strong_proofs: string;
}

// null where the texts or the file do not read.
export function decryptWith(
  text: string,
  decryption: Pick<Decryption, 'election' | 'encrypted_tally'>,
): MadeDecryption | null {
  const file = readTrusteeKeyFile(text);
  const secret = file?.kind === 'single' ? file.secret : file?.share?.secret;
  const election = readElection(decryption.election);
  const tally = readEncryptedTally(decryption.encrypted_tally);
  if (!secret || !election || typeof tally === 'string') return null;
  const made = decryptTally(tally, secret, election.fingerprint);
  return { partial_decryption: made.partialDecryption, strong_proofs: made.strongProofs };
}
