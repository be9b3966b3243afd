import type { Candidate, Contest } from '../base/api.ts';
import { announce, h, type Child } from '../base/dom.ts';
import { initials } from '../base/format.ts';
import { t } from '../base/i18n.ts';
import { button, errorSummary, icon, notice } from '../base/parts.ts';

// Choosing and reviewing. `marks` is changed in place: one row of 0 and 1 for each contest.

interface ChooseActions {
  place: string;
  revote: boolean;
  next: () => void;
  back: (() => void) | null;
}

const countOf = (row: number[]): number => row.reduce((a, b) => a + b, 0);

export function rule(contest: Contest): string {
  if (contest.max === 1) return contest.min === 0 ? t('choose.oneOrNone') : t('choose.one');
  return contest.min === contest.max
    ? t('choose.exactly', { n: contest.max })
    : t('choose.between', { min: contest.min, max: contest.max });
}

function details(candidate: Candidate): Child {
  if (!candidate.vision && candidate.mission.length === 0) return null;
  return h(
    'details',
    {},
    h('summary', { 'aria-label': t('choose.moreOf', { name: candidate.name }) }, t('choose.more')),
    candidate.vision && h('h3', {}, t('choose.vision')),
    candidate.vision && h('p', {}, candidate.vision),
    candidate.mission.length > 0 && h('h3', {}, t('choose.mission')),
    candidate.mission.length > 0 &&
      h(
        'ol',
        {},
        candidate.mission.map((item) => h('li', {}, item)),
      ),
  );
}

function face(number: number, name: string): Child[] {
  return [
    h('span', { class: 'candidate-number', 'aria-hidden': 'true' }, number),
    h(
      'span',
      { class: 'candidate-who' },
      h('span', { class: 'candidate-photo', 'aria-hidden': 'true' }, initials(name)),
      h(
        'span',
        { class: 'candidate-name' },
        h('span', { class: 'visually-hidden' }, t('choose.number', { number })),
        name,
      ),
    ),
  ];
}

function candidateCard(
  contest: Contest,
  index: number,
  candidate: Candidate,
  row: number[],
  update: () => void,
): HTMLElement {
  const single = contest.max === 1;
  const id = `candidate-${candidate.number}`;
  const input = h('input', {
    type: single ? 'radio' : 'checkbox',
    id,
    name: 'candidate',
    on: {
      change: () => {
        if (single) row.fill(0);
        row[index] = input.checked ? 1 : 0;
        update();
      },
    },
  });
  input.checked = row[index] === 1;
  return h(
    'div',
    { class: 'candidate', 'data-index': index },
    input,
    h(
      'label',
      { class: 'candidate-face', for: id, testid: `candidate-${candidate.number}` },
      ...face(candidate.number, candidate.name),
      h('span', { class: 'candidate-chosen' }, icon('ok'), t('choose.chosen')),
    ),
    details(candidate),
  );
}

function noneCard(row: number[], chosen: () => boolean, update: () => void): HTMLElement {
  const input = h('input', {
    type: 'radio',
    id: 'candidate-none',
    name: 'candidate',
    on: {
      change: () => {
        row.fill(0);
        update();
      },
    },
  });
  input.checked = chosen();
  return h(
    'div',
    { class: 'candidate', 'data-index': 'none' },
    input,
    h(
      'label',
      { class: 'candidate-face', for: 'candidate-none', testid: 'candidate-none' },
      h('span', { class: 'candidate-number', 'aria-hidden': 'true' }, '–'),
      h('span', { class: 'candidate-name' }, t('choose.none')),
      h('span', { class: 'candidate-chosen' }, icon('ok'), t('choose.chosen')),
    ),
  );
}

function fault(contest: Contest, row: number[], noneChosen: boolean): string | null {
  const count = countOf(row);
  if (count > contest.max) return t('choose.tooMany', { max: contest.max, n: count });
  if (count < contest.min || (count === 0 && contest.max === 1 && !noneChosen)) return t('choose.tooFew');
  return null;
}

export function chooseScreen(contests: Contest[], at: number, marks: number[][], actions: ChooseActions): Child[] {
  const contest = contests[at]!;
  const row = marks[at]!;
  let noneChosen = false;
  const cards = h('div', {});
  const problems = h('div', {});

  const update = (): void => {
    const input = cards.querySelector<HTMLInputElement>('#candidate-none');
    noneChosen = input?.checked ?? false;
    problems.replaceChildren();
    for (const card of cards.querySelectorAll('.candidate')) {
      const index = card.getAttribute('data-index')!;
      card.classList.toggle('is-selected', index === 'none' ? noneChosen : row[Number(index)] === 1);
    }
    if (contest.max > 1) announce(t('choose.counted', { n: countOf(row), max: contest.max }));
  };

  cards.append(...contest.candidates.map((candidate, i) => candidateCard(contest, i, candidate, row, update)));
  if (contest.min === 0 && contest.max === 1) cards.append(noneCard(row, () => noneChosen, update));
  update();

  const last = at + 1 === contests.length;
  const next = (): void => {
    const text = fault(contest, row, noneChosen);
    if (!text) {
      actions.next();
      return;
    }
    const summary = errorSummary([{ field: `candidate-${contest.candidates[0]!.number}`, text }]);
    problems.replaceChildren(summary);
    summary.focus();
    window.scrollTo(0, 0);
  };
  return [
    problems,
    actions.revote && notice('warn', h('p', { testid: 'revote-notice' }, t('voted.again'))),
    contests.length > 1 && h('p', { class: 'mute' }, t('choose.contestOf', { at: at + 1, all: contests.length })),
    h(
      'fieldset',
      { class: 'candidates' },
      h('legend', {}, h('h1', {}, contest.question)),
      h('p', { class: 'mute' }, rule(contest), actions.place && ` · ${actions.place}`),
      cards,
    ),
    h(
      'div',
      { class: 'main-action' },
      button(
        last ? t('choose.toReview') : t('choose.toNext', { at: at + 2, all: contests.length }),
        'primary',
        'to-review',
        next,
      ),
      actions.back && button(t('page.back'), 'secondary', 'back', actions.back),
    ),
  ];
}

interface ReviewActions {
  revote: boolean;
  change: (contest: number) => void;
  cast: () => void;
}

function chosen(contest: Contest, row: number[]): Child[] {
  const picked = contest.candidates.filter((_, i) => row[i] === 1);
  if (picked.length === 0) return [h('p', { class: 'candidate-name' }, t('choose.none'))];
  return picked.map((candidate) =>
    h('div', { class: 'review-choice mb-2', testid: 'review-choice' }, ...face(candidate.number, candidate.name)),
  );
}

export function reviewScreen(contests: Contest[], marks: number[][], actions: ReviewActions): Child[] {
  return [
    h('h1', {}, t('review.title')),
    h('p', {}, t('review.lead')),
    actions.revote && notice('warn', h('p', {}, t('voted.again'))),
    ...contests.map((contest, i) =>
      h(
        'section',
        { class: 'panel' },
        h('h2', {}, contest.question),
        ...chosen(contest, marks[i]!),
        h(
          'button',
          { type: 'button', class: 'btn btn-link', testid: `change-${i}`, on: { click: () => actions.change(i) } },
          t('review.change'),
        ),
      ),
    ),
    h('div', { class: 'main-action' }, castButton(actions.cast)),
    h('p', { class: 'mute small-text mt-3' }, t('review.sealed')),
  ];
}

// A second press must not start a second ballot.
function castButton(cast: () => void): HTMLElement {
  const control = button(t('review.cast'), 'primary', 'cast', () => {
    control.disabled = true;
    cast();
  });
  return control;
}
