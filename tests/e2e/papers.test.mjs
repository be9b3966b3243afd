// The papers as people print them: the PDFs that Chromium makes of the roll, the attendance list, the candidates, the minutes
// and the cards of a small election, read back by poppler, their QR codes by a decoder. Then the saved copy of its portal,
// opened from the disk.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { at, desktop, launch, logIn, person, phone } from './browser.mjs';
import { decoded } from './qr.mjs';
import { assertFaultless } from './quality.mjs';
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

function assertA4(pages) {
  for (const { width, height } of pages) {
    assert.ok(Math.abs(width - 210 * millimetre) < 1 && Math.abs(height - 297 * millimetre) < 1, `A4, not ${width} by ${height}`);
  }
}

// A4, numbered, with nothing beyond the margins.
function assertWellPrinted(pages) {
  assertA4(pages);
  for (const [i, { width, height, words, text }] of pages.entries()) {
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
  const page = await person(browser, contentWidth, { sharp: true });
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
  // An officer's scanner types each voter's number from it.
  assert.equal(await page.locator('[data-testid^="scan-"]').count(), perClass * classes.length);
  await page.emulateMedia({ media: 'print' });
  for (const id of ['N0', 'N4', 'N231']) assert.equal(await decoded(at(page, `scan-${id}`)), id);
  assert.deepEqual(page.problems, []);
});

test('the roll names every voter of a place once, in order, and no page holds two places', async () => {
  const page = await person(browser, contentWidth);
  await logIn(page, service.url, `/print/${uuid}/roll`, admin);
  await at(page, 'paper').waitFor();
  const pages = await printed(page, `/print/${uuid}/roll`);
  for (const [place, name] of [['aula', 'TPS Aula'], ['lab', 'TPS Lab']]) {
    const own = pages.filter(({ text }) => text.includes(`Daftar pemilih tetap · ${name} ·`));
    for (const { text } of own) assert.match(text, /No\.\s+Nomor induk\s+Nama\s+Kelas/, 'the head is repeated');
    const ids = own.flatMap(({ text }) => [...text.matchAll(/^\s*(\d+)\s+N(\d+)\s/gm)].map(([, row, id]) => [Number(row), Number(id)]));
    const here = classes.flatMap(([, at], c) => (at === place ? Array.from({ length: perClass }, (_, i) => 100 * c + i) : []));
    assert.deepEqual(ids.map(([row]) => row), here.map((_, i) => i + 1), `the rows of ${name}`);
    assert.deepEqual(ids.map(([, id]) => id).sort((a, b) => a - b), here, `the voters of ${name}`);
    assert.match(own[0].text, new RegExp(`${name} · ${here.length} pemilih`));
  }
  assert.equal(pages.length, 3, 'each page belongs to one place');
  assert.ok(pages[0].text.includes('Prawirodirdjo') || pages[1].text.includes('Prawirodirdjo'), 'a long name is not cut');
  assert.deepEqual(page.problems, []);
});

test('the list of candidates holds each of them whole on one page, for everybody to read', async () => {
  const page = await person(browser, contentWidth);
  const pages = await printed(page, `/print/${uuid}/candidates`);
  const { body: election } = await service.get(`/api/v1/elections/${uuid}`);
  const [{ question, candidates }] = election.contests;
  assert.equal(candidates.length, 4);
  const texts = pages.map(({ text }) => text.replace(/\s+/g, ' '));
  for (const part of ['Daftar calon', election.name, question]) assert.ok(texts[0].includes(part), part);
  for (const { number, name, vision, mission } of candidates) {
    const on = texts.filter((text) => [name, vision, ...mission].every((part) => text.includes(part)));
    assert.equal(on.length, 1, `candidate ${number} stands whole on one page`);
    const words = pages[texts.indexOf(on[0])].words;
    assert.ok(words.some(({ word, top, bottom }) => word === String(number) && bottom - top > 20), `the number ${number} is large`);
  }
  assert.deepEqual(page.problems, []);
});

