import assert from 'node:assert/strict';
import { before, beforeEach, describe, test } from 'node:test';
import type { Ceremony, Decryption } from '../src/base/api.ts';
import { readTrusteeKey, readTrusteeKeyFile, sodiumReady, trusteeKeyProven } from '../src/ballot/index.ts';
import { readPartialDecryption, readEncryptedTally, decryptionProven } from '../src/ballot/decrypt.ts';
import { parseElement } from '../src/crypto/group.ts';
import type { Described } from '../src/pages/described.ts';
import { missingText } from '../src/pages/trustee-missing.ts';
import {
  absentIn,
  ceremonyTask,
  decryptionTask,
  doneIn,
  missingIn,
  nothingAbsent,
} from '../src/pages/trustee-steps.ts';
import { taskOf } from '../src/pages/trustee-tasks.ts';
import { confirmShare, decryptWith, isFault, keyInfo, newKeyFile, publishCoefexps } from '../src/pages/trustee-work.ts';
import type { ConfirmedShare, KeyInfo, PublishedCoefexps } from '../src/pages/trustee-work.ts';
import { makeElection } from './support/make-election.ts';

const uuid = 'ucSijHEHGk8LHG';
type GroupInfo = KeyInfo & { kind: 'threshold' };

before(sodiumReady);

const infoOf = (file: string, needed = 2): GroupInfo => keyInfo(file, needed) as GroupInfo;
const told = <T extends object>(made: T): Exclude<T, { fault: unknown }> => {
  assert.ok(!isFault(made), JSON.stringify(made));
  return made as Exclude<T, { fault: unknown }>;
};

// Three trustees, two of whom decrypt, and the service between them.
class Played {
  readonly files = [1, 2, 3].map(() => newKeyFile('threshold', uuid));
  readonly ceremony: Ceremony = { needed: 2, trustees: 3, step: 'certificates', members: [] };
  readonly shares: string[][] = [];

  certificates(): this {
    this.files.forEach((file, i) => {
      const { certificate, coefexpsHash: hash } = infoOf(file);
      this.ceremony.members.push({
        trustee: i + 1,
        actor: `trustee:t${i + 1}`,
        certificate,
        coefexps_hash: hash,
        confirmed: false,
      });
    });
    this.ceremony.step = 'coefexps';
    return this;
  }

  coefexps(): this {
    this.files.forEach((file, i) => {
      const made = told<PublishedCoefexps>(publishCoefexps(file, this.ceremony, i + 1) as PublishedCoefexps);
      this.ceremony.members[i]!.coefexps = made.coefexps;
      this.shares.push(made.shares);
    });
    this.ceremony.step = 'confirmations';
    return this;
  }

  sentTo(trustee: number): string[] {
    return this.shares.map((row) => row[trustee - 1]!);
  }

  confirm(trustee: number, shares = this.sentTo(trustee)): ReturnType<typeof confirmShare> {
    return confirmShare(this.files[trustee - 1]!, this.ceremony, trustee, shares);
  }
}

