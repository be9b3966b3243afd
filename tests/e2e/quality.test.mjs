// The quality of every page in its main states: what axe-core finds against WCAG 2.2 AA, 400 % zoom, a vote by keyboard
// alone, what the ballot page loads. An election of one's own goes through all its phases for it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { at, castReviewed, chooseAndReview, desktop, enter, launch, logIn, person, phone } from './browser.mjs';
import { faultsOf, tabTo, wallFaults } from './quality.mjs';
import { Service, root, until } from './service.mjs';
import { indonesianOn, isIndonesian } from './words.mjs';

const password = 'kata sandi yang panjang sekali';
const roles = { ani: 'committee', omar: 'officer', sita: 'supervisor', tari: 'trustee' };
const member = (login) => ({ login, password });
const maxFirstLoad = 400_000;

let service, browser, work, uuid, codes;
const pages = [];

const suara = (login, ...args) => service.suara(member(login), ...args);
const state = (page, testid, name, value) => page.locator(`[data-testid="${testid}"][data-${name}="${value}"]`).waitFor({ timeout: 30000 });

async function windowOf(viewport = desktop) {
  const page = await person(browser, viewport);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  pages.push(page);
  return page;
}

// Visits addresses one after the other; what is wrong with any of them fails the test at its end.
class Visit {
  faults = [];

  constructor(page) {
    this.page = page;
  }

  async look(name) {
    this.faults.push(...(await faultsOf(this.page, name)));
  }

  async see(address, name, ready = 'h1') {
    await this.page.goto(service.url + address);
    await this.page.locator(ready).first().waitFor();
    await this.look(name);
  }

  // A wall that is read from afar.
  async wall(name) {
    this.faults.push(...(await wallFaults(this.page, name)));
  }

  // A page that stands in English.
  async read(name) {
    assert.equal(await this.page.locator('html').getAttribute('lang'), 'en', name);
    this.faults.push(...(await indonesianOn(this.page)).map((text) => `${name} in English: ${text}`));
  }

  done() {
    assert.deepEqual(this.faults, []);
    for (const page of pages) assert.deepEqual(page.problems, []);
  }
}

async function visiting(body, viewport) {
  const visit = new Visit(await windowOf(viewport));
  await body(visit, visit.page);
  visit.done();
}

before(async () => {
  service = await Service.start(['--empty']);
  browser = await launch();
  work = join(service.dataDir, 'work');
  await mkdir(work);
});

after(() => Service.end(service, browser));

test('the first administrator', async () => {
  const token = (await readFile(join(service.dataDir, 'suara/keys/setup.token'), 'utf8')).trim();
  await visiting(async (visit) => {
    await visit.see('/', 'portal without elections');
    await visit.see(`/setup#${token}`, 'setup');
  });
  await service.setUp('eka', password);
});

test('an election is drafted', async () => {
  const file = join(work, 'password');
  await writeFile(file, password, { mode: 0o600 });
  for (const [login, role] of Object.entries(roles)) await suara('eka', 'user', 'add', login, '--role', role, '--new-password-file', file);
  const draft = JSON.parse(await readFile(join(root, 'tools/sample/election.json'), 'utf8'));
  Object.assign(draft.policies, { approval: 'single', min_batch: 2, verification: 'both' });
  draft.contests.push({ ...draft.contests[0], question: 'Siapa yang menjadi bendahara?', blank: true, min: 0, max: 2 });
  await writeFile(join(work, 'draft.json'), JSON.stringify(draft));
  const voters = Array.from({ length: 6 }, (_, n) => `${n},Siswa ${n},X-A,tps-1`);
  await writeFile(join(work, 'roll.csv'), `id,name,class,place\n${voters.join('\n')}\n`);
  ({ uuid } = await suara('ani', 'election', 'draft', join(work, 'draft.json')));
  await suara('ani', 'official', 'appoint', uuid, 'omar', 'officer', '--place', 'tps-1');
  await suara('ani', 'roll', 'import', uuid, join(work, 'roll.csv'));
  await visiting(async (visit, page) => {
    await visit.see('/committee', 'committee log-in', '[data-testid="log-in"]');
    await logIn(page, service.url, `/committee#${uuid}`, member('ani'));
    await at(page, 'current-stage').waitFor();
    await visit.look('committee before the sealing');
    for (const section of ['draft', 'roll', 'credentials', 'people']) {
      await at(page, `tab-${section}`).click();
      await at(page, `section-${section}`).waitFor();
      await visit.look(`committee ${section}`);
    }
    page.on('dialog', (dialog) => dialog.accept()); // what is not saved may be left
    await at(page, 'tab-draft').click();
    await at(page, 'step-policies').click();
    await at(page, 'draft-watched-witnesses').click();
    await at(page, 'draft-witness-keys').waitFor();
    await visit.look('committee draft with witnesses');
    await at(page, 'new-election').click();
    await page.locator('[data-testid="section-draft"] :is(input, textarea)').first().waitFor();
    await visit.look('committee with a new election');
    await visit.see(`/trustee#${uuid}`, 'trustee in the draft');
    await visit.see('/account', 'account');
    await at(page, 'sessions').waitFor();
    await at(page, 'turn-on-factor').click();
    await at(page, 'factor-qr').waitFor();
    await visit.look('account with a second factor offered');
    await at(page, 'factor-code').fill('12');
    await at(page, 'confirm-factor').click();
    await at(page, 'error-summary').waitFor();
    await visit.look('account with a wrong code of the second factor');
    await visit.see(`/elections/${uuid}`, 'portal of a draft');
  });
});