// How much of the line from one point to another is ink, in a picture of the page; all in millimetres.
function inkAlong({ data, width, height }, [x0, y0], [x1, y1]) {
  const per = width / 210;
  const steps = Math.round(Math.hypot(x1 - x0, y1 - y0) * per);
  const dark = (x, y) => x >= 0 && y >= 0 && x < width && y < height && data[4 * (y * width + x)] < 190;
  let inked = 0;
  for (let i = 0; i <= steps; i++) {
    const [x, y] = [Math.round((x0 + ((x1 - x0) * i) / steps) * per), Math.round((y0 + ((y1 - y0) * i) / steps) * per)];
    if ([-1, 0, 1].some((d) => dark(x + d, y) || dark(x, y + d))) inked++;
  }
  return inked / (steps + 1);
}

test('cards are printed eight on a page, between lines to cut along, each with its own code', async () => {
  const draft = file('cards-draft.json');
  await writeFile(draft, JSON.stringify({ ...JSON.parse(await readFile(file('draft.json'), 'utf8')), name: 'Pemilihan Uji Kartu' }));
  const rows = Array.from({ length: 9 }, (_, i) => `${i},${nameOf(i)},X-1,aula`);
  await writeFile(file('nine.csv'), `id,name,class,place\n${rows.join('\n')}\n`);
  const suara = (...args) => service.suara(admin, ...args);
  const { uuid: nine } = await suara('election', 'draft', draft);
  await suara('roll', 'import', nine, file('nine.csv'));
  await suara('credentials', 'generate', nine, '--out', file('nine'));
  const cards = await Service.credentials(file('nine/credentials.csv'));
  assert.equal(cards.length, 9);

  const page = await person(browser, contentWidth, { sharp: true });
  await page.goto(`file://${file('nine/cards.html')}`);
  await page.emulateMedia({ media: 'print' });
  const beyond = await page.locator('.card').evaluateAll((all) =>
    all.flatMap((card) => {
      const { left, right, top, bottom } = card.getBoundingClientRect();
      return [...card.querySelectorAll('.code, .code b, svg')]
        .filter((part) => {
          const box = part.getBoundingClientRect();
          return box.left < left || box.right > right || box.top < top || box.bottom > bottom || part.scrollWidth > part.clientWidth + 1;
        })
        .map((part) => `${part.tagName} of ${card.textContent}`);
    }),
  );
  assert.deepEqual(beyond, [], 'code and picture lie within their card');
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const pages = await read(pdf);
  assertA4(pages);
  assert.deepEqual(pages.map(({ text }) => text.match(/Kode pemilih/g).length), [8, 1]);
  const words = pages.flatMap(({ words }) => words.map(({ word }) => word));
  for (const { code, voter } of cards) assert.equal(words.filter((word) => word === code).length, 1, `the code of ${voter}`);

  await writeFile(file('cards.pdf'), pdf);
  await run('pdftoppm', ['-png', '-r', '150', '-f', '1', '-l', '1', file('cards.pdf'), file('cards')]);
  const picture = PNG.sync.read(await readFile(file('cards-1.png')));
  for (const x of [7, 105, 203]) {
    const ink = inkAlong(picture, [x, 8], [x, 288]);
    assert.ok(ink > 0.3 && ink < 0.95, `a dashed line down the page at ${x} mm, not ${ink}`);
  }
  for (const y of [8, 78, 148, 218, 288]) {
    const ink = inkAlong(picture, [7, y], [203, y]);
    assert.ok(ink > 0.3 && ink < 0.95, `a dashed line across the page at ${y} mm, not ${ink}`);
  }
  assert.ok(inkAlong(picture, [3, 8], [3, 288]) < 0.01, 'no ink outside the cards');

  const links = [];
  for (const code of await page.locator('.card svg').all()) links.push(await decoded(code));
  assert.deepEqual(links.sort(), cards.map(({ code }) => `${service.url}/vote/${nine}#${code}`).sort());
  await page.context().close();
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
  const page = await person(browser, contentWidth, { sharp: true });
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
  const { origin, checkpoint } = ledger;
  assert.equal(await decoded(at(page, 'minutes-qr')), `${origin}\n${checkpoint.size}\n${checkpoint.root}\n`);
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
  await assertFaultless(reader, 'saved copy');
  await at(reader, 'language-en').click();
  assert.match(await at(reader, 'copy-banner').textContent(), /^A copy/);
  assert.deepEqual(requests.filter((url) => !url.startsWith('data:')), [`file://${copy}`]);
  assert.deepEqual(reader.problems.filter((problem) => !problem.includes('file://')), []);
});
