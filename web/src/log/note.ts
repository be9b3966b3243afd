import { concat, equalBytes, fromBase64, fromHex, fromUtf8, toHex, utf8 } from '../crypto/bytes.ts';
import { sha256 } from '../crypto/hash.ts';
import { sodium } from '../crypto/sodium.ts';
import { readTreeSize, type Hash } from './tree.ts';

// Verifier keys and checkpoints in the forms of C2SP signed-note and tlog-checkpoint:
//   key  = name "+" key-id "+" base64(type || 32-byte Ed25519 public key); type 1: a ledger's, 4: a witness's
//   note = origin LF size LF root LF LF ("— " name " " base64(4-byte key hash || signature) LF)+

export interface VerifierKey {
  text: string;
  name: string;
  keyHash: Uint8Array;
  publicKey: Uint8Array;
}

export interface Checkpoint {
  origin: string;
  size: number;
  root: Hash;
}

export const ledgerKey = 1;
export const witnessKey = 4;

// No white space, control character or plus sign, at most 200 bytes.
export const isKeyName = (name: string): boolean =>
  /^[^\s+\u0000-\u0020\u007f]+$/.test(name) && utf8(name).length <= 200;

export const readVerifierKey = (text: string): VerifierKey | null => readKey(text, ledgerKey);
export const readWitnessKey = (text: string): VerifierKey | null => readKey(text, witnessKey);

function readKey(text: string, type: number): VerifierKey | null {
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text);
  if (!match || !isKeyName(match[1]!)) return null;
  const [name, id, key] = [match[1]!, fromHex(match[2]!)!, fromBase64(match[3]!)];
  if (!key || key.length !== 33 || key[0] !== type) return null;
  const keyHash = sha256(concat(utf8(`${name}\n`), key)).subarray(0, 4);
  return equalBytes(keyHash, id) ? { text, name, keyHash, publicKey: key.subarray(1) } : null;
}

export const keyId = (key: VerifierKey): string => toHex(key.keyHash);

export function ed25519Verified(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  return signature.length === 64 && sodium.crypto_sign_verify_detached(signature, message, publicKey);
}

export type CheckpointFault = 'unreadable' | 'unsigned' | 'bad-signature' | 'wrong-origin';
export type CheckpointReading =
  | { ok: true; checkpoint: Checkpoint; key: VerifierKey }
  | { ok: false; fault: CheckpointFault; checkpoint: Checkpoint | null };

const maxNoteSize = 16384;
const maxSignatures = 32;

function readText(text: string): Checkpoint | null {
  const lines = text.split('\n');
  if (lines.length !== 4 || lines[3] !== '') return null;
  const [origin, size, root] = [lines[0]!, readTreeSize(lines[1]!), fromBase64(lines[2]!)];
  return isKeyName(origin) && size !== null && root?.length === 32 ? { origin, size, root } : null;
}

interface SignatureLine {
  name: string;
  keyHash: Uint8Array;
  signature: Uint8Array;
}

const isOf = ({ name, keyHash }: SignatureLine, key: VerifierKey): boolean =>
  name === key.name && equalBytes(keyHash, key.keyHash);

// Its text, and its signature lines; these are null where one is not in its form.
function readNote(bytes: Uint8Array): { text: string; lines: SignatureLine[] | null } | null {
  const whole = bytes.length <= maxNoteSize ? fromUtf8(bytes) : null;
  const end = whole?.indexOf('\n\n') ?? -1;
  if (!whole || end < 0 || !whole.endsWith('\n')) return null;
  const lines: SignatureLine[] = [];
  const text = whole.slice(0, end + 1);
  const signatures = whole.slice(end + 2, -1).split('\n');
  if (signatures.length > maxSignatures) return { text, lines: null };
  for (const line of signatures) {
    const match = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/=]+)$/.exec(line);
    const value = match && fromBase64(match[2]!);
    if (!match || !isKeyName(match[1]!) || !value || value.length < 5) return { text, lines: null };
    lines.push({ name: match[1]!, keyHash: value.subarray(0, 4), signature: value.subarray(4) });
  }
  return { text, lines };
}