test('log-ins', async () => {
  const logIns = { '/account': 'account', [`/officer#${uuid}`]: 'officer', [`/trustee#${uuid}`]: 'trustee', [`/print/${uuid}/roll`]: 'roll' };
  await visiting(async (visit, page) => {
    for (const [address, name] of Object.entries(logIns)) await visit.see(address, `${name} log-in`, '[data-testid="log-in"]');
    await at(page, 'login').fill('ani');
    await at(page, 'password').fill('bukan kata sandinya');
    await at(page, 'log-in').click();
    await at(page, 'error-summary').waitFor();
    await visit.look('a log-in that is refused');
  });
});

test('a key ceremony', async () => {
  const draft = JSON.parse(await readFile(join(work, 'draft.json'), 'utf8'));
  Object.assign(draft, { name: 'Pemilihan dengan wali kunci', threshold: { needed: 2, trustees: 2 } });
  draft.policies.tally = 'sealed';
  await writeFile(join(work, 'group.json'), JSON.stringify(draft));
  const { uuid: group } = await suara('ani', 'election', 'draft', join(work, 'group.json'));
  await visiting(async (visit, page) => {
    await logIn(page, service.url, `/trustee#${group}`, member('tari'));
    await at(page, 'ceremony').waitFor();
    await visit.look('trustee before a key');
    const download = page.waitForEvent('download');
    await at(page, 'make-key-threshold').click();
    await (await download).saveAs(join(work, 'tari.key'));
    await at(page, 'key-saved').waitFor();
    await visit.look('trustee with a key made');
    await at(page, 'key-file').setInputFiles(join(work, 'tari.key'));
    await at(page, 'do-task').waitFor();
    await visit.look('trustee with something to do');
    await at(page, 'do-task').click();
    await at(page, 'task-done').waitFor();
    await visit.look('trustee who has done it');
  });
});

test('an election is open', async () => {
  await suara('ani', 'credentials', 'generate', uuid, '--out', join(work, 'cards'));
  const cards = await Service.credentials(join(work, 'cards/credentials.csv'));
  codes = cards.map(({ code }) => code);
  const [{ public_key: publicKey }] = cards;
  await suara('ani', 'election', 'seal', uuid);
  await suara('ani', 'election', 'open', uuid);
  await visiting(async (visit) => {
    await visit.see('/', 'portal');
    await visit.see(`/elections/${uuid}`, 'portal of an open election');
    await visit.see(`/verify-help`, 'how to check');
    await visit.see(`/projector/${uuid}`, 'projector');
    await at(visit.page, 'hall-places').locator('li').first().waitFor();
    await visit.wall('projector');
    await visit.see('/kiosk', 'kiosk without a place');
    await visit.see('/receipt', 'receipts');
    await visit.see(`/board/${uuid}`, 'bulletin board without ballots', '[data-testid="board-range"]');
    await visit.see(`/print/${uuid}/candidates`, 'print candidates', '[data-testid="paper"]');
  });
  await visiting(async (visit, page) => {
    await logIn(page, service.url, `/committee#${uuid}/credentials`, member('ani'));
    await at(page, 'asked-credential').fill(publicKey);
    await at(page, 'ask-credential').click();
    await at(page, 'credential-state').waitFor();
    await visit.look('committee credentials that were made');
    for (const paper of ['roll', 'attendance']) await visit.see(`/print/${uuid}/${paper}`, `print ${paper}`, `[data-testid="paper"][data-paper="${paper}"] table`);
  });
});

