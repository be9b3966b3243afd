// The voter's secret code: 20 characters of Crockford's base32, the last of them a check character.
// The rule, and why it finds every single wrong character and every exchange of two, is told in
// core/ballot/credential.hpp; both sides must agree on it.

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const randomLength = 19;
export const codeLength = 20;

export type CodeFault =
  | { kind: 'empty' }
  | { kind: 'character'; position: number }
  | { kind: 'short'; length: number }
  | { kind: 'long' }
  | { kind: 'check' };

export type CodeReading = { ok: true; code: string } | { ok: false; fault: CodeFault };

function checkCharacter(randomPart: string): string {
  let acc = 0;
  for (const c of randomPart) {
    acc ^= alphabet.indexOf(c);
    acc = (acc << 1) ^ (acc >= 16 ? 37 : 0);
  }
  return alphabet[acc]!;
}

function fold(typed: string): string {
  const c = typed.toUpperCase();
  if (c === 'O') return '0';
  if (c === 'I' || c === 'L') return '1';
  return c;
}

// People type dashes, spaces, other dashes that their keyboard likes better, and lower case.
export function readCode(typed: string): CodeReading {
  const characters = [...typed.replace(/[\s\u00AD\u200B-\u200D\u2010-\u2015\u2212_.-]/g, '')].map(fold);
  if (characters.length === 0) return { ok: false, fault: { kind: 'empty' } };
  const foreign = characters.findIndex((c) => !alphabet.includes(c));
  if (foreign >= 0) return { ok: false, fault: { kind: 'character', position: foreign + 1 } };
  if (characters.length < codeLength) return { ok: false, fault: { kind: 'short', length: characters.length } };
  if (characters.length > codeLength) return { ok: false, fault: { kind: 'long' } };
  const code = characters.join('');
  if (checkCharacter(code.slice(0, randomLength)) !== code[randomLength])
    return { ok: false, fault: { kind: 'check' } };
  return { ok: true, code };
}

// Groups of four while typing, as on the card. Leaves what is not of the alphabet in place, so nothing typed vanishes.
export function formatCode(typed: string): string {
  const bare = typed.toUpperCase().replace(/[\s\u2010-\u2015\u2212-]/g, '');
  return bare.replace(/(.{4})(?=.)/g, '$1-');
}
