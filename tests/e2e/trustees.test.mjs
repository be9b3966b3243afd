// An election with everything at once, all of it by page: two questions, one with a blank vote and one of 0..3; weights;
// one mandatory trustee and two of three; a challenge, two re-votes, one trustee lost. The test keeps the plaintext count.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { answer, at, cast, challenge, checkOpening, desktop, launch, logIn, person, phone, reviewAgain, save, takeStep } from './browser.mjs';
import { Service, root, until } from './service.mjs';

const voters = 30;
const weightOf = (voter) => 1 + (voter % 3);
const group = ['sri', 'budi', 'tini'];
const shots = process.env.SUARA_SCREENSHOTS;

let service, browser, work, admin, uuid, codes;
const staff = (login) => ({ login, password: `kata sandi ${login} yang panjang` });
const keyFile = (name) => join(work, `${name}.json`);
const look = (page, width, name) => (shots ? page.screenshot({ path: join(shots, `${name}-${width}.png`), fullPage: true }) : undefined);

before(async () => {
  service = await Service.start();
  browser = await launch();
  admin = await service.staff('administrator');
  work = join(service.dataDir, 'work');
  await mkdir(work);
  if (shots) await mkdir(shots, { recursive: true });
});

after(async () => {
  await browser?.close();
  if (service) {
    const code = await service.stop();
    await service.remove();
    assert.equal(code, 0, 'tools/run stops cleanly');
  }
});

async function draftElection() {
  for (const login of ['wati', ...group]) {
    const password = join(work, `${login}.password`);
    await writeFile(password, staff(login).password, { mode: 0o600 });
    await service.suara(admin, 'user', 'add', login, '--role', 'trustee', '--new-password-file', password);
  }
  const sample = JSON.parse(await readFile(join(root, 'tools/sample/election.json'), 'utf8'));
  const candidates = (names) => names.map((name, i) => ({ number: i + 1, name, vision: '', mission: [] }));
  const draft = {
    ...sample,
    name: 'Pemilihan dengan semuanya',
    trustees: 1,
    threshold: { needed: 2, trustees: 3 },
    policies: { ...sample.policies, tally: 'sealed' },
    places: [{ id: 'aula', name: 'Aula' }],
    contests: [
      { question: 'Siapa ketua?', min: 1, max: 1, blank: true, candidates: candidates(['Adi', 'Budi', 'Cici']) },
      { question: 'Apa yang didahulukan?', min: 0, max: 3, candidates: candidates(['Buku', 'Bola', 'Kebun', 'Musik', 'Lab']) },
    ],
  };
  await writeFile(join(work, 'draft.json'), JSON.stringify(draft));
  const rows = Array.from({ length: voters }, (_, i) => `${i + 1},Pemilih ${i + 1},X,aula,${weightOf(i)}`);
  await writeFile(join(work, 'roll.csv'), ['id,name,class,place,weight', ...rows, ''].join('\n'));
  ({ uuid } = await service.suara(admin, 'election', 'draft', join(work, 'draft.json')));
  await service.suara(admin, 'roll', 'import', uuid, join(work, 'roll.csv'));
  await service.suara(admin, 'credentials', 'generate', uuid, '--out', join(work, 'cards'));
  codes = (await Service.credentials(join(work, 'cards/credentials.csv'))).sort((a, b) => a.voter - b.voter).map(({ code }) => code);
}

async function trustee(login) {
  const page = await person(browser, desktop);
  await logIn(page, service.url, `/trustee#${uuid}`, staff(login));
  await at(page, 'key-file').waitFor();
  return page;
}

// Every trustee of the group takes its step; the next one begins only when the page shows that all have.
async function groupStep(pages, step, next) {
  for (const [i, page] of pages.entries()) {
    await takeStep(page, keyFile(group[i]), step);
    await at(page, step === 'confirm' ? 'completed-key' : 'task-done').waitFor();
  }
  for (const page of pages) await page.locator(`[data-testid="ceremony"][data-step="${next}"]`).waitFor();
}

test('the trustees make their keys by page', async () => {
  await draftElection();
  const single = await trustee('wati');
  await save(single, 'make-key-single', keyFile('wati'));
  await takeStep(single, keyFile('wati'), 'publishKey');
  await at(single, 'task-done').waitFor();

  const pages = [];
  for (const login of group) {
    const page = await trustee(login);
    await save(page, 'make-key-threshold', keyFile(login));
    pages.push(page);
  }
  await look(pages[0], 1280, 'trustee-start');
  await groupStep(pages, 'certificate', 'coefexps');
  await look(pages[0], 1280, 'trustee-shares');
  await groupStep(pages, 'coefexps', 'confirmations');
  await groupStep(pages, 'confirm', 'done');
  for (const [i, page] of pages.entries()) await save(page, 'save-completed-key', keyFile(group[i]));
  await look(pages[0], 1280, 'trustee-done');
  for (const page of [single, ...pages]) {
    assert.deepEqual(page.problems, []);
    await page.context().close();
  }
  await service.suara(admin, 'election', 'seal', uuid);
  await service.suara(admin, 'election', 'open', uuid);
});

