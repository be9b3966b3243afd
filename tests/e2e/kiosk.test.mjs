// A booth's device with a network that fails: no ballot is lost, none is there twice, and nothing of one voter is left
// for the next. The network fails in the browser, so what the service has recorded is known.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { at, castReviewed, chooseAndReview, launch, person, phone } from './browser.mjs';
import { assertFaultless } from './quality.mjs';
import { Service, until } from './service.mjs';

let service, browser, uuid, codes;

before(async () => {
  service = await Service.start();
  browser = await launch();
  uuid = await service.sampleUuid();
  codes = (await Service.credentials(join(service.dataDir, 'sample/credentials.csv'))).map(({ code }) => code);
});

after(() => Service.end(service, browser));

const election = async () => (await service.get(`/api/v1/elections/${uuid}`)).body;
const start = (page) => page.goto(`${service.url}/vote/${uuid}?kiosk=1`);
const waysOut = (page) => page.locator('a[href]:not([href="#main"])').count();
const languageOf = (page) => page.locator('html').getAttribute('lang');
const waiting = (page) => page.evaluate(() => JSON.stringify(sessionStorage));

// A window whose requests for ballots go as `answer` says, with the bytes that each carried.
async function booth(answer) {
  const page = await person(browser, phone);
  const sent = [];
  page.on('dialog', (dialog) => dialog.accept());
  await page.route(/\/ballots$/, async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    sent.push(route.request().postData());
    return answer(route, sent.length);
  });
  return { page, sent };
}

const reviewed = (page, code) => chooseAndReview(page, service.url, uuid, code, [2], undefined, '?kiosk=1');

// Chromium tells of every request that failed; here they are meant to.
const unexpected = ({ problems }) => problems.filter((text) => !/ERR_FAILED|ERR_INTERNET_DISCONNECTED/.test(text));

test('a ballot whose answer was lost is sent again by itself with the same bytes, and counts once', async () => {
  const before = (await election()).ballots;
  const { page, sent } = await booth(async (route, n) => {
    if (n > 1) return route.continue();
    await route.fetch(); // recorded, but the booth never hears so
    return route.abort();
  });
  await reviewed(page, codes[0]);
  const kept = await waiting(page);
  assert.equal(kept, '{}', 'nothing is kept before the voter decides to cast');
  await at(page, 'cast').click();
  await at(page, 'resends').waitFor();
  await at(page, 'tracker').waitFor();
  assert.equal(sent.length, 2);
  assert.equal(sent[1], sent[0]);
  await until('the ballot shows', async () => (await election()).ballots === before + 1);
  assert.equal(await waiting(page), '{}');
  assert.deepEqual(unexpected(page), []);
  await page.context().close();
});

test('a ballot that never arrived outlives a reload, and only its bytes are kept', async () => {
  const before = (await election()).ballots;
  let reachable = false;
  const { page, sent } = await booth((route) => (reachable ? route.continue() : route.abort()));
  await reviewed(page, codes[1]);
  await at(page, 'cast').click();
  await at(page, 'resends').waitFor();
  await assertFaultless(page, 'a ballot that is sent again');
  const stored = JSON.parse(JSON.parse(await waiting(page))[`suara.unanswered.${uuid}`]);
  const { tracker } = stored;
  assert.deepEqual(stored, { text: sent[0], tracker });
  assert.ok(!JSON.stringify(stored).includes(codes[1].replaceAll('-', '')), 'no code is kept');
  await page.reload();
  await at(page, 'resends').waitFor();
  assert.equal((await election()).ballots, before);
  reachable = true;
  await at(page, 'retry').click();
  await at(page, 'tracker').waitFor();
  assert.equal(await at(page, 'tracker').getAttribute('data-tracker'), tracker);
  assert.equal(new Set(sent).size, 1, 'the same bytes every time');
  await until('the ballot shows', async () => (await election()).ballots === before + 1);
  await at(page, 'kiosk-finish').click();
  await at(page, 'code').waitFor();
  assert.equal(await at(page, 'code').inputValue(), '');
  assert.equal(await waiting(page), '{}');
  assert.deepEqual(unexpected(page), []);
  await page.context().close();
});

test('the clean start waits for a network that is gone', async () => {
  const { page } = await booth((route) => route.continue());
  await reviewed(page, codes[2]);
  await castReviewed(page);
  await page.context().setOffline(true);
  await at(page, 'kiosk-finish').click();
  await at(page, 'no-network').waitFor();
  await assertFaultless(page, 'booth without a network');
  assert.equal(await at(page, 'tracker').count(), 0, 'nothing of the voter is left on the screen');
  await page.context().setOffline(false);
  await at(page, 'code').waitFor();
  assert.deepEqual(unexpected(page), []);
  await page.context().close();
});

