import assert from 'node:assert/strict';
import { beforeEach, describe, mock, test } from 'node:test';
import type { Election } from '../src/base/api.ts';
import { h } from '../src/base/dom.ts';
import { language, startLanguage } from '../src/base/i18n.ts';
import { boothOf } from '../src/pages/kiosk-device.ts';
import { challengedScreen } from '../src/pages/vote-challenge.ts';
import type { VoteClient } from '../src/pages/vote-protocol.ts';
import { receiptScreen } from '../src/pages/vote-receipt.ts';
import { elsewhereScreen, phaseScreen, votedScreen } from '../src/pages/vote-screens.ts';
import { at, find, visit } from './support/page.ts';

const election = {
  uuid: 'u',
  name: 'Ketua OSIS',
  phase: 'open',
  time_zone: 'WIB',
  policies: { verification: 'both', revote: 'refused' },
  contests: [],
} as unknown as Election;

const linksIn = (root: Element): (string | null)[] =>
  [...root.querySelectorAll('a')].map((link) => link.getAttribute('href')).filter((to) => to !== '#main');

const answerWith = (device: object | null): void => {
  globalThis.fetch = (path) => {
    if (!String(path).endsWith('/device')) return Promise.resolve(Response.json(election));
    return Promise.resolve(device ? Response.json(device) : Response.json({ code: 'not_found' }, { status: 404 }));
  };
};

describe('a device that many voters share', () => {
  const here = { election: 'u', place: { id: 'tps-1', name: 'TPS 1' }, name: 'Bilik 1', device: 'd' };
  const booth = (verification: string, asked = false): ReturnType<typeof boothOf> =>
    boothOf({ uuid: 'u', policies: { verification } }, asked);

  test('is known by its claim wherever people may vote at polling places, whatever the address says', async () => {
    answerWith(here);
    for (const policy of ['both', 'polling-place']) {
      assert.deepEqual(await booth(policy), { kiosk: true, device: here, elsewhere: false }, policy);
    }
    answerWith({ ...here, election: 'other' });
    assert.deepEqual(await booth('both'), { kiosk: true, device: null, elsewhere: false });
    assert.deepEqual(await booth('polling-place'), { kiosk: true, device: null, elsewhere: true });
  });

  test('is a voter’s own where it is not claimed and not asked to be one', async () => {
    answerWith(null);
    assert.deepEqual(await booth('both'), { kiosk: false, device: null, elsewhere: false });
    assert.deepEqual(await booth('both', true), { kiosk: true, device: null, elsewhere: false });
    assert.deepEqual(await booth('polling-place'), { kiosk: false, device: null, elsewhere: true });
    globalThis.fetch = () => assert.fail('nothing is asked where all vote from anywhere');
    assert.deepEqual(await booth('online'), { kiosk: false, device: null, elsewhere: false });
  });
});

describe('a kiosk’s screens', () => {
  beforeEach(() => {
    globalThis.setInterval = (() => 0) as unknown as typeof setInterval;
  });
  const receipt = { tracker: 'x'.repeat(43), seq: 9, time: '2026-11-25T01:12:03.000Z' };
  const phases = ['draft', 'sealed', 'closed', 'tallied', 'certified', 'cancelled'] as const;
  const screens = (finish: (() => void) | null): Element[] =>
    [
      ...phases.map((phase) => phaseScreen({ ...election, phase }, () => {}, finish)),
      elsewhereScreen(election, finish),
      votedScreen(election, finish),
      receiptScreen({} as VoteClient, election, receipt, finish),
    ].map((content) => h('main', {}, content));

  test('lead nowhere, and offer the next voter’s start instead', () => {
    let finished = 0;
    const shown = screens(() => finished++);
    for (const screen of shown) assert.deepEqual(linksIn(screen), [], screen.textContent!);
    for (const screen of shown.slice(2)) screen.querySelector<HTMLElement>('[data-testid="kiosk-finish"]')!.click();
    assert.equal(finished, shown.length - 2, 'before the opening it looks again by itself');
    for (const screen of screens(null)) assert.ok(linksIn(screen).length > 0, screen.textContent!);
  });

  test('leave nothing to be pasted by the next voter', () => {
    const opened = (kiosk: boolean): Element =>
      h('main', {}, challengedScreen(receipt.tracker, { file: '', path: '/check/u#x' }, kiosk, () => {}));
    const copies = (...shown: Element[]): number =>
      h('div', {}, shown).querySelectorAll('[data-testid^="copy-"]').length;
    assert.equal(copies(...screens(() => {}), opened(true)), 0);
    assert.equal(copies(...screens(null), opened(false)), 2);
  });
});

// The page itself, as it stands before a voter in a booth. It is loaded once.
describe('a kiosk’s page', () => {
  let now = Date.now();
  const every: (() => void)[] = [];
  const went: string[] = [];
  async function until(reached: () => unknown): Promise<void> {
    for (let i = 0; i < 500 && !reached(); i++) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.ok(reached(), document.body.textContent!);
  }

  // Seconds that nobody touches it.
  function idle(seconds: number): void {
    for (let i = 0; i < seconds; i++) {
      now += 1000;
      for (const turn of [...every]) turn();
    }
  }

  test('leads nowhere, keeps no language, and starts anew where one was left', async () => {
    visit('/vote/u?kiosk=1');
    answerWith(null);
    Date.now = () => now;
    globalThis.setInterval = ((turn: () => void) => every.push(turn)) as unknown as typeof setInterval;
    mock.method(location, 'reload', () => void went.push('reload'));
    const pushed = mock.method(history, 'pushState');
    mock.method(history, 'forward', () => void went.push('forward'));
    const goBack = (to: string): void => {
      history.replaceState(null, '', to);
      window.dispatchEvent(new Event('popstate'));
    };
    const globals = {
      VOTE_WORKER_URL: '',
      Worker: class {
        onmessage: (event: object) => void = () => {};
        postMessage = ({ id }: { id: number }): void => this.onmessage({ data: { id, result: true } });
      },
    };
    for (const [name, value] of Object.entries(globals)) {
      Object.defineProperty(globalThis, name, { configurable: true, value });
    }
    await import('../src/pages/vote.ts');
    await until(() => find('code'));
    assert.deepEqual(linksIn(document.body), []);

    const own = location.href;
    assert.equal(pushed.mock.callCount(), 1);
    goBack(own);
    assert.deepEqual(went.splice(0), ['forward'], 'who goes back comes to it again');
    goBack('#K7QD');
    assert.deepEqual(went, [], 'a card that was scanned is in the address');
    history.replaceState(null, '', own);

    idle(70);
    assert.ok(!find('kiosk-countdown'), 'nothing of a voter is there');
    at('language-en').click();
    assert.equal(language(), 'en');
    assert.equal(localStorage.length, 0);
    idle(45);
    assert.ok(find('kiosk-countdown'));
    idle(25);
    await until(() => went.length > 0);
    assert.deepEqual(went, ['reload']);
    startLanguage();
    assert.equal(language(), 'id');
  });
});
