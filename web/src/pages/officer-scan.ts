import { readCode } from '../ballot/code.ts';

// What stands in the officer's search field: typed, pasted, or put there by a scanner, which types like a keyboard.

// `secret`: a voter's own code or the link on its card. It must neither be searched for nor stay on the screen.
// `named`: a scan that says of its text that it is a voter's whole number.
export type Scan = { kind: 'empty' } | { kind: 'secret' } | { kind: 'search'; text: string; named?: true };

const ofVoter = /[#?&](?:voter|pemilih)=([^&#]+)/i;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function readScan(raw: string): Scan {
  const text = raw.trim();
  if (text === '') return { kind: 'empty' };
  const named = ofVoter.exec(text);
  if (named) return { kind: 'search', text: decoded(named[1]!).trim(), named: true };
  if (/\/vote\//i.test(text) || readCode(text).ok) return { kind: 'secret' };
  return { kind: 'search', text };
}

// What the QR beside a voter on the attendance list holds: the bare number, which every scanner types right whatever its
// keyboard's layout; named as a voter's only where readScan would take the bare one for something else.
export function scanOf(id: string): string {
  const read = readScan(id);
  const bare = /^[ -~]+$/.test(id) && read.kind === 'search' && read.text === id;
  return bare ? id : `#voter=${encodeURIComponent(id)}`;
}
