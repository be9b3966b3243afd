// A school's election as people hold it, in real browsers: the first administrator is set up, the committee drafts,
// imports the roll, appoints officers and enrols booths; two members agree on each sensitive step; officers mark voters
// as present and hand out envelopes; the voters vote in the booths; the supervisor watches; papers are printed.
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { at, desktop, enter, logIn, person, phone, picture } from './browser.mjs';
import { Service, root, until } from './service.mjs';

// The whole of it and what fits in a test run.
export const sizes = {
  full: { voters: 1200, classes: 40, places: 4, booths: 6, officers: 3 },
  small: { voters: 14, classes: 4, places: 2, booths: 2, officers: 2 },
};

const candidates = ['Rani Wulandari & Galih Prakoso', 'Dimas Saputra & Ayu Lestari', 'Maria Tukan & Hendra Wijaya'];
const pairs = candidates.map((name) => name.split(' & '));

export class School {
  constructor(service, browser, size, shots) {
    Object.assign(this, { service, browser, size, shots, counts: candidates.map(() => 0), cast: 0 });
    this.places = Array.from({ length: size.places }, (_, i) => ({ id: `tps-${i + 1}`, name: `TPS ${i + 1}` }));
    this.voters = Array.from({ length: size.voters }, (_, i) => {
      const klass = Math.floor((i * size.classes) / size.voters);
      return {
        id: String(1001 + i),
        name: `Siswa ${String.fromCharCode(65 + (i % 26))}${i + 1}`,
        class: `Kelas ${String(klass + 1).padStart(2, '0')}`,
        place: this.places[Math.floor((klass * size.places) / size.classes)].id,
      };
    });
  }

  file(name) {
    return join(this.work, name);
  }

  async look(page, name) {
    if (this.shots) await picture(page, this.shots, name);
  }

  async paper(page, name) {
    if (this.shots) await page.pdf({ path: join(this.shots, `${name}.pdf`), preferCSSPageSize: true });
  }

  path(part = '') {
    return `/api/v1/elections/${this.uuid}${part}`;
  }

  async phase() {
    return (await this.service.get(this.path())).body.phase;
  }

  // --- before the day

  async setUp() {
    this.work = join(this.service.dataDir, 'work');
    await mkdir(this.work);
    const [, address] = /set up +(\S+)/.exec(this.service.output);
    const page = await person(this.browser, desktop);
    await page.goto(address);
    await at(page, 'login').waitFor();
    assert.ok(!page.url().includes('#'), 'the token does not stay in the address');
    await this.look(page, 'setup');
    this.admin = { login: 'kepala', password: 'kata sandi kepala sekolah' };
    await at(page, 'login').fill(this.admin.login);
    await at(page, 'password').fill(this.admin.password);
    await at(page, 'password-again').fill(this.admin.password);
    await at(page, 'set-up').click();
    await at(page, 'set-up-done').waitFor();
    assert.deepEqual(page.problems, []);
    await page.context().close();
  }

  // One account by the page, as the others would be; the others by command.
  async addStaff() {
    const roles = [['ani', 'committee'], ['budi', 'committee'], ['reni', 'registrar'], ['sari', 'supervisor'],
      ...Array.from({ length: this.size.officers }, (_, i) => [`petugas${i + 1}`, 'officer'])];
    this.staff = {};
    const page = await person(this.browser, desktop);
    await page.goto(`${this.service.url}/committee#/people`);
    await at(page, 'log-in').waitFor();
    await this.look(page, 'log-in');
    await enter(page, this.admin);
    for (const [i, [login, role]] of roles.entries()) {
      const member = { login, password: `kata sandi ${login} yang panjang` };
      this.staff[login] = member;
      if (i === 0) {
        await at(page, 'add-account-offer').click();
        await at(page, 'account-login').fill(login);
        await at(page, 'account-role').selectOption(role);
        await at(page, 'account-password').fill(member.password);
        await at(page, 'account-password-again').fill(member.password);
        await at(page, 'add-account').click();
        await at(page, `account-${login}`).waitFor();
        continue;
      }
      await writeFile(this.file(`${login}.password`), member.password, { mode: 0o600 });
      await this.service.suara(this.admin, 'user', 'add', login, '--role', role, '--new-password-file', this.file(`${login}.password`));
    }
    await page.reload();
    await at(page, 'account-budi').waitFor();
    await this.look(page, 'accounts');
    assert.deepEqual(page.problems, []);
    await page.context().close();
  }

