// An election under the eyes of three witnesses, of whom two must have seen every head: one of them is stopped and one
// killed and started again; a voter's proof is checked with nothing but keys; and the service is replaced by a copy of its
// own database in which a ballot is missing and everything is signed anew, which receipt, witnesses and supervisor find.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at, desktop, launch, person, phone, vote } from './browser.mjs';
import { dropBallot } from './doctor.mjs';
import { assertFaultless } from './quality.mjs';
import { Service, program, root, run, until } from './service.mjs';
import { Witness } from './witness.mjs';

let service, honest, copy, browser, work, uuid, codes, admin, ledger, witnesses, options;
let voter, supervisor, latecomer; // windows
let proof, tracker, victim; // the voter's file, and the number of the entry that will be dropped
let auditedHead; // what the supervisor's page verified first

const path = (part = '') => `/api/v1/elections/${uuid}${part}`;
const file = (name) => join(work, name);
const shots = process.env.SUARA_SCREENSHOTS;

// What every page is held to, in the states that only this election brings about.
async function look(page, name) {
  await assertFaultless(page, name);
  if (!shots) return;
  for (const width of [320, 375, 768, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: join(shots, `witnesses-${name}-${width}.png`), fullPage: true });
  }
}

const standing = async () => (await service.get(path('/witnesses'))).body;
const entries = async () => (await service.get(path())).body.entries;
// What the supervisor's page shows of the n-th witness, as it changes.
const shows = (n, state) => at(supervisor, `witness-${witnesses[n].name}`).and(supervisor.locator(`[data-state="${state}"]`)).waitFor();
const published = async (name) => {
  const answer = await fetch(`${service.url}/log/${uuid}/${name}`);
  return answer.ok ? answer.text() : null;
};
// What is signed of the newest checkpoint, without its signatures.
const head = async () => (await published('checkpoint')).split('\n\n')[0];
const sizeOf = (note) => Number(note.split('\n')[1]);
// The names under a note, besides the ledger's.
const cosigners = (note) => note.split('\n').filter((line) => line.startsWith('— ')).map((line) => line.split(' ')[1]).filter((name) => name !== ledger.origin);

const witnessedThrough = (size) => until(`two witnesses have seen ${size} entries`, async () => (await standing()).witnessed?.size >= size);

before(async () => {
  work = await mkdtemp(join(tmpdir(), 'suara-witnesses-'));
  witnesses = await Promise.all(['saksi.example/satu', 'saksi.example/dua', 'koran.example'].map((name, i) => Witness.make(name, file(`saksi-${i}`))));
  for (const witness of witnesses) await witness.serve();
  await writeFile(file('witnesses'), witnesses.map(({ line }) => line).join(''));
  options = ['--empty', '--witness-list', file('witnesses')];
  service = honest = await Service.start(options);
  browser = await launch();
  admin = await service.setUp('eka', 'kata sandi yang panjang');
  const draft = JSON.parse(await readFile(join(root, 'tools/sample/election.json'), 'utf8'));
  draft.name = 'Pemilihan dengan saksi';
  Object.assign(draft.policies, { approval: 'single', min_batch: 100, witnesses: { keys: witnesses.map(({ key }) => key), needed: 2 } });
  draft.places = [{ id: 'kelas', name: 'Kelas X-1' }];
  await writeFile(file('draft.json'), JSON.stringify(draft));
  await writeFile(file('roll.csv'), `id,name,class,place\n${Array.from({ length: 8 }, (_, i) => `${i},Siswa ${i},X-1,kelas`).join('\n')}\n`);
  ({ uuid } = await service.suara(admin, 'election', 'draft', file('draft.json')));
  ledger = (await service.get(path('/ledger'))).body;
  for (const witness of witnesses) await witness.trust(ledger.key);
  await service.suara(admin, 'roll', 'import', uuid, file('roll.csv'));
  await service.suara(admin, 'credentials', 'generate', uuid, '--out', file('cards'));
  codes = (await Service.credentials(file('cards/credentials.csv'))).map(({ code }) => code);
  await until('the service has published its key', async () => (await service.get(path())).body.trustees.keys.length === 1);
  await service.suara(admin, 'election', 'seal', uuid);
  await service.suara(admin, 'election', 'open', uuid);
  voter = await person(browser, phone);
  supervisor = await person(browser, desktop);
  if (shots) await mkdir(shots, { recursive: true });
});

after(async () => {
  for (const witness of witnesses ?? []) if (witness.process?.exitCode === null) await witness.end();
  await Service.end(service, browser);
  for (const folder of [work, honest?.dataDir, copy?.dataDir]) if (folder) await rm(folder, { recursive: true, force: true });
});

