import { elementText, type Element } from '../crypto/group.ts';
import { sha256Base64 } from '../crypto/hash.ts';
import { knowledgeProven, proofJson, type Proof } from '../crypto/proof.ts';
import { ciphertext, ciphertextJson, ciphertextText, type Ciphertext } from './ciphertext.ts';
import { blankProof, choiceProof, oneOfProven, overallProof } from './disjunction.ts';
import { choicesOf, maxAnswers, maxQuestions, type Election, type Question } from './election.ts';
import { keyElement, list, members, proof, readStrict, text } from './json.ts';

export interface Answer {
  choices: Ciphertext[];
  individualProofs: Proof[][];
  overallProof: Proof[];
  blankProof: Proof[]; // two where the question allows blank, otherwise none
}

export interface Ballot {
  electionUuid: string;
  electionHash: string;
  credential: Element;
  answers: Answer[];
  signature: { hash: string; proof: Proof };
  // Of the text this was read from
  unsignedHash: string;
  tracker: string;
}

const maxLength = 65536;
const jsonList = (items: string[]): string => `[${items.join(',')}]`;

export function answerJson(answer: Answer): string {
  const proofs = (of: Proof[]): string => jsonList(of.map(proofJson));
  const blank = answer.blankProof.length > 0 ? `,"blank_proof":${proofs(answer.blankProof)}` : '';
  return (
    `{"choices":${jsonList(answer.choices.map(ciphertextJson))},` +
    `"individual_proofs":${jsonList(answer.individualProofs.map(proofs))},` +
    `"overall_proof":${proofs(answer.overallProof)}${blank}}`
  );
}

// What all proofs of a ballot are bound to.
export const ballotStatement = (election: Election, credential: Element): string =>
  `${election.fingerprint}|${elementText(credential)}`;

function answer(value: unknown): Answer {
  const object = members(value, 'choices', 'individual_proofs', 'overall_proof', 'blank_proof?');
  const blank = object.blank_proof;
  return {
    choices: list(object.choices, 0, maxAnswers + 1, ciphertext),
    individualProofs: list(object.individual_proofs, 0, maxAnswers + 1, (each) => list(each, 2, 2, proof)),
    overallProof: list(object.overall_proof, 0, maxAnswers + 2, proof),
    blankProof: blank === undefined ? [] : list(blank, 2, 2, proof),
  };
}

function ballot(value: unknown): Omit<Ballot, 'unsignedHash' | 'tracker'> {
  const object = members(value, 'election_uuid', 'election_hash', 'credential', 'answers', 'signature');
  const signature = members(object.signature, 'hash', 'proof');
  return {
    electionUuid: text(object.election_uuid),
    electionHash: text(object.election_hash),
    credential: keyElement(object.credential),
    answers: list(object.answers, 0, maxQuestions, answer),
    signature: { hash: text(signature.hash), proof: proof(signature.proof) },
  };
}

// A ballot from its exact text, or what is wrong with it.
export function readBallot(exact: string): Ballot | string {
  const read = readStrict(exact, maxLength, ballot);
  if (typeof read === 'string') return read;
  const unsigned = exact.slice(0, exact.lastIndexOf(',"signature":')) + '}';
  return { ...read, unsignedHash: sha256Base64(unsigned), tracker: sha256Base64(exact) };
}

export type BallotFault =
  | 'another election'
  | 'not an answer to each question'
  | 'a repeated ciphertext'
  | 'a wrong signature'
  | 'a wrong proof of a choice'
  | 'a wrong proof of the number of marks'
  | 'a wrong proof of the blank vote';

export const ciphertextsOf = (read: Ballot): string[] =>
  read.answers.flatMap(({ choices }) => choices.map(ciphertextText));

function rightShape(question: Question, given: Answer): boolean {
  const wanted = choicesOf(question);
  return (
    given.choices.length === wanted &&
    given.individualProofs.length === wanted &&
    given.blankProof.length === (question.blank ? 2 : 0)
  );
}

function faultOfAnswer(key: Element, statement: string, question: Question, given: Answer): BallotFault | null {
  const choicesProven = given.choices.every((choice, i) =>
    oneOfProven(key, choiceProof(statement, choice), given.individualProofs[i]!),
  );
  if (!choicesProven) return 'a wrong proof of a choice';
  if (!oneOfProven(key, overallProof(statement, question, given.choices), given.overallProof)) {
    return 'a wrong proof of the number of marks';
  }
  if (question.blank && !oneOfProven(key, blankProof(statement, given.choices), given.blankProof)) {
    return 'a wrong proof of the blank vote';
  }
  return null;
}

// All that needs only the election: what it names, its shape, its signature, every proof. Whose credential it is and
// whether it repeats another ballot is for those who know the others.
export function faultOfBallot(election: Election, read: Ballot): BallotFault | null {
  if (read.electionUuid !== election.uuid || read.electionHash !== election.fingerprint) return 'another election';
  const { questions } = election;
  if (read.answers.length !== questions.length || !questions.every((each, q) => rightShape(each, read.answers[q]!))) {
    return 'not an answer to each question';
  }
  const ciphertexts = ciphertextsOf(read);
  if (new Set(ciphertexts).size !== ciphertexts.length) return 'a repeated ciphertext';
  const { hash, proof: signature } = read.signature;
  if (hash !== read.unsignedHash || !knowledgeProven(read.credential, signature, `sig|${hash}`)) {
    return 'a wrong signature';
  }
  const statement = ballotStatement(election, read.credential);
  for (const [q, each] of questions.entries()) {
    const fault = faultOfAnswer(election.publicKey, statement, each, read.answers[q]!);
    if (fault) return fault;
  }
  return null;
}