  async draft() {
    const page = (this.ani = await person(this.browser, desktop));
    await logIn(page, this.service.url, '/committee#/new', this.staff.ani);
    await at(page, 'draft-name').fill('Pemilihan Ketua OSIS 2026/2027');
    await at(page, 'draft-description').fill('Setiap siswa memilih satu pasangan calon.');
    await at(page, 'draft-administrator').fill('Panitia Pemilihan OSIS');
    await at(page, 'draft-authority').fill('Petugas Daftar Pemilih');
    await this.look(page, 'wizard-about');
    await at(page, 'next-step').click();
    await at(page, 'question-0').fill('Siapa ketua dan wakil ketua OSIS pilihan Anda?');
    while ((await at(page, `candidate-0-${candidates.length - 1}-name`).count()) === 0) await at(page, 'question-0-add').click();
    for (const [i, [first, deputy]] of pairs.entries()) {
      await at(page, `candidate-0-${i}-name`).fill(first);
      await at(page, `candidate-0-${i}-deputy`).fill(deputy);
      await at(page, `candidate-0-${i}-vision`).fill('Sekolah yang mendengar dan bergerak bersama.');
      await at(page, `candidate-0-${i}-mission`).fill('Kotak usulan tiap minggu.\nLaporan keuangan tiap bulan.');
    }
    await at(page, 'candidate-0-0-photo-file').setInputFiles({ name: 'foto.png', mimeType: 'image/png', buffer: await photo(page) });
    await at(page, 'candidate-0-0-picture').waitFor();
    await this.look(page, 'wizard-questions');
    await at(page, 'next-step').click();
    for (const [i, place] of this.places.entries()) {
      if ((await at(page, `place-${i}-name`).count()) === 0) await at(page, 'add-place').click();
      await at(page, `place-${i}-name`).fill(place.name);
      await at(page, `place-${i}-id`).fill(place.id);
    }
    await this.look(page, 'wizard-places');
    await at(page, 'next-step').click();
    await this.look(page, 'wizard-schedule');
    await at(page, 'next-step').click();
    await at(page, 'draft-approval-two').check();
    await at(page, 'draft-verification-polling-place').check();
    await at(page, 'draft-revote-refused').check();
    await at(page, 'draft-tally-live').check();
    await at(page, 'draft-batch').fill('5');
    await this.look(page, 'wizard-policies');
    await at(page, 'next-step').click();
    await this.look(page, 'wizard-review');
    await at(page, 'save-draft').click();
    await at(page, 'current-stage').waitFor();
    [{ uuid: this.uuid }] = (await this.service.get('/api/v1/elections')).body.elections;
    await this.look(page, 'overview-draft');
  }

  async importRoll() {
    const { reni } = this.staff;
    const rows = this.voters.map((voter) => `${voter.id};${voter.name};${voter.class};${voter.place}`);
    await writeFile(this.file('pemilih.csv'), `\ufeffNIS;Nama Siswa;Rombel;TPS\r\n${rows.join('\r\n')}\r\n`);
    const page = await person(this.browser, desktop);
    await logIn(page, this.service.url, `/committee#${this.uuid}/roll`, reni);
    await at(page, 'roll-empty').waitFor();
    await at(page, 'import-roll').click();
    await at(page, 'roll-file').setInputFiles(this.file('pemilih.csv'));
    await at(page, 'column-id').selectOption({ label: 'NIS' });
    await at(page, 'column-name').selectOption({ label: 'Nama Siswa' });
    await at(page, 'column-class').selectOption({ label: 'Rombel' });
    await this.look(page, 'roll-mapping');
    await at(page, 'import-check').click();
    await at(page, 'import-checked').waitFor();
    await at(page, 'import-do').click();
    await at(page, 'voters').waitFor();
    assert.equal(await at(page, 'roll-total').getAttribute('data-count'), String(this.size.voters));
    await this.look(page, 'roll');
    assert.deepEqual(page.problems, []);
    await page.context().close();

    await this.service.suara(reni, 'credentials', 'generate', this.uuid, '--out', this.file('kartu'));
    this.envelopes = new Map(this.places.map(({ id }) => [id, []]));
    for (const card of await Service.credentials(this.file('kartu/envelopes.csv'))) this.envelopes.get(card.place).push(card);
    await this.ani.goto(`${this.service.url}/committee#${this.uuid}/credentials`);
    await at(this.ani, 'codes').waitFor();
    await this.look(this.ani, 'credentials');
    const cards = await person(this.browser, desktop);
    await cards.goto(`file://${this.file('kartu/envelopes.html')}`);
    await this.paper(cards, 'cards');
    await cards.context().close();
  }

