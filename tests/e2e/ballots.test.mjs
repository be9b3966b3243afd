// An election with all that the protocol has: two questions (one with blank votes, one of 0 to 3 marks), weights, one
// mandatory trustee and 2 of 3, of whom one is lost; a challenged ballot and two re-votes. The result must be what the
// voters meant, counted here in plaintext, and whoever trusts nothing of ours can check it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { at, chooseAndReview, castReviewed, desktop, launch, logIn, person, phone } from './browser.mjs';
import { assertFaultless } from './quality.mjs';
import { Service, program, root, run, until } from './service.mjs';

const shots = process.env.SUARA_SCREENSHOTS;
const voters = 28;
const groupLogins = ['umar', 'cici', 'dedi'];
let service, browser, work, admin, uuid, codes;
const trustees = {};
const cast = new Map(); // voter -> what their last ballot said

const look = (page, width, name) =>
  shots ? page.screenshot({ path: join(shots, `${name}-${width}.png`), fullPage: true }) : undefined;
const file = (name) => join(work, name);
const weightOf = (voter) => 1 + (voter % 3);

// What voter `n` marks: of the first question one candidate or nothing at all (blank), of the second up to three.
function meant(n) {
  const marks = [1, 2, 3, 4].filter((candidate) => (n * 7 + candidate * 5) % 3 !== 0).slice(0, 3);
  return { first: n % 4 === 3 ? 'blank' : (n % 4) + 1, second: n % 5 === 0 ? [] : marks };
}

// As the protocol counts: a blank vote stands before the candidates.
function plaintextCount() {
  const counts = [[0, 0, 0, 0], [0, 0, 0, 0]];
  for (const [voter, { first, second }] of cast) {
    counts[0][first === 'blank' ? 0 : first] += weightOf(voter);
    for (const candidate of second) counts[1][candidate - 1] += weightOf(voter);
  }
  return counts;
}

async function castByPage(page, voter, says, pictures) {
  await chooseAndReview(page, service.url, uuid, codes[voter].code, [says.first, says.second], pictures);
  const tracker = await castReviewed(page);
  cast.set(voter, says);
  return tracker;
}

async function addStaff(login, role) {
  const password = `kata sandi ${login} yang panjang`;
  await writeFile(file(`${login}.password`), password, { mode: 0o600 });
  await service.suara(admin, 'user', 'add', login, '--role', role, '--new-password-file', file(`${login}.password`));
  return { login, password };
}

const ceremonyStep = async () => (await service.get(`/api/v1/elections/${uuid}/ceremony`)).body.step;

before(async () => {
  service = await Service.start();
  browser = await launch();
  admin = await service.staff('administrator');
  work = join(service.dataDir, 'work');
  await mkdir(work);
  if (shots) await mkdir(shots, { recursive: true });
});

after(() => Service.end(service, browser));

test('two questions are drafted, with weights in the roll', async () => {
  const draft = JSON.parse(await readFile(join(root, 'tools/sample/election.json'), 'utf8'));
  const named = (names) => names.map((name, i) => ({ number: i + 1, name, vision: '', mission: [] }));
  draft.name = 'Musyawarah Koperasi';
  Object.assign(draft.policies, { tally: 'sealed', approval: 'single' });
  draft.trustees = 1;
  draft.threshold = { needed: 2, trustees: 3 };
  draft.places = [{ id: 'balai', name: 'Balai Koperasi' }];
  draft.contests = [
    { question: 'Siapa yang menjadi ketua?', blank: true, min: 1, max: 1, candidates: named(['Ani & Bima', 'Citra & Dewa', 'Eka & Fajar']) },
    { question: 'Program mana yang didahulukan?', min: 0, max: 3, candidates: named(['Gudang', 'Kredit', 'Pelatihan', 'Toko']) },
  ];
  await writeFile(file('draft.json'), JSON.stringify(draft));
  const rows = Array.from({ length: voters }, (_, n) => `A${n},Anggota ${n},Umum,balai,${weightOf(n)}`);
  await writeFile(file('roll.csv'), `id,name,class,place,weight\n${rows.join('\n')}\n`);

  ({ uuid } = await service.suara(admin, 'election', 'draft', file('draft.json')));
  await service.suara(admin, 'roll', 'import', uuid, file('roll.csv'));
  await service.suara(admin, 'credentials', 'generate', uuid, '--out', file('cards'));
  const generated = await Service.credentials(file('cards/credentials.csv'));
  // In the roll's order, whatever order the cards are in.
  codes = Array.from({ length: voters }, (_, n) => generated.find(({ voter }) => voter === `A${n}`));
});

