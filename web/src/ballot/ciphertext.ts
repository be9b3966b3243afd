import * as group from '../crypto/group.ts';
import { element, members } from './json.ts';

export interface Ciphertext {
  alpha: group.Element;
  beta: group.Element;
}

export const ciphertextText = ({ alpha, beta }: Ciphertext): string =>
  `${group.elementText(alpha)},${group.elementText(beta)}`;

export const ciphertextJson = ({ alpha, beta }: Ciphertext): string =>
  `{"alpha":"${group.elementText(alpha)}","beta":"${group.elementText(beta)}"}`;

export function ciphertext(value: unknown): Ciphertext {
  const { alpha, beta } = members(value, 'alpha', 'beta');
  return { alpha: element(alpha), beta: element(beta) };
}

export const emptyCiphertext = (): Ciphertext => ({
  alpha: group.generatorPower(group.zero),
  beta: group.generatorPower(group.zero),
});

export const times = (a: Ciphertext, b: Ciphertext): Ciphertext => ({
  alpha: group.multiply(a.alpha, b.alpha),
  beta: group.multiply(a.beta, b.beta),
});

export const product = (ciphertexts: Ciphertext[]): Ciphertext => ciphertexts.reduce(times);
