// Debian's Chromium, driven as people use the pages.
import { join } from 'node:path';
import { chromium } from 'playwright-core';

export const phone = { width: 360, height: 780 };
export const desktop = { width: 1280, height: 900 };

export function launch() {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
}

// A person's window: pages share no storage with others', and any script error fails the test. `sharp` takes pictures fine
// enough for what is small on paper.
export async function person(browser, viewport, { sharp = false } = {}) {
  const context = await browser.newContext({ viewport, locale: 'id-ID', acceptDownloads: true, deviceScaleFactor: sharp ? 4 : 1 });
  const page = await context.newPage();
  page.problems = [];
  page.on('pageerror', (error) => page.problems.push(String(error)));
  page.on('console', (message) => {
    // Asking who is logged in is answered 401 before anybody is, and which booth this is 404 where it is none; Chromium
    // reports that by itself.
    const asked = message.text().includes('401 (Unauthorized)') || message.location().url.endsWith('/api/v1/device');
    if (message.type() === 'error' && !asked) page.problems.push(message.text());
  });
  page.on('request', (request) => {
    if (!/^(http:\/\/127\.0\.0\.1:|data:|blob:)/.test(request.url())) page.problems.push(`outside request: ${request.url()}`);
  });
  return page;
}

export const at = (page, testid) => page.getByTestId(testid);

// Signs in with a code and answers every question: a candidate's number, a list of them, or 'blank'. Ends on the review,
// with the ballot encrypted.
export async function chooseAndReview(page, url, uuid, code, answers, look = async () => {}, query = '') {
  await page.goto(`${url}/vote/${uuid}${query}`);
  await at(page, 'code').fill(code);
  await look('sign-in');
  await at(page, 'sign-in').click();
  for (const [q, answer] of answers.entries()) {
    await at(page, `question-${q}`).waitFor();
    for (const choice of [answer].flat()) await at(page, choice === 'blank' ? `blank-${q}` : `candidate-${choice}`).click();
    await look(q === 0 ? 'choose' : `choose-${q}`);
    await at(page, 'to-review').click();
  }
  await page.locator('[data-testid="sealed"][data-state="sealed"]').waitFor({ timeout: 60000 });
  await look('review');
}

// Casts what is on the review; gives the tracker of the receipt.
export async function castReviewed(page, look = async () => {}) {
  await at(page, 'cast').click();
  await at(page, 'tracker').waitFor({ timeout: 60000 });
  await look('receipt');
  return at(page, 'tracker').getAttribute('data-tracker');
}

export async function vote(page, url, uuid, code, candidate, look) {
  await chooseAndReview(page, url, uuid, code, [candidate], look);
  return castReviewed(page, look);
}

export async function logIn(page, url, path, member) {
  await page.goto(url + path);
  await enter(page, member);
}

// The log-in that a page shows.
export async function enter(page, member) {
  await at(page, 'login').fill(member.login);
  await at(page, 'password').fill(member.password);
  await at(page, 'log-in').click();
}

export const widths = [[320, 690], [375, 780], [768, 1024], [1280, 900]];

// A page as it is at each of the widths: a picture each, `<name>-<width>.png`, and all of them side by side, `widths/<name>.jpg`.
export async function picture(page, folder, name) {
  const shots = [];
  for (const [width, height] of widths) {
    await page.setViewportSize({ width, height });
    shots.push(await page.screenshot({ path: join(folder, `${name}-${width}.png`), fullPage: true }));
  }
  const sheet = await page.context().browser().newPage({ viewport: { width: widths.length * 392, height: 912 } });
  await sheet.setContent(
    `<body style="margin: 0; display: flex; background: #888">${shots
      .map((shot) => `<img src="data:image/png;base64,${shot.toString('base64')}" style="width: 380px; height: 900px; margin: 6px; object-fit: contain">`)
      .join('')}</body>`,
  );
  await sheet.locator('img').last().evaluate((last) => last.decode());
  await sheet.screenshot({ path: join(folder, 'widths', `${name}.jpg`), type: 'jpeg', quality: 65 });
  await sheet.close();
}
