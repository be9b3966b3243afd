// All that a voter's and a trustee's side of an election needs, for pages and for tests that work without a browser.
export { sodiumReady } from '../crypto/sodium.ts';
export { readCode, formatCode, codeLength, type CodeFault } from './code.ts';
export { credentialSecret, publicCredential, signInProof } from './credential.ts';
export { choicesOf, readElection, type Election, type Question } from './election.ts';
export { encryptBallot, encryptionSteps, type CastableBallot } from './encrypt.ts';
export {
  checkOpening,
  openingJson,
  openingLink,
  openingRows,
  readOpening,
  readOpeningLink,
  type LinkedOpening,
  type Opening,
  type OpeningReading,
} from './opening.ts';
export { CeremonyTrustee, newSeed, type Collected } from './ceremony.ts';
export {
  certificateProven,
  coefexpsProven,
  expectedVerificationKey,
  readCertificate,
  readCoefexps,
  readTrusteeKey,
  sharedKey,
  trusteeKeyJson,
  trusteeKeyProven,
  type Certificate,
  type Coefexps,
  type TrusteeKey,
} from './trustees.ts';
export { decryptTally, readEncryptedTally, type EncryptedTally } from './decrypt.ts';
export {
  newSingleKey,
  readTrusteeKeyFile,
  trusteeKeyFileText,
  type SingleKeyFile,
  type ThresholdKeyFile,
  type TrusteeKeyFile,
} from './trustee-file.ts';