  // Officers and booths: the first of each by the page, the others by command.
  async staffPlaces() {
    const page = this.ani;
    await page.goto(`${this.service.url}/committee#${this.uuid}/people`);
    await at(page, 'appoint-offer').click();
    this.officers = Array.from({ length: this.size.officers }, (_, i) => this.staff[`petugas${i + 1}`]);
    // The last officer serves at all places that are left.
    for (const [i, place] of this.places.entries()) {
      const officer = this.officers[Math.min(i, this.officers.length - 1)];
      if (i > 0) {
        await this.service.suara(this.staff.ani, 'official', 'appoint', this.uuid, officer.login, 'officer', '--place', place.id);
        continue;
      }
      await at(page, 'official-login').fill(officer.login);
      await at(page, 'official-role').selectOption('officer');
      await at(page, 'official-place').selectOption(place.id);
      await at(page, 'appoint').click();
      await at(page, `official-${officer.login}-officer-${place.id}`).waitFor();
    }
    this.booths = [];
    for (let i = 0; i < this.size.booths; i++) {
      const place = this.places[i % this.places.length];
      let code;
      if (i === 0) {
        await at(page, 'enrol-offer').click();
        await at(page, 'device-name').fill('Laptop 1');
        await at(page, 'device-place').selectOption(place.id);
        await at(page, 'enrol-device').click();
        await at(page, 'device-code-shown').waitFor();
        code = await at(page, 'device-code-shown').getAttribute('data-code');
        await this.look(page, 'people');
      } else {
        ({ code } = await this.service.suara(this.staff.ani, 'device', 'enrol', this.uuid, '--place', place.id, '--name', `Laptop ${i + 1}`));
      }
      const booth = await person(this.browser, i % 2 ? phone : desktop);
      await booth.goto(`${this.service.url}/kiosk`);
      await at(booth, 'device-code').fill(code);
      if (i === 0) await this.look(booth, 'kiosk-claim');
      await at(booth, 'claim').click();
      await at(booth, 'kiosk-place').waitFor();
      if (i === 0) await this.look(booth, 'kiosk-ready');
      this.booths.push({ page: booth, place: place.id });
    }
  }

  // Proposed by ani, approved by budi; refused to ani alone.
  async agree(step, phase) {
    const overview = `${this.service.url}/committee#${this.uuid}/overview`;
    await this.ani.goto(overview);
    await at(this.ani, `propose-${step}`).click();
    await at(this.ani, 'send-proposal').click();
    await this.ani.locator(`[data-testid="proposal-${step}"][data-state="own"]`).waitFor();
    await this.look(this.ani, `proposal-${step}-own`);
    await assert.rejects(this.service.suara(this.staff.ani, ...{ seal: ['election', 'seal'], close: ['election', 'close'], certify: ['result', 'certify'] }[step], this.uuid), /approval_needed|two|other/);
    if (!this.budi) {
      this.budi = await person(this.browser, desktop);
      await logIn(this.budi, this.service.url, `/committee#${this.uuid}/overview`, this.staff.budi);
    }
    await at(this.budi, `approve-${step}`).waitFor();
    await this.look(this.budi, `proposal-${step}-approve`);
    await at(this.budi, `approve-${step}`).click();
    await this.budi.locator(`[data-testid="current-stage"][data-phase="${phase}"]`).waitFor();
  }

