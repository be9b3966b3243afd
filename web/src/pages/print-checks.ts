import type { Election } from '../base/api.ts';
import { h } from '../base/dom.ts';
import { number } from '../base/format.ts';
import { t } from '../base/i18n.ts';
import { icon } from '../base/parts.ts';
import { invariants, type Figures, type Invariant } from './minutes-figures.ts';

// What must hold between the figures of the minutes, with the numbers it was checked on.

function words({ kind, relation, parts, right, left, name }: Invariant, blank: boolean): string {
  const sums = parts.length > 1 ? `${parts.map(number).join(' + ')} = ${number(left)}` : number(left);
  const figures =
    relation === '=' && left === right && parts.length > 1 ? sums : `${sums} ${relation} ${number(right)}`;
  const rule = t(kind === 'votes' && !blank ? 'minutes.check.votesNoBlank' : `minutes.check.${kind}`);
  return `${name ? `${name}: ` : ''}${rule}: ${figures}`;
}

function line(text: string, holds: boolean, kind: string): HTMLElement {
  return h(
    'li',
    { class: holds ? '' : 'is-wrong', testid: `minutes-check-${kind}`, 'data-holds': String(holds) },
    icon(holds ? 'ok' : 'bad'),
    h('span', {}, text, ' – ', h('strong', {}, t(holds ? 'minutes.holds' : 'minutes.fails'))),
  );
}

// Polling places that fit are told by their number, since their figures stand in the table; those that do not, one by one.
export function checksPart(election: Election, figures: Figures): HTMLElement {
  const all = invariants(figures, election);
  const failed = all.filter(({ holds }) => !holds).length;
  const blanks = new Set(
    (figures.contests ?? []).filter(({ blank }) => blank !== null).map(({ question }) => question),
  );
  const single = figures.contests?.length === 1;
  const many = (kind: string): boolean => kind === 'place' || kind === 'attendance';
  const each = (['place', 'attendance'] as const).flatMap((kind) => {
    const right = all.filter((check) => check.kind === kind && check.holds);
    if (right.length === 0) return [];
    return [line(`${t(`minutes.check.${kind}`)} (${t('minutes.check.eachPlace', { n: right.length })})`, true, kind)];
  });
  const rest = all
    .filter(({ kind, holds }) => !many(kind) || !holds)
    .map((check) => {
      const shown = single && !many(check.kind) ? { ...check, name: '' } : check;
      return line(words(shown, blanks.has(check.name)), check.holds, check.kind);
    });
  return h(
    'section',
    { class: 'paper-part', testid: 'minutes-checks', 'data-failed': failed },
    h('h2', {}, t('minutes.checks')),
    h('ul', { class: 'paper-checks' }, rest, each),
    h(
      'p',
      { class: failed === 0 ? '' : 'paper-warning' },
      failed === 0 ? t('minutes.allHold', { n: all.length }) : t('minutes.someFail', { failed, n: all.length }),
    ),
  );
}
