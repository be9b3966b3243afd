import { pbkdf2Sha256 } from '../crypto/hash.ts';
import { elementText, generatorPower, scalarFromBigEndian, type Scalar } from '../crypto/group.ts';
import { proveKnowledge, type Proof } from '../crypto/proof.ts';

const iterations = 1000;

// The secret of a code (as readCode gives it) in one election.
export function credentialSecret(code: string, uuid: string): Scalar {
  return scalarFromBigEndian(pbkdf2Sha256(code, uuid, iterations));
}

export function publicCredential(secret: Scalar): string {
  return elementText(generatorPower(secret));
}

export function signInProof(secret: Scalar, fingerprint: string, nonce: string): Proof {
  return proveKnowledge(secret, `suara-sign-in|${fingerprint}|${nonce}`);
}
