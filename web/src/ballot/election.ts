import type { Element } from '../crypto/group.ts';
import { sha256Base64 } from '../crypto/hash.ts';
import { count, keyElement, list, members, readStrict, Refusal, text } from './json.ts';

export interface Question {
  question: string;
  answers: string[];
  blank: boolean; // may be answered by a blank vote, which takes the place of any marks
  min: number;
  max: number;
}

export interface Election {
  uuid: string;
  name: string;
  description: string;
  administrator: string;
  credentialAuthority: string;
  publicKey: Element;
  questions: Question[];
  fingerprint: string; // of the text this was read from
}

export const maxQuestions = 16;
export const maxAnswers = 64;
const maxLength = 1 << 20;

// Ciphertexts of an answer and counts of its tally: the blank vote first where there is one, then the answers.
export const choicesOf = (question: Question): number => question.answers.length + (question.blank ? 1 : 0);

function question(value: unknown): Question {
  const object = members(value, 'answers', 'blank?', 'min', 'max', 'question');
  if (object.blank !== undefined && object.blank !== true) throw new Refusal('blank stands only where it is true');
  const read = {
    question: text(object.question),
    answers: list(object.answers, 1, maxAnswers, text),
    blank: object.blank === true,
    min: count(object.min),
    max: count(object.max),
  };
  if (read.min > read.max || read.max > read.answers.length) throw new Refusal('min and max do not fit the answers');
  return read;
}

function uuidOf(value: unknown): string {
  const uuid = text(value);
  if (!/^[1-9A-HJ-NP-Za-km-z]{14,64}$/.test(uuid)) throw new Refusal('not a uuid');
  return uuid;
}

function electionOf(value: unknown): Omit<Election, 'fingerprint'> {
  const object = members(
    value,
    ...['version', 'description', 'name', 'group', 'public_key', 'questions', 'uuid'],
    ...['administrator', 'credential_authority'],
  );
  if (object.version !== 1) throw new Refusal('not version 1 of the protocol');
  if (object.group !== 'Ed25519') throw new Refusal('not of the group Ed25519');
  return {
    uuid: uuidOf(object.uuid),
    name: text(object.name),
    description: text(object.description),
    administrator: text(object.administrator),
    credentialAuthority: text(object.credential_authority),
    publicKey: keyElement(object.public_key),
    questions: list(object.questions, 1, maxQuestions, question),
  };
}

// The Belenios election from its exact text, or what is wrong with it.
export function electionOrFault(exact: string): Election | string {
  const read = readStrict(exact, maxLength, electionOf);
  return typeof read === 'string' ? read : { ...read, fingerprint: sha256Base64(exact) };
}

// null where it is not one that can be voted in
export function readElection(exact: string): Election | null {
  const read = electionOrFault(exact);
  return typeof read === 'string' ? null : read;
}
