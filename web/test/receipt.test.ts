import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { sodiumReady } from '../src/ballot/index.ts';
import type { BoardItem } from '../src/base/api.ts';
import { t } from '../src/base/i18n.ts';
import { equalBytes, fromUtf8, toBase64, utf8 } from '../src/crypto/bytes.ts';
import { sha256Base64 } from '../src/crypto/hash.ts';
import { checkInclusion, type Inclusion } from '../src/log/inclusion.ts';
import { openCheckpoint, readVerifierKey, readWitnessKey, seenBy, type Seen } from '../src/log/note.ts';
import { heldIn, openReceipt, originOf, type Held, type Judged, type OpenedReceipt } from '../src/log/receipt.ts';
import type { LogSource } from '../src/log/source.ts';
import { readTlogProof, writeTlogProof } from '../src/log/tlog-proof.ts';
import { leafHash, rootFromInclusion } from '../src/log/tree.ts';
import { readTrust, trustIn } from '../src/log/trust.ts';
import { pageSize, readPage } from '../src/pages/board-list.ts';
import { earlyText, isSeen, witnessText } from '../src/pages/inclusion-panel.ts';
import { pageLength } from '../src/pages/projector-places.ts';
import { proveIn } from '../src/pages/receipt-proof.ts';
import type { Proven } from '../src/pages/receipt-protocol.ts';
import { verdictName } from '../src/pages/receipt-result.ts';
import { memorySource, sampleLedger, TestLedger } from './support/make-log.ts';
import { ballotText, ledgerWithBallot, opened, receiptOf, TestWitness, time, trustOf } from './support/make-receipt.ts';
import { webRoot } from './support/paths.ts';

before(sodiumReady);

describe('a proof’s file', () => {
  test('is read as the golden one, which another program wrote, and written back to the same bytes', async () => {
    const folder = join(webRoot, '..', 'tests', 'golden', 'log');
    const bytes = await readFile(join(folder, '1.tlog-proof'));
    const proof = readTlogProof(fromUtf8(bytes)!)!;
    assert.equal(proof.index, 1);
    const key = readVerifierKey((await readFile(join(folder, 'ledger.vkey'), 'utf8')).trim())!;
    const reading = openCheckpoint(utf8(proof.note), [key]);
    assert.ok(reading.ok);
    const entry = await readFile(join(folder, '1.entry'));
    const root = rootFromInclusion(leafHash(entry), 1, reading.checkpoint.size, proof.hashes);
    assert.ok(root && equalBytes(root, reading.checkpoint.root));
    assert.equal(writeTlogProof(proof), fromUtf8(bytes));
  });

  test('that is cut short, out of order or padded is none', async () => {
    const file = await receiptOf(ledgerWithBallot());
    const [head, extra, index, ...rest] = file.split('\n');
    const bad = [
      '',
      file.slice(1),
      [head, index, extra, ...rest].join('\n'),
      [head, extra, `${index} `, ...rest].join('\n'),
      [head, extra, 'index 010', ...rest].join('\n'),
      [head, extra, index, 'AAAA', ...rest].join('\n'),
      [head, `${extra}!`, index, ...rest].join('\n'),
      file.slice(0, file.indexOf('\n\n')),
    ];
    for (const text of bad) assert.equal(readTlogProof(text), null, text.slice(0, 80));
    assert.ok(readTlogProof(file));
  });
});