test('the pages that everybody reads, in English', async () => {
  await visiting(async (visit, page) => {
    for (const address of ['/', `/elections/${uuid}`, `/board/${uuid}`, '/receipt', `/vote/${uuid}`]) {
      const read = async (language) => {
        await page.goto(`${service.url}${address}?lang=${language}`);
        await page.locator('h1').first().waitFor();
        assert.equal(await page.locator('html').getAttribute('lang'), language);
        return (await page.locator('main').innerText()).replace(/\s+/g, ' ');
      };
      const indonesian = await read('id');
      assert.notEqual(await read('en'), indonesian, address);
      await visit.look(`${address} in English`);
    }
  }, phone);
});

// As someone who has chosen English before.
const choosesEnglish = (page) => page.addInitScript(() => location.protocol === 'http:' && localStorage.setItem('suara.language', 'en'));

// Reads each address in English, logged in where a login is given; each is ready once the element of the second is there.
async function inEnglish(addresses, login) {
  await visiting(async (visit, page) => {
    await choosesEnglish(page);
    if (login) {
      await logIn(page, service.url, '/account', member(login));
      await at(page, 'sessions').waitFor();
    }
    for (const [address, ready] of Object.entries(addresses)) {
      await page.goto('about:blank'); // another fragment alone would load nothing
      await page.goto(service.url + address);
      await page.locator(ready === 'h1' ? ready : `[data-testid="${ready}"]`).first().waitFor();
      await visit.read(address);
    }
  });
}

test('no page that is read in English says anything in Indonesian', async () => {
  assert.ok(['Buku besar utuh: 1.482 entri, 0 cacat', 'Daftar hadir', '3 dari 6 pemilih dimuat…'].every(isIndonesian));
  assert.ok(!['Attendance list', 'Suara', 'Siswa 3'].some(isIndonesian));
  await inEnglish({
    '/': 'elections', [`/elections/${uuid}`]: 'candidates', [`/vote/${uuid}`]: 'code', [`/board/${uuid}`]: 'board-range', '/receipt': 'receipt-file',
    '/check': 'opening-file', '/kiosk': 'device-code', [`/verify-help#${uuid}`]: 'command-verify', [`/projector/${uuid}`]: 'hall-places',
    [`/supervisor#${uuid}`]: 'verify', [`/supervisor#${uuid}/notes`]: 'no-notes', [`/supervisor#${uuid}/people`]: 'people-log-in', [`/print/${uuid}/candidates`]: 'paper', [`/print/${uuid}/minutes`]: 'too-early',
    '/setup': 'set-up-over', '/account': 'log-in', '/committee': 'log-in', [`/officer#${uuid}`]: 'log-in', [`/trustee#${uuid}`]: 'h1',
  });
  const section = (name) => [`/committee#${uuid}/${name}`, `section-${name}`];
  await inEnglish({
    '/account': 'sessions', [`/committee#${uuid}`]: 'ballots', ...Object.fromEntries(['roll', 'credentials', 'people'].map(section)), '/committee#/new': 'section-draft',
    [`/supervisor#${uuid}/live`]: 'feed', [`/supervisor#${uuid}/people`]: 'roll-seen', [`/print/${uuid}/roll`]: 'paper', [`/print/${uuid}/attendance`]: 'paper',
  }, 'ani');
  await visiting(async (visit, page) => {
    await choosesEnglish(page);
    await chooseAndReview(page, service.url, uuid, codes[2], [2, 'blank'], (name) => visit.read(`ballot ${name}`));
  }, phone);
  await inEnglish({ '/committee#/people': 'accounts' }, 'eka');
  await inEnglish({ [`/officer#${uuid}`]: 'search' }, 'omar');
  await inEnglish({ [`/trustee#${uuid}`]: 'h1' }, 'tari');
});

test('the first load of the ballot page', async (t) => {
  const page = await windowOf(phone);
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.goto(`${service.url}/vote/${uuid}`, { waitUntil: 'commit' });
  await at(page, 'code').waitFor();
  const usable = await page.evaluate(() => Math.round(performance.now()));
  await page.waitForLoadState('networkidle');
  const loaded = await page.evaluate(() =>
    [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].map(({ name, transferSize }) => [name, transferSize]),
  );
  const bytes = loaded.reduce((sum, [, size]) => sum + size, 0);
  t.diagnostic(`usable after ${usable} ms on a processor slowed 4 times; ${loaded.length} answers of ${bytes} bytes`);
  assert.ok(loaded.some(([name]) => /vote-worker/.test(name)), 'the worker is among them');
  assert.ok(bytes > 0 && bytes < maxFirstLoad, `${bytes} bytes`);
  assert.deepEqual(page.problems, []);
});

