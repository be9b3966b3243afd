// A polling place's day: opened once each place has a device, an officer marks who has come by keyboard alone, a claimed booth
// takes the vote, the committee, the hall and the supervisor see it at once, and a spare code is put in a lost one's place.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { at, castReviewed, chooseAndReview, desktop, enter, launch, logIn, person, phone } from './browser.mjs';
import { decoded } from './qr.mjs';
import { assertFaultless, wallFaults } from './quality.mjs';
import { Service, root, until } from './service.mjs';

let service, browser, work, uuid, codes, admin, officer, booth;
const shots = process.env.SUARA_SCREENSHOTS;

// Every state of the day is without fault, and is kept as a picture where pictures are asked for.
async function look(page, name) {
  await assertFaultless(page, name);
  if (!shots) return;
  await mkdir(shots, { recursive: true });
  for (const width of [360, 1280]) {
    await page.setViewportSize(width === 360 ? phone : desktop);
    await page.screenshot({ path: join(shots, `${name}-${width}.png`), fullPage: true });
  }
}

before(async () => {
  service = await Service.start();
  browser = await launch();
  admin = await service.staff('administrator');
  work = join(service.dataDir, `polling-${Date.now()}`);
  await mkdir(work);
  officer = { login: `tono${Date.now() % 100000}`, password: 'kata sandi petugas yang panjang' };
  await writeFile(join(work, 'officer.password'), officer.password, { mode: 0o600 });
  await service.suara(admin, 'user', 'add', officer.login, '--role', 'officer', '--new-password-file', join(work, 'officer.password'));
  const draft = JSON.parse(await readFile(join(root, 'tools/sample/election.json'), 'utf8'));
  draft.name = 'Pemilihan di TPS';
  draft.places = [{ id: 'tps-1', name: 'TPS 1, Aula' }, { id: 'tps-2', name: 'TPS 2, Perpustakaan' }];
  Object.assign(draft.policies, { tally: 'live', verification: 'polling-place', approval: 'single', min_batch: 5 });
  await writeFile(join(work, 'draft.json'), JSON.stringify(draft));
  const names = ['Siti Nurhaliza', 'Sito Harjono', 'Budi Santoso', 'Agus Salim', 'Dewi Lestari', 'Rina Wati'];
  const rows = names.map((name, i) => `${5101 + i};${name};X-${1 + (i % 2)};tps-${i < 4 ? 1 : 2}`);
  await writeFile(join(work, 'roll.csv'), `id;name;class;place\n${rows.join('\n')}\n`);
  ({ uuid } = await service.suara(admin, 'election', 'draft', join(work, 'draft.json')));
  await service.suara(admin, 'roll', 'import', uuid, join(work, 'roll.csv'));
  await service.suara(admin, 'credentials', 'generate', uuid, '--out', join(work, 'cards'));
  codes = await Service.credentials(join(work, 'cards/envelopes.csv'));
  await service.suara(admin, 'official', 'appoint', uuid, officer.login, 'officer', '--place', 'tps-1');
  await until('the service has published its key', async () => (await service.get(`/api/v1/elections/${uuid}`)).body.trustees.keys.length === 1);
  await service.suara(admin, 'election', 'seal', uuid);
});

after(() => Service.end(service, browser));

const envelopeOf = (place) => codes.splice(codes.findIndex((row) => row.place === place), 1)[0];
const codeOf = (place) => envelopeOf(place).code;

test('the vote is opened once a device at each place has taken its code', async () => {
  const page = await person(browser, desktop);
  await logIn(page, service.url, `/committee#${uuid}/overview`, admin);
  const missing = (n) => page.locator(`[data-testid="checklist"][data-missing="${n}"]`).waitFor();
  await missing(1);
  assert.equal(await at(page, 'action-open').isDisabled(), true);
  await look(page, 'committee-no-device');
  const kiosks = [];
  for (const place of ['tps-1', 'tps-2']) {
    const { code } = await service.suara(admin, 'device', 'enrol', uuid, '--place', place, '--name', 'Bilik 1');
    assert.equal(await at(page, 'action-open').isDisabled(), true, 'a code that nobody has typed is no device');
    kiosks.push(await person(browser, phone));
    const claimed = await kiosks.at(-1).request.post(`${service.url}/api/v1/device`, { data: { code } });
    assert.equal(claimed.status(), 200);
  }
  await missing(0); // without being loaded anew
  await at(page, 'action-open').click();
  await look(page, 'committee-to-open');
  await at(page, 'confirm-action').click();
  await page.locator('[data-testid="current-stage"][data-phase="open"]').waitFor();
  assert.deepEqual(page.problems, []);
  for (const window of [page, ...kiosks]) await window.context().close();
});