describe('a receipt', () => {
  test('tells by keys alone which ballot is recorded where, when, and who has seen it', async () => {
    const ledger = ledgerWithBallot();
    const witnesses = [1, 2, 3].map((n) => new TestWitness(`saksi-${n}`, 10 + n));
    const file = await receiptOf(ledger, witnesses, witnesses.slice(1));
    const receipt = opened(file, trustOf(ledger, witnesses, 2));
    assert.deepEqual(
      [receipt.tracker, receipt.seq, receipt.time, receipt.type, receipt.size],
      [sha256Base64(ballotText), 10, time, 'BallotCast', 20],
    );
    assert.deepEqual(
      receipt.seen.map(({ name, time: at }) => [name, at]),
      [
        ['saksi-2', 1700000000],
        ['saksi-3', 1700000000],
      ],
    );
    assert.ok(isSeen(receipt.seen.length, { needed: 2 }) && !isSeen(receipt.seen.length, { needed: 3 }));
    assert.deepEqual(opened(file, trustOf(ledger)).seen, []);
    assert.equal(originOf(utf8(file)), ledger.origin);
  });

  test('that is forged is refused, and why', async () => {
    const ledger = ledgerWithBallot();
    const witness = new TestWitness('saksi', 11);
    const file = await receiptOf(ledger, [witness]);
    const proof = readTlogProof(file)!;
    const fault = (text: string, trust = trustOf(ledger, [witness])): string => {
      const judged = openReceipt(utf8(text), trust);
      return judged.ok ? 'valid' : `${judged.verdict} ${judged.fault}`;
    };
    const { note } = proof;
    const withNote = (changed: string): string => writeTlogProof({ ...proof, note: changed });
    assert.equal(fault(file), 'valid');
    assert.equal(fault(file, trustOf(new TestLedger(ledger.origin, 9))), 'forged otherKey');
    assert.equal(fault(withNote(note.replace('\n20\n', '\n21\n'))), 'forged checkpointSignature');
    assert.equal(fault(writeTlogProof({ ...proof, index: 9 })), 'forged otherEntry');
    assert.equal(fault(writeTlogProof({ ...proof, hashes: proof.hashes.slice(1) })), 'forged tree');
    const swapped = [proof.hashes[1]!, proof.hashes[0]!, ...proof.hashes.slice(2)];
    assert.equal(fault(writeTlogProof({ ...proof, hashes: swapped })), 'forged tree');
    const other = ledgerWithBallot(9, '{"election_uuid":"another"}').entries[10]!;
    assert.equal(fault(writeTlogProof({ ...proof, entry: other })), 'forged tree');
    assert.equal(fault(writeTlogProof({ ...proof, entry: ledger.entries[9]! })), 'forged otherEntry');
    const liar = new TestWitness('saksi', 12);
    const end = note.lastIndexOf('\u2014');
    const bytes = new Uint8Array(Buffer.from(note.slice(end).split(' ')[2]!, 'base64'));
    bytes[20]! ^= 1;
    assert.equal(fault(withNote(`${note.slice(0, end)}\u2014 saksi ${toBase64(bytes)}\n`)), 'forged witness');
    const unknown = withNote(liar.cosigned(note.slice(0, end)));
    assert.equal(fault(unknown), 'valid', 'another’s line of the same name is passed over');
    assert.equal(fault(writeTlogProof({ ...proof, entry: null })), 'unreadable noEntry');
    assert.equal(fault(writeTlogProof({ ...proof, entry: utf8('{}') })), 'unreadable entry');
    assert.equal(fault(withNote('x\n\ny\n')), 'unreadable checkpoint');
    assert.equal(fault('hello'), 'unreadable notAFile');
  });

  test('whose entry is of a key that is not trusted stands by its checkpoint; a false signature of one that is does not', async () => {
    const ledger = ledgerWithBallot();
    const other = new TestLedger(ledger.origin, 9);
    for (const entry of ledger.entries) other.entries.push(entry);
    const proof = readTlogProof(await receiptOf(ledger))!;
    const file = writeTlogProof({ ...proof, note: other.checkpoint() });
    const both = { ...trustOf(other), ledger: [ledger.vkey, other.vkey] };
    for (const trust of [trustOf(other), both]) assert.ok(openReceipt(utf8(file), trust).ok);
    const signed = fromUtf8(proof.entry!)!;
    const at = signed.length - 20;
    const changed = utf8(signed.slice(0, at) + (signed[at] === 'A' ? 'B' : 'A') + signed.slice(at + 1));
    other.entries[10] = changed;
    const hashes = readTlogProof(await receiptOf(ledger))!.hashes;
    const falsely = writeTlogProof({ ...proof, entry: changed, hashes, note: other.checkpoint() });
    assert.deepEqual(openReceipt(utf8(falsely), both), { ok: false, verdict: 'forged', fault: 'entrySignature' });
  });
});