describe('the work of a trustee', () => {
  let played: Played;
  beforeEach(() => void (played = new Played()));

  test('leads from a seed to a completed key file with the key that is confirmed', () => {
    played.certificates().coefexps();
    const { verificationKey, file } = played.confirm(2) as ConfirmedShare;
    const read = readTrusteeKey(verificationKey);
    assert.ok(typeof read !== 'string' && trusteeKeyProven(read));
    const completed = readTrusteeKeyFile(file);
    assert.ok(completed?.kind === 'threshold' && completed.share?.trustee === 2);
    const info = infoOf(file);
    assert.deepEqual([info.certificate, info.election], [infoOf(played.files[1]!).certificate, uuid]);
    assert.ok(verificationKey.includes(`"public_key":"${info.key}"`));
  });

  test('names the trustee whose certificate stands twice or is not signed', () => {
    played.certificates();
    const [first, second] = played.ceremony.members;
    second!.certificate = first!.certificate;
    assert.deepEqual(publishCoefexps(played.files[2]!, played.ceremony, 3), { fault: 'certificate', trustee: 2 });
    second!.certificate = infoOf(played.files[1]!).certificate.replace(
      /"challenge":"(.)/,
      (_, digit: string) => `"challenge":"${(Number(digit) % 9) + 1}`,
    );
    assert.deepEqual(publishCoefexps(played.files[2]!, played.ceremony, 3), { fault: 'certificate', trustee: 2 });
  });

  test('does not send shares of another polynomial than was promised', () => {
    played.certificates();
    const fault = publishCoefexps(played.files[0]!, { ...played.ceremony, needed: 1 }, 1);
    assert.deepEqual(fault, { fault: 'coefexps', trustee: 1 });
  });

  test('names the trustee whose share or whose published values are not what they should be', () => {
    played.certificates().coefexps();
    const [own, , other] = played.sentTo(1);
    assert.deepEqual(played.confirm(1, [own!, played.sentTo(2)[1]!, other!]), { fault: 'share', trustee: 2 });
    assert.deepEqual(played.confirm(1, [own!, 'not base64', other!]), { fault: 'share', trustee: 2 });
    const { members } = played.ceremony;
    const right = members[2]!.coefexps!;
    members[2]!.coefexps = members[1]!.coefexps!;
    assert.deepEqual(played.confirm(1), { fault: 'coefexps', trustee: 3 });
    delete members[2]!.coefexps;
    assert.deepEqual(played.confirm(1), { fault: 'coefexps', trustee: 3 });
    members[2]!.coefexps = right;
    assert.ok(!isFault(played.confirm(1)));
  });

  test('decrypts with a key file of either kind, and proves it', () => {
    const { events, election } = makeElection();
    const dataOf = (type: string): Record<string, unknown> => events.find((event) => event.type === type)!.data;
    const asked = {
      election: String(dataOf('ElectionSealed').election),
      encrypted_tally: String(dataOf('TallyComputed').encrypted_tally),
    };
    const single = newKeyFile('single', uuid);
    played.certificates().coefexps();
    const group = (played.confirm(1) as ConfirmedShare).file;
    for (const file of [single, group]) {
      const made = decryptWith(file, asked)!;
      const partial = readPartialDecryption(made.partial_decryption);
      const tally = readEncryptedTally(asked.encrypted_tally);
      assert.ok(typeof partial !== 'string' && typeof tally !== 'string');
      const key = parseElement(keyInfo(file, 2)!.key!)!;
      assert.ok(decryptionProven(tally, partial, key, election.fingerprint));
    }
    assert.equal(decryptWith(played.files[0]!, asked), null);
    assert.equal(decryptWith(single, { ...asked, encrypted_tally: '[[]' }), null);
  });

  test('refuses what is no key file', () => {
    assert.equal(keyInfo('{}', 2), null);
    assert.equal(keyInfo(newKeyFile('single', uuid).slice(1), 2), null);
  });
});

describe('the ceremony', () => {
  test('tells each trustee what is next, by the certificate of its file', () => {
    const played = new Played();
    const { ceremony } = played;
    const task = (n: number): unknown => ceremonyTask(ceremony, infoOf(played.files[n - 1]!).certificate);
    assert.deepEqual(task(1), { kind: 'certificate' });
    assert.deepEqual(missingIn(ceremony), { members: [], unknown: 3 });
    played.certificates();
    assert.deepEqual(task(3), { kind: 'coefexps', trustee: 3 });
    ceremony.members[2]!.coefexps = 'published';
    assert.deepEqual(task(3), { kind: 'wait', trustee: 3 });
    assert.deepEqual(
      missingIn(ceremony).members.map(({ trustee }) => trustee),
      [1, 2],
    );
    assert.deepEqual([doneIn(ceremony, 'certificates'), doneIn(ceremony, 'coefexps')], [3, 1]);
    delete ceremony.members[2]!.coefexps;
    played.coefexps();
    assert.deepEqual(task(1), { kind: 'confirm', trustee: 1 });
    ceremony.members[0]!.confirmed = true;
    assert.deepEqual(task(1), { kind: 'wait', trustee: 1 });
    ceremony.step = 'done';
    assert.deepEqual(task(1), { kind: 'done', trustee: 1 });
    assert.deepEqual(missingIn(ceremony), { members: [], unknown: 0 });
    const stranger = infoOf(newKeyFile('threshold', uuid)).certificate;
    assert.deepEqual(ceremonyTask(ceremony, stranger), { kind: 'foreign' });
  });
});

