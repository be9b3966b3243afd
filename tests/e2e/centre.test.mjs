// A committee with nothing but a browser, from the first run to a cancelled election: set-up, second factor, accounts, draft,
// roll, people and devices, and the steps that one member proposes and another approves. Codes alone are made by the registrar's program.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeWorkbook from 'write-excel-file/node';
import { at, desktop, launch, logIn, person, phone } from './browser.mjs';
import { decoded } from './qr.mjs';
import { assertFaultless } from './quality.mjs';
import { Service } from './service.mjs';

const password = 'kata sandi yang panjang';
const staff = { sari: 'committee', budi: 'committee', 'tata.usaha': 'registrar', rina: 'officer', agus: 'supervisor' };
const minute = 60000;
// The smallest picture there is.
const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
let service, browser, admin, sari, budi, uuid;

before(async () => {
  service = await Service.start(['--empty']);
  browser = await launch();
  [admin, sari, budi] = [await person(browser, desktop, { sharp: true }), await person(browser, desktop), await person(browser, phone)];
});

after(() => Service.end(service, browser));

const fill = async (page, fields) => {
  for (const [id, value] of Object.entries(fields)) await at(page, id).fill(value);
};
const press = async (page, ...testids) => {
  for (const testid of testids) await at(page, testid).click();
};
const shown = (page, testid) => at(page, testid).waitFor();
const phase = (page, name) => page.locator(`[data-testid="current-stage"][data-phase="${name}"]`).waitFor();
const local = (ms) => new Date(Date.now() + ms + 7 * 60 * minute).toISOString().slice(0, 16);

// RFC 6238, written a second time.
function codeOf(secret, steps = 0) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret.replace(/=/g, '')].map((c) => letters.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + steps));
  const mac = createHmac('sha1', key).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1000000).padStart(6, '0');
}

test('the first run makes an administrator, once, by the token alone', async () => {
  const token = (await readFile(join(service.dataDir, 'suara/keys/setup.token'), 'utf8')).trim();
  await admin.goto(`${service.url}/setup#${token}`);
  await fill(admin, { login: 'admin', password, 'password-again': password });
  await press(admin, 'set-up');
  await shown(admin, 'set-up-done');
  assert.ok(!admin.url().includes(token), 'the token is not left in the address');
  await admin.goto(`${service.url}/setup`);
  await shown(admin, 'set-up-over');
  assert.deepEqual(admin.problems, []);
});

test('a second factor is asked for once it is on', async () => {
  await admin.goto(`${service.url}/account`);
  await press(admin, 'turn-on-factor');
  const secret = await at(admin, 'factor-secret').getAttribute('data-secret');
  const scanned = new URL(await decoded(at(admin, 'factor-qr')));
  assert.equal(`${scanned.protocol}//${scanned.host}${scanned.pathname}`, 'otpauth://totp/Suara:admin');
  assert.deepEqual(Object.fromEntries(scanned.searchParams), { secret, issuer: 'Suara', algorithm: 'SHA1', digits: '6', period: '30' });
  await fill(admin, { 'factor-code': codeOf(secret) });
  await press(admin, 'confirm-factor');
  await shown(admin, 'factor-on');
  await press(admin, 'log-out');
  await logIn(admin, service.url, '/committee', { login: 'admin', password });
  await shown(admin, 'code');
  await fill(admin, { code: codeOf(secret, 1) });
  await press(admin, 'log-in');
  await shown(admin, 'new-election');
});

test('the administrator gives everyone an account', async () => {
  await press(admin, 'tab-people', 'add-account-offer');
  for (const [login, role] of Object.entries(staff)) {
    await fill(admin, { 'account-login': login, 'account-password': password, 'account-password-again': password });
    await at(admin, 'account-role').selectOption(role);
    await press(admin, 'add-account');
    await shown(admin, `account-${login}`);
  }
  for (const offer of ['reset-account', 'remove-account']) await at(admin, offer).first().click(); // of one, then of another
  await press(admin, 'reset-do', 'add-account');
  await at(admin, 'error-summary').nth(1).waitFor();
  await assertFaultless(admin, 'accounts, with every form of theirs');
});

