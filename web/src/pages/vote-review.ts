import type { Contest } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import type { ApiError } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { button, errorSummary, icon, notice } from '../base/parts.ts';
import { page } from '../base/shell.ts';
import { face, plainFace } from './vote-choose.ts';
import { trackerText } from './vote-receipt.ts';
import { ballotRefusal } from './vote-refusals.ts';
import { chosenCandidates, standing } from './vote-selection.ts';

// All answers once more. The ballot is sealed meanwhile, and what it is known by is shown before the voter decides to
// send it or to have it opened: a page that could choose afterwards could cheat.

export interface ReviewView {
  revote: boolean;
  tracker: string | null; // null while it is being sealed
  failure: ApiError | null; // of sealing or of a challenge
  change: (contest: number) => void;
  cast: () => void;
  challenge: () => void;
  reseal: () => void;
}

function chosen(contest: Contest, row: number[]): Child[] {
  const item = (...content: Child[]): Child =>
    h('div', { class: 'review-choice mb-2', testid: 'review-choice' }, ...content);
  const now = standing(contest, row);
  if (now.kind === 'blank') return [item(...plainFace(t('choose.blank')))];
  if (now.kind === 'none') {
    const told = contest.max > 1 || contest.blank === true;
    return [item(...plainFace(t('choose.none'))), told && fewer(t('review.none'))];
  }
  const picked = chosenCandidates(contest, row).map((i) => contest.candidates[i]!);
  return [
    ...picked.map((candidate) => item(...face(candidate))),
    now.kind === 'fewer' && fewer(t('review.fewer', { n: now.chosen, max: contest.max })),
  ];
}

const fewer = (text: string): Child =>
  h('p', { class: 'standing', testid: 'review-fewer' }, icon('info'), h('span', {}, text));

function answer(contest: Contest, row: number[], i: number, change: () => void): HTMLElement {
  return h(
    'section',
    { class: 'panel', testid: `review-${i}` },
    h('h2', {}, contest.question),
    ...chosen(contest, row),
    h(
      'button',
      {
        type: 'button',
        class: 'btn btn-link',
        testid: `change-${i}`,
        'aria-label': t('review.changeOf', { question: contest.question }),
        on: { click: change },
      },
      t('review.change'),
    ),
  );
}

function sealedPanel(view: ReviewView): HTMLElement {
  const { tracker, failure } = view;
  const bar = {
    class: 'progress mb-2',
    role: 'progressbar',
    'aria-label': t('review.sealing'),
    'aria-valuemin': '0',
    'aria-valuemax': '100',
    'aria-valuenow': '0',
  };
  return h(
    'section',
    { class: 'sealed', testid: 'sealed', 'data-state': tracker ? 'sealed' : failure ? 'failed' : 'sealing' },
    h('h2', {}, tracker ? t('review.isSealed') : t('review.sealing')),
    tracker ? trackerText(tracker, 'ballot-tracker') : !failure && h('div', bar, h('div', { class: 'progress-bar' })),
    h('p', { class: 'mute small-text' }, t('review.sealed')),
  );
}

export function showProgress(share: number): void {
  const bar = page().querySelector<HTMLElement>('.progress-bar');
  bar?.style.setProperty('width', `${Math.round(share * 100)}%`);
  bar?.parentElement?.setAttribute('aria-valuenow', String(Math.round(share * 100)));
}

function offer(view: ReviewView): HTMLElement {
  return h(
    'details',
    { class: 'challenge-offer' },
    h('summary', { testid: 'challenge-offer' }, t('challenge.offer')),
    h('p', {}, t('challenge.explain')),
    button(t('challenge.do'), 'secondary', 'challenge', view.challenge),
  );
}

function challengeFault(error: ApiError): string {
  return error.code === 'conflict' ? t('challenge.refused') : ballotRefusal(error);
}

// What changes when the ballot has been sealed; the answers above it stay as they are.
export function sealPart(view: ReviewView): Child[] {
  const { tracker, failure } = view;
  // A second press must not start a second ballot.
  const cast = button(t('review.cast'), 'primary', 'cast', () => {
    cast.disabled = true;
    view.cast();
  });
  cast.disabled = tracker === null;
  const main = failure && !tracker ? button(t('page.again'), 'primary', 'retry', view.reseal) : cast;
  return [sealedPanel(view), h('div', { class: 'main-action' }, main), tracker && offer(view)];
}

export function reviewScreen(contests: Contest[], marks: number[][], view: ReviewView): Child[] {
  return [
    view.failure && errorSummary([{ field: null, text: challengeFault(view.failure) }]),
    h('h1', {}, t('review.title')),
    h('p', {}, t('review.lead')),
    view.revote && notice('warn', h('p', {}, t('voted.again'))),
    ...contests.map((contest, i) => answer(contest, marks[i]!, i, () => view.change(i))),
    h('div', { id: 'seal' }, ...sealPart(view)),
  ];
}
