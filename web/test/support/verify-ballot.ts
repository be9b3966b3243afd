import { intervalChallenge, overallStatement, product, type Ciphertext } from '../../src/ballot/encrypt.ts';
import type { Election } from '../../src/ballot/election.ts';
import * as group from '../../src/crypto/group.ts';
import { sha256Base64 } from '../../src/crypto/hash.ts';
import type { Proof } from '../../src/crypto/proof.ts';

// The verifier's equations, written from the other side than encrypt.ts. The pages do not need them: the service
// checks every ballot, and the offline tool does again.

interface BallotJson {
  election_uuid: string;
  election_hash: string;
  credential: string;
  answers: {
    choices: { alpha: string; beta: string }[];
    individual_proofs: { challenge: string; response: string }[][];
    overall_proof: { challenge: string; response: string }[];
  }[];
  signature: { hash: string; proof: { challenge: string; response: string } };
}

function must<T>(value: T | null, what: string): T {
  if (value === null) throw new Error(`unreadable ${what}`);
  return value;
}

const element = (text: string): group.Element => must(group.parseElement(text), 'element');
const proofOf = (p: { challenge: string; response: string }): Proof => ({
  challenge: must(group.parseScalar(p.challenge), 'challenge'),
  response: must(group.parseScalar(p.response), 'response'),
});

function intervalProven(
  key: group.Element,
  statement: string,
  ciphertext: Ciphertext,
  proofs: Proof[],
  min: number,
): boolean {
  const commitments: group.Element[] = [];
  let sum = group.zero;
  proofs.forEach(({ challenge, response }, j) => {
    const shifted = group.divide(ciphertext.beta, group.generatorPower(group.scalarFromNumber(min + j)));
    commitments.push(group.multiply(group.generatorPower(response), group.power(ciphertext.alpha, challenge)));
    commitments.push(group.multiply(group.power(key, response), group.power(shifted, challenge)));
    sum = group.addScalars(sum, challenge);
  });
  return group.scalarText(sum) === group.scalarText(intervalChallenge(statement, ciphertext, commitments));
}

export function knowledgeProven(key: group.Element, proof: Proof, prefix: string): boolean {
  const a = group.multiply(group.generatorPower(proof.response), group.power(key, proof.challenge));
  return (
    group.scalarText(group.hashToScalar(`${prefix}|${group.elementText(a)}`)) === group.scalarText(proof.challenge)
  );
}

// The first thing wrong with a ballot's text, or null.
export function faultOfBallot(election: Election, text: string): string | null {
  const ballot = JSON.parse(text) as BallotJson;
  if (JSON.stringify(ballot) !== text) return 'not compact JSON';
  if (ballot.election_uuid !== election.uuid || ballot.election_hash !== election.fingerprint) return 'other election';
  const unsigned = text.replace(/,"signature":\{.*$/, '}');
  if (sha256Base64(unsigned) !== ballot.signature.hash) return 'hash';
  const credential = element(ballot.credential);
  if (!knowledgeProven(credential, proofOf(ballot.signature.proof), `sig|${ballot.signature.hash}`)) return 'signature';
  const statement = `${election.fingerprint}|${ballot.credential}`;
  for (const [q, question] of election.questions.entries()) {
    const answer = ballot.answers[q]!;
    const choices = answer.choices.map((c) => ({ alpha: element(c.alpha), beta: element(c.beta) }));
    if (choices.length !== question.answers.length) return 'number of choices';
    for (const [i, choice] of choices.entries()) {
      const proofs = answer.individual_proofs[i]!.map(proofOf);
      if (proofs.length !== 2 || !intervalProven(election.publicKey, statement, choice, proofs, 0))
        return `choice ${i}`;
    }
    const overall = answer.overall_proof.map(proofOf);
    if (overall.length !== question.max - question.min + 1) return 'number of overall proofs';
    const whole = overallStatement(statement, choices);
    if (!intervalProven(election.publicKey, whole, product(choices), overall, question.min)) return 'overall proof';
  }
  return null;
}