test('the key ceremony, one trustee by page and two by command line', async () => {
  for (const login of ['sri', ...groupLogins]) {
    trustees[login] = await addStaff(login, 'trustee');
    await service.suara(admin, 'official', 'appoint', uuid, login, 'trustee');
  }
  await service.suara(trustees.sri, 'trustee', 'keygen', '--out', file('sri.key'), '--publish', uuid);

  const page = await person(browser, desktop);
  await logIn(page, service.url, `/trustee#${uuid}`, trustees.umar);
  const download = page.waitForEvent('download');
  await at(page, 'make-key-threshold').click();
  await (await download).saveAs(file('umar.key'));
  const takeStep = async (task) => {
    await at(page, 'key-file').setInputFiles(file('umar.key'));
    await page.locator(`[data-testid="key-task"][data-task="${task}"]`).waitFor();
    await look(page, 1280, `trustee-${task}`);
    await at(page, 'do-task').click();
  };
  await takeStep('certificate');
  await at(page, 'task-done').waitFor();
  for (const login of ['cici', 'dedi']) await service.suara(trustees[login], 'trustee', 'join', uuid, '--key', file(`${login}.key`));
  await until('all certificates are there', async () => (await ceremonyStep()) === 'coefexps');

  await page.reload();
  await takeStep('coefexps');
  await at(page, 'task-done').waitFor();
  await assert.rejects(service.suara(admin, 'election', 'seal', uuid), /trustee/i);
  for (const login of ['cici', 'dedi']) await service.suara(trustees[login], 'trustee', 'share', uuid, '--key', file(`${login}.key`));
  await until('all shares are there', async () => (await ceremonyStep()) === 'confirmations');

  await page.reload();
  await takeStep('confirm');
  await at(page, 'save-completed-key').waitFor();
  await assertFaultless(page, 'trustee whose key is complete');
  const completed = page.waitForEvent('download');
  await at(page, 'save-completed-key').click();
  await (await completed).saveAs(file('umar.key'));
  for (const login of ['cici', 'dedi']) await service.suara(trustees[login], 'trustee', 'confirm', uuid, '--key', file(`${login}.key`));
  await until('the ceremony is done', async () => (await ceremonyStep()) === 'done');
  assert.deepEqual(page.problems, []);

  await service.suara(admin, 'election', 'seal', uuid);
  await service.suara(admin, 'election', 'open', uuid);
});

test('thirty ballots by page, two of them again; one is challenged first', async () => {
  const windows = [await person(browser, phone), await person(browser, desktop)];
  const trackers = new Set();
  for (let voter = 0; voter < voters; ++voter) {
    const width = voter % 2 ? 1280 : 360;
    const pictures = voter < 2 ? (name) => look(windows[voter % 2], width, `rich-${name}`) : undefined;
    if (voter === 1) await challenge(windows[1], voter);
    trackers.add(await castByPage(windows[voter % 2], voter, meant(voter), pictures));
  }
  for (const voter of [4, 11]) trackers.add(await castByPage(windows[voter % 2], voter, meant(voter + 1)));
  assert.equal(trackers.size, voters + 2);
  for (const page of windows) assert.deepEqual(page.problems, []);
});

// Shows on a second device and to suara-verify what the page had encrypted; the ballot is then of no use any more.
async function challenge(page, voter) {
  const says = meant(voter + 1);
  await chooseAndReview(page, service.url, uuid, codes[voter].code, [says.first, says.second]);
  const tracker = await at(page, 'ballot-tracker').getAttribute('data-tracker');
  await at(page, 'challenge-offer').click();
  await look(page, 1280, 'challenge-offer');
  await at(page, 'challenge').click();
  await at(page, 'challenged').waitFor();
  const download = page.waitForEvent('download');
  await at(page, 'save-opening').click();
  await (await download).saveAs(file('opening.json'));
  await look(page, 1280, 'challenge-done');

  const { stdout } = await run(program('suara-verify'), ['challenge', file('opening.json')]);
  const names = ['Ani & Bima', 'Citra & Dewa', 'Eka & Fajar'];
  assert.ok(stdout.includes(names[says.first - 1]), stdout);
  assert.ok(!stdout.includes(codes[voter].code));

  const device = await person(browser, phone);
  await device.goto(`${service.url}/check/${uuid}`);
  await at(device, 'opening-file').setInputFiles(file('opening.json'));
  await device.locator('[data-testid="check-verdict"][data-verdict="right"]').waitFor();
  await device.locator('[data-testid="check-recorded"][data-state="challenged"]').waitFor();
  assert.ok((await at(device, 'held-0').textContent()).includes(names[says.first - 1]));
  await look(device, 360, 'check');
  assert.deepEqual(device.problems, []);

  // The board lists it once it is folded.
  const board = `/api/v1/elections/${uuid}/ballots?tracker=${encodeURIComponent(tracker)}`;
  await until('the board lists it', async () => (await service.get(board)).body.ballots.length === 1);
  assert.equal((await service.get(board)).body.ballots[0].status, 'challenged');
}

