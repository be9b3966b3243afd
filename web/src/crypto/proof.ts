import * as group from './group.ts';
import type { Element, Scalar } from './group.ts';

export interface Proof {
  challenge: Scalar;
  response: Scalar;
}

// A proof as the protocol's JSON, members in its order.
export function proofJson(proof: Proof): string {
  return `{"challenge":"${group.scalarText(proof.challenge)}","response":"${group.scalarText(proof.response)}"}`;
}

const challengeOf = (prefix: string, commitment: Element): Scalar =>
  group.hashToScalar(`${prefix}|${group.elementText(commitment)}`);

// Knowledge of s with key = g^s, bound to the text: challenge = H(prefix|A), response = w - s*challenge.
export function proveKnowledge(secret: Scalar, prefix: string, w = group.randomScalar()): Proof {
  const challenge = challengeOf(prefix, group.generatorPower(w));
  return { challenge, response: group.subScalars(w, group.mulScalars(secret, challenge)) };
}

export function knowledgeProven(key: Element, proof: Proof, prefix: string): boolean {
  const commitment = group.multiply(group.generatorPower(proof.response), group.power(key, proof.challenge));
  return group.equalScalars(challengeOf(prefix, commitment), proof.challenge);
}
