import { utf8 } from '../../src/crypto/bytes.ts';
import { witnessKey } from '../../src/log/note.ts';
import type { CheckId } from '../../src/audit/report.ts';
import { ledgerOf, makeElection } from './make-election.ts';
import { cosigned, sampleDraft, sampleTime, sampleUuid, testKey, TestLedger } from './make-log.ts';

// Ledgers whose key is changed, and ledgers that witnesses watch: honest ones, and what a dishonest service could make of
// them, each with the check that must find it (null: intact) and the entry where.

export interface LogCase {
  name: string;
  check: CheckId | null;
  seq: number | null;
  files: Map<string, Uint8Array>;
}

type Files = Map<string, Uint8Array>;
export const note = (ledger: TestLedger, text = 'Antre'): void => {
  const time = sampleTime(ledger.entries.length);
  ledger.append('IncidentNoted', { entries: [], text }, time, 'supervisor:sari');
};

export function opened(witnesses?: { keys: string[]; needed: number }): TestLedger {
  const ledger = new TestLedger(`suara.test/2026/${sampleUuid}`);
  ledger.append('LedgerOpened', { key: ledger.vkey, uuid: sampleUuid }, sampleTime(0), 'committee:ani');
  const draft = witnesses ? { ...sampleDraft, policies: { ...sampleDraft.policies, witnesses } } : sampleDraft;
  ledger.append('ElectionDrafted', { draft }, sampleTime(1), 'committee:ani');
  if (witnesses) ledger.witnesses = witnesses;
  return ledger;
}

interface Rotation {
  by?: string;
  data?: (given: { key: string; proof: string }) => { key: string; proof: string };
  signWith?: number | null; // who signs from then on; null: the old key
}

// Entry 3 changes the key; 2 and 4 stand around it.
function rotated({ by = 'committee:ani', data = (given) => given, signWith = 7 }: Rotation = {}): TestLedger {
  const ledger = opened();
  note(ledger);
  ledger.append('KeyRotated', data(ledger.rotation(7)), sampleTime(3), by);
  if (signWith !== null) ledger.signWith(signWith);
  note(ledger);
  return ledger;
}

const names = [1, 2, 3].map((n) => `saksi.test/${n}`);
const seenBy = (text: string, ...witnesses: number[]): string =>
  witnesses.reduce((given, n) => cosigned(given, names[n - 1]!, n + 10), text);

// A ledger that two of three must have seen.
const policyOf = (): { keys: string[]; needed: number } => ({
  keys: names.map((name, i) => testKey(name, i + 11, witnessKey).vkey),
  needed: 2,
});
export const watchedLedger = (): TestLedger => opened(policyOf());

// An election through its result: what nobody saw, what was seen in part, and what comes after it.
async function resultCases(
  add: (name: string, check: CheckId | null, seq: number | null, files: Files) => void,
): Promise<void> {
  const { events } = makeElection({ live: true, witnesses: policyOf() });
  const ledger = (...told: typeof events): TestLedger => Object.assign(ledgerOf(told), { witnesses: policyOf() });
  const upTo = events.slice(0, -1);
  const result = upTo.length; // its entry: LedgerOpened comes before the events
  const seen = (of: TestLedger, size: number): string => seenBy(of.checkpoint(size), 1, 3);
  const noted = { type: 'IncidentNoted', data: { entries: [], text: 'Sepi' }, actor: 'supervisor:sari' };
  const over = ledger(...upTo, noted);
  const set = async (of: TestLedger, path: string, text: string): Promise<Files> =>
    (await of.files()).set(path, utf8(text));
  const witnessed = 'checkpoint.witnessed';
  add('a tally before its result', null, null, await ledger(...upTo.slice(0, -1)).files());
  add('a result that nobody saw', 'witnesses', result, await over.files());
  add('a result that was not seen', 'witnesses', result, await set(over, witnessed, seen(over, result)));
  add('a result seen by one', 'witnesses', result, await set(over, 'checkpoint', seenBy(over.checkpoint(), 2)));
  add('a result that was seen', null, null, await set(over, witnessed, seen(over, result + 1)));
  const certified = ledger(...events);
  const end = result + 1;
  add('a certificate that nobody saw', 'witnesses', end, await certified.files());
  add('a result seen, not its certificate', 'witnesses', end, await set(certified, witnessed, seen(certified, end)));
  add('a certificate that was seen', null, null, await set(certified, 'checkpoint', seen(certified, end + 1)));
}