// What each voter chooses; any mix will do that reaches every count.
const choiceOf = (voter, turn = 0) => [
  (voter + turn) % 4 === 0 ? 'blank' : [1 + ((voter + turn) % 3)],
  [[], [1], [2, 4], [1, 3, 5]][(voter + 2 * turn) % 4],
];

const counted = new Map();

test('thirty voters vote, one checks the sealing first, two vote again', async () => {
  const page = await person(browser, phone);
  const vote = async (voter, turn) => {
    await answer(page, service.url, uuid, codes[voter], choiceOf(voter, turn));
    counted.set(voter, choiceOf(voter, turn));
    return cast(page);
  };
  await answer(page, service.url, uuid, codes[0], choiceOf(0));
  const opening = join(work, 'opening.json');
  const opened = await challenge(page, opening, (name) => look(page, 360, name));
  const second = await person(browser, phone);
  const names = [['Suara kosong'], ['Tidak memilih siapa pun']];
  assert.deepEqual(await checkOpening(second, service.url, opening, 2), { verdict: 'right', held: names });
  await look(second, 360, 'check-right');
  await reviewAgain(page, 2);
  counted.set(0, choiceOf(0));
  assert.notEqual(await cast(page), opened);
  for (let voter = 1; voter < voters; voter++) await vote(voter, 0);
  for (const voter of [4, 9]) await vote(voter, 1);
  const found = await service.get(`/api/v1/elections/${uuid}/ballots?tracker=${encodeURIComponent(opened)}`);
  assert.equal(found.body.ballots[0].status, 'challenged');
  for (const each of [page, second]) assert.deepEqual(each.problems, []);
});

function plaintextCount() {
  const total = [new Array(4).fill(0), new Array(5).fill(0)];
  for (const [voter, [first, several]] of counted) {
    total[0][first === 'blank' ? 0 : first[0]] += weightOf(voter);
    for (const number of several) total[1][number - 1] += weightOf(voter);
  }
  return total;
}

test('two of three trustees and the mandatory one open the result; the third is lost', async () => {
  await service.suara(admin, 'election', 'close', uuid);
  await until('the tally is computed and published', async () => {
    const { entries } = (await service.get(`/api/v1/elections/${uuid}`)).body;
    const { status } = await service.get(`/api/v1/elections/${uuid}/decryption`);
    return status === 200 && (await service.get(`/api/v1/elections/${uuid}/ledger`)).body.checkpoint?.size === entries;
  });
  for (const login of ['wati', 'sri', 'tini']) {
    await assert.rejects(service.suara(admin, 'tally', 'publish', uuid), new RegExp(login));
    const page = await trustee(login);
    await takeStep(page, keyFile(login), 'decrypt');
    await at(page, 'task-done').waitFor();
    await look(page, 1280, `trustee-decrypted-${login}`);
    assert.deepEqual(page.problems, []);
    await page.context().close();
  }
  await service.suara(admin, 'tally', 'publish', uuid);
  await service.suara(admin, 'result', 'certify', uuid);

  const expected = plaintextCount();
  const { body } = await service.get(`/api/v1/elections/${uuid}/tally`);
  assert.deepEqual(body.counts, expected);
  const page = await person(browser, phone);
  await page.goto(`${service.url}/elections/${uuid}`);
  const first = at(page, 'tally');
  assert.equal(await first.getByTestId('count-blank').getAttribute('data-count'), String(expected[0][0]));
  const weight = Array.from({ length: voters }, (_, i) => weightOf(i)).reduce((a, b) => a + b);
  assert.equal(await at(page, 'tally-weight').getAttribute('data-weight'), String(weight));
  await look(page, 360, 'portal-two-questions');
  assert.deepEqual(page.problems, []);
});

test('the bundle and the archive verify, with the count the test kept', async () => {
  for (const [name, ...options] of [['all.tar'], ['all.bel', '--belenios']]) {
    await service.suara(admin, 'export', uuid, ...options, '--out', join(work, name));
    const { code, report } = await Service.verify(join(work, name));
    assert.equal(code, 0, JSON.stringify(report.first_fault));
    assert.deepEqual(report.election.result, plaintextCount());
  }
});
