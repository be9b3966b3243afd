import { isIdentity, parseElement, type Element } from '../crypto/group.ts';
import { sha256Base64 } from '../crypto/hash.ts';

export interface Question {
  question: string;
  answers: string[];
  min: number;
  max: number;
}

export interface Election {
  uuid: string;
  name: string;
  publicKey: Element;
  questions: Question[];
  fingerprint: string; // of the text this was read from
}

const isTextList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

function readQuestion(value: unknown): Question | null {
  if (typeof value !== 'object' || value === null) return null;
  const { question, answers, min, max, blank } = value as Record<string, unknown>;
  if (typeof question !== 'string' || !isTextList(answers) || blank !== undefined) return null;
  if (!Number.isInteger(min) || !Number.isInteger(max)) return null;
  const [low, high] = [min as number, max as number];
  if (low < 0 || high < low || high > answers.length) return null;
  return { question, answers, min: low, max: high };
}

// The Belenios election from its exact text; null where it is not one that this page can vote in.
export function readElection(text: string): Election | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { version, group, uuid, name, public_key, questions } = value as Record<string, unknown>;
  if (version !== 1 || group !== 'Ed25519') return null;
  if (typeof uuid !== 'string' || !/^[1-9A-HJ-NP-Za-km-z]{14,32}$/.test(uuid)) return null;
  if (typeof name !== 'string' || typeof public_key !== 'string' || !Array.isArray(questions)) return null;
  const publicKey = parseElement(public_key);
  if (!publicKey || isIdentity(publicKey)) return null;
  const read = questions.map(readQuestion);
  if (read.length === 0 || read.some((question) => question === null)) return null;
  return { uuid, name, publicKey, questions: read as Question[], fingerprint: sha256Base64(text) };
}