test('a voter who walks away leaves a clean start after 60 seconds', async () => {
  const { page } = await booth((route) => route.continue());
  await page.clock.install();
  await start(page);
  await at(page, 'code').fill(codes[3]);
  await at(page, 'sign-in').click();
  await at(page, 'candidate-1').click();
  await page.clock.runFor(39_000);
  assert.equal(await at(page, 'kiosk-countdown').count(), 0);
  await page.clock.runFor(4_000);
  await at(page, 'kiosk-countdown').waitFor();
  await assertFaultless(page, 'warning before a clean start');
  assert.ok(await at(page, 'kiosk-countdown').isVisible());
  await page.clock.runFor(21_000);
  await at(page, 'code').waitFor();
  assert.equal(await at(page, 'code').inputValue(), '');
  // Also where only the code was typed.
  await at(page, 'code').fill(codes[3]);
  await page.clock.runFor(64_000);
  await until('the field is empty', async () => (await at(page, 'code').inputValue()) === '');
  assert.deepEqual(unexpected(page), []);
  await page.context().close();
});

test('the warning before a clean start can be answered by touch and by keyboard', async () => {
  const { page } = await booth((route) => route.continue());
  await page.clock.install();
  await start(page);
  await at(page, 'code').fill(codes[3]);
  const warned = async () => {
    await page.clock.runFor(43_000);
    await at(page, 'kiosk-countdown').waitFor();
  };
  const gone = () => at(page, 'kiosk-countdown').waitFor({ state: 'detached' });
  await warned();
  await page.keyboard.press('Enter'); // the warning has the keyboard, on the button that stays
  await gone();
  assert.equal(await at(page, 'code').evaluate((field) => field === document.activeElement), true);
  assert.notEqual(await at(page, 'code').inputValue(), '');
  await warned();
  await at(page, 'kiosk-stay').click();
  await gone();
  await warned();
  await page.mouse.click(5, 5);
  await gone();
  assert.notEqual(await at(page, 'code').inputValue(), '');
  await warned();
  await at(page, 'kiosk-finish').click();
  await until('the field is empty', async () => (await at(page, 'code').inputValue()) === '');
  await at(page, 'code').fill(codes[3]);
  await warned();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await until('the field is empty', async () => (await at(page, 'code').inputValue()) === '');
  assert.deepEqual(unexpected(page), []);
  await page.context().close();
});

test('nothing leads off the booth’s page, and no voter’s language is the next one’s', async () => {
  const { page } = await booth((route) => route.continue());
  await page.goto(`${service.url}/kiosk`);
  await at(page, 'device-code').waitFor();
  assert.equal(await waysOut(page), 0, 'the booth’s start');
  await start(page);
  await at(page, 'code').fill(codes[4]);
  await at(page, 'language-en').click();
  assert.equal(await languageOf(page), 'en');
  assert.equal(await waysOut(page), 0, 'the code');
  await at(page, 'sign-in').click();
  await at(page, 'candidate-2').click();
  assert.equal(await waysOut(page), 0, 'the choice');
  await at(page, 'to-review').click();
  await page.locator('[data-testid="sealed"][data-state="sealed"]').waitFor({ timeout: 60000 });
  assert.equal(await waysOut(page), 0, 'the review');
  const tracker = await castReviewed(page);
  assert.equal(await waysOut(page), 0, 'the receipt');
  assert.equal(await at(page, 'copy-tracker').count(), 0, 'nothing is copied for the next voter to paste');

  // Who goes back is brought to the page again.
  for (let i = 0; i < 2; i++) {
    await page.evaluate(() => new Promise((resolve) => {
      addEventListener('popstate', () => history.state === 'suara.kiosk' && resolve());
      history.back();
    }));
  }
  assert.equal(await at(page, 'tracker').getAttribute('data-tracker'), tracker);
  await at(page, 'kiosk-finish').click();
  await at(page, 'code').waitFor();
  assert.equal(await languageOf(page), 'id');
  assert.deepEqual(await page.evaluate(() => ({ ...localStorage, ...sessionStorage })), {});
  assert.deepEqual(unexpected(page), []);
  await page.context().close();
});

test('another language alone is left for 60 seconds', async () => {
  const { page } = await booth((route) => route.continue());
  await page.clock.install();
  await start(page);
  await at(page, 'code').waitFor();
  await page.clock.runFor(70_000);
  assert.equal(await at(page, 'kiosk-countdown').count(), 0, 'nobody is waited for');
  await at(page, 'language-en').click();
  await page.clock.runFor(43_000);
  await at(page, 'kiosk-countdown').waitFor();
  await page.clock.runFor(21_000);
  await until('the next voter’s language', async () => (await languageOf(page)) === 'id');
  await at(page, 'code').waitFor();
  assert.deepEqual(unexpected(page), []);
  await page.context().close();
});
