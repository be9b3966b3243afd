import * as group from '../crypto/group.ts';
import { sha256Base64 } from '../crypto/hash.ts';
import { proofJson, proveKnowledge, type Proof } from '../crypto/proof.ts';
import type { Election, Question } from './election.ts';
import { publicCredential } from './credential.ts';

export interface Ciphertext {
  alpha: group.Element;
  beta: group.Element;
}

export interface Answer {
  choices: Ciphertext[];
  individualProofs: Proof[][];
  overallProof: Proof[];
}

export interface CastableBallot {
  text: string; // the exact bytes to send, as UTF-8
  tracker: string;
}

export const ciphertextText = ({ alpha, beta }: Ciphertext): string =>
  `${group.elementText(alpha)},${group.elementText(beta)}`;

export function overallStatement(statement: string, choices: Ciphertext[]): string {
  return `${statement}|${choices.map(ciphertextText).join(',')}`;
}

export function intervalChallenge(
  statement: string,
  ciphertext: Ciphertext,
  commitments: group.Element[],
): group.Scalar {
  const texts = commitments.map(group.elementText).join(',');
  return group.hashToScalar(`prove|${statement}|${ciphertextText(ciphertext)}|${texts}`);
}

export function product(ciphertexts: Ciphertext[]): Ciphertext {
  return ciphertexts.reduce((a, b) => ({
    alpha: group.multiply(a.alpha, b.alpha),
    beta: group.multiply(a.beta, b.beta),
  }));
}

function encryptMark(key: group.Element, mark: number): { ciphertext: Ciphertext; randomness: group.Scalar } {
  const randomness = group.randomScalar();
  const alpha = group.generatorPower(randomness);
  const blinding = group.power(key, randomness);
  const beta = group.multiply(blinding, group.generatorPower(group.scalarFromNumber(mark)));
  return { ciphertext: { alpha, beta }, randomness };
}

// That the ciphertext holds one of min..max: the branch of `message` honestly, the others simulated with challenges
// drawn beforehand, so that a reader cannot tell which is which.
function proveInterval(
  key: group.Element,
  statement: string,
  ciphertext: Ciphertext,
  randomness: group.Scalar,
  message: number,
  min: number,
  max: number,
): Proof[] {
  const w = group.randomScalar();
  const proofs: Proof[] = [];
  const commitments: group.Element[] = [];
  let simulated = group.zero;
  for (let m = min; m <= max; m++) {
    if (m === message) {
      proofs.push({ challenge: group.zero, response: group.zero });
      commitments.push(group.generatorPower(w), group.power(key, w));
      continue;
    }
    const challenge = group.randomScalar();
    const response = group.randomScalar();
    proofs.push({ challenge, response });
    simulated = group.addScalars(simulated, challenge);
    const shifted = group.divide(ciphertext.beta, group.generatorPower(group.scalarFromNumber(m)));
    commitments.push(
      group.multiply(group.generatorPower(response), group.power(ciphertext.alpha, challenge)),
      group.multiply(group.power(key, response), group.power(shifted, challenge)),
    );
  }
  const challenge = group.subScalars(intervalChallenge(statement, ciphertext, commitments), simulated);
  proofs[message - min] = { challenge, response: group.subScalars(w, group.mulScalars(randomness, challenge)) };
  return proofs;
}

function encryptAnswer(
  key: group.Element,
  statement: string,
  question: Question,
  marks: number[],
  onStep: () => void,
): Answer {
  const answer: Answer = { choices: [], individualProofs: [], overallProof: [] };
  let total = group.zero;
  for (const mark of marks) {
    const { ciphertext, randomness } = encryptMark(key, mark);
    answer.choices.push(ciphertext);
    answer.individualProofs.push(proveInterval(key, statement, ciphertext, randomness, mark, 0, 1));
    total = group.addScalars(total, randomness);
    onStep();
  }
  const marked = marks.reduce((a, b) => a + b, 0);
  answer.overallProof = proveInterval(
    key,
    overallStatement(statement, answer.choices),
    product(answer.choices),
    total,
    marked,
    question.min,
    question.max,
  );
  onStep();
  return answer;
}

const list = (items: string[]): string => `[${items.join(',')}]`;

function answerJson(answer: Answer): string {
  const choices = answer.choices.map(
    ({ alpha, beta }) => `{"alpha":"${group.elementText(alpha)}","beta":"${group.elementText(beta)}"}`,
  );
  const individual = answer.individualProofs.map((proofs) => list(proofs.map(proofJson)));
  const overall = answer.overallProof.map(proofJson);
  return `{"choices":${list(choices)},"individual_proofs":${list(individual)},"overall_proof":${list(overall)}}`;
}

function checkMarks(election: Election, marks: number[][]): void {
  if (marks.length !== election.questions.length) throw new Error('the ballot must answer every question once');
  election.questions.forEach((question, q) => {
    const row = marks[q]!;
    if (row.length !== question.answers.length || row.some((mark) => mark !== 0 && mark !== 1)) {
      throw new Error(`question ${q + 1} needs one mark, 0 or 1, for each of its answers`);
    }
    const marked = row.filter((mark) => mark === 1).length;
    if (marked < question.min || marked > question.max) {
      throw new Error(`question ${q + 1} takes from ${question.min} to ${question.max} marks`);
    }
  });
}

// How often `onStep` is called while a ballot of this election is encrypted.
export function encryptionSteps(election: Election): number {
  return election.questions.reduce((steps, question) => steps + question.answers.length + 1, 0);
}

// `marks` holds 0 or 1 for every answer of every question. Throws where the election does not allow them: the page
// must not let it come to that.
export function encryptBallot(
  election: Election,
  secret: group.Scalar,
  marks: number[][],
  onStep: () => void = () => {},
): CastableBallot {
  checkMarks(election, marks);
  const credential = publicCredential(secret);
  const statement = `${election.fingerprint}|${credential}`;
  const answers = election.questions.map((question, q) =>
    encryptAnswer(election.publicKey, statement, question, marks[q]!, onStep),
  );
  const members =
    `"election_uuid":"${election.uuid}","election_hash":"${election.fingerprint}",` +
    `"credential":"${credential}","answers":${list(answers.map(answerJson))}`;
  const hash = sha256Base64(`{${members}}`);
  const signature = proofJson(proveKnowledge(secret, `sig|${hash}`));
  const text = `{${members},"signature":{"hash":"${hash}","proof":${signature}}}`;
  return { text, tracker: sha256Base64(text) };
}
