import type { Candidate, Contest } from '../base/api.ts';
import { announce, h, type Child } from '../base/dom.ts';
import { t } from '../base/i18n.ts';
import { button, errorSummary, icon, notice } from '../base/parts.ts';
import { portrait } from '../base/photo.ts';
import { blankChoice, choiceOf, standing, tap, type Standing, type Told } from './vote-selection.ts';

// One question a screen. `marks` is changed in place: one row of 0 and 1 for each question.

interface ChooseActions {
  place: string;
  revote: boolean;
  next: () => void;
  back: (() => void) | null;
}

function rule({ min, max, blank }: Contest): string {
  if (blank) {
    if (max === 1) return t('choose.oneOrBlank');
    if (min === 0) return t('choose.upToOrBlank', { n: max });
    return min === max ? t('choose.exactlyOrBlank', { n: max }) : t('choose.betweenOrBlank', { min, max });
  }
  if (max === 1) return min === 0 ? t('choose.oneOrNone') : t('choose.one');
  if (min === 0) return t('choose.upTo', { n: max });
  return min === max ? t('choose.exactly', { n: max }) : t('choose.between', { min, max });
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

export function face(candidate: Candidate): Child[] {
  const { number, name } = candidate;
  return [
    h('span', { class: 'candidate-number', 'aria-hidden': 'true' }, number),
    h(
      'span',
      { class: 'candidate-who' },
      portrait(candidate),
      h(
        'span',
        { class: 'candidate-name' },
        h('span', { class: 'visually-hidden' }, t('choose.number', { number })),
        name,
      ),
    ),
  ];
}

export function plainFace(name: string): Child[] {
  return [
    h('span', { class: 'candidate-number is-plain', 'aria-hidden': 'true' }, '–'),
    h('span', { class: 'candidate-name' }, name),
  ];
}

interface Card {
  id: string;
  testid: string;
  choice: number; // -1: none of them
  face: Child[];
  more?: Child;
}

function cardsOf(contest: Contest, at: number): Card[] {
  const cards: Card[] = contest.candidates.map((candidate, i) => ({
    id: `candidate-${candidate.number}`,
    testid: `candidate-${candidate.number}`,
    choice: choiceOf(contest, i),
    face: face(candidate),
    more: details(candidate),
  }));
  if (contest.blank) {
    cards.push({ id: 'blank', testid: `blank-${at}`, choice: blankChoice, face: plainFace(t('choose.blank')) });
  } else if (contest.min === 0 && contest.max === 1) {
    cards.push({ id: 'candidate-none', testid: 'candidate-none', choice: -1, face: plainFace(t('choose.none')) });
  }
  return cards;
}

function cardView(card: Card, single: boolean, tapped: () => void): HTMLElement {
  const input = h('input', {
    type: single ? 'radio' : 'checkbox',
    id: card.id,
    name: 'candidate',
    on: { change: tapped },
  });
  return h(
    'div',
    { class: card.more ? 'candidate has-more' : 'candidate', 'data-choice': card.choice },
    input,
    h(
      'label',
      { class: 'candidate-face', for: card.id, testid: card.testid },
      ...card.face,
      h('span', { class: 'candidate-chosen' }, icon('ok'), t('choose.chosen')),
    ),
    card.more,
  );
}

function toldText(told: Told, contest: Contest): string | null {
  switch (told) {
    case 'tooMany':
      return t('choose.tooMany', { max: contest.max });
    case 'clearedForBlank':
      return t('choose.clearedForBlank');
    case 'clearedBlank':
      return t('choose.clearedBlank');
    case null:
      return null;
  }
}

// Said above the main button: how many are chosen, and that fewer are allowed.
function standingView(contest: Contest, now: Standing): Child {
  const several = contest.max > 1;
  const line = (name: 'ok' | 'info', text: string): Child =>
    h('p', { class: 'standing', testid: 'standing', 'data-kind': now.kind }, icon(name), h('span', {}, text));
  switch (now.kind) {
    case 'full':
      return several && line('ok', t('choose.isFull', { n: now.chosen }));
    case 'fewer':
      return line('info', t('choose.isFewer', { n: now.chosen, left: now.left }));
    case 'none':
      return line('info', t(contest.blank ? 'choose.isNoneNotBlank' : 'choose.isNone'));
    case 'tooFew':
      return several && line('info', t('choose.isTooFew', { n: now.chosen, missing: now.missing }));
    case 'blank':
      return several && line('ok', t('choose.isBlank'));
  }
}

// Explained beside the card that was tapped, where the eye is.
function tellBeside(card: Element, told: Told, contest: Contest): void {
  const text = toldText(told, contest);
  if (!text) return;
  const tone = told === 'tooMany' ? 'warn' : 'info';
  const note = notice(tone, h('p', { testid: 'told', 'data-told': told }, text));
  note.classList.add('candidate-told');
  card.after(note);
  announce(text);
}

function cardList(contest: Contest, at: number, marks: number[][], changed: (saidNone: boolean) => void): HTMLElement {
  const list = h('div', { class: contest.max > 1 ? 'is-several' : '' });
  const cards = cardsOf(contest, at);
  let none = false;
  const paint = (): void => {
    for (const card of list.querySelectorAll('.candidate')) {
      const choice = Number(card.getAttribute('data-choice'));
      const selected = choice < 0 ? none : marks[at]![choice] === 1;
      card.classList.toggle('is-selected', selected);
      card.querySelector('input')!.checked = selected;
    }
    changed(none);
  };
  for (const card of cards) {
    const view = cardView(card, contest.max === 1, () => {
      none = card.choice < 0;
      const after: ReturnType<typeof tap> = none
        ? { row: marks[at]!.map(() => 0), told: null }
        : tap(contest, marks[at]!, card.choice);
      marks[at] = after.row;
      list.querySelector('.candidate-told')?.remove();
      paint();
      if (after.told) tellBeside(view, after.told, contest);
      else if (contest.max > 1)
        announce(t('choose.counted', { n: standing(contest, after.row).chosen, max: contest.max }));
    });
    list.append(view);
  }
  paint();
  return list;
}

function progress(at: number, all: number): Child {
  if (all === 1) return null;
  return h(
    'div',
    { class: 'question-progress' },
    h(
      'p',
      { class: 'mute', id: 'question-progress', testid: 'question-progress' },
      t('choose.contestOf', { at: at + 1, all }),
    ),
    h(
      'div',
      { class: 'segments', 'aria-hidden': 'true' },
      Array.from({ length: all }, (_, i) => h('span', { class: i < at ? 'is-done' : i === at ? 'is-current' : '' })),
    ),
  );
}

export function chooseScreen(contests: Contest[], at: number, marks: number[][], actions: ChooseActions): Child[] {
  const contest = contests[at]!;
  const problems = h('div', {});
  const said = h('div', {});
  const ahead = at + 1 === contests.length ? t('choose.toReview') : t('choose.toNext', { at: at + 2 });
  const next = button(ahead, 'primary', 'to-review', () => {
    const now = standing(contest, marks[at]!);
    if (now.kind !== 'tooFew') {
      actions.next();
      return;
    }
    const text = contest.max === 1 ? t('choose.tooFew') : t('choose.isTooFew', { n: now.chosen, missing: now.missing });
    const summary = errorSummary([{ field: `candidate-${contest.candidates[0]!.number}`, text }]);
    problems.replaceChildren(summary);
    summary.focus();
    window.scrollTo(0, 0);
  });
  const cards = cardList(contest, at, marks, (saidNone) => {
    problems.replaceChildren();
    const now = standing(contest, marks[at]!);
    const line = saidNone ? null : standingView(contest, now);
    said.replaceChildren(...(line instanceof Node ? [line] : []));
    next.textContent = now.kind === 'none' && !saidNone ? t('choose.withoutChoice') : ahead;
  });
  return [
    problems,
    actions.revote && notice('warn', h('p', { testid: 'revote-notice' }, t('voted.again'))),
    progress(at, contests.length),
    h(
      'fieldset',
      { class: 'candidates', testid: `question-${at}` },
      h(
        'legend',
        {},
        h('h1', contests.length > 1 ? { 'aria-describedby': 'question-progress' } : {}, contest.question),
      ),
      h('p', { class: 'mute' }, rule(contest), actions.place && ` · ${actions.place}`),
      cards,
    ),
    h(
      'div',
      { class: 'main-action' },
      said,
      next,
      actions.back && button(t('page.back'), 'secondary', 'back', actions.back),
    ),
  ];
}
