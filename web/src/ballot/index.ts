// All that a voter's side of an election needs, for pages and for tests that vote without a browser.
export { sodiumReady } from '../crypto/sodium.ts';
export { readCode, formatCode, codeLength, type CodeFault } from './code.ts';
export { credentialSecret, publicCredential, signInProof } from './credential.ts';
export { readElection, type Election, type Question } from './election.ts';
export { encryptBallot, encryptionSteps, type CastableBallot } from './encrypt.ts';