test('a member drafts the election step by step, and revises it', async () => {
  await logIn(sari, service.url, '/committee', { login: 'sari', password });
  await press(sari, 'new-election', 'next-step');
  await shown(sari, 'error-summary');
  await assertFaultless(sari, 'a draft without a name');
  await fill(sari, { 'draft-name': 'Pemilihan Ketua OSIS', 'draft-administrator': 'Panitia', 'draft-authority': 'Tata Usaha' });
  await press(sari, 'next-step');
  await fill(sari, { 'question-0': 'Pilih satu pasangan', 'candidate-0-0-name': 'Aditya', 'candidate-0-0-deputy': 'Putri' });
  await fill(sari, { 'candidate-0-1-name': 'Nabila', 'candidate-0-1-deputy': 'Yohanes' });
  await at(sari, 'candidate-0-0-photo-file').setInputFiles({ name: 'foto.png', mimeType: 'image/png', buffer: picture });
  await shown(sari, 'candidate-0-0-picture');
  await assertFaultless(sari, 'questions of a draft');
  await press(sari, 'next-step', 'add-place');
  await assertFaultless(sari, 'places of a draft');
  await press(sari, 'next-step', 'draft-scheduled');
  await fill(sari, { 'draft-opens': local(-minute), 'draft-closes': local(60 * minute) });
  await assertFaultless(sari, 'schedule of a draft');
  await press(sari, 'next-step', 'draft-verification-both', 'draft-tally-live', 'next-step');
  await assertFaultless(sari, 'review of a draft');
  await press(sari, 'save-draft');
  await phase(sari, 'draft');
  uuid = new URL(sari.url()).hash.slice(1);
  await press(sari, 'tab-draft');
  await fill(sari, { 'draft-description': 'Masa bakti 2026/2027' });
  await press(sari, 'step-review', 'save-draft');
  await phase(sari, 'draft');
  const { body } = await service.get(`/api/v1/elections/${uuid}`);
  assert.equal(body.description, 'Masa bakti 2026/2027');
  assert.equal(body.contests[0].candidates[0].name, 'Aditya & Putri');
  assert.match(body.contests[0].candidates[0].photo, /^[0-9a-f]{64}$/);
  assert.equal(await at(sari, 'checklist').getAttribute('data-missing'), '2');
});

test('a spreadsheet is read and its columns are named by hand', async () => {
  const rows = [['Nomor Peserta', 'Siapa', 'Rombel', 'Tempat'], ['0071', 'Ni Luh "Ayu" & Putra', 'XII-A', 'TPS 2'], [7002, 'Made', 'XII-A', 1], ['7003', 'Søren Ågård', 'XII-B', 'tps-2']];
  const workbook = await writeWorkbook([['Daftar peserta tambahan', null, null, null], ...rows]).toBuffer();
  await press(sari, 'tab-roll', 'import-roll');
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  await at(sari, 'roll-file').setInputFiles({ name: 'tambahan.xlsx', mimeType: type, buffer: workbook });
  await shown(sari, 'import-missing');
  await assertFaultless(sari, 'a list whose columns are named');
  for (const [column, label] of [['id', 'Nomor Peserta'], ['name', 'Siapa']]) await at(sari, `column-${column}`).selectOption({ label });
  const preview = await at(sari, 'import-preview').locator('tbody tr').evaluateAll((all) => all.map(({ cells }) => [...cells].map((cell) => cell.textContent)));
  assert.deepEqual(preview.map((cells) => cells.slice(0, 4)), [
    ['0071', 'Ni Luh "Ayu" & Putra', 'XII-A', 'tps-2'], ['7002', 'Made', 'XII-A', 'tps-1'], ['7003', 'Søren Ågård', 'XII-B', 'tps-2'],
  ]);
  await press(sari, 'import-check');
  await shown(sari, 'import-checked');
  await assertFaultless(sari, 'a list that was checked');
  assert.equal(await at(sari, 'roll-total').count(), 0, 'nothing is imported by the check');
  await press(sari, 'import-do');
  await sari.locator('[data-testid="roll-total"][data-count="3"]').waitFor();
  await fill(sari, { 'roll-search': '0071' });
  await shown(sari, 'voter-0071');
  assert.match(await at(sari, 'voter-0071').textContent(), /Ni Luh "Ayu" & Putra/);
  await fill(sari, { 'roll-search': '' });
});

