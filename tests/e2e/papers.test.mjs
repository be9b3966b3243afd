// The papers as people print them: the PDF that Chromium makes of the attendance list and the minutes of a small election,
// read back by poppler. Then the saved copy of its portal, opened from the disk.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { at, desktop, launch, logIn, person, phone } from './browser.mjs';
import { Service, root, run, until } from './service.mjs';

const millimetre = 72 / 25.4;
const margin = { side: 14 * millimetre, top: 15 * millimetre };
const classes = [['X-1', 'aula'], ['X-2', 'aula'], ['XI IPA 10', 'lab']];
const perClass = 32; // more than fit on one page
const hostile = 'Pasangan </script><b>Uji</b> & "Coba"';
const admin = { login: 'eka', password: 'kata sandi eka yang panjang' };
let service, browser, work, uuid, voters;

const file = (name) => join(work, name);

// Names as they are, with one too long for its column and one that no line can hold.
function nameOf(n) {
  if (n === 3) return 'Raden Ajeng Cokorda Istri Agung Ratnaningsih Kusumawardhani Sastrowardoyo Prawirodirdjo';
  if (n === 4) return 'Namatanpaspasi'.repeat(6);
  return `Pemilih Nomor${n}`;
}

async function hold() {
  const draft = JSON.parse(await readFile(join(root, 'tools/sample/election.json'), 'utf8'));
  draft.name = 'Pemilihan Uji Cetak';
  draft.policies = { tally: 'live', revote: 'last-counts', verification: 'online', min_batch: 2 };
  draft.places = [{ id: 'aula', name: 'TPS Aula' }, { id: 'lab', name: 'TPS Lab' }];
  draft.contests[0].candidates[0].name = hostile;
  await writeFile(file('draft.json'), JSON.stringify(draft));
  const rows = classes.flatMap(([group, place], c) =>
    Array.from({ length: perClass }, (_, i) => `N${100 * c + i},${nameOf(100 * c + i)},${group},${place}`));
  await writeFile(file('roll.csv'), `id,name,class,place\n${rows.join('\n')}\n`);

  const suara = (...args) => service.suara(admin, ...args);
  ({ uuid } = await suara('election', 'draft', file('draft.json')));
  await suara('roll', 'import', uuid, file('roll.csv'));
  await suara('credentials', 'generate', uuid, '--out', file('cards'));
  voters = await Service.credentials(file('cards/credentials.csv'));
  await until('the service has its key', async () => (await service.get(`/api/v1/elections/${uuid}`)).body.trustees.keys.length > 0);
  await suara('election', 'seal', uuid);
  await suara('election', 'open', uuid);
  await Promise.all(['1', '1', '3'].map((choice, i) =>
    run('node', [join(root, 'web/dist-tools/cast.mjs'), '--server', service.url, '--uuid', uuid, '--code', voters[i].code, '--choose', choice])));
  await suara('election', 'close', uuid);
  await until('the tally is computed', async () => (await service.get(`/api/v1/elections/${uuid}/decryption`)).status === 200);
  await suara('tally', 'publish', uuid);
  await suara('result', 'certify', uuid);
}

before(async () => {
  const tools = run('npm', ['--prefix', join(root, 'web'), 'run', '--silent', 'test-tools']);
  [service, browser] = await Promise.all([Service.start(['--empty']), launch()]);
  const token = (await readFile(join(service.dataDir, 'suara/keys/setup.token'), 'utf8')).trim();
  const headers = { 'Content-Type': 'application/json' };
  const made = await fetch(`${service.url}/api/v1/setup`, { method: 'POST', headers, body: JSON.stringify({ token, ...admin }) });
  assert.equal(made.status, 201);
  work = join(service.dataDir, 'work');
  await mkdir(work);
  await tools;
  await hold();
});

after(() => Service.end(service, browser));

// The pages of a PDF: text as laid out, and each word with its box in points.
async function read(pdf) {
  const path = file('paper.pdf');
  await writeFile(path, pdf);
  const [{ stdout: text }, { stdout: boxes }] = await Promise.all([
    run('pdftotext', ['-layout', path, '-']),
    run('pdftotext', ['-bbox', path, '-']),
  ]);
  const texts = text.split('\f').slice(0, -1);
  const pages = boxes.split('<page ').slice(1).map((page) => ({
    width: Number(/width="([\d.]+)"/.exec(page)[1]),
    height: Number(/height="([\d.]+)"/.exec(page)[1]),
    words: [...page.matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</g)]
      .map(([, left, top, right, bottom, word]) => ({ left: +left, top: +top, right: +right, bottom: +bottom, word })),
  }));
  assert.equal(pages.length, texts.length);
  return pages.map((page, i) => ({ ...page, text: texts[i] }));
}

// A4, numbered, with nothing beyond the margins.
function assertWellPrinted(pages) {
  for (const [i, { width, height, words, text }] of pages.entries()) {
    assert.ok(Math.abs(width - 210 * millimetre) < 1 && Math.abs(height - 297 * millimetre) < 1, 'A4');
    assert.match(text, new RegExp(`\\b${i + 1} ?/ ?${pages.length}\\b`), 'page number');
    for (const { left, right, top, bottom, word } of words) {
      const inside = left >= margin.side - 1 && right <= width - margin.side + 1 && top >= margin.top - 1 && bottom <= height;
      assert.ok(inside, `page ${i + 1}: "${word}" lies beyond the margins`);
    }
  }
}