  async open() {
    await this.agree('seal', 'sealed');
    await at(this.budi, 'action-open').click();
    await at(this.budi, 'confirm-action').click();
    await this.budi.locator('[data-testid="current-stage"][data-phase="open"]').waitFor();
  }

  // --- the day

  async openDesks() {
    this.desks = new Map();
    for (const [i, place] of this.places.entries()) {
      const page = await person(this.browser, desktop);
      await logIn(page, this.service.url, `/officer#${this.uuid}`, this.officers[Math.min(i, this.officers.length - 1)]);
      const choice = at(page, 'place-select');
      await at(page, 'search').waitFor();
      if (await choice.count()) await choice.selectOption(place.id);
      this.desks.set(place.id, page);
    }
    this.sari = await person(this.browser, desktop);
    await this.sari.goto(`${this.service.url}/supervisor#${this.uuid}`);
    await at(this.sari, 'open-log-in').click();
    await enter(this.sari, this.staff.sari);
    await at(this.sari, 'session').waitFor();
    this.hall = await person(this.browser, desktop);
    await this.hall.goto(`${this.service.url}/projector/${this.uuid}`);
    await at(this.hall, 'voted').waitFor();
    for (const { page } of this.booths) await at(page, 'start').click();
  }

  // By the keyboard alone, as an officer with a queue does it.
  async markPresent(voter) {
    const desk = this.desks.get(voter.place);
    await at(desk, 'search').fill(voter.id);
    await at(desk, 'search').press('Enter');
    await at(desk, 'mark').waitFor();
    await desk.keyboard.press('Enter');
    await at(desk, 'marked').waitFor();
    assert.equal(await at(desk, 'delivery').getAttribute('data-delivery'), 'place');
    return desk;
  }

  async voteInBooth(booth, voter, choice, look = async () => {}) {
    const { page } = booth;
    const { code } = this.envelopes.get(voter.place).pop();
    await at(page, 'code').fill(code);
    await look(page, 'kiosk-code');
    await at(page, 'sign-in').click();
    await at(page, `candidate-${choice}`).click();
    await look(page, 'kiosk-choose');
    await at(page, 'to-review').click();
    await page.locator('[data-testid="sealed"][data-state="sealed"]').waitFor({ timeout: 60000 });
    await at(page, 'cast').click();
    await at(page, 'tracker').waitFor({ timeout: 60000 });
    await look(page, 'kiosk-receipt');
    this.counts[choice - 1]++;
    this.cast++;
    await at(page, 'kiosk-finish').click();
    await at(page, 'code').waitFor();
    assert.equal(await at(page, 'code').inputValue(), '');
    assert.ok(!(await page.content()).includes(code), 'nothing of the voter stays');
  }

  // The turnout is what elections have: not everybody comes. The first voter's envelope is lost, replaced and then used.
  async vote(told = () => {}) {
    const queues = new Map(this.places.map(({ id }) => [id, this.voters.filter((voter) => voter.place === id).filter((_, i) => i % 7 !== 6)]));
    const share = new Map(this.places.map(({ id }) => [id, this.booths.filter((booth) => booth.place === id)]));
    const desksBusy = new Map();
    const serve = async (booth, first) => {
      for (let voter; (voter = queues.get(booth.place).shift()); ) {
        // One officer serves one voter at a time.
        const before = desksBusy.get(booth.place) ?? Promise.resolve();
        const marked = before.then(async () => {
          const desk = await this.markPresent(voter);
          if (first) await this.look(desk, 'officer-marked');
          await at(desk, 'next').click();
        });
        desksBusy.set(booth.place, marked.catch(() => {}));
        await marked;
        await this.voteInBooth(booth, voter, 1 + ((Number(voter.id) * 7) % 5 % candidates.length), first ? (page, name) => this.look(page, name) : undefined);
        first = false;
        told(this.cast);
      }
    };
    // A place without a booth of its own does not exist: there are at least as many booths as places.
    await Promise.all([...share.values()].flat().map((booth, i) => serve(booth, i === 0)));
  }

