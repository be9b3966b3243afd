// What a new user does, from tools/run to a certified result, twice: the sample (policy live) and an election of the
// user's own with two trustees (policy sealed); then what a dishonest hand changes is found.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { mkdir, readFile, writeFile, cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { at, desktop, launch, logIn, person, phone, vote } from './browser.mjs';
import { assertFaultless } from './quality.mjs';
import { Service, root, until } from './service.mjs';

let service, browser, sample, codes, work;
const shots = process.env.SUARA_SCREENSHOTS;

// With SUARA_SCREENSHOTS=DIR every page's states are kept as pictures.
function look(page, width, name) {
  return shots ? page.screenshot({ path: join(shots, `${name}-${width}.png`), fullPage: true }) : undefined;
}

before(async () => {
  service = await Service.start();
  browser = await launch();
  sample = await service.sampleUuid();
  codes = await Service.credentials(join(service.dataDir, 'sample/credentials.csv'));
  work = join(service.dataDir, 'work');
  await mkdir(work);
  if (shots) await mkdir(shots, { recursive: true });
});

after(() => Service.end(service, browser));

const codeOf = (row) => row.code;
const counts = async (page) => Promise.all([1, 2, 3, 4].map(async (n) => Number(await at(page, `count-${n}`).getAttribute('data-count'))));

const reached = (page, phase) => page.locator(`[data-testid="current-stage"][data-phase="${phase}"]`).waitFor();

// What one member of the committee proposes, the other approves.
async function agree(proposer, approver, step, phase) {
  await at(proposer, `propose-${step}`).click();
  await at(proposer, 'send-proposal').click();
  await at(approver, `approve-${step}`).click();
  for (const page of [proposer, approver]) await reached(page, phase);
}

test('five voters vote in the browser while the committee watches', async (t) => {
  const committee = await person(browser, desktop);
  await logIn(committee, service.url, '/committee', await service.staff('committee'));
  await at(committee, 'ballots').waitFor();
  const windows = [await person(browser, phone), await person(browser, desktop)];
  // voter, candidate, window; the first votes again
  const cast = [[0, 1, 0], [1, 2, 1], [2, 2, 0], [3, 3, 1], [4, 4, 0], [0, 2, 1]];
  const trackers = [];
  for (const [i, [voter, candidate, window]] of cast.entries()) {
    const page = windows[window];
    const width = window ? 1280 : 360;
    const lookAt = i < 2 ? (name) => look(page, width, `ballot-${name}`) : undefined;
    trackers.push(await vote(page, service.url, sample, codeOf(codes[voter]), candidate, lookAt));
    const receipt = Date.now();
    await until(`ballot ${i + 1} shows on the committee page`, async () => (await at(committee, 'ballots').getAttribute('data-count')) === String(i + 1));
    t.diagnostic(`ballot ${i + 1} was on the committee page ${Date.now() - receipt} ms after its receipt`);
    assert.ok(!(await page.content()).includes(codeOf(codes[voter])), 'the code is gone from the page');
    if (i === 4) {
      await until('the first batch is counted', async () => (await at(committee, 'tally-counted').getAttribute('data-counted').catch(() => null)) === '5');
      assert.deepEqual(await counts(committee), [1, 2, 1, 1]);
      t.diagnostic(`the batch was counted ${Date.now() - receipt} ms after its last receipt`);
      await look(committee, 1280, 'committee-live');
    }
  }
  assert.equal(new Set(trackers).size, 6);
  await until('all who voted are counted', async () => (await at(committee, 'voted').getAttribute('data-count')) === '5');
  await at(windows[1], 'inclusion').and(windows[1].locator('[data-state="included"]')).waitFor();

  // The board knows the replaced ballot from the counting one.
  const status = async (tracker) => (await service.get(`/api/v1/elections/${sample}/ballots?tracker=${encodeURIComponent(tracker)}`)).body.ballots[0]?.status;
  await until('the board lists the last ballot', async () => (await status(trackers[5])) === 'counted');
  assert.equal(await status(trackers[0]), 'replaced');

  const second = await person(browser, phone);
  await logIn(second, service.url, '/committee', await service.staff('committee', 1));
  await agree(committee, second, 'close', 'closed');
  await look(committee, 1280, 'committee-closed');
  await at(committee, 'action-publish').click();
  await at(committee, 'confirm-action').click();
  await reached(committee, 'tallied');
  await agree(second, committee, 'certify', 'certified');
  await look(committee, 1280, 'committee-certified');

  for (const [page, width] of [[windows[0], 360], [windows[1], 1280]]) {
    await page.goto(`${service.url}/elections/${sample}`);
    await at(page, 'count-1').waitFor();
    assert.deepEqual(await counts(page), [0, 3, 1, 1]);
    assert.equal(await at(page, 'phase').getAttribute('data-phase'), 'certified');
    await look(page, width, 'portal-result');
    await page.goto(`${service.url}/`);
    await at(page, 'elections').waitFor();
    await look(page, width, 'portal');
  }
  for (const page of [committee, second, ...windows]) assert.deepEqual(page.problems, []);
});