test('a whole vote by keyboard alone', async () => {
  const page = await windowOf(desktop);
  await page.goto(`${service.url}/vote/${uuid}`);
  await at(page, 'code').waitFor();
  await tabTo(page, '[data-testid="code"]');
  await page.keyboard.type(codes[0]);
  await page.keyboard.press('Enter');
  await at(page, 'question-0').waitFor();
  await tabTo(page, '[data-testid="question-0"] input');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await tabTo(page, '[data-testid="to-review"]');
  await page.keyboard.press('Enter');
  await at(page, 'question-1').waitFor();
  for (const number of [1, 3]) {
    await tabTo(page, `[data-testid="question-1"] #candidate-${number}`);
    await page.keyboard.press('Space');
  }
  await tabTo(page, '[data-testid="to-review"]');
  await page.keyboard.press('Enter');
  await state(page, 'sealed', 'state', 'sealed');
  const names = await page.getByTestId('review-choice').allTextContents();
  assert.equal(names.length, 3);
  await tabTo(page, '[data-testid="cast"]');
  await page.keyboard.press('Enter');
  await at(page, 'tracker').waitFor({ timeout: 30000 });
  await state(page, 'inclusion', 'state', 'included');
  assert.deepEqual(page.problems, []);
});

test('the ballot', async () => {
  await visiting(async (visit, page) => {
    await visit.see(`/vote/${uuid}`, 'ballot sign-in', '[data-testid="code"]');
    await at(page, 'code').fill('AAAA');
    await at(page, 'sign-in').click();
    await at(page, 'code-error').waitFor();
    await visit.look('ballot wrong code');
    await chooseAndReview(page, service.url, uuid, codes[1], [2, 'blank'], async (name) => {
      await page.evaluate(() => document.querySelectorAll('details').forEach((each) => (each.open = true)));
      if (name.startsWith('choose')) await visit.look(`ballot ${name}`);
    });
    await visit.look('ballot review');
    await page.locator('details:has([data-testid="challenge"])').evaluateAll((all) => all.forEach((each) => (each.open = true)));
    await at(page, 'challenge').click();
    await at(page, 'challenged').waitFor({ timeout: 30000 });
    await visit.look('ballot challenged');
    const download = page.waitForEvent('download');
    await at(page, 'save-opening').click();
    await (await download).saveAs(join(work, 'opening.json'));
    await chooseAndReview(page, service.url, uuid, codes[1], [2, [1, 3]]);
    await castReviewed(page);
    await state(page, 'inclusion', 'state', 'included');
    await visit.look('ballot receipt');
    const receipt = page.waitForEvent('download');
    await at(page, 'save-proof').click();
    await (await receipt).saveAs(join(work, 'bukti.tlog-proof'));
    await visit.see('/receipt', 'receipts on a phone');
    await at(page, 'receipt-file').setInputFiles(join(work, 'bukti.tlog-proof'));
    await state(page, 'receipt-verdict', 'verdict', 'valid');
    await state(page, 'receipt-status', 'state', 'counted');
    await visit.look('a receipt that is genuine');
    const tracker = await at(page, 'receipt-tracker').textContent();
    await page.getByText(/^(Tempel isi berkas|Paste)/).click();
    await at(page, 'receipt-text').fill((await readFile(join(work, 'bukti.tlog-proof'), 'utf8')).replace('index ', 'index 1'));
    await at(page, 'check-text').click();
    await state(page, 'receipt-verdict', 'verdict', 'forged');
    await visit.look('a receipt that is forged');
    await visit.see(`/board/${uuid}#${encodeURIComponent(tracker.slice(0, 8))}`, 'bulletin board', '[data-testid="tracker-entry"]');
    await at(page, 'tracker-entry').click();
    await state(page, 'inclusion', 'state', 'included');
    await visit.look('an entry of the bulletin board');
    await visit.see('/check', 'check');
    await at(page, 'opening-file').setInputFiles(join(work, 'opening.json'));
    await state(page, 'check-verdict', 'verdict', 'right');
    await visit.look('check of a challenged ballot');
  }, phone);
});

