import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Election, Tally } from '../src/base/api.ts';
import { finding, type CountedContest } from '../src/charts/bars.ts';
import type { CheckResult } from '../src/pages/check-protocol.ts';
import { verdictOf } from '../src/pages/check-result.ts';
import { countedContests } from '../src/pages/committee-panels.ts';
import { readSearch, readTracker } from '../src/pages/tracker.ts';
import { webRoot } from './support/paths.ts';

describe('styles', () => {
  test('only tokens.css names a colour or a size', async () => {
    const folder = join(webRoot, 'styles');
    for (const name of await readdir(folder)) {
      if (name === 'tokens.css') continue;
      const css = (await readFile(join(folder, name), 'utf8'))
        .replace(/\/\*[\s\S]*?\*\//g, '')
        .replace(/@media[^{]*/g, '');
      const found = css.match(/#[0-9a-f]{3,8}\b|\b(rgb|hsl)a?\(|[\d.]+(px|rem|pt)\b/gi);
      assert.equal(found, null, `${name}: ${found}`);
    }
  });

  test('pages hold no inline script or style, which the service’s policy would refuse', async () => {
    const { pages, pageHtml } = await import(join(webRoot, 'tools', 'pages.mjs'));
    for (const page of Object.values(pages)) {
      const html = pageHtml(page, '/assets/main.css', '/assets/page.js');
      assert.doesNotMatch(html, /<style|style=|<script(?![^>]*src=)|\son[a-z]+=|https?:/i);
    }
  });

  test('no code writes HTML from text', async () => {
    for (const entry of await readdir(join(webRoot, 'src'), { recursive: true })) {
      if (!entry.endsWith('.ts')) continue;
      const source = await readFile(join(webRoot, 'src', entry), 'utf8');
      assert.doesNotMatch(source, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(/, entry);
    }
  });
});

describe('trackers', () => {
  const tracker = 'Ab+/' + 'x'.repeat(39);
  test('are read with gaps, padding or the other alphabet', () => {
    assert.equal(readTracker(` ${tracker.slice(0, 4)} ${tracker.slice(4)}= `), tracker);
    assert.equal(readTracker(tracker.replace('+', '-').replace('/', '_')), tracker);
    assert.equal(readTracker(tracker.slice(1)), null);
    assert.equal(readTracker(''), null);
  });

  test('are searched for by all of them or by a beginning of at least six characters', () => {
    assert.equal(readSearch(tracker), tracker);
    assert.equal(readSearch(' Ab+_ xx '), 'Ab+/xx');
    for (const typed of ['Ab+/x', 'Ab+/x*', `${tracker}x`, '']) assert.equal(readSearch(typed), null, typed);
  });
});

describe('findings', () => {
  const contest = (...counts: (number | null)[]): CountedContest => ({
    question: '?',
    candidates: counts.map((count, i) => ({ number: i + 1, name: `Calon ${i + 1}`, count })),
  });
  test('say who leads, that it is level, or that nothing is counted', () => {
    assert.equal(finding(contest(1, 3, 0), false), 'Nomor 2 memimpin dengan 75,0%: Calon 2');
    assert.equal(finding(contest(1, 3, 0), true), 'Nomor 2 unggul dengan 75,0%: Calon 2');
    assert.equal(finding(contest(2, 0, 2), true), 'Nomor 1, 3 imbang dengan 50,0%');
    assert.equal(finding(contest(0, null), false), 'Belum ada suara yang dihitung');
    const several = { ...contest(3, 6, 5), several: { max: 3, ballots: 8 } };
    assert.equal(finding(several, true), 'Nomor 2 unggul dengan 75,0%: Calon 2');
  });
});

describe('counts', () => {
  test('are each candidate’s, the blank votes beside them where the question has any', () => {
    const counted = (blank: boolean, ...counts: number[]): Tally['contests'][number] => ({
      question: '?',
      blank,
      candidates: counts.map((count, i) => ({ number: i + 1, name: '?', count })),
    });
    const election = { contests: [{ blank: true, max: 1 }, { max: 2 }] } as Election;
    const contests = [counted(true, 2, 1), counted(false, 7)];
    const tally = { contests, counts: [[5, 2, 1], [7]], counted: 8 } as unknown as Tally;
    const [first, second] = countedContests(election, tally);
    assert.deepEqual([first!.blank, second!.blank], [5, undefined]);
    assert.deepEqual([first!.several, second!.several], [undefined, { max: 2, ballots: 8 }]);
    const weighted = countedContests(election, { ...tally, total_weight: 12 });
    assert.equal(weighted[1]!.several!.ballots, 12);
    assert.deepEqual(
      second!.candidates.map(({ count }) => count),
      [7],
    );
  });
});

describe('an opened ballot', () => {
  const recorded = (state: string): CheckResult =>
    ({ ok: true, uuid: '', name: '', tracker: '', answers: [], recorded: { state } }) as unknown as CheckResult;
  test('is right only where it recomputes and the ledger has it as opened', () => {
    assert.equal(verdictOf(recorded('challenged')), 'right');
    for (const state of ['counted', 'replaced']) assert.equal(verdictOf(recorded(state)), 'counted');
    for (const state of ['absent', 'elsewhere', 'unreachable']) assert.equal(verdictOf(recorded(state)), 'unrecorded');
    for (const failure of ['proofs', 'ballot', 'election'] as const) {
      assert.equal(verdictOf({ ok: false, failure }), 'wrong');
    }
    assert.equal(verdictOf({ ok: false, failure: 'randomness', question: 0, choice: 1 }), 'wrong');
    for (const failure of ['notAFile', 'noBallot', 'unpublished', 'network'] as const) {
      assert.equal(verdictOf({ ok: false, failure }), 'unreadable');
    }
  });
});
