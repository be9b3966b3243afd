import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import {
  CeremonyTrustee,
  certificateProven,
  coefexpsProven,
  decryptTally,
  expectedVerificationKey,
  newSingleKey,
  readCertificate,
  readCoefexps,
  readEncryptedTally,
  readTrusteeKey,
  readTrusteeKeyFile,
  sharedKey,
  sodiumReady,
  trusteeKeyFileText,
  trusteeKeyJson,
  trusteeKeyProven,
  type Certificate,
  type Coefexps,
  type TrusteeKey,
} from '../src/ballot/index.ts';
import {
  decryptionProven,
  readPartialDecryption,
  readStrongProofs,
  stronglyProven,
  type PartialDecryption,
} from '../src/ballot/decrypt.ts';
import { toHex } from '../src/crypto/bytes.ts';
import * as group from '../src/crypto/group.ts';
import { sha256 } from '../src/crypto/hash.ts';
import { archiveTexts } from './support/archive.ts';
import { vectors } from './support/paths.ts';

before(sodiumReady);

const uuid = 'ucSijHEHGk8LHG';
const got = <T>(read: T | string): T => {
  assert.notEqual(typeof read, 'string', String(read));
  return read as T;
};

interface Ceremony {
  trustees: CeremonyTrustee[];
  certificates: Certificate[];
  coefexps: Coefexps[];
  sealedTo: (trustee: number) => Uint8Array[];
}

function ceremony(needed: number, count: number): Ceremony {
  const trustees = Array.from(
    { length: count },
    (_, i) => new CeremonyTrustee(new Uint8Array(32).fill(i + 1), uuid, needed),
  );
  const certificates = trustees.map((trustee) => got(readCertificate(trustee.certificate())));
  const coefexps = trustees.map((trustee) => got(readCoefexps(trustee.coefexps())));
  const sealedTo = (trustee: number): Uint8Array[] =>
    trustees.map((sender) => sender.sealedShare(trustee, certificates[trustee - 1]!.encryption));
  return { trustees, certificates, coefexps, sealedTo };
}

