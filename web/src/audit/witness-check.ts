import { toBase64 } from '../crypto/bytes.ts';
import type { KeyChain } from '../log/key-chain.ts';
import { keyId, openCheckpoint, seenBy, type Checkpoint } from '../log/note.ts';
import type { LogSource } from '../log/source.ts';
import type { Findings } from './findings.ts';
import type { Meaning } from './meaning.ts';
import type { Note, Witnessed } from './report.ts';

// The largest checkpoint that enough witnesses cosigned, as its file holds it.
export interface WitnessedFile {
  note: Uint8Array;
  checkpoint: Checkpoint | null; // null: not in its form
}

export async function readWitnessed(source: LogSource): Promise<WitnessedFile | null> {
  const note = await source.read('checkpoint.witnessed');
  if (!note) return null;
  const reading = openCheckpoint(note, []);
  return { note, checkpoint: reading.ok || reading.fault !== 'unreadable' ? reading.checkpoint : null };
}

interface Evidence {
  note: Uint8Array; // of all entries
  largest: WitnessedFile | null;
  walk: { keys: KeyChain; meaning: Meaning; checkpoint: Checkpoint; rootAt(size: number): string | null };
}

// What contradicts the entries; null: nothing.
function contradiction({ largest, walk }: Evidence): { expected: string; found: string } | null {
  const { checkpoint, note } = largest!;
  const { origin, size, root } = checkpoint!;
  if (origin !== walk.checkpoint.origin) return { expected: walk.checkpoint.origin, found: origin };
  const key = walk.keys.atSize(size);
  if (!openCheckpoint(note, [key]).ok) return { expected: `ed25519, ${key.text}`, found: 'another signature' };
  if (size > walk.checkpoint.size) return { expected: `<= ${walk.checkpoint.size}`, found: `${size}` };
  const there = walk.rootAt(size);
  return there === null || there === toBase64(root) ? null : { expected: there, found: toBase64(root) };
}

export function checkWitnesses(evidence: Evidence, findings: Findings, notes: Note[]): Witnessed | null {
  const { note, largest, walk } = evidence;
  const policy = walk.meaning.state.draft?.policies.witnesses;
  if (!policy) {
    findings.of('witnesses').applies = false;
    return null;
  }
  const witnesses: Witnessed['witnesses'] = policy.keys.map((key) => ({
    name: key.name,
    keyId: keyId(key),
    newest: null,
  }));
  const told: Witnessed = { needed: policy.needed, witnesses, seen: [], size: 0, awaited: false };
  const consider = (bytes: Uint8Array, size: number, path: string): void => {
    const seen = seenBy(bytes, policy.keys);
    if (!seen) {
      findings.fault('witnesses', { seq: null, path, expected: 'cosignature/v1', found: 'does not verify' });
      return;
    }
    for (const { name, time } of seen) witnesses.find((each) => each.name === name)!.newest = { size, time };
    if (seen.length >= policy.needed && size > told.size) Object.assign(told, { seen, size });
  };
  const path = 'checkpoint.witnessed';
  if (largest && !largest.checkpoint) {
    findings.fault('witnesses', { seq: null, path, expected: 'signed-note', found: 'unreadable' });
  } else if (largest?.checkpoint) {
    const wrong = contradiction(evidence);
    if (wrong) findings.fault('witnesses', { seq: largest.checkpoint.size, path, ...wrong });
    else consider(largest.note, largest.checkpoint.size, path);
  }
  consider(note, walk.checkpoint.size, 'checkpoint');
  findings.count('witnesses', told.seen.length);
  // What people are told of an election, they must not be told on the service's word alone.
  const { endedAt, resultAt } = walk.meaning;
  const toBeSeen = endedAt ?? resultAt;
  if (toBeSeen !== null && told.size <= toBeSeen) {
    told.awaited = true;
    const expected = `> ${toBeSeen}, ${policy.needed}/${policy.keys.length}`;
    findings.fault('witnesses', { seq: toBeSeen, path, expected, found: `${told.size}` });
  } else if (told.size === 0) notes.push('unwitnessed');
  else if (told.size < walk.checkpoint.size) notes.push('partly-witnessed');
  return told;
}
