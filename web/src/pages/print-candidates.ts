import type { Candidate, Election } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import { t } from '../base/i18n.ts';
import { portrait } from '../base/photo.ts';
import { title } from './print-parts.ts';

// The candidates, to be hung up.

function candidateBlock({ number, ...candidate }: Candidate): HTMLElement {
  return h(
    'li',
    { class: 'paper-candidate', testid: `candidate-${number}` },
    h('div', { class: 'paper-candidate-number' }, number),
    portrait(candidate),
    h(
      'div',
      { class: 'paper-candidate-words' },
      h('h2', {}, candidate.name),
      candidate.vision && [h('h3', {}, t('print.vision')), h('p', {}, candidate.vision)],
      candidate.mission.length > 0 && [
        h('h3', {}, t('print.mission')),
        h(
          'ol',
          {},
          candidate.mission.map((item) => h('li', {}, item)),
        ),
      ],
    ),
  );
}

export function candidatesPaper(election: Election): Child[] {
  return election.contests.map(({ question, candidates }) =>
    h(
      'section',
      { class: 'sheet' },
      title(t('print.candidates'), election.name, question),
      h('ul', { class: 'paper-candidates' }, candidates.map(candidateBlock)),
    ),
  );
}
