import * as group from '../crypto/group.ts';
import { sha256Base64 } from '../crypto/hash.ts';
import { proofJson, proveKnowledge } from '../crypto/proof.ts';
import { answerJson, ballotStatement, type Answer } from './ballot.ts';
import type { Ciphertext } from './ciphertext.ts';
import { publicCredential } from './credential.ts';
import { blankProof, choiceProof, overallProof, proveOneOf } from './disjunction.ts';
import { choicesOf, type Election, type Question } from './election.ts';

export interface CastableBallot {
  text: string; // the exact bytes to send, as UTF-8
  tracker: string;
  // [question][choice]: opens the ballot, so it never leaves the voter's device unless the voter challenges the ballot
  randomness: group.Scalar[][];
}

interface Encrypted {
  ciphertext: Ciphertext;
  randomness: group.Scalar;
}

function encryptMark(key: group.Element, mark: number): Encrypted {
  const randomness = group.randomScalar();
  const alpha = group.generatorPower(randomness);
  const blinding = group.power(key, randomness);
  const beta = group.multiply(blinding, group.generatorPower(group.scalarFromNumber(mark)));
  return { ciphertext: { alpha, beta }, randomness };
}

const sum = (scalars: group.Scalar[]): group.Scalar => scalars.reduce(group.addScalars, group.zero);

function encryptAnswer(
  key: group.Element,
  statement: string,
  question: Question,
  marks: number[],
  onStep: () => void,
): { answer: Answer; randomness: group.Scalar[] } {
  const choices: Ciphertext[] = [];
  const randomness: group.Scalar[] = [];
  const individualProofs = marks.map((mark) => {
    const made = encryptMark(key, mark);
    choices.push(made.ciphertext);
    randomness.push(made.randomness);
    const proofs = proveOneOf(key, choiceProof(statement, made.ciphertext), mark, made.randomness);
    onStep();
    return proofs;
  });
  const answers = question.blank ? marks.slice(1) : marks;
  const ofAnswers = sum(question.blank ? randomness.slice(1) : randomness);
  const branch = answers.reduce((a, b) => a + b, 0) - question.min;
  const overall = overallProof(statement, question, choices);
  if (!question.blank) {
    const answer = { choices, individualProofs, overallProof: proveOneOf(key, overall, branch, ofAnswers) };
    onStep();
    return { answer: { ...answer, blankProof: [] }, randomness };
  }
  // The blank branch stands first in the one proof and is the second statement ("nothing else") in the other.
  const blank = marks[0] === 1;
  const answer = {
    choices,
    individualProofs,
    overallProof: proveOneOf(key, overall, blank ? 0 : 1 + branch, blank ? randomness[0]! : ofAnswers),
    blankProof: proveOneOf(key, blankProof(statement, choices), blank ? 1 : 0, blank ? ofAnswers : randomness[0]!),
  };
  onStep();
  return { answer, randomness };
}

function checkMarks(election: Election, marks: number[][]): void {
  if (marks.length !== election.questions.length) throw new Error('the ballot must answer every question once');
  election.questions.forEach((question, q) => {
    const row = marks[q]!;
    if (row.length !== choicesOf(question) || row.some((mark) => mark !== 0 && mark !== 1)) {
      throw new Error(`question ${q + 1} needs one mark, 0 or 1, for each of its choices`);
    }
    const marked = row.filter((mark) => mark === 1).length;
    if (question.blank && row[0] === 1) {
      if (marked > 1) throw new Error(`question ${q + 1} is answered blank and takes no other mark`);
    } else if (marked < question.min || marked > question.max) {
      throw new Error(`question ${q + 1} takes from ${question.min} to ${question.max} marks`);
    }
  });
}

// How often `onStep` is called while a ballot of this election is encrypted.
export function encryptionSteps(election: Election): number {
  return election.questions.reduce((steps, question) => steps + choicesOf(question) + 1, 0);
}

// `marks` holds 0 or 1 for every answer of every question, before them one for the blank vote where the question
// allows it. Throws where the election does not allow them: the page must not let it come to that.
export function encryptBallot(
  election: Election,
  secret: group.Scalar,
  marks: number[][],
  onStep: () => void = () => {},
): CastableBallot {
  checkMarks(election, marks);
  const credential = publicCredential(secret);
  const statement = ballotStatement(election, group.parseElement(credential)!);
  const made = election.questions.map((question, q) =>
    encryptAnswer(election.publicKey, statement, question, marks[q]!, onStep),
  );
  const answers = made.map(({ answer }) => answerJson(answer));
  const members =
    `"election_uuid":"${election.uuid}","election_hash":"${election.fingerprint}",` +
    `"credential":"${credential}","answers":[${answers.join(',')}]`;
  const hash = sha256Base64(`{${members}}`);
  const signature = proofJson(proveKnowledge(secret, `sig|${hash}`));
  const text = `{${members},"signature":{"hash":"${hash}","proof":${signature}}}`;
  return { text, tracker: sha256Base64(text), randomness: made.map(({ randomness }) => randomness) };
}