test('voting goes on while witnesses fail, and two of three see it all again', async (t) => {
  await vote(voter, service.url, uuid, codes[0], 1);
  await witnessedThrough(await entries());
  const before = (await standing()).witnessed.size;
  await supervisor.goto(`${service.url}/supervisor#${uuid}/live`);
  for (const n of [0, 1, 2]) await shows(n, 'current');
  assert.equal(await witnesses[2].end('SIGTERM'), 0);
  assert.equal(await witnesses[1].end('SIGKILL'), 'SIGKILL');
  const cast = Date.now();
  await vote(voter, service.url, uuid, codes[1], 2);
  t.diagnostic(`a ballot took ${Date.now() - cast} ms while two of three witnesses were gone`);
  const size = await entries();
  await until('the one that is left has seen it', async () => (await witnesses[0].seen(ledger.origin)).size === size);
  for (const n of [1, 2]) await shows(n, 'unreachable');
  await look(supervisor, 'supervisor-unreachable');
  assert.equal(sizeOf(await published('checkpoint')), size);
  assert.equal((await standing()).witnessed.size, before, 'one of three is not enough');
  assert.equal(sizeOf(await published('checkpoint.witnessed')), before);

  await witnesses[1].serve();
  const back = Date.now();
  await witnessedThrough(size);
  t.diagnostic(`two of three had seen everything ${Date.now() - back} ms after the killed one was back`);
  assert.deepEqual(cosigners(await published('checkpoint.witnessed')).sort(), [witnesses[1].name, witnesses[0].name]);
  for (const [n, state] of ['current', 'current', 'unreachable'].entries()) await shows(n, state);
  await supervisor.locator(`[data-testid="witnessed"][data-count="${size}"]`).waitFor();
  assert.deepEqual(supervisor.problems, []);
});

test('a voter’s proof is checked anywhere, with nothing but keys', async () => {
  tracker = await vote(voter, service.url, uuid, codes[2], 3);
  await witnessedThrough(await entries());
  const saved = voter.waitForEvent('download');
  await at(voter, 'check-inclusion').click();
  await at(voter, 'save-proof').click();
  proof = file('bukti.tlog-proof');
  await (await saved).saveAs(proof);
  ({ seq: victim } = (await service.get(path(`/ballots?tracker=${encodeURIComponent(tracker)}`))).body.ballots[0]);
  const { code, said } = await receipt(proof);
  assert.equal(code, 0, said);
  for (const part of [tracker, String(victim), ledger.origin, witnesses[0].name, witnesses[1].name]) assert.ok(said.includes(part), `${part} in: ${said}`);
  assert.ok(!said.includes(witnesses[2].name));

  // More witnesses than have seen it, another ledger's key, and one changed byte.
  assert.equal((await receipt(proof, { needed: 3 })).code, 1);
  assert.equal((await receipt(proof, { key: await anotherKey() })).code, 1);
  const text = await readFile(proof, 'latin1');
  const [, extra] = /extra (\S+)/.exec(text);
  const entry = Buffer.from(extra, 'base64');
  entry[entry.length - 20] ^= 1;
  await writeFile(file('changed.tlog-proof'), text.replace(extra, entry.toString('base64')), 'latin1');
  assert.equal((await receipt(file('changed.tlog-proof'))).code, 1);

  // Saved before enough witnesses had signed.
  const whole = await readFile(proof, 'utf8');
  const fewer = whole.split('\n').filter((line) => !line.startsWith(`— ${witnesses[1].name} `));
  await writeFile(file('early.tlog-proof'), fewer.join('\n'));
  const early = await receipt(file('early.tlog-proof'));
  assert.equal(early.code, 1);
  assert.match(early.said, /NOT YET WITNESSED.* 1 of the 2 /);
  await receiptPage('unwitnessed', file('early.tlog-proof'));

  await receiptPage('valid', proof);
  await receiptPage('forged', file('changed.tlog-proof'));
  await vote(voter, service.url, uuid, codes[3], 4);
  await witnessedThrough(await entries());
});

// Of a ledger of the same service.
async function anotherKey() {
  const { uuid: other } = await service.suara(admin, 'election', 'draft', file('draft.json'));
  return (await service.get(`/api/v1/elections/${other}/ledger`)).body.key;
}