test('a school’s own list becomes the roll, and one voter of it is moved', async () => {
  const rows = Array.from({ length: 60 }, (_, i) => `${i + 1};${1000 + i};Siswa ${i};X-${'ABC'[i % 3]}`);
  const list = `DAFTAR SISWA\n\nNo;NISN;Nama Lengkap;Rombel\n${rows.join('\n')}\n`;
  await press(sari, 'tab-roll', 'import-roll');
  await at(sari, 'roll-file').setInputFiles({ name: 'siswa.csv', mimeType: 'text/csv', buffer: Buffer.from(list) });
  await shown(sari, 'import-preview');
  await shown(sari, 'import-faults');
  await assertFaultless(sari, 'a list whose voters have no place yet');
  for (const i of [0, 1, 2]) await at(sari, `place-value-${i}`).selectOption(`tps-${(i % 2) + 1}`);
  await press(sari, 'import-check', 'import-do');
  await sari.locator('[data-testid="roll-total"][data-count="63"]').waitFor();
  await fill(sari, { 'roll-search': '1007' });
  await sari.locator('[data-testid="roll-total"][data-count="1"]').waitFor();
  await press(sari, 'change-1007', 'voter-remove-offer');
  await assertFaultless(sari, 'a voter to be corrected or removed');
  await at(sari, 'voter-place').selectOption('tps-1');
  await fill(sari, { 'voter-reason': 'Pindah kelas' });
  await press(sari, 'voter-correct');
  await shown(sari, 'roll-done');
  await press(sari, 'add-voter', 'voter-add');
  await shown(sari, 'error-summary');
  await assertFaultless(sari, 'a voter to be added, with faults');
  await press(sari, 'voter-add-cancel');
  const registrar = { login: 'tata.usaha', password };
  await service.suara(registrar, 'credentials', 'generate', uuid, '--out', join(service.dataDir, 'kartu'));
  await press(sari, 'tab-overview');
  await sari.locator('[data-testid="checklist"][data-missing="0"]').waitFor();
});

test('an officer is appointed and a device takes its code', async () => {
  await press(sari, 'tab-people', 'appoint-offer');
  await fill(sari, { 'official-login': 'rina' });
  await at(sari, 'official-role').selectOption('officer');
  await press(sari, 'appoint');
  await shown(sari, 'official-rina-officer-tps-1');
  await press(sari, 'enrol-offer');
  await fill(sari, { 'device-name': 'Bilik 1' });
  await press(sari, 'enrol-device');
  const code = await at(sari, 'device-code-shown').getAttribute('data-code');
  await press(sari, 'appoint-offer');
  for (const offer of ['revoke-official', 'revoke-device']) await at(sari, offer).first().click();
  await assertFaultless(sari, 'officers and devices, with every form of theirs');
  await press(sari, 'revoke-do-cancel', 'revoke-device-do-cancel'); // a device is not followed while a form of its list is open
  const kiosk = await person(browser, phone);
  const claimed = await kiosk.request.post(`${service.url}/api/v1/device`, { data: { code } });
  assert.equal(claimed.status(), 200);
  await sari.locator('[data-testid^="device-"][data-state="claimed"]').waitFor();
});