test('an election of one’s own with two trustees, by command line and browser', async () => {
  const admin = await service.staff('administrator');
  const trusteePassword = join(work, 'trustee.password');
  const wali = { login: 'wali', password: 'kata sandi wali yang panjang' };
  await writeFile(trusteePassword, wali.password, { mode: 0o600 });
  await service.suara(admin, 'user', 'add', wali.login, '--role', 'trustee', '--new-password-file', trusteePassword);
  const draft = JSON.parse(await readFile(join(root, 'tools/sample/election.json'), 'utf8'));
  Object.assign(draft, { name: 'Pemilihan Ketua Kelas', trustees: 2, policies: { ...draft.policies, tally: 'sealed', approval: 'single' } });
  draft.places = [{ id: 'kelas', name: 'Kelas X-1' }];
  await writeFile(join(work, 'draft.json'), JSON.stringify(draft));
  await writeFile(join(work, 'roll.csv'), '\ufeffid;name;class;place\r\n1;Adi;X-1;kelas\r\n2;Budi;X-1;kelas\r\n3;Cici;X-1;kelas\r\n');

  const { uuid } = await service.suara(admin, 'election', 'draft', join(work, 'draft.json'));
  await service.suara(admin, 'roll', 'import', uuid, join(work, 'roll.csv'), '--dry-run');
  await service.suara(admin, 'roll', 'import', uuid, join(work, 'roll.csv'));
  await service.suara(admin, 'credentials', 'generate', uuid, '--out', join(work, 'cards'));
  for (const n of [1, 2]) await service.suara(wali, 'trustee', 'keygen', '--out', join(work, `trustee${n}.json`), '--publish', uuid);
  await service.suara(admin, 'election', 'seal', uuid);
  await service.suara(admin, 'election', 'open', uuid);

  const voters = await Service.credentials(join(work, 'cards/credentials.csv'));
  const page = await person(browser, phone);
  for (const [i, candidate] of [3, 3, 1].entries()) await vote(page, service.url, uuid, codeOf(voters[i]), candidate);
  const sealed = (await service.get(`/api/v1/elections/${uuid}/tally`)).body;
  assert.equal(sealed.status, 'sealed');
  assert.ok(sealed.contests.every((c) => c.candidates.every(({ count }) => count === null)), 'no count exists before the close');
  assert.equal(await service.sql(`SELECT COUNT(*) FROM entries JOIN ledgers ON ledgers.id = ledger_id WHERE uuid = '${uuid}' AND type LIKE '%Tally%'`), '0');

  await service.suara(admin, 'election', 'close', uuid);
  await until('the tally is computed', async () => (await service.get(`/api/v1/elections/${uuid}/decryption`)).status === 200);
  await assert.rejects(service.suara(admin, 'tally', 'publish', uuid), /trustee 1 \(trustee:wali\) must decrypt/);
  for (const n of [1, 2]) await service.suara(wali, 'trustee', 'decrypt', uuid, '--key', join(work, `trustee${n}.json`));
  await service.suara(admin, 'tally', 'publish', uuid);
  await service.suara(admin, 'result', 'certify', uuid);

  await page.goto(`${service.url}/elections/${uuid}`);
  await at(page, 'count-3').waitFor();
  assert.deepEqual(await counts(page), [1, 0, 2, 0]);
  assert.deepEqual(page.problems, []);
  await exported(uuid, `${uuid}.tar`);
  const { code, report } = await Service.verify(join(work, `${uuid}.tar`));
  assert.equal(code, 0, JSON.stringify(report.first_fault));
  assert.deepEqual(report.election.result, [[1, 0, 2, 0]]);
  assert.equal(report.checks.find(({ check }) => check === 'decryption').count, 2);
});

// The bundle holds every entry only once the last of them is published.
async function exported(uuid, name) {
  const { entries } = (await service.get(`/api/v1/elections/${uuid}`)).body;
  await until('all entries are published', async () => (await service.get(`/api/v1/elections/${uuid}/ledger`)).body.checkpoint?.size === entries);
  await service.suara(await service.staff('administrator'), 'export', uuid, '--out', join(work, name));
  return entries;
}

async function verdictOf(page, want) {
  await page.locator(`[data-testid="verdict"][data-verdict="${want}"]`).waitFor({ timeout: 60000 });
}

// The first question's counts as the page has them from its own audit.
const audited = (page, choices) =>
  Promise.all(Array.from({ length: choices }, async (_, i) => Number(await at(page, `audited-0-${i}`).getAttribute('data-count'))));

async function bundlePath(folder) {
  const entries = join(folder, 'tile/entries');
  return join(entries, '000.p', (await readdir(join(entries, '000.p')))[0]);
}