describe('the proof that a voter is given', () => {
  const sought = (): { tracker: string; seq: number } => ({ tracker: sha256Base64(ballotText), seq: 10 });
  const included = (result: Inclusion): Extract<Inclusion, { state: 'included' }> => {
    assert.equal(result.state, 'included');
    return result as Extract<Inclusion, { state: 'included' }>;
  };

  test('has the checkpoint that witnesses have seen, where that covers the ballot, else the newest', async () => {
    const ledger = ledgerWithBallot();
    const witness = new TestWitness('saksi', 11);
    const trust = trustOf(ledger, [witness]);
    const files = await ledger.files();
    for (const [path, bytes] of await ledger.files(15)) if (path.startsWith('tile/')) files.set(path, bytes);
    const withWitnessed = (size: number): Map<string, Uint8Array> =>
      new Map(files).set('checkpoint.witnessed', utf8(witness.cosigned(ledger.checkpoint(size))));
    const at = async (size: number, by = trust): Promise<[number, string[]]> => {
      const found = included(await checkInclusion(memorySource(withWitnessed(size)), by, sought()));
      assert.ok(openReceipt(utf8(found.proof), by).ok);
      return [found.size, found.seen];
    };
    assert.deepEqual(await at(15), [15, ['saksi']]);
    assert.deepEqual(await at(10), [20, []]);
    assert.deepEqual(await at(15, trustOf(ledger)), [20, []]);
    assert.equal(included(await checkInclusion(memorySource(files), trust, sought())).size, 20);
  });

  test('is given all the same where the ledger’s key is changed between reading the keys and the checkpoint', async () => {
    const ledger = ledgerWithBallot();
    const before = await ledger.files();
    ledger.append('KeyRotated', ledger.rotation(7), time, 'committee:ani');
    ledger.signWith(7);
    const after = await ledger.files();
    let reads = 0;
    let waits = 0;
    const meanwhile = (stale: number): LogSource => {
      reads = waits = 0;
      return { read: async (path) => (path === 'keys.json' && reads++ < stale ? before : after).get(path) ?? null };
    };
    const proven = (stale: number): Promise<Proven> =>
      proveIn(meanwhile(stale), ledger.vkey, sought(), async () => void waits++);
    included((await proven(0)).inclusion);
    assert.deepEqual([reads, waits], [1, 0]);
    included((await proven(1)).inclusion);
    assert.deepEqual([reads, waits], [2, 1]);
    assert.deepEqual((await proven(9)).inclusion, { state: 'refused', reason: 'checkpoint' });
    assert.deepEqual([reads, waits], [2, 1]);
  });

  test('is given for a challenged ballot too, and for nothing that is no ballot', async () => {
    const ledger = sampleLedger(10);
    ledger.append('BallotChallenged', { ballot: ballotText }, time, 'voter');
    const log = memorySource(await ledger.files());
    included(await checkInclusion(log, trustOf(ledger), sought()));
    const other = await checkInclusion(log, trustOf(ledger), { ...sought(), seq: 9 });
    assert.deepEqual(other, { state: 'refused', reason: 'other-ballot' });
  });
});