test('one trustee is lost, and says who is missing; the others decrypt', async () => {
  await service.suara(admin, 'election', 'close', uuid);
  await until('the tally is computed', async () => (await service.get(`/api/v1/elections/${uuid}/decryption`)).status === 200);
  await service.suara(trustees.dedi, 'trustee', 'decrypt', uuid, '--key', file('dedi.key'));
  await assert.rejects(service.suara(admin, 'tally', 'publish', uuid), /sri.*(budi|cici)/s);
  await service.suara(trustees.sri, 'trustee', 'decrypt', uuid, '--key', file('sri.key'));

  const page = await person(browser, phone);
  await logIn(page, service.url, `/trustee#${uuid}`, trustees.umar);
  await at(page, 'decryption').waitFor();
  await look(page, 360, 'trustee-decryption');
  await assertFaultless(page, 'trustee before the opening');
  await at(page, 'key-file').setInputFiles(file('umar.key'));
  await page.locator('[data-testid="key-task"][data-task="decrypt"]').waitFor();
  await assertFaultless(page, 'trustee who is to open the result');
  await at(page, 'do-task').click();
  await at(page, 'task-done').waitFor({ timeout: 120000 });
  await assertFaultless(page, 'trustee who has opened it');
  assert.deepEqual(page.problems, []);

  // cici never comes: two of three are enough.
  await service.suara(admin, 'tally', 'publish', uuid);
  await service.suara(admin, 'result', 'certify', uuid);
});

test('the result is the plaintext count, in bundle, archive and pages', async () => {
  const expected = plaintextCount();
  const { entries } = (await service.get(`/api/v1/elections/${uuid}`)).body;
  await until('all entries are published', async () => (await service.get(`/api/v1/elections/${uuid}/ledger`)).body.checkpoint?.size === entries);
  await service.suara(admin, 'export', uuid, '--out', file('bundle.tar'));
  for (const name of ['one.bel', 'two.bel']) await service.suara(admin, 'export', uuid, '--belenios', '--out', file(name));
  assert.deepEqual(await readFile(file('one.bel')), await readFile(file('two.bel')));

  for (const name of ['bundle.tar', 'one.bel']) {
    const { code, report } = await Service.verify(file(name));
    assert.equal(code, 0, `${name}: ${JSON.stringify(report.first_fault)}`);
    assert.deepEqual(report.election.result, expected, name);
  }
  await run(program('suara-verify'), ['--quiet', '--report', file('report.html'), file('bundle.tar')]);
  const report = await person(browser, desktop);
  await report.goto(`file://${file('report.html')}`);
  assert.ok((await report.content()).includes('Citra &amp; Dewa'));
  await assertFaultless(report, 'the verifier’s report');
  await look(report, 1280, 'report');
  if (shots) await report.pdf({ path: join(shots, 'report.pdf'), format: 'A4' });

  const page = await person(browser, desktop);
  await page.goto(`${service.url}/elections/${uuid}`);
  await at(page, 'count-blank').first().waitFor();
  assert.equal(await at(page, 'count-blank').first().getAttribute('data-count'), String(expected[0][0]));
  await look(page, 1280, 'portal-rich');
  await page.goto(`${service.url}/supervisor`);
  for (const name of ['one.bel', 'bundle.tar']) {
    await at(page, 'bundle-file').setInputFiles(file(name));
    await at(page, 'subject').filter({ hasText: name }).waitFor();
    await page.locator('[data-testid="verdict"][data-verdict="intact"]').waitFor({ timeout: 120000 });
    for (const [q, row] of expected.entries()) {
      for (const [i, count] of row.entries()) {
        assert.equal(await at(page, `audited-${q}-${i}`).getAttribute('data-count'), String(count));
      }
    }
  }
  await look(page, 1280, 'supervisor-rich');
  assert.deepEqual(page.problems, []);
});