// A witness that cosigned a checkpoint, and when: seconds since 1970.
export interface Seen {
  name: string;
  time: number;
}

// Which of the witnesses cosigned the note, each once, in their order. null where a line of one of them does not verify.
export function seenBy(bytes: Uint8Array, witnesses: VerifierKey[]): Seen[] | null {
  const note = readNote(bytes);
  if (!note?.lines) return [];
  const seen: Seen[] = [];
  for (const witness of witnesses) {
    let latest: number | null = null;
    for (const line of note.lines.filter((each) => isOf(each, witness))) {
      const time = cosignedAt(note.text, line.signature, witness);
      if (time === null) return null;
      latest = Math.max(latest ?? 0, time);
    }
    if (latest !== null) seen.push({ name: witness.name, time: latest });
  }
  return seen;
}

// C2SP tlog-cosignature, version 1: 8-byte big-endian seconds, then Ed25519 over a header, the time and the text.
function cosignedAt(text: string, value: Uint8Array, witness: VerifierKey): number | null {
  if (value.length !== 72) return null;
  const time = new DataView(value.buffer, value.byteOffset).getBigUint64(0);
  if (time >= 1n << 63n) return null;
  const message = utf8(`cosignature/v1\ntime ${time}\n${text}`);
  return ed25519Verified(value.subarray(8), message, witness.publicKey) ? Number(time) : null;
}

// A note to the checkpoint that one of the keys signed. Lines of unknown signers (witnesses) are passed over; one of a
// known key that does not verify refuses the note. What a refused note says, where it is readable, is given along: a
// verifier goes on with it to find more.
export function openCheckpoint(bytes: Uint8Array, keys: VerifierKey[]): CheckpointReading {
  const note = readNote(bytes);
  const checkpoint = note && readText(note.text);
  const refused = (fault: CheckpointFault): CheckpointReading => ({ ok: false, fault, checkpoint });
  if (!note || !checkpoint || !note.lines) return refused('unreadable');
  let signer: VerifierKey | null = null;
  for (const line of note.lines) {
    const key = keys.find((each) => isOf(line, each));
    if (!key) continue;
    if (!ed25519Verified(line.signature, utf8(note.text), key.publicKey)) return refused('bad-signature');
    signer = key;
  }
  if (!signer) return refused('unsigned');
  if (signer.name !== checkpoint.origin) return refused('wrong-origin');
  return { ok: true, checkpoint, key: signer };
}

export interface PublishedKeys {
  ledger: VerifierKey[]; // oldest first
  witnesses: string[]; // verifier key texts
  needed: number; // how many of them
}

const maxKeysFile = 65536;
export const maxKeys = 64; // of each kind that a ledger may have

const isTextList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length <= maxKeys && value.every((item) => typeof item === 'string');

const isObjectOf = (value: unknown, ...members: string[]): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).sort().join() === members.join();

// keys.json of a log. null where it is not in its form.
export function readKeys(bytes: Uint8Array): PublishedKeys | null {
  const text = bytes.length <= maxKeysFile ? fromUtf8(bytes) : null;
  if (text === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObjectOf(value, 'ledger', 'policy', 'witnesses')) return null;
  const { ledger, policy, witnesses } = value as Record<string, unknown>;
  if (!isTextList(ledger) || ledger.length === 0 || !isTextList(witnesses)) return null;
  if (!isObjectOf(policy, 'witnesses')) return null;
  const needed = (policy as { witnesses: unknown }).witnesses as number;
  if (!Number.isSafeInteger(needed) || needed < 0 || needed > maxKeys) return null;
  const keys = ledger.map(readVerifierKey);
  if (!keys.every((key) => key !== null)) return null;
  return { ledger: keys as VerifierKey[], witnesses, needed };
}