describe('what the log holds now', () => {
  const kept = async (ledger: TestLedger): Promise<OpenedReceipt> => opened(await receiptOf(ledger), trustOf(ledger));
  const why = (held: Held): string => (held.held === false ? held.why : held.held ? 'held' : 'otherKey');

  test('the ballot stays where it was, however far the log grows', async () => {
    const ledger = ledgerWithBallot();
    const receipt = await kept(ledger);
    for (const more of [0, 1, 13, 500]) {
      const grown = ledgerWithBallot(9 + more);
      assert.equal(why(await heldIn(memorySource(await grown.files()), trustOf(ledger), receipt)), 'held', `${more}`);
    }
  });

  test('a log that was changed after it signed for the ballot is told from one that was not', async () => {
    const ledger = ledgerWithBallot();
    const receipt = await kept(ledger);
    const now = async (other: TestLedger, size = other.entries.length): Promise<string> =>
      why(await heldIn(memorySource(await other.files(size)), trustOf(ledger), receipt));
    assert.equal(await now(ledgerWithBallot(30, '{"election_uuid":"another"}')), 'replaced');
    const dropped = sampleLedger(10);
    for (let i = 0; i < 30; i++) dropped.append('ElectionOpened', {}, time);
    assert.equal(await now(dropped), 'replaced');
    assert.equal(await now(dropped, 15), 'replaced');
    assert.equal(await now(ledger, 15), 'lost');
    assert.equal(await now(ledger, 10), 'lost');
    const later = ledgerWithBallot(3);
    for (let i = 0; i < 10; i++) later.append('ElectionClosed', {}, time);
    assert.equal(await now(later), 'rewritten');
    // A damaged tile says nothing of what was signed: neither of the ballot's own place nor of another.
    for (const seq of [receipt.seq, 3]) {
      const damaged = await ledger.files();
      damaged.set('tile/0/000.p/20', damaged.get('tile/0/000.p/20')!.map((byte, i) => (i === 32 * seq ? byte ^ 1 : byte)));
      assert.equal(why(await heldIn(memorySource(damaged), trustOf(ledger), receipt)), 'incomplete', `${seq}`);
    }
    const files = await ledger.files();
    files.delete('tile/0/000.p/20');
    assert.equal(why(await heldIn(memorySource(files), trustOf(ledger), receipt)), 'incomplete');
    const stranger = trustOf(new TestLedger(ledger.origin, 9));
    assert.equal(why(await heldIn(memorySource(await ledger.files()), stranger, receipt)), 'otherKey');
  });

  test('decides what the receipt’s page says', () => {
    const judged = { ok: true, receipt: { seen: [] as Seen[], needed: 0 } as OpenedReceipt } as const;
    assert.equal(verdictName(judged, null), 'valid');
    assert.equal(verdictName(judged, { held: true, size: 1 }), 'valid');
    assert.equal(verdictName(judged, { held: false, why: 'replaced', size: 1, note: null }), 'missing');
    assert.equal(verdictName(judged, { held: null }), 'valid', 'a key that is not known tells nothing of the entry');
    const seen = [{ name: 'saksi', time: 1700000000 }];
    const asked = (needed: number): Judged => ({ ok: true, receipt: { ...judged.receipt, seen, needed } });
    assert.equal(verdictName(asked(1), null), 'valid');
    assert.equal(verdictName(asked(2), null), 'unwitnessed');
    assert.equal(verdictName(asked(2), { held: true, size: 1 }), 'unwitnessed');
    assert.equal(verdictName(asked(2), { held: false, why: 'lost', size: 1, note: null }), 'missing');
    assert.equal(verdictName({ ok: false, verdict: 'forged', fault: 'tree' }, null), 'forged');
    assert.equal(verdictName(null, null), 'unreadable');
  });
});

