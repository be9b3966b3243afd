import * as group from '../crypto/group.ts';
import type { Element } from '../crypto/group.ts';
import { knowledgeProven, proofJson, proveKnowledge, type Proof } from '../crypto/proof.ts';
import { keyElement, list, members, proof, readInner, readStrict, text } from './json.ts';

// What trustees publish, read from its exact text, and what must hold of it. The "Pedersen" item is section 4.6 of the
// Belenios specification: m trustees, any t+1 of whom decrypt together.

export interface TrusteeKey {
  pok: Proof;
  publicKey: Element;
}

// A text and its signature: challenge = H(sigmsg|text|A), A = g^response vk^challenge.
export interface SignedText {
  message: string;
  signature: Proof;
}

export interface Certificate {
  signed: SignedText;
  verification: Element; // signs the trustee's messages
  encryption: Element; // shares are sealed to it
}

export interface Coefexps {
  signed: SignedText;
  elements: Element[]; // A_0 .. A_t, g to the powers of the polynomial's coefficients
}

export const maxTrustees = 64;
const maxLength = 65536;

export const signingPrefix = (message: string): string => `sigmsg|${message}`;
const knowledgePrefix = (key: Element): string => `pok|Ed25519|${group.elementText(key)}`;

export const signedJson = ({ message, signature }: SignedText): string =>
  `{"message":${JSON.stringify(message)},"signature":${proofJson(signature)}}`;

const signedBy = (key: Element, { message, signature }: SignedText): boolean =>
  knowledgeProven(key, signature, signingPrefix(message));

// The public key of a secret with the proof that whoever publishes it knows the secret.
export function trusteeKeyJson(secret: group.Scalar): string {
  const key = group.generatorPower(secret);
  const pok = proveKnowledge(secret, knowledgePrefix(key));
  return `{"pok":${proofJson(pok)},"public_key":"${group.elementText(key)}"}`;
}

export function trusteeKey(value: unknown): TrusteeKey {
  const object = members(value, 'pok', 'public_key');
  return { pok: proof(object.pok), publicKey: keyElement(object.public_key) };
}

function signed(value: unknown): SignedText {
  const object = members(value, 'message', 'signature');
  return { message: text(object.message), signature: proof(object.signature) };
}

export function certificate(value: unknown): Certificate {
  const outer = signed(value);
  const keys = readInner(outer.message, maxLength, (inner) => {
    const object = members(inner, 'verification', 'encryption');
    return { verification: keyElement(object.verification), encryption: keyElement(object.encryption) };
  });
  return { signed: outer, ...keys };
}

export function coefexps(value: unknown): Coefexps {
  const outer = signed(value);
  const { elements } = readInner(outer.message, maxLength, (inner) => ({
    elements: list(members(inner, 'coefexps').coefexps, 1, maxTrustees, keyElement),
  }));
  return { signed: outer, elements };
}

export const readTrusteeKey = (exact: string): TrusteeKey | string => readStrict(exact, maxLength, trusteeKey);
export const readCertificate = (exact: string): Certificate | string => readStrict(exact, maxLength, certificate);
export const readCoefexps = (exact: string): Coefexps | string => readStrict(exact, maxLength, coefexps);

export const trusteeKeyProven = ({ pok, publicKey }: TrusteeKey): boolean =>
  knowledgeProven(publicKey, pok, knowledgePrefix(publicKey));

export const certificateProven = ({ signed: by, verification }: Certificate): boolean => signedBy(verification, by);

export const coefexpsProven = (read: Coefexps, verification: Element, needed: number): boolean =>
  read.elements.length === needed && signedBy(verification, read.signed);

// g^f(at), from g to the powers of f's coefficients (Horner's rule in the exponent).
export function evaluate(elements: Element[], at: number): Element {
  const x = group.scalarFromNumber(at);
  return elements.reduceRight(
    (sum, each) => group.multiply(group.power(sum, x), each),
    group.generatorPower(group.zero),
  );
}

// What the verification key of this trustee (from 1) must be: g to the sum of the shares that all were to send it.
export const expectedVerificationKey = (all: Coefexps[], trustee: number): Element =>
  all.map(({ elements }) => evaluate(elements, trustee)).reduce(group.multiply);

// The group's part of the election's key.
export const sharedKey = (all: Coefexps[]): Element => all.map(({ elements }) => elements[0]!).reduce(group.multiply);