export async function logCases(): Promise<LogCase[]> {
  const policy = policyOf();
  const cases: LogCase[] = [];
  const add = (name: string, check: CheckId | null, seq: number | null, files: Files): void =>
    void cases.push({ name, check, seq, files });

  // --- keys
  add('a key handed over', null, null, await rotated().files());
  add('a rotation by a registrar', 'legality', 3, await rotated({ by: 'registrar:sri' }).files());
  const stranger = testKey('other.test/x', 7).vkey;
  add(
    'a key of another name',
    'keys',
    3,
    await rotated({ data: (d) => ({ ...d, key: stranger }), signWith: null }).files(),
  );
  const unproven = rotated({ data: (d) => ({ ...d, proof: opened().rotation(9).proof }), signWith: null });
  add('a rotation that the new key has not signed', 'keys', 3, await unproven.files());
  add('the old key signs on', 'signatures', 4, await rotated({ signWith: null }).files());
  const again = rotated();
  again.append('KeyRotated', again.rotation(1), sampleTime(5), 'committee:ani');
  again.signWith(1);
  note(again);
  add('a key that comes back', 'keys', 5, await again.files());
  const hidden = rotated();
  hidden.handed.splice(1);
  add('a key that keys.json hides', 'keys', null, await hidden.files());
  const surplus = opened();
  surplus.handed.push(testKey(surplus.origin, 8));
  add('a key that keys.json makes up', 'keys', null, await surplus.files());
  const noKey = rotated({ data: (d) => ({ ...d, key: 'nothing' }), signWith: null });
  add('a rotation that cannot be read', 'legality', 3, await noKey.files());

  // --- witnesses
  const grown = watchedLedger();
  const early = grown.checkpoint();
  note(grown);
  const set = (files: Files, path: string, text: string): Files => files.set(path, utf8(text));
  add('not seen yet', null, null, await grown.files());
  add('seen in part', null, null, set(await grown.files(), 'checkpoint.witnessed', seenBy(early, 3, 1)));
  add('seen whole', null, null, set(await grown.files(), 'checkpoint', seenBy(grown.checkpoint(), 1, 2, 3)));
  const stranger2 = cosigned(early, 'saksi.test/9', 30);
  add('seen by a stranger too', null, null, set(await grown.files(), 'checkpoint.witnessed', stranger2));

  const forked = watchedLedger();
  note(forked, 'Sepi');
  const other = await forked.files();
  const shown = seenBy(grown.checkpoint(), 1, 2);
  add('two histories', 'witnesses', 3, set(other, 'checkpoint.witnessed', shown));
  add('rolled back', 'witnesses', 3, set(await grown.files(2), 'checkpoint.witnessed', shown));
  const forged = shown.replace(/[A-Za-z0-9](?=[A-Za-z0-9]{3}==\n$)/, (c) => (c === 'A' ? 'B' : 'A'));
  add('a forged cosignature', 'witnesses', null, set(await grown.files(), 'checkpoint', forged));
  add('an unreadable file', 'witnesses', null, set(await grown.files(), 'checkpoint.witnessed', 'nothing'));

  const over = watchedLedger();
  over.append('ElectionCancelled', { reason: 'Banjir' }, sampleTime(2), 'committee:ani');
  add('an end that nobody saw', 'witnesses', 2, await over.files());
  add('an end that was not seen', 'witnesses', 2, set(await over.files(), 'checkpoint.witnessed', seenBy(early, 1, 2)));
  add('an end seen by one', 'witnesses', 2, set(await over.files(), 'checkpoint', seenBy(over.checkpoint(), 2)));
  add('an end that was seen', null, null, set(await over.files(), 'checkpoint', seenBy(over.checkpoint(), 2, 3)));

  await resultCases(add);

  const silent = watchedLedger();
  silent.witnesses = { keys: [], needed: 0 };
  add('keys.json without the witnesses', 'keys', null, await silent.files());
  const draftOf = async (witnesses: { keys: string[]; needed: number }): Promise<Files> => opened(witnesses).files();
  add('a policy of none', 'legality', 1, await draftOf({ ...policy, needed: 0 }));
  add('a policy of more than there are', 'legality', 1, await draftOf({ ...policy, needed: 4 }));
  add('a witness twice', 'legality', 1, await draftOf({ keys: [policy.keys[0]!, policy.keys[0]!], needed: 1 }));
  const byTwoNames = ['saksi.test/1', 'saksi.test/2'].map((name) => testKey(name, 11, witnessKey).vkey);
  add('a witness by two names', 'legality', 1, await draftOf({ keys: byTwoNames, needed: 1 }));
  // What follows the last plus sign of such a key is nothing.
  const seeds = Array.from({ length: 256 }, (_, seed) => seed);
  const all = seeds.map((seed) => testKey(`saksi.test/${seed}`, seed, witnessKey).vkey);
  const keys = all.filter((vkey) => vkey.endsWith('+')).slice(0, 2);
  if (keys.length < 2) throw new Error('no two keys that end in a plus sign');
  add('two keys that end in a plus sign', null, null, await draftOf({ keys, needed: 1 }));
  add("a ledger's key as witness", 'legality', 1, await draftOf({ keys: [watchedLedger().vkey], needed: 1 }));
  return cases;
}