describe('the decryption', () => {
  const decryption = (submitted: number[], mandatory: number[], absent: number[], missing: number): Decryption => ({
    election: '',
    encrypted_tally: '',
    trustees: '',
    owners: [1, 2, 3, 4].map((owner) => ({
      owner,
      key: `key ${owner}`,
      kind: owner === 1 ? 'single' : 'threshold',
      actor: `trustee:${['wati', 'sri', 'budi', 'tini'][owner - 1]}`,
    })),
    submitted,
    needed: { mandatory, groups: [{ absent, missing }] },
  });
  const kind = (given: Decryption, owner: number): string => decryptionTask(given, `key ${owner}`).kind;

  test('says who is missing, by name, and stops asking a group that has enough', () => {
    const begun = decryption([3], [1], [2, 4], 1);
    assert.equal(missingText(absentIn(begun)), 'Ditunggu: wali 1 (wati); 1 lagi dari wali 2 (sri), wali 4 (tini).');
    assert.deepEqual(
      [1, 2, 3, 5].map((owner) => kind(begun, owner)),
      ['decrypt', 'decrypt', 'submitted', 'foreign'],
    );
    const enough = decryption([3, 4], [1], [2], 0);
    assert.equal(kind(enough, 2), 'notNeeded');
    assert.ok(!nothingAbsent(absentIn(enough)));
    assert.ok(nothingAbsent(absentIn(decryption([1, 3, 4], [], [2], 0))));
  });
});

describe('what a key file is for', () => {
  const described = (phase: string, ceremony: Ceremony | null, keys: string[] = []): Described =>
    ({
      election: { uuid, phase, policies: { tally: 'sealed' }, trustees: { expected: 1, keys, decrypted: [] } },
      ceremony,
      decryption: null,
    }) as unknown as Described;

  test('follows the phase and the kind of key', () => {
    const single = keyInfo(newKeyFile('single', uuid), 1) as KeyInfo & { kind: 'single' };
    assert.equal(taskOf(described('draft', null), single).action, 'publishKey');
    assert.equal(taskOf(described('draft', null, [single.publicKey]), single).state, 'done');
    assert.equal(taskOf(described('draft', null, ['another']), single).state, 'wrong');
    assert.equal(taskOf(described('open', null), single).state, 'wait');
    assert.equal(taskOf(described('closed', null), single).state, 'wait');
    assert.equal(taskOf(described('certified', null), single).state, 'done');
  });

  test('of a group is the next step, and nothing for another election', () => {
    const played = new Played();
    const info = infoOf(played.files[0]!);
    assert.equal(taskOf(described('draft', played.ceremony), info).action, 'certificate');
    assert.equal(taskOf(described('draft', null), info).state, 'wrong');
    assert.equal(taskOf(described('draft', played.ceremony), { ...info, election: 'another' }).state, 'wrong');
    played.certificates().coefexps();
    played.ceremony.step = 'done';
    assert.equal(taskOf(described('closed', played.ceremony), info).action, 'complete');
    assert.equal(taskOf(described('draft', played.ceremony), { ...info, key: 'of the completed file' }).state, 'done');
  });
});