test('bundles verify, by tool and by the supervisor page', async () => {
  const size = await exported(sample, 'sample');
  await exported(sample, 'sample.tar');
  const key = (await service.get(`/api/v1/elections/${sample}/ledger`)).body.key;
  for (const path of ['sample', 'sample.tar']) {
    const { code, report } = await Service.verify('--key', key, join(work, path));
    assert.equal(code, 0, JSON.stringify(report.first_fault));
    assert.equal(report.ledger.size, size);
    assert.deepEqual(report.election.result, [[0, 3, 1, 1]]);
  }
  for (const [viewport, width] of [[phone, 360], [desktop, 1280]]) {
    const page = await person(browser, viewport);
    await page.goto(`${service.url}/supervisor#${sample}`);
    await at(page, 'verify').click();
    await verdictOf(page, 'intact');
    assert.equal(await at(page, 'report-size').getAttribute('data-count'), String(size));
    await look(page, width, 'supervisor-intact');
    await page.goto(`${service.url}/supervisor`);
    await at(page, 'bundle-file').setInputFiles(join(work, 'sample.tar'));
    await verdictOf(page, 'intact');
    assert.deepEqual(await audited(page, 4), [0, 3, 1, 1]);
    // Another program's archive, and the same with one vote moved.
    const archive = join(root, 'tests/vectors/belenios/threshold/election.bel');
    await at(page, 'bundle-file').setInputFiles(archive);
    await verdictOf(page, 'intact');
    assert.deepEqual(await audited(page, 5), [6, 4, 10, 5, 4]);
    const moved = (await readFile(archive)).toString('latin1').replace('[12,9,14]', '[13,8,14]');
    await writeFile(join(work, 'moved.bel'), moved, 'latin1');
    await at(page, 'bundle-file').setInputFiles(join(work, 'moved.bel'));
    await verdictOf(page, 'broken');
    assert.equal(await at(page, 'first-fault').getAttribute('data-check'), 'entries');
    assert.deepEqual(page.problems, []);
  }
});

test('one changed byte in a bundle is found and placed by both', async () => {
  const changed = join(work, 'changed');
  await cp(join(work, 'sample'), changed, { recursive: true });
  const path = await bundlePath(changed);
  const bytes = await readFile(path);
  let seq = 0;
  let from = 0;
  for (; seq < 7; ++seq) from += 2 + bytes.readUInt16BE(from);
  bytes[from + 40] ^= 1;
  await writeFile(path, bytes);
  const { code, report } = await Service.verify(changed);
  assert.equal(code, 1);
  assert.equal(report.first_fault.entry, 7);

  const tar = await readFile(join(work, 'sample.tar'));
  const original = Buffer.from(await readFile(await bundlePath(join(work, 'sample'))));
  const start = tar.indexOf(original);
  assert.ok(start > 0);
  tar[start + from + 40] ^= 1;
  await writeFile(join(work, 'changed.tar'), tar);
  assert.equal((await Service.verify(join(work, 'changed.tar'))).report.first_fault.entry, 7);

  const page = await person(browser, desktop);
  await page.goto(`${service.url}/supervisor`);
  await at(page, 'bundle-file').setInputFiles(join(work, 'changed.tar'));
  await verdictOf(page, 'broken');
  assert.equal(await at(page, 'first-fault').getAttribute('data-seq'), '7');
  await look(page, 1280, 'supervisor-broken');
  await assertFaultless(page, 'supervisor who found a fault');
});

test('one row changed in MariaDB by its root account is found and placed by both', async () => {
  const row = `FROM entries JOIN ledgers ON ledgers.id = ledger_id WHERE uuid = '${sample}' AND type = 'BallotCast' ORDER BY seq LIMIT 1`;
  const seq = await service.sql(`SELECT seq ${row}`);
  const ledger = await service.sql(`SELECT ledger_id ${row}`);
  const triggers = (await service.sql(`SELECT trigger_name FROM information_schema.triggers WHERE event_object_table = 'entries' AND event_manipulation = 'UPDATE'`)).split('\n');
  for (const trigger of triggers) await service.sql(`DROP TRIGGER ${trigger}`);
  await service.sql(`UPDATE entries SET entry = REPLACE(entry, '"actor":"voter"', '"actor":"vpter"') WHERE ledger_id = ${ledger} AND seq = ${seq}`);

  await exported(sample, 'doctored');
  const { code, report } = await Service.verify(join(work, 'doctored'));
  assert.equal(code, 1);
  assert.equal(String(report.first_fault.entry), seq);

  const page = await person(browser, phone);
  await page.goto(`${service.url}/supervisor#${sample}`);
  await at(page, 'verify').click();
  await verdictOf(page, 'broken');
  assert.equal(await at(page, 'first-fault').getAttribute('data-seq'), seq);
  await look(page, 360, 'supervisor-broken-row');
});
