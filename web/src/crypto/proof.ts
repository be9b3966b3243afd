import { elementText, generatorPower, hashToScalar, mulScalars, randomScalar, subScalars } from './group.ts';
import { scalarText, type Scalar } from './group.ts';

export interface Proof {
  challenge: Scalar;
  response: Scalar;
}

// A proof as the protocol's JSON, members in its order.
export function proofJson(proof: Proof): string {
  return `{"challenge":"${scalarText(proof.challenge)}","response":"${scalarText(proof.response)}"}`;
}

// Knowledge of s with key = g^s, bound to the text: challenge = H(prefix|A), response = w - s*challenge.
// Checked with A = g^response key^challenge.
export function proveKnowledge(secret: Scalar, prefix: string): Proof {
  const w = randomScalar();
  const challenge = hashToScalar(`${prefix}|${elementText(generatorPower(w))}`);
  return { challenge, response: subScalars(w, mulScalars(secret, challenge)) };
}