// suara-verify as on another machine: an empty folder, no environment, the file and keys from elsewhere.
async function receipt(name, { key = ledger.key, needed = 2, more = [] } = {}) {
  const empty = await mkdtemp(file('empty-'));
  await cp(name, join(empty, 'bukti.tlog-proof'));
  const args = ['receipt', 'bukti.tlog-proof', '--key', key, ...witnesses.flatMap((witness) => ['--witness', witness.key]), '--needed', String(needed), ...more];
  const { stdout, stderr, code } = await run('/usr/bin/env', ['-i', '-C', empty, program('suara-verify'), ...args], {}, [0, 1]);
  return { code, said: stdout + stderr };
}

async function receiptPage(verdict, name) {
  const page = await person(browser, phone);
  await page.goto(`${service.url}/receipt`);
  await at(page, 'receipt-file').setInputFiles(name);
  await page.locator(`[data-testid="receipt-verdict"][data-verdict="${verdict}"]`).waitFor();
  if (verdict === 'missing') await page.locator('[data-testid="receipt-verdict"][data-fault="replaced"]').waitFor();
  await look(page, `receipt-${verdict}`);
  const said = await at(page, 'receipt-verdict').innerText();
  assert.deepEqual(page.problems, []);
  await page.context().close();
  return said.replaceAll('\n', ' ');
}

async function exported(name) {
  const size = await entries();
  await until('all entries are published', async () => (await service.get(path('/ledger'))).body.checkpoint?.size === size);
  await service.suara(admin, 'export', uuid, '--out', file(name));
  return file(name);
}

test('the supervisor page audits the witnesses, and remembers what it saw', async () => {
  const { report, code } = await Service.verify('--key', ledger.key, await exported('honest.tar'));
  assert.equal(code, 0, JSON.stringify(report.first_fault));
  assert.ok(report.checks.find(({ check }) => check === 'witnesses').count >= 2);
  assert.equal(report.checks.find(({ check }) => check === 'trackers').count, 4);
  await audit(supervisor);
  auditedHead = await head();
  await at(supervisor, 'verdict').and(supervisor.locator('[data-verdict="intact"]')).waitFor();
  await supervisor.locator('[data-testid="witnesses"][data-needed="2"][data-valid="2"]').waitFor();
  assert.equal(await at(supervisor, 'witnessed').getAttribute('data-count'), String(await entries()));
  assert.equal(await at(supervisor, 'check-witnesses').getAttribute('data-faults'), '0');
  await look(supervisor, 'supervisor-intact');
  assert.deepEqual(supervisor.problems, []);
});

// The page is left as it stands; what it goes on with it finds by itself.
test('the supervisor page goes on while the ledger grows, and disturbs nobody who reads it', async (t) => {
  const before = await entries();
  await at(supervisor, 'entry-number').fill('1');
  await service.suara(admin, 'incident', 'note', uuid, 'Kotak suara dipindahkan ke depan kelas');
  const noted = Date.now();
  await followedThrough(before + 1);
  t.diagnostic(`an entry was audited on the page ${Date.now() - noted} ms after it was recorded`);
  assert.equal(await at(supervisor, 'gone-on').getAttribute('data-count'), String(before));
  assert.equal(await at(supervisor, 'verdict').getAttribute('data-verdict'), 'intact');
  assert.equal(await at(supervisor, 'entry-number').inputValue(), '1');
  assert.equal(await supervisor.evaluate(() => document.activeElement.id), 'jump');
  await supervisor.keyboard.press('Enter');
  await at(supervisor, 'entry').waitFor();
  // Out of the field, the list takes in what came meanwhile.
  await supervisor.locator(`[data-testid="filter"] option[value="IncidentNoted"]`).waitFor({ state: 'attached' });
  await witnessedThrough(before + 1);
  await followedThrough(before + 1);
  await look(supervisor, 'supervisor-goes-on');
  assert.deepEqual(supervisor.problems, []);
  latecomer = await person(browser, desktop);
  await audit(latecomer);
  await at(latecomer, 'verified-through').waitFor();
});

const followedThrough = (size) => supervisor.locator(`[data-testid="verified-through"][data-count="${size}"]`).waitFor();

async function audit(page) {
  await page.goto(`${service.url}/supervisor#${uuid}`);
  await at(page, 'verify').click();
  await at(page, 'verdict').waitFor({ timeout: 30000 });
}

// What the page shows where the log is not the one it remembers; gives the evidence that it offers.
async function contradicted(page, kind) {
  await page.locator(`[data-testid="fork"][data-kind="${kind}"]`).waitFor();
  await look(page, `supervisor-${kind}`);
  const saved = page.waitForEvent('download');
  await at(page, 'evidence').click();
  return readFile(await (await saved).path(), 'utf8');
}