// No cell's content is cut off or reaches into the next.
async function assertNothingOverflows(page) {
  const overflowing = await page.evaluate(() =>
    [...document.querySelectorAll('.paper, .paper *')]
      .filter((element) => element instanceof HTMLElement && element.scrollWidth > element.clientWidth + 1)
      .filter((element) => getComputedStyle(element).display !== 'inline')
      .map((element) => `${element.tagName} ${element.className}: ${element.textContent.slice(0, 60)}`));
  assert.deepEqual(overflowing, []);
}

async function printed(page, path) {
  await page.goto(service.url + path);
  await at(page, 'paper').waitFor();
  await page.emulateMedia({ media: 'print' });
  await assertNothingOverflows(page);
  const pages = await read(await page.pdf({ preferCSSPageSize: true }));
  await page.emulateMedia({ media: 'screen' });
  assertWellPrinted(pages);
  return pages;
}

const contentWidth = { width: Math.floor((210 - 28) * (96 / 25.4)), height: 900 };

test('the attendance list has a box for each voter, each class on pages of its own', async () => {
  const page = await person(browser, contentWidth);
  await logIn(page, service.url, `/print/${uuid}/attendance`, admin);
  await at(page, 'paper').waitFor();
  const pages = await printed(page, `/print/${uuid}/attendance`);
  assert.equal(pages.length, 2 * classes.length);
  for (const [c, [group, place]] of classes.entries()) {
    const own = pages.slice(2 * c, 2 * c + 2);
    for (const { text } of own) assert.match(text, new RegExp(`Daftar hadir · TPS ${place === 'aula' ? 'Aula' : 'Lab'} · ${group}`));
    // Every voter once, whole: the name and the number of its box on the same page.
    const words = own.map(({ words }) => words.map(({ word }) => word));
    for (let i = 0; i < perClass; i++) {
      const n = 100 * c + i;
      const on = words.filter((page) => page.includes(`N${n}`));
      assert.equal(on.length, 1, `voter ${n} stands on one page`);
      if (n !== 3 && n !== 4) assert.ok(on[0].includes(`Nomor${n}`));
    }
    const numbers = words.flat().filter((word) => /^\d+$/.test(word)).map(Number);
    for (let i = 1; i <= perClass; i++) assert.ok(numbers.filter((n) => n === i).length >= 2, `row and box ${i} of ${group}`);
    assert.match(own[1].text, /Petugas TPS 1/);
  }
  assert.ok(pages.some(({ text }) => text.includes('Prawirodirdjo')), 'a long name is not cut');
  assert.deepEqual(page.problems, []);
});

test('nobody without a login sees a name', async () => {
  const page = await person(browser, phone);
  for (const paper of ['roll', 'attendance']) {
    await page.goto(`${service.url}/print/${uuid}/${paper}`);
    await at(page, 'log-in').waitFor();
    assert.ok(!(await page.content()).includes('Nomor1'));
  }
});

test('the minutes state figures that fit, the ledger they come from, and who signs', async () => {
  const page = await person(browser, contentWidth);
  const pages = await printed(page, `/print/${uuid}/minutes`);
  const { body: ledger } = await service.get(`/api/v1/elections/${uuid}/ledger`);
  assert.equal(pages.length, 2);
  const [first, second] = pages.map(({ text }) => text.replace(/\s+/g, ' '));
  assert.match(first, /Jumlah suara calon = suara sah: 2 \+ 0 \+ 1 \+ 0 = 3 – benar/);
  assert.match(first, /Jumlah surat suara semua TPS = seluruhnya: \d \+ \d = 3 – benar/);
  assert.match(first, /Yang memberi suara ≤ pemilih terdaftar: 3 ≤ 96 – benar/);
  assert.ok(first.includes(hostile));
  assert.equal(await at(page, 'minutes-checks').getAttribute('data-failed'), '0');
  for (const text of [first, second]) assert.ok(text.includes(`Akar ${ledger.checkpoint.root}`), 'the root binds every page');
  assert.ok(second.replace(/\s/g, '').includes(ledger.key));
  assert.equal(await at(page, 'minutes-size').getAttribute('data-count'), String(ledger.checkpoint.size));
  assert.ok(await at(page, 'minutes-qr').isVisible());
  for (const office of ['Ketua panitia', 'Saksi calon nomor 4', 'Pengawas']) assert.ok(second.includes(office), office);
  assert.deepEqual(page.problems, []);
});

test('the saved copy of the portal opens from the disk and asks nobody for anything', async () => {
  const page = await person(browser, desktop);
  await page.goto(`${service.url}/elections/${uuid}`);
  const download = page.waitForEvent('download');
  await at(page, 'save-copy').click();
  const copy = file('copy.html');
  await (await download).saveAs(copy);
  assert.deepEqual(page.problems, []);

  const reader = await person(browser, { width: 320, height: 700 });
  const requests = [];
  reader.on('request', (request) => requests.push(request.url()));
  await reader.goto(`file://${copy}`);
  assert.equal(await at(reader, 'count-1').getAttribute('data-count'), '2');
  assert.equal(await at(reader, 'phase').getAttribute('data-phase'), 'certified');
  assert.ok((await at(reader, 'candidates').textContent()).includes(hostile));
  assert.ok(await reader.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'fits 320 px');
  await at(reader, 'language-en').click();
  assert.match(await at(reader, 'copy-banner').textContent(), /^A copy/);
  assert.deepEqual(requests.filter((url) => !url.startsWith('data:')), [`file://${copy}`]);
  assert.deepEqual(reader.problems.filter((problem) => !problem.includes('file://')), []);
});