describe('keys to judge by', () => {
  test('are a log’s keys.json or keys one a line', async () => {
    const ledger = sampleLedger(1);
    const witness = new TestWitness('saksi', 11);
    const keysFile = { ledger: [ledger.vkey], policy: { witnesses: 1 }, witnesses: [witness.vkey] };
    assert.deepEqual(readTrust(JSON.stringify(keysFile)), trustOf(ledger, [witness], 1));
    const pasted = { ...trustOf(ledger, [witness], 1), policyKnown: false };
    assert.deepEqual(readTrust(` ${ledger.vkey} \n\n${witness.vkey}\r\n`), pasted);
    for (const text of ['', witness.vkey, `${ledger.vkey}\nhello`, `${ledger.vkey.slice(0, -2)}`, '{}']) {
      assert.equal(readTrust(text), null, text);
    }
    for (const changed of [
      { witnesses: [ledger.vkey] },
      { witnesses: [witness.vkey, witness.vkey] },
      { policy: { witnesses: 2 } },
    ]) {
      assert.equal(readTrust(JSON.stringify({ ...keysFile, ...changed })), null, JSON.stringify(changed));
    }
    assert.equal(readWitnessKey(ledger.vkey), null);
    assert.equal(readVerifierKey(witness.vkey), null);

    const source = (known: TestLedger): ReturnType<typeof memorySource> =>
      memorySource(new Map([['keys.json', utf8(JSON.stringify({ ...keysFile, ledger: [known.vkey, ledger.vkey] }))]]));
    const newer = new TestLedger(ledger.origin, 9);
    assert.deepEqual((await trustIn(source(newer), ledger.vkey)).ledger, [newer.vkey, ledger.vkey]);
    const unknown = new TestLedger(ledger.origin, 8).vkey;
    const alone = { ledger: [unknown], witnesses: [], needed: 0, policyKnown: false };
    assert.deepEqual(await trustIn(source(newer), unknown), alone);
  });

  test('of witnesses that are pasted must all have signed, each counted once', async () => {
    const ledger = ledgerWithBallot();
    const witnesses = [1, 2].map((n) => new TestWitness(`saksi-${n}`, 10 + n));
    const keys = [ledger.vkey, ledger.vkey, ...witnesses.map(({ vkey }) => vkey), witnesses[0]!.vkey];
    const trust = readTrust(keys.join('\n'))!;
    assert.deepEqual(trust, { ...trustOf(ledger, witnesses, 2), policyKnown: false });
    const names = witnesses.map(({ name }) => name);
    const said = (seen: number): string => witnessText(names.slice(0, seen), trust);
    assert.equal(said(0), 'Dilihat 0 dari 2 saksi; diperlukan 2.');
    assert.match(said(2), /terpenuhi/);
    const none = t('witness.none');
    assert.notEqual(witnessText([], readTrust(ledger.vkey)!), none, 'of the election’s witnesses nothing is known');
    assert.equal(witnessText([], trustOf(ledger)), none);
  });

  test('tell before a proof is saved that too few witnesses stand under it', () => {
    const [none, one] = [0, 1].map((seen) => earlyText(seen, { needed: 2 }));
    assert.match(none!, /^Diperlukan 2 saksi, tetapi baru 0 /);
    assert.match(one!, /tetapi baru 1 /);
    assert.equal(earlyText(2, { needed: 2 }), null);
    assert.equal(earlyText(0, { needed: 0 }), null);
  });

  test('a witness that signed twice is one, with its later time', () => {
    const witness = new TestWitness('saksi', 11);
    const note = witness.cosigned(witness.cosigned(sampleLedger(3).checkpoint(), 1700000009), 1700000001);
    assert.deepEqual(seenBy(utf8(note), [readWitnessKey(witness.vkey)!]), [{ name: 'saksi', time: 1700000009 }]);
  });
});

describe('pages of the bulletin board', () => {
  const items = Array.from({ length: 120 }, (_, i) => ({ seq: 7 + 2 * i }) as BoardItem);
  const service = async (path: string): Promise<{ as_of: never; ballots: BoardItem[] }> => {
    const query = new URL(path, 'http://suara.test').searchParams;
    const [limit, after, before] = ['limit', 'after', 'before'].map((name) => query.get(name));
    const fitting = items.filter(({ seq }) => seq > Number(after ?? -1) && seq < Number(before ?? Infinity));
    return { as_of: {} as never, ballots: before ? fitting.slice(-Number(limit)) : fitting.slice(0, Number(limit)) };
  };
  const turned = async (place: Parameters<typeof readPage>[1]): Promise<(number | boolean)[]> => {
    const { board, hasEarlier, hasLater } = await readPage('x', place, service as never);
    return [items.indexOf(board.ballots[0]!), board.ballots.length, hasEarlier, hasLater];
  };

  test('hold fifty each, and say whether the board goes on', async () => {
    assert.equal(pageSize, 50);
    assert.deepEqual(await turned({ at: 'first' }), [0, 50, false, true]);
    assert.deepEqual(await turned({ at: 'after', seq: items[49]!.seq }), [50, 50, true, true]);
    assert.deepEqual(await turned({ at: 'after', seq: items[99]!.seq }), [100, 20, true, false]);
    assert.deepEqual(await turned({ at: 'last' }), [70, 50, true, false]);
    assert.deepEqual(await turned({ at: 'before', seq: items[70]!.seq }), [20, 50, true, true]);
    assert.deepEqual(await turned({ at: 'before', seq: items[20]!.seq }), [0, 20, false, true]);
  });
});

describe('places on the wall', () => {
  test('are shown in turn, as many each time', () => {
    assert.deepEqual(
      [pageLength(30, 30), pageLength(30, 29), pageLength(30, 12), pageLength(31, 12), pageLength(0, 5)],
      [30, 15, 10, 11, 0],
    );
    assert.equal(pageLength(5, 0), 1);
  });
});