test('an officer serves the queue by keyboard, and marks nobody twice', async () => {
  const page = await person(browser, desktop);
  await logIn(page, service.url, `/officer#${uuid}`, officer);
  await at(page, 'search').waitFor();
  assert.equal(await at(page, 'own-place').textContent(), 'TPS 1, Aula');
  const found = page.waitForResponse(/\/roll\?q=sit&/);
  await page.keyboard.type('sit');
  await found;
  await at(page, 'voter-5102').waitFor();
  await at(page, 'unsure').waitFor();
  await look(page, 'officer-search');
  await page.keyboard.press('Enter'); // takes nobody of several
  for (const id of ['5101', '5102']) {
    await page.keyboard.press('ArrowDown');
    await page.locator(`[data-testid="voter-${id}"][aria-selected="true"]`).waitFor();
  }
  await page.keyboard.press('Enter');
  await at(page, 'mark').waitFor();
  await look(page, 'officer-voter');
  await page.keyboard.press('Enter');
  await at(page, 'marked').waitFor();
  assert.equal(await at(page, 'delivery').getAttribute('data-delivery'), 'place');
  await look(page, 'officer-marked');
  const seq = await at(page, 'marked').getAttribute('data-seq');
  // The next voter's number is scanned at once from the attendance list; the scanner ends with Enter.
  const list = await person(browser, desktop, { sharp: true });
  await logIn(list, service.url, `/print/${uuid}/attendance`, officer);
  const scanned = await decoded(at(list, 'scan-5101'));
  await list.context().close();
  await page.keyboard.type(`${scanned}\n`);
  await at(page, 'mark').waitFor();
  assert.match(await at(page, 'voter').textContent(), /Siti Nurhaliza/);
  await page.keyboard.press('Enter');
  await at(page, 'marked').waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.type('5102\n');
  await at(page, 'already').waitFor();
  assert.equal(await at(page, 'already').getAttribute('data-seq'), seq);
  await look(page, 'officer-already');
  await page.keyboard.press('Escape');
  await page.keyboard.type('Rina\n');
  await at(page, 'nobody-found').waitFor(); // she votes elsewhere
  await look(page, 'officer-nobody');
  await page.keyboard.press('Escape');
  await page.keyboard.type('510\n'); // a part of everybody's number
  await at(page, 'unsure').waitFor();
  assert.equal(await at(page, 'voter').count(), 0);
  await page.keyboard.press('Escape');
  await at(page, 'search').fill(codes[0].code);
  await at(page, 'secret-note').waitFor();
  await look(page, 'officer-secret');
  assert.equal(await at(page, 'search').inputValue(), '');
  await until('the place shows who has come', async () => (await at(page, 'place-attended').getAttribute('data-count')) === '2');
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('an attendance whose answer is lost is asked for again and recorded once', async () => {
  const page = await person(browser, phone);
  await logIn(page, service.url, `/officer#${uuid}`, officer);
  await at(page, 'search').waitFor();
  let answer;
  const slow = new Promise((resolve) => (answer = resolve));
  await page.route(/\/attendance$/, async (route) => {
    await slow;
    await route.fetch();
    return route.abort();
  }, { times: 1 });
  await page.keyboard.type('Agus\n');
  await at(page, 'mark').click();
  await page.locator('[data-testid="next"]:disabled').waitFor(); // nobody else meanwhile
  await at(page, 'search').fill('Budi');
  await at(page, 'search').press('Enter');
  assert.match(await at(page, 'voter').textContent(), /Agus Salim/);
  answer();
  await at(page, 'attendance-unknown').waitFor();
  await look(page, 'officer-unknown');
  await at(page, 'mark').click();
  await at(page, 'marked').waitFor();
  assert.equal(await at(page, 'delivery').getAttribute('data-delivery'), 'place');
  await page.context().close();
});

test('a booth is claimed by its code and takes votes of its place alone', async () => {
  const page = (booth = await person(browser, phone));
  page.on('dialog', (dialog) => dialog.accept());
  await page.goto(`${service.url}/vote/${uuid}`);
  await at(page, 'elsewhere').waitFor();
  await look(page, 'vote-elsewhere');
  const { code } = await service.suara(admin, 'device', 'enrol', uuid, '--place', 'tps-1', '--name', 'Bilik 2');
  await page.goto(`${service.url}/kiosk`);
  await at(page, 'device-code').fill('aaaa-aaaa');
  await page.keyboard.press('Enter');
  await at(page, 'device-code-error').waitFor();
  await look(page, 'kiosk-claim');
  await at(page, 'device-code').fill(` ${code.slice(0, 4).toUpperCase()}-${code.slice(4)} `);
  await page.keyboard.press('Enter');
  await at(page, 'start').waitFor();
  assert.equal(await at(page, 'kiosk-place').textContent(), 'TPS 1, Aula');
  await look(page, 'kiosk-ready');
  await at(page, 'release').click();
  await look(page, 'kiosk-release');
  await page.reload();
  await at(page, 'start').click();
  await at(page, 'code').waitFor();
  assert.match(await at(page, 'booth').textContent(), /TPS 1, Aula · Bilik 2/);
  assert.equal(await page.locator('a[href]:not([href="#main"])').count(), 0, 'nothing leads off the booth’s page');
  await at(page, 'code').fill(codeOf('tps-2'));
  await at(page, 'sign-in').click();
  await at(page, 'error-summary').waitFor();
  await look(page, 'kiosk-other-place');
  await chooseAndReview(page, service.url, uuid, codeOf('tps-1'), [2], undefined, '?kiosk=1');
  await castReviewed(page);
  await look(page, 'kiosk-receipt');
  await at(page, 'kiosk-finish').click();
  await at(page, 'code').waitFor();
  assert.equal(await at(page, 'code').inputValue(), '');
});

test('the hall, the committee and the supervisor see the day, and the supervisor notes what happened', async (t) => {
  const hall = await person(browser, desktop);
  await hall.goto(`${service.url}/projector/${uuid}`);
  await until('the hall shows the vote', async () => (await at(hall, 'voted').getAttribute('data-count')) === '1');
  assert.equal(await at(hall, 'attended').getAttribute('data-count'), '3');
  await look(hall, 'projector');
  assert.deepEqual(await wallFaults(hall, 'the hall'), []);
  const supervisor = await person(browser, desktop);
  await logIn(supervisor, service.url, '/account', await service.staff('supervisor'));
  await at(supervisor, 'log-out').waitFor();
  await supervisor.goto(`${service.url}/supervisor#${uuid}/live`);
  await at(supervisor, 'feed').waitFor();
  const place = at(supervisor, 'place-tps-1').locator('[data-standing]');
  assert.equal(await place.getAttribute('data-standing'), 'waiting');
  assert.equal(await place.getAttribute('data-n'), '2');
  await at(supervisor, 'alerts-panel').waitFor();
  await look(supervisor, 'supervisor-live');
  assert.equal(await supervisor.locator('[data-testid^="action-"]').count(), 0, 'nothing to be changed');
  await at(supervisor, 'tab-people').click();
  await at(supervisor, 'officials').locator('[data-testid^="official-"]').first().waitFor();
  await at(supervisor, 'devices').locator('[data-state="claimed"]').first().waitFor();
  await at(supervisor, 'codes').waitFor();
  await at(supervisor, 'proposals-seen').waitFor();
  const writing = at(supervisor, 'section-people-seen').locator('button, input, select, form');
  assert.equal(await writing.count(), 0, 'seen, not changed');
  await look(supervisor, 'supervisor-people');
  await at(supervisor, 'tab-notes').click();
  await at(supervisor, 'note-text').fill('Listrik padam lima menit.');
  await at(supervisor, 'note-entries').fill('1, 2');
  const asked = Date.now();
  await at(supervisor, 'note').click();
  await at(supervisor, 'note-recorded').waitFor();
  await look(supervisor, 'supervisor-notes');
  const { body } = await service.get(`/api/v1/elections/${uuid}/incidents`);
  assert.deepEqual(body.incidents.map(({ text, entries }) => ({ text, entries })), [{ text: 'Listrik padam lima menit.', entries: [1, 2] }]);
  t.diagnostic(`the note took ${Date.now() - asked} ms`);
  await at(supervisor, 'tab-live').click();
  await supervisor.locator('[data-testid="feed"] [data-type="IncidentNoted"]').waitFor();

  // The network goes and comes: the hall says since when it is stale, and comes back by itself.
  await hall.context().setOffline(true);
  await at(hall, 'stale').waitFor({ timeout: 40000 });
  await look(hall, 'projector-stale');
  assert.deepEqual(await wallFaults(hall, 'the hall that is stale'), []);
  await hall.context().setOffline(false);
  await at(hall, 'stale').waitFor({ state: 'detached', timeout: 40000 });
  await hall.context().close();
  await supervisor.context().close();
});

test('the supervisor’s view of people and devices follows the day, and says where it cannot', async () => {
  const page = await person(browser, desktop);
  await page.goto(`${service.url}/supervisor#${uuid}/people`);
  await at(page, 'people-log-in').click();
  await enter(page, await service.staff('supervisor'));
  await at(page, 'roll-seen').waitFor();
  const serving = (place) => at(page, `official-${officer.login}-officer-${place}`);
  assert.match(await serving('tps-1').textContent(), /sejak .* WIB/);
  assert.equal(await at(page, 'former-officials').isVisible(), false);

  await service.suara(admin, 'official', 'appoint', uuid, officer.login, 'officer', '--place', 'tps-2');
  await serving('tps-2').waitFor();
  await service.suara(admin, 'official', 'revoke', uuid, officer.login, 'officer', '--place', 'tps-2', '--reason', 'Salah TPS');
  await at(page, `former-${officer.login}-officer-tps-2`).getByText('Salah TPS').waitFor();
  assert.equal(await serving('tps-2').count(), 0);
  const { device, code } = await service.suara(admin, 'device', 'enrol', uuid, '--place', 'tps-1', '--name', 'Bilik 3');
  const stands = (state) => page.locator(`[data-testid="device-${device}"][data-state="${state}"]`).waitFor();
  await stands('waiting');
  const kiosk = await person(browser, phone);
  assert.equal((await kiosk.request.post(`${service.url}/api/v1/device`, { data: { code } })).status(), 200);
  await stands('claimed');
  await kiosk.context().close();

  // What was seen stays where it cannot be asked for anew.
  await page.route(/\/devices$/, (route) => route.abort(), { times: 1 });
  await service.suara(admin, 'incident', 'note', uuid, 'Antrean panjang');
  await at(page, 'again').waitFor();
  await look(page, 'supervisor-people-failed');
  assert.ok(await serving('tps-1').isVisible());
  await at(page, 'again').click();
  await at(page, 'again').waitFor({ state: 'detached' });
  await page.context().setOffline(true);
  await at(page, 'stale').waitFor({ timeout: 40000 });
  assert.ok(await serving('tps-1').isVisible());
  for (const tab of ['live', 'people']) {
    await at(page, `tab-${tab}`).click();
    await at(page, 'stale').waitFor();
    await look(page, `supervisor-${tab}-stale`);
  }
  await page.context().setOffline(false);
  await at(page, 'stale').waitFor({ state: 'detached', timeout: 40000 });
  await serving('tps-1').waitFor();
  await at(page, 'again').waitFor({ state: 'detached' });
  assert.deepEqual(page.problems.filter((text) => !/Failed to load resource: net::ERR/.test(text)), []);
  await page.context().close();
});

test('a lost code is made void on the committee’s page, and the spare one votes in its place', async () => {
  const lost = envelopeOf('tps-1');
  const spare = (await Service.credentials(join(work, 'cards/reserve.csv'))).find(({ place }) => place === 'tps-1');
  const refused = async (code) => {
    await booth.goto(`${service.url}/vote/${uuid}?kiosk=1`);
    await at(booth, 'code').fill(code);
    await at(booth, 'sign-in').click();
    await at(booth, 'code-error').waitFor();
  };
  await refused(spare.code); // nobody's yet
  const page = await person(browser, desktop);
  await logIn(page, service.url, `/committee#${uuid}/credentials`, admin);
  const isIn = async ({ public_key }, state) => {
    await at(page, 'asked-credential').fill(public_key);
    await at(page, 'ask-credential').click();
    await page.locator(`[data-testid="credential-state"][data-state="${state}"]`).waitFor();
  };
  await isIn(lost, 'active');
  await at(page, 'lost-credential').fill(lost.public_key);
  await at(page, 'issued-credential').fill(spare.public_key);
  await at(page, 'replace-reason').fill('Amplop hilang di jalan');
  await at(page, 'replace-credential').click();
  await at(page, 'replaced').waitFor();
  await look(page, 'committee-replaced');
  await isIn(lost, 'replaced');
  await isIn(spare, 'active');

  await refused(lost.code);
  await chooseAndReview(booth, service.url, uuid, spare.code, [1], undefined, '?kiosk=1');
  await castReviewed(booth);
  // What has voted is replaced by nothing.
  await at(page, 'lost-credential').fill(spare.public_key);
  await at(page, 'issued-credential').fill(lost.public_key);
  await at(page, 'replace-reason').fill('Coba lagi');
  await at(page, 'replace-credential').click();
  await at(page, 'error-summary').waitFor();
  assert.deepEqual(page.problems.filter((text) => !/409|422/.test(text)), []);
  for (const window of [page, booth]) await window.context().close();
});