describe('a key ceremony', () => {
  test('of an independent program holds by the same equations', async () => {
    const folder = join(vectors, 'belenios', 'threshold', 'ceremony');
    const certificates = (await readFile(join(folder, 'certs.jsons'), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => got(readCertificate(line)));
    const coefexps = (await readFile(join(folder, 'polynomials.jsons'), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => got(readCoefexps(JSON.stringify((JSON.parse(line) as { coefexps: unknown }).coefexps))));
    assert.equal(certificates.length, 3);
    certificates.forEach((certificate, i) => {
      assert.ok(certificateProven(certificate));
      assert.ok(coefexpsProven(coefexps[i]!, certificate.verification, 2));
      assert.ok(!coefexpsProven(coefexps[i]!, certificate.verification, 3));
      assert.ok(!coefexpsProven(coefexps[(i + 1) % 3]!, certificate.verification, 2));
    });
    const trustees = (await archiveTexts('threshold')).find((text) => text.startsWith('[["'))!;
    const group3 = (JSON.parse(trustees) as [string, { verification_keys: unknown[] }][]).find(
      ([kind]) => kind === 'Pedersen',
    )![1];
    group3.verification_keys.forEach((key, i) => {
      const read = got(readTrusteeKey(JSON.stringify(key)));
      assert.ok(trusteeKeyProven(read));
      assert.deepEqual(read.publicKey, expectedVerificationKey(coefexps, i + 1));
      assert.notDeepEqual(read.publicKey, expectedVerificationKey(coefexps, i + 2));
    });
  });

  test('gives each trustee a share of one secret, which any two of three rebuild', () => {
    const { trustees, certificates, coefexps, sealedTo } = ceremony(2, 3);
    certificates.forEach((certificate, i) => {
      assert.ok(certificateProven(certificate));
      assert.ok(coefexpsProven(coefexps[i]!, certificate.verification, 2));
    });
    const secrets = trustees.map((trustee, i) => {
      const collected = trustee.collect(i + 1, coefexps, sealedTo(i + 1));
      assert.ok(collected.ok);
      const key = got(readTrusteeKey(trusteeKeyJson(collected.secret)));
      assert.ok(trusteeKeyProven(key));
      assert.deepEqual(key.publicKey, expectedVerificationKey(coefexps, i + 1));
      return collected.secret;
    });
    // f(0) from f(1) and f(3): 3/2 f(1) - 1/2 f(3), so twice the secret is 3 f(1) - f(3)
    const twice = group.subScalars(group.mulScalars(group.scalarFromNumber(3), secrets[0]!), secrets[2]!);
    assert.deepEqual(group.generatorPower(twice), group.power(sharedKey(coefexps), group.scalarFromNumber(2)));
  });

  test('repeats from its seed, and differs from election to election', () => {
    const seed = new Uint8Array(32).fill(7);
    const once = new CeremonyTrustee(seed, uuid, 2);
    assert.equal(once.certificate(), new CeremonyTrustee(seed, uuid, 2).certificate());
    assert.equal(once.coefexps(), new CeremonyTrustee(seed, uuid, 2).coefexps());
    assert.notEqual(once.certificate(), new CeremonyTrustee(seed, 'ucSijHEHGk8LHH', 2).certificate());
  });

  test('derives what another implementation of the rule does', () => {
    const trustee = new CeremonyTrustee(new Uint8Array(32).fill(7), uuid, 2);
    assert.equal(
      toHex(sha256(trustee.certificate())),
      '3674b9537d29d6599147a6159a26a97f98d9f68a0f910cc09cd9f9c58490278d',
    );
    assert.equal(toHex(sha256(trustee.coefexps())), 'aaea6d227664544ef906544049b921ea7439ec50878c89ee627be99fa01d9d7e');
    const { verification, encryption } = got(readCertificate(trustee.certificate()));
    assert.deepEqual(
      [group.elementText(verification), group.elementText(encryption)],
      [
        '0a504ad89b54dc1d0a5718081ef1c5bb3025781759e1e71f97b75f0992c30757',
        '71deea7f3e3f1b1d49388850fdd8fb46c0368994fa854f048697c9c9eece6363',
      ],
    );
  });

  test('names the trustee whose share cannot be opened or is another than promised', () => {
    const { trustees, coefexps, sealedTo } = ceremony(2, 3);
    const sealed = sealedTo(1);
    const fault = (given: Uint8Array[], promised = coefexps): unknown => trustees[0]!.collect(1, promised, given);
    assert.deepEqual(fault([sealed[0]!, sealed[1]!, sealedTo(2)[2]!]), { ok: false, trustee: 3 });
    assert.deepEqual(fault([sealed[0]!, sealed[1]!.slice(0, -1), sealed[2]!]), { ok: false, trustee: 2 });
    assert.deepEqual(fault(sealed, [coefexps[1]!, coefexps[0]!, coefexps[2]!]), { ok: false, trustee: 1 });
    assert.deepEqual(fault([sealed[0]!]), { ok: false, trustee: 2 });
  });

  test('a certificate whose key did not sign it, or that names the identity, is refused', () => {
    const [certificate, other] = ceremony(1, 2).certificates;
    assert.ok(!certificateProven({ ...certificate!, verification: other!.verification }));
    const text = new CeremonyTrustee(new Uint8Array(32).fill(1), uuid, 1).certificate();
    const identity = text.replace(/encryption\\":\\"[0-9a-f]{64}/, `encryption\\":\\"${'0'.repeat(63)}1`);
    assert.notEqual(identity, text);
    assert.equal(typeof readCertificate(identity), 'string');
    assert.equal(typeof readCertificate(text.replace('{\\"ver', '{ \\"ver')), 'string');
  });
});

describe('a partial decryption', () => {
  const secretOf = (n: number): group.Scalar => group.scalarFromNumber(n);
  const pair = (alpha: group.Element): string =>
    `{"alpha":"${group.elementText(alpha)}","beta":"${group.elementText(alpha)}"}`;

  test('is proven both ways, at the identity too, for one key and one election', () => {
    const tallyText = `[[${pair(group.generatorPower(secretOf(5)))},${pair(group.generatorPower(group.zero))}]]`;
    const tally = got(readEncryptedTally(tallyText));
    const made = decryptTally(tally, secretOf(77), 'phi');
    const partial: PartialDecryption = got(readPartialDecryption(made.partialDecryption));
    const strong = got(readStrongProofs(made.strongProofs));
    const key = group.generatorPower(secretOf(77));
    assert.ok(decryptionProven(tally, partial, key, 'phi'));
    assert.ok(stronglyProven(tally, partial, strong, key, 'phi'));
    assert.ok(!decryptionProven(tally, partial, key, 'psi'));
    assert.ok(!stronglyProven(tally, partial, strong, key, 'psi'));
    assert.ok(!stronglyProven(tally, partial, partial.proofs, key, 'phi'));
    assert.ok(!decryptionProven(tally, partial, group.generatorPower(secretOf(78)), 'phi'));
    assert.ok(!decryptionProven(tally, { ...partial, factors: [[...partial.factors[0]!].reverse()] }, key, 'phi'));
    assert.ok(!decryptionProven([[tally[0]![0]!]], partial, key, 'phi'));
  });
});

describe('a key file', () => {
  test('of either kind is read as it was written', () => {
    const single = newSingleKey();
    assert.ok(trusteeKeyProven(got<TrusteeKey>(readTrusteeKey(single.publicKey))));
    const started = { kind: 'threshold', election: uuid, seed: new Uint8Array(32).fill(9), share: null } as const;
    const done = { ...started, share: { trustee: 2, secret: group.scalarFromNumber(12345) } };
    for (const file of [single, started, done]) {
      const text = trusteeKeyFileText(file);
      assert.deepEqual(readTrusteeKeyFile(text), file);
      assert.ok(text.endsWith('}\n'));
    }
    assert.equal(
      trusteeKeyFileText(done),
      `{"version":1,"kind":"threshold","election":"${uuid}","seed":"${'09'.repeat(32)}","trustee":2,"secret":"12345"}\n`,
    );
  });

  test('that is damaged is not', () => {
    const single = newSingleKey();
    const other = { ...single, secret: group.scalarFromNumber(3) };
    assert.equal(readTrusteeKeyFile(trusteeKeyFileText(other)), null);
    const text = trusteeKeyFileText({ kind: 'threshold', election: uuid, seed: new Uint8Array(32), share: null });
    assert.equal(readTrusteeKeyFile(text.replace('"00', '"')), null);
    assert.equal(readTrusteeKeyFile(text.replace('"version":1', '"version":2')), null);
    assert.equal(readTrusteeKeyFile(text.replace('}', ',"trustee":1}')), null);
    assert.equal(readTrusteeKeyFile(text.slice(3)), null);
  });
});