test('a booth, an officer, the committee and a supervisor while people vote', async () => {
  const { code } = await suara('ani', 'device', 'enrol', uuid, '--place', 'tps-1', '--name', 'Bilik 1');
  await visiting(async (visit, page) => {
    await page.goto(`${service.url}/kiosk`);
    await at(page, 'device-code').fill(code);
    await at(page, 'claim').click();
    await at(page, 'kiosk-place').waitFor();
    await visit.look('kiosk of a place');
    await visit.see(`/vote/${uuid}?kiosk=1`, 'ballot in a booth', '[data-testid="code"]');
  });
  await visiting(async (visit, page) => {
    await logIn(page, service.url, `/officer#${uuid}`, member('omar'));
    await at(page, 'search').fill('Siswa 2');
    await at(page, 'voter-2').waitFor();
    await visit.look('officer who searches');
    await at(page, 'voter-2').click();
    await at(page, 'voter').waitFor();
    await visit.look('officer with a voter');
  });
  await visiting(async (visit, page) => {
    await logIn(page, service.url, `/committee#${uuid}`, member('ani'));
    await at(page, 'ballots').waitFor();
    await visit.look('committee while people vote');
    await page.goto(`${service.url}/supervisor#${uuid}`);
    await at(page, 'verify').click();
    await state(page, 'verdict', 'verdict', 'intact');
    await visit.look('supervisor with a verdict');
  });
  await suara('sita', 'incident', 'note', uuid, 'Antrean panjang.', '--entry', '3');
  await visiting(async (visit, page) => {
    await visit.see(`/supervisor#${uuid}/people`, 'people and devices before a log-in', '[data-testid="people-log-in"]');
    await at(page, 'tab-notes').click();
    await at(page, 'note-log-in').click();
    await enter(page, member('sita'));
    await at(page, 'note').waitFor();
    await at(page, 'notes').waitFor();
    await visit.look('supervisor with a note');
    await at(page, 'tab-live').click();
    await at(page, 'ballots').waitFor();
    await visit.look('supervisor while people vote');
    await at(page, 'tab-people').click();
    await at(page, 'roll-seen').waitFor();
    await visit.look('supervisor who sees people and devices');
  });
});

test('the result', async () => {
  await suara('ani', 'election', 'close', uuid);
  const decrypted = async () => (await service.get(`/api/v1/elections/${uuid}`)).body.trustees.decrypted.length;
  await until('the tally is decrypted', decrypted);
  await suara('ani', 'tally', 'publish', uuid);
  await suara('ani', 'result', 'certify', uuid);
  await visiting(async (visit, page) => {
    await visit.see(`/elections/${uuid}`, 'portal with a result', '[data-testid="count-1"]');
    await visit.see(`/verify-help#${uuid}`, 'how to check an election');
    await visit.see(`/projector/${uuid}`, 'projector with a result', '[data-testid="count-1"]');
    await visit.wall('projector with a result');
    assert.match(await at(page, 'hall-question').textContent(), /Pertanyaan \d dari 2/, 'too much for one wall is shown in turn');
    await visit.see(`/print/${uuid}/minutes`, 'print minutes');
    await logIn(page, service.url, `/committee#${uuid}`, member('ani'));
    await state(page, 'current-stage', 'phase', 'certified');
    await visit.look('committee of a certified election');
  });
  await inEnglish({ [`/elections/${uuid}`]: 'count-1', [`/print/${uuid}/minutes`]: 'minutes-checks', [`/projector/${uuid}`]: 'count-1' });
});

test('what is asked of pages is not met by every page', async () => {
  const page = await browser.newPage();
  await page.setContent('<main style="width: 900px"><p style="color: #bbb">Pucat</p><img src="data:," width="9"></main>');
  const faults = (await faultsOf(page, 'poor')).join('\n');
  for (const fault of [/color-contrast/, /image-alt/, /html-has-lang/, /px wide at 320 px/]) assert.match(faults, fault);
  const figures = [35, 80].map((size) => `<p class="figure-value" style="font-size: ${size}px">7</p>`).join('');
  await page.setContent(`<div class="hall-figures">${figures}</div><p style="height: 800px">Jauh di bawah</p>`);
  const far = (await wallFaults(page, 'wall')).join('\n');
  for (const fault of [/720: 7: 35 px, too small/, /720: 1280 by \d+ px are drawn/, /1080: 7: 35 px/]) assert.match(far, fault);
  await page.close();
});
