import type { Election } from '../base/api.ts';
import { h } from '../base/dom.ts';
import { t } from '../base/i18n.ts';
import { watchedBy } from './witnesses-panel.ts';

// "How this can be checked", in sight beside every result.
export function howToCheck(election: Election): HTMLElement {
  const { uuid } = election;
  const watched = watchedBy(election);
  return h(
    'section',
    { class: 'panel is-check no-print' },
    h('h2', {}, t('portal.how')),
    h('p', {}, t('portal.checkShort')),
    watched && h('p', { testid: 'watched-by' }, watched),
    h(
      'div',
      { class: 'row-actions' },
      h(
        'a',
        { href: `/supervisor#${uuid}`, class: 'btn btn-outline-secondary', testid: 'verify-here' },
        t('portal.verifyHere'),
      ),
      h('a', { href: `/verify-help#${uuid}`, class: 'btn btn-link', testid: 'how-to-check' }, t('portal.checkHow')),
    ),
  );
}