test('a doctored copy of the service is found out by receipt, witnesses and supervisor', async (t) => {
  const size = await entries();
  const seen = await Promise.all([0, 1].map((n) => witnesses[n].seen(ledger.origin)));
  const newestHead = await head();
  assert.equal(await honest.stop(), 0);
  copy = Object.assign(new Service(), { port: honest.port, url: honest.url, dataDir: `${honest.dataDir}-copy` });
  await cp(honest.dataDir, copy.dataDir, { recursive: true });
  await dropBallot(copy.dataDir, uuid, victim);
  await copy.launch(options);
  service = copy;

  // Shorter than what was seen, at first. Then voting goes on, until the log is longer again.
  assert.equal(await entries(), size - 1);
  await until('the shorter log is published', async () => sizeOf((await published('checkpoint')) ?? '\n0') === size - 1);
  // Two pages stand open and find it by themselves: one saw the ledger at this size too, the other only when it was longer.
  const shown = await published('checkpoint');
  for (const [page, kind, seen] of [[supervisor, 'fork', auditedHead], [latecomer, 'rollback', newestHead]]) {
    const evidence = await contradicted(page, kind);
    for (const note of [seen, shown]) assert.ok(evidence.includes(note), evidence);
  }
  for (const page of [supervisor, latecomer]) await at(page, 'verified-through').waitFor({ state: 'detached' });
  await vote(voter, service.url, uuid, codes[4], 4);
  const doctored = await exported('doctored.tar');
  assert.ok((await entries()) > size);
  assert.equal((await Service.verify('--key', ledger.key, doctored)).report.first_fault, null, 'in itself it is without fault');

  // The receipt.
  const missing = await receipt(proof, { more: ['--in', doctored] });
  assert.equal(missing.code, 1, missing.said);
  assert.match(missing.said, /NOT THERE: the bundle tells another history/);
  t.diagnostic(`receipt: ${/NOT THERE.*/.exec(missing.said)[0]}`);
  t.diagnostic(`receipt page: ${await receiptPage('missing', proof)}`);

  // The witnesses: neither has seen more, and says so to whoever asks.
  await supervisor.goto(`${service.url}/supervisor#${uuid}/live`);
  for (const n of [0, 1]) await shows(n, 'refused');
  await at(supervisor, 'witness-refused').waitFor();
  await look(supervisor, 'supervisor-refused');
  assert.deepEqual(await Promise.all([0, 1].map((n) => witnesses[n].seen(ledger.origin))), seen);
  assert.deepEqual(cosigners(await published('checkpoint')), []);
  assert.equal(await published('checkpoint.witnessed'), null);
  t.diagnostic(`witness: ${(await standing()).witnesses[0].detail}`);
  const submit = async (old) => {
    const body = `old ${old}\n\n${await published('checkpoint')}`;
    return fetch(`${witnesses[0].url}/add-checkpoint`, { method: 'POST', body });
  };
  const conflict = await submit(0);
  assert.equal(conflict.status, 409);
  assert.equal(await conflict.text(), `${size}\n`);
  assert.equal((await submit(size)).status, 422);

  // A supervisor whose page remembers the longer ledger, now that this one is longer still.
  await audit(latecomer);
  await contradicted(latecomer, 'fork');

  // Two bundles, side by side.
  const compared = await run(program('suara-verify'), ['compare', file('honest.tar'), doctored], {}, [0, 1]);
  assert.equal(compared.code, 1);
  assert.match(compared.stdout, new RegExp(`FORK.* from entry ${victim} on`));
  t.diagnostic(`compare: ${/FORK.*/.exec(compared.stdout)[0]}`);

  assert.equal(await copy.stop(), 0);
  service = honest;
  await honest.launch(options);
});

test('the honest history is witnessed to its end, and the proof still holds', async () => {
  await witnessedThrough(await entries());
  await service.suara(admin, 'election', 'close', uuid);
  await until('the tally is decrypted', async () => (await service.get(path())).body.trustees.decrypted.length === 1);
  await service.suara(admin, 'tally', 'publish', uuid);
  await service.suara(admin, 'result', 'certify', uuid);
  await witnessedThrough(await entries());
  const { report, code } = await Service.verify('--key', ledger.key, await exported('certified.tar'));
  assert.equal(code, 0, JSON.stringify(report.first_fault));
  assert.deepEqual(report.election.result, [[1, 1, 1, 1]]);
  assert.equal((await receipt(proof, { more: ['--in', file('certified.tar')] })).code, 0);
  await receiptPage('valid', proof);
});
