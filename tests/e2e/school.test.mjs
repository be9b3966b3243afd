// A school's election on polling day, whole. SUARA_SCHOOL=full plays it with 1,200 voters; SUARA_SCREENSHOTS=DIR keeps
// every page at 320, 375, 768 and 1280 px and the papers as PDF.
import { after, before, test } from 'node:test';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launch } from './browser.mjs';
import { School, sizes } from './school.mjs';
import { Service } from './service.mjs';

const size = sizes[process.env.SUARA_SCHOOL === 'full' ? 'full' : 'small'];
const shots = process.env.SUARA_SCREENSHOTS;
let service, browser, school;

before(async () => {
  service = await Service.start(['--empty']);
  browser = await launch();
  if (shots) await mkdir(join(shots, 'widths'), { recursive: true });
  school = new School(service, browser, size, shots);
});

after(() => Service.end(service, browser));

test('the first administrator is set up in the browser and makes accounts', async () => {
  await school.setUp();
  await school.addStaff();
});

test('the committee drafts the election, the registrar imports the roll and makes the envelopes', async () => {
  await school.draft();
  await school.importRoll();
});

test('officers are appointed, booths enrolled, and two members open the election', async () => {
  await school.staffPlaces();
  await school.open();
});

test('voters are marked as present once and vote in the booths', async (t) => {
  await school.openDesks();
  const began = Date.now();
  await school.vote((cast) => {
    if (cast % 100 === 0) t.diagnostic(`${cast} ballots after ${Math.round((Date.now() - began) / 1000)} s`);
  });
  t.diagnostic(`${school.cast} ballots in ${Math.round((Date.now() - began) / 1000)} s`);
  await school.secondAttempt();
  await school.replaceLost();
  await school.watch();
});

test('two members close and certify; the result is what the voters meant, on the portal, on paper and on a stick', async () => {
  await school.finish();
  await school.publish();
});
