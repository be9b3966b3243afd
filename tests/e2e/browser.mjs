// Debian's Chromium, driven as people use the pages.
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

// A person's window: pages share no storage with others', and any script error fails the test.
export async function person(browser, viewport) {
  const context = await browser.newContext({ viewport, locale: 'id-ID', acceptDownloads: true });
  const page = await context.newPage();
  page.problems = [];
  page.on('pageerror', (error) => page.problems.push(String(error)));
  page.on('console', (message) => {
    // Asking who is logged in is answered 401 before anybody is; Chromium reports that by itself.
    if (message.type() === 'error' && !message.text().includes('401 (Unauthorized)')) page.problems.push(message.text());
  });
  page.on('request', (request) => {
    if (!/^(http:\/\/127\.0\.0\.1:|data:|blob:)/.test(request.url())) page.problems.push(`outside request: ${request.url()}`);
  });
  return page;
}

export const at = (page, testid) => page.getByTestId(testid);

// Signs in with a code and answers every question, up to the sealed review. `answers`: for each question the numbers of the
// candidates chosen, or 'blank'.
export async function answer(page, url, uuid, code, answers, look = async () => {}) {
  await page.goto(`${url}/vote/${uuid}`);
  await at(page, 'code').fill(code);
  await look('sign-in');
  await at(page, 'sign-in').click();
  await choose(page, answers, look);
}

async function choose(page, answers, look = async () => {}) {
  for (const [q, chosen] of answers.entries()) {
    await at(page, `question-${q}`).waitFor();
    if (chosen === 'blank') await at(page, `blank-${q}`).click();
    else for (const candidate of chosen) await at(page, `candidate-${candidate}`).click();
    await look('choose');
    await at(page, 'to-review').click();
  }
  await at(page, 'ballot-tracker').waitFor({ timeout: 60000 });
  await look('review');
}

// Casts the sealed ballot; gives the tracker of the receipt.
export async function cast(page, look = async () => {}) {
  await at(page, 'cast').click();
  await at(page, 'tracker').waitFor({ timeout: 60000 });
  await look('receipt');
  return at(page, 'tracker').getAttribute('data-tracker');
}

// The whole way with one candidate of the one question.
export async function vote(page, url, uuid, code, candidate, look) {
  await answer(page, url, uuid, code, [[candidate]], look);
  return cast(page, look);
}

// Has the sealed ballot opened instead; saves its opening file and leads back to the first question, where the choices
// are still filled in. Gives the tracker of the opened ballot.
export async function challenge(page, file, look = async () => {}) {
  const tracker = await at(page, 'ballot-tracker').getAttribute('data-tracker');
  await at(page, 'challenge-offer').click();
  await at(page, 'challenge').click();
  await at(page, 'challenged').waitFor();
  await look('challenged');
  await save(page, 'save-opening', file);
  await at(page, 'vote-again').click();
  return tracker;
}

// On through all questions with what is filled in.
export async function reviewAgain(page, questions) {
  await choose(page, Array.from({ length: questions }, () => []));
}

// Presses a control that saves a file, and keeps the file.
export async function save(page, testid, file) {
  const [download] = await Promise.all([page.waitForEvent('download'), at(page, testid).click()]);
  await download.saveAs(file);
}

// What an opening file shows on another device: the verdict, and the names held for each question.
export async function checkOpening(page, url, file, questions) {
  await page.goto(`${url}/check`);
  await at(page, 'opening-file').setInputFiles(file);
  await at(page, 'check-verdict').waitFor();
  const held = [];
  for (let q = 0; q < questions; q++) held.push(await at(page, `held-${q}`).getByTestId('held-choice').allTextContents());
  return { verdict: await at(page, 'check-verdict').getAttribute('data-verdict'), held };
}

// On the trustees' page, opens a key file and takes the step that it is for, which must be `step`.
export async function takeStep(page, file, step) {
  await at(page, 'key-file').setInputFiles(file);
  await page.locator(`[data-testid="key-task"][data-task="${step}"]`).waitFor();
  await at(page, 'do-task').click();
  await page.locator('[data-testid="task-done"], [data-testid="error-summary"]').waitFor({ timeout: 60000 });
}

export async function logIn(page, url, path, member) {
  await page.goto(url + path);
  await at(page, 'login').fill(member.login);
  await at(page, 'password').fill(member.password);
  await at(page, 'log-in').click();
}
