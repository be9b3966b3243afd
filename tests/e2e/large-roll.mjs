// The committee's roll page with 400,000 voters, of a real service in a real browser: prints how long each step takes.
// Not a test of ctest: the import alone takes a minute or more.
//   node large-roll.mjs [VOTERS]
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { at, desktop, launch, logIn, person } from './browser.mjs';
import { Service, root } from './service.mjs';

const voters = Number(process.argv[2] ?? 400000);
const classSize = 40;
const given = ['Siti', 'Budi', 'Agus', 'Dewi', 'Rina', 'Eko', 'Sri', 'Joko', 'Nur', 'Putri', 'Made', 'Wayan', 'Yohanes', 'Maria', 'Andi', 'Fitri'];
const family = ['Lestari', 'Santoso', 'Wijaya', 'Nugroho', 'Siregar', 'Pratama', 'Rahayu', 'Hidayat', 'Saputra', 'Wulandari', 'Kusuma', 'Halim', 'Tukan'];

const idOf = (i) => String(10000000 + i);
const nameOf = (i) => (i === Math.floor(voters * 0.9) ? 'Zulaikha Mangunwijaya' : `${given[i % given.length]} ${family[Math.floor(i / given.length) % family.length]} ${i}`);
const classOf = (i) => `Kelas ${String(Math.floor(i / classSize) + 1).padStart(5, '0')}`;
const rows = Array.from({ length: voters }, (_, i) => `${idOf(i)};${nameOf(i)};${classOf(i)};tps-${1 + (i % 4)}`);
const holding = (text) => rows.filter((row) => row.toLowerCase().includes(text.toLowerCase())).length;

const told = (what, ms, more = '') => console.log(`${what.padEnd(58)} ${String(Math.round(ms)).padStart(7)} ms  ${more}`);

async function timed(what, action) {
  const start = performance.now();
  const more = await action();
  told(what, performance.now() - start, more);
}

async function electionWith(service, admin) {
  const work = join(service.dataDir, 'large');
  await mkdir(work);
  const draft = JSON.parse(await readFile(join(root, 'tools/sample/election.json'), 'utf8'));
  draft.places = [1, 2, 3, 4].map((n) => ({ id: `tps-${n}`, name: `TPS ${n}` }));
  Object.assign(draft.policies, { approval: 'single' });
  await writeFile(join(work, 'draft.json'), JSON.stringify(draft));
  await writeFile(join(work, 'roll.csv'), `id;name;class;place\n${rows.join('\n')}\n`);
  const { uuid } = await service.suara(admin, 'election', 'draft', join(work, 'draft.json'));
  await timed(`suara roll import, ${voters} voters`, () => service.suara(admin, 'roll', 'import', uuid, join(work, 'roll.csv')).then(() => ''));
  return uuid;
}

async function browse(page, url, uuid, admin) {
  // Looked for at every frame: a locator looks twice a second.
  const seen = (selector) => page.waitForFunction((wanted) => document.querySelector(wanted), selector, { timeout: 120000 });
  const total = (n) => seen(`[data-testid="roll-total"][data-count="${n}"]`);
  const shows = (testid) => seen(`[data-testid="${testid}"]`);
  await timed('log in; the first 50 of the roll', async () => {
    await logIn(page, url, `/committee#${uuid}/roll`, admin);
    await total(voters);
  });
  await timed('the page again, logged in', async () => {
    await page.reload();
    await total(voters);
  });
  // A search waits 300 ms for the next letter first.
  for (const [what, text] of [['a name that many bear', 'Siti'], ['a name that one bears', 'mangunwijaya'], ['nobody’s name', 'Xylophon'],
    ['a class', classOf(Math.floor(voters / 2))], ['a number', idOf(voters - 1)], ['the beginning of a number', idOf(voters - 1).slice(0, -3)]]) {
    const found = holding(text);
    await timed(`search: ${what}`, async () => {
      await at(page, 'roll-search').fill(text);
      await (found ? total(found) : shows('roll-empty'));
      return `${found} found`;
    });
  }
  await at(page, 'roll-search').fill('');
  await total(voters);
  await timed('one polling place of four', async () => {
    await at(page, 'roll-place').selectOption('tps-3');
    await total(Math.floor((voters + 1) / 4));
  });
  await at(page, 'roll-place').selectOption('');
  await total(voters);
  const turns = 40;
  await timed(`${turns} pages on, one after the other`, async () => {
    for (let turn = 1; turn <= turns; turn++) {
      await at(page, 'page-after').click();
      await shows(`voter-${idOf(turn * 50)}`);
    }
  });
  // Deep pages are asked for as the page asks for them; nobody presses a button 7,000 times.
  await timed('50 voters from nine tenths of the roll on', () => page.evaluate(async (path) => {
    const answer = await (await fetch(path)).json();
    return `${answer.voters.length} from ${answer.voters[0].id}`;
  }, `/api/v1/elections/${uuid}/roll?limit=50&after=${idOf(Math.floor(voters * 0.9))}`));
  await timed('one voter’s row changed, and the roll shown again', async () => {
    await at(page, 'roll-search').fill(idOf(7));
    await total(1);
    await at(page, `change-${idOf(7)}`).click();
    await at(page, 'voter-place').selectOption('tps-1');
    await at(page, 'voter-reason').fill('Pindah kelas');
    await at(page, 'voter-correct').click();
    await shows('roll-done');
  });
  await timed('the section of codes, which counts each place', async () => {
    await at(page, 'tab-credentials').click();
    await shows('codes');
  });
  if (page.problems.length) throw new Error(page.problems.join('\n'));
}

let service, browser;
try {
  service = await Service.start();
  browser = await launch();
  const admin = await service.staff('administrator');
  const uuid = await electionWith(service, admin);
  await browse(await person(browser, desktop), service.url, uuid, admin);
} finally {
  await Service.end(service, browser);
}