  async secondAttempt() {
    const voter = this.voters[0];
    const desk = this.desks.get(voter.place);
    await at(desk, 'search').fill(voter.id);
    await at(desk, 'search').press('Enter');
    await at(desk, 'already').waitFor();
    await this.look(desk, 'officer-already');
    await at(desk, 'next').click();
  }

  // A lost envelope: void, and a spare one in its place.
  async replaceLost() {
    const voter = this.voters[6];
    const lost = this.envelopes.get(voter.place).pop();
    await this.service.suara(this.staff.reni, 'credentials', 'replace', this.uuid, '--cards', this.file('kartu'), '--voter', lost.voter, '--reason', 'Amplop hilang');
    const spare = (await Service.credentials(this.file('kartu/reserve.csv'))).find(({ place }) => place === voter.place);
    const booth = this.booths.find(({ place }) => place === voter.place);
    await at(booth.page, 'code').fill(lost.code);
    await at(booth.page, 'sign-in').click();
    await at(booth.page, 'error-summary').waitFor();
    await at(booth.page, 'code').fill('');
    const desk = await this.markPresent(voter);
    await at(desk, 'next').click();
    this.envelopes.get(voter.place).push(spare);
    await this.voteInBooth(booth, voter, 2);
  }

  async watch() {
    const { sari } = this;
    await this.service.suara(this.staff.sari, 'incident', 'note', this.uuid, 'Listrik padam lima menit di TPS 1', '--entry', '0');
    for (const command of [['election', 'close'], ['election', 'seal'], ['credentials', 'withdraw', '--reason', 'x']]) {
      const [group, name, ...more] = command;
      await assert.rejects(this.service.suara(this.staff.sari, group, name, this.uuid, ...more), /not_permitted|permitted/);
    }
    await until('the hall shows every ballot', async () => (await at(this.hall, 'voted').getAttribute('data-count')) === String(this.cast));
    await this.look(this.hall, 'projector');
    await this.look(sari, 'supervisor');
    const live = this.ani;
    await live.goto(`${this.service.url}/committee#${this.uuid}/overview`);
    await until('the committee sees every ballot', async () => (await at(live, 'ballots').getAttribute('data-count').catch(() => '')) === String(this.cast));
    await this.look(live, 'live');
  }

  // --- the end

  async finish() {
    await this.agree('close', 'closed');
    await until('the tally is computed', async () => (await this.service.get(this.path('/decryption'))).status === 200);
    await at(this.budi, 'action-publish').click();
    await at(this.budi, 'confirm-action').click();
    await this.budi.locator('[data-testid="current-stage"][data-phase="tallied"]').waitFor();
    await this.agree('certify', 'certified');
  }

  async publish() {
    const page = await person(this.browser, desktop);
    await page.goto(`${this.service.url}/elections/${this.uuid}`);
    for (const [i, count] of this.counts.entries()) {
      assert.equal(await at(page, `count-${i + 1}`).first().getAttribute('data-count'), String(count));
    }
    await this.look(page, 'portal');
    await page.goto(`${this.service.url}/verify-help`);
    await this.look(page, 'verify-help');
    await this.checkOneself(page);
    await this.ani.goto(`${this.service.url}/account`);
    await at(this.ani, 'turn-on-factor').click();
    await at(this.ani, 'factor-qr').waitFor();
    await this.look(this.ani, 'account');
    if (this.shots) await this.lookAtTrustee();
    for (const name of ['minutes', 'candidates']) {
      await page.goto(`${this.service.url}/print/${this.uuid}/${name}`);
      await page.locator(`[data-testid="paper"][data-paper="${name}"]`).waitFor();
      await this.look(page, `print-${name}`);
      await this.paper(page, name);
    }
    for (const name of ['roll', 'attendance']) {
      await this.ani.goto(`${this.service.url}/print/${this.uuid}/${name}`);
      await this.ani.locator(`[data-testid="paper"][data-paper="${name}"]`).waitFor();
      await this.look(this.ani, `print-${name}`);
      await this.paper(this.ani, name);
    }
    for (const each of [page, this.ani, this.budi, this.sari, this.hall, ...this.desks.values(), ...this.booths.map((booth) => booth.page)]) {
      assert.deepEqual(each.problems.filter((text) => !/40[39]|422/.test(text)), []);
    }

    await until('all is published', async () => {
      const { entries } = (await this.service.get(this.path())).body;
      return (await this.service.get(this.path('/ledger'))).body.checkpoint?.size === entries;
    });
    await this.service.suara(this.staff.ani, 'export', this.uuid, '--portal', '--out', this.file('usb'));
    const { code, report } = await Service.verify(this.file('usb/bundle.tar'));
    assert.equal(code, 0, JSON.stringify(report.first_fault));
    assert.deepEqual(report.election.result, [this.counts]);
    assert.equal((await Service.verify(this.file('usb/election.bel'))).code, 0);
    const usb = await person(this.browser, phone);
    await usb.goto(`file://${this.file('usb/index.html')}`);
    for (const [i, count] of this.counts.entries()) {
      assert.equal(await at(usb, `count-${i + 1}`).first().getAttribute('data-count'), String(count));
    }
    await this.look(usb, 'usb-copy');
    assert.deepEqual(usb.problems, [`outside request: file://${this.file('usb/index.html')}`], 'nothing is asked for but the page itself');
  }