test('what one member proposes another approves, and each sees the other’s step at once', async () => {
  const state = (page, step, name) => page.locator(`[data-testid="proposal-${step}"][data-state="${name}"]`).waitFor();
  // What is proposed while a page asks, part by part, how things stand is missed by none of them.
  const signal = () => {
    let give;
    const given = new Promise((resolve) => (give = resolve));
    return { given, give };
  };
  const [asked, proposed] = [signal(), signal()];
  const once = { times: 1 };
  await budi.route(`**/api/v1/elections/${uuid}/proposals`, async (route) => {
    const response = await route.fetch();
    asked.give();
    await proposed.given;
    await route.fulfill({ response });
  }, once);
  await budi.route(`**/api/v1/elections/${uuid}`, async (route) => {
    await proposed.given;
    await route.continue();
  }, once);
  await logIn(budi, service.url, '/committee', { login: 'budi', password });
  await asked.given;
  await press(sari, 'tab-overview', 'propose-seal', 'send-proposal');
  await state(sari, 'seal', 'own');
  proposed.give();
  await state(budi, 'seal', 'approve');
  await assertFaultless(sari, 'a proposal of one’s own');
  await assertFaultless(budi, 'another’s proposal');
  await press(budi, 'approve-seal');
  // The time of the schedule has come already, so it is opened as soon as it is sealed.
  for (const page of [sari, budi]) await phase(page, 'open');
  await shown(sari, 'ballots');
  // What becomes known while a button is held down does not take the click from it.
  await at(sari, 'extend').hover();
  await sari.mouse.down();
  await service.suara({ login: 'budi', password }, 'incident', 'note', uuid, 'Antrean sampai ke gerbang');
  await sari.locator('[data-testid="feed"] [data-type="IncidentNoted"]').waitFor();
  await at(sari, 'extend').hover(); // the news has moved it
  await sari.mouse.up();
  await fill(sari, { 'extend-to': local(120 * minute), 'extend-reason': 'Antrean panjang' });
  await assertFaultless(sari, 'an extension');
  await press(sari, 'send-extension', 'propose-cancel');
  await fill(sari, { 'step-reason': 'Kebakaran di lab' });
  await assertFaultless(sari, 'a cancellation to be proposed');
  await press(sari, 'send-proposal');
  await state(budi, 'cancel', 'approve');
  await press(budi, 'withdraw-cancel');
  await shown(sari, 'propose-cancel');
  await press(sari, 'propose-cancel');
  await fill(sari, { 'step-reason': 'Kebakaran di lab; diulang pekan depan' });
  await press(sari, 'send-proposal');
  await state(budi, 'cancel', 'approve');
  await press(budi, 'approve-cancel');
  for (const page of [sari, budi]) await phase(page, 'cancelled');
  await assertFaultless(sari, 'committee of a cancelled election');
  for (const page of [sari, budi]) assert.deepEqual(page.problems, []);
});

test('everybody is told of the cancellation, and why', async () => {
  const voter = await person(browser, phone);
  await voter.goto(`${service.url}/elections/${uuid}`);
  assert.match(await at(voter, 'cancel-reason').textContent(), /Kebakaran di lab; diulang pekan depan/);
  await assertFaultless(voter, 'portal of a cancelled election');
  await voter.goto(`${service.url}/vote/${uuid}`);
  await shown(voter, 'not-open');
  await assertFaultless(voter, 'ballot of a cancelled election');
  assert.deepEqual(voter.problems, []);
});

test('a supervisor sees it all and is offered nothing', async () => {
  const agus = await person(browser, desktop);
  await logIn(agus, service.url, `/committee#${uuid}`, { login: 'agus', password });
  await shown(agus, 'read-only');
  assert.equal(await agus.locator('[data-testid^="propose-"], [data-testid^="action-"], [data-testid^="tab-"]').count(), 0);
  assert.deepEqual(agus.problems, []);
});