  // A school's count is live and has no trustees of its own, so their page is seen with another draft; quality.test.mjs tests it.
  async lookAtTrustee() {
    const draft = JSON.parse(await readFile(join(root, 'tools/sample/election.json'), 'utf8'));
    draft.policies.tally = 'sealed';
    draft.threshold = { needed: 2, trustees: 3 };
    await writeFile(this.file('sealed.json'), JSON.stringify(draft));
    const wali = { login: 'wali', password: 'kata sandi wali yang panjang' };
    await writeFile(this.file('wali.password'), wali.password, { mode: 0o600 });
    await this.service.suara(this.admin, 'user', 'add', wali.login, '--role', 'trustee', '--new-password-file', this.file('wali.password'));
    const { uuid } = await this.service.suara(this.staff.ani, 'election', 'draft', this.file('sealed.json'));
    const page = await person(this.browser, desktop);
    await logIn(page, this.service.url, `/trustee#${uuid}`, wali);
    const download = page.waitForEvent('download');
    await at(page, 'make-key-threshold').click();
    await (await download).saveAs(this.file('wali.key'));
    await at(page, 'key-file').setInputFiles(this.file('wali.key'));
    await at(page, 'do-task').waitFor();
    await this.look(page, 'trustee');
    assert.deepEqual(page.problems, []);
    await page.context().close();
  }

  // The pages that anyone may check with: a ballot's proof from the board is a receipt that counts.
  async checkOneself(page) {
    await page.goto(`${this.service.url}/board/${this.uuid}`);
    await at(page, 'board-range').waitFor();
    await this.look(page, 'board');
    await page.locator('[data-testid^="open-"]').first().click();
    await page.locator('[data-testid="inclusion"][data-state="included"]').waitFor();
    const download = page.waitForEvent('download');
    await at(page, 'save-proof').click();
    await (await download).saveAs(this.file('bukti.tlog-proof'));
    await page.goto(`${this.service.url}/receipt`);
    await at(page, 'receipt-file').setInputFiles(this.file('bukti.tlog-proof'));
    await page.locator('[data-testid="receipt-verdict"][data-verdict="valid"]').waitFor();
    await page.locator('[data-testid="receipt-status"][data-state="counted"]').waitFor();
    await this.look(page, 'receipt');
    await page.goto(`${this.service.url}/check`);
    await at(page, 'opening-file').waitFor();
    await this.look(page, 'check');
  }
}

// A picture as a camera would give one.
async function photo(page) {
  const data = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 900;
    canvas.height = 1200;
    const paint = canvas.getContext('2d');
    paint.fillStyle = '#1d4e89';
    paint.fillRect(0, 0, 900, 1200);
    paint.fillStyle = '#f6f7f9';
    paint.beginPath();
    paint.arc(450, 480, 220, 0, 7);
    paint.fill();
    paint.fillRect(150, 760, 600, 440);
    return canvas.toDataURL('image/png').split(',')[1];
  });
  return Buffer.from(data, 'base64');
}
