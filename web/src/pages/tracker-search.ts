import type { BoardItem, Election } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import { zoneOf } from '../base/format.ts';
import { ApiError } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { button, errorSummary, fieldError, notice } from '../base/parts.ts';
import { boardLink, fateOf, readSearch, searchBoard, toneOf } from './tracker.ts';

// Looks a receipt's tracker up on the bulletin board, for the portal and the board's own page.

const mostFound = 20;

interface SearchOptions {
  asked?: string; // searched for at once
  open?: (item: BoardItem) => void; // shows the entry here; else it is shown on the board's page
  searched?: (text: string) => void;
}

export function trackerSearch(election: Election, { asked = '', open, searched }: SearchOptions = {}): HTMLElement {
  const zone = zoneOf(election.time_zone);
  const result = h('div', { class: 'tracker-result', testid: 'tracker-result', 'aria-live': 'polite' });
  const errors = h('div', {});
  const beside = h('div', {});
  const field = h('input', {
    type: 'text',
    id: 'tracker',
    testid: 'tracker-input',
    class: 'form-control',
    autocomplete: 'off',
    spellcheck: 'false',
    autocapitalize: 'none',
    'aria-describedby': 'tracker-help',
  });
  field.value = asked;

  const show = (state: string, tone: 'ok' | 'warn' | 'bad', ...content: Child[]): void => {
    result.setAttribute('data-state', state);
    result.replaceChildren(notice(tone, ...content));
  };
  const leadTo = (item: BoardItem, text: string, testid: string): HTMLElement =>
    open
      ? button(text, 'link', testid, () => {
          open(item);
          result.replaceChildren(); // the entry says the same, and more
        })
      : h('a', { href: boardLink(election.uuid, item.tracker), testid }, text);
  const showOne = (item: BoardItem): void =>
    show(
      item.status,
      toneOf(item),
      h('p', {}, fateOf(item, zone)),
      h('p', {}, leadTo(item, t('tracker.entry'), 'tracker-entry')),
    );
  const showSeveral = (items: BoardItem[], more: boolean): void =>
    show(
      'several',
      'warn',
      h('p', {}, t(more ? 'tracker.manyMore' : 'tracker.many', { n: items.length })),
      h(
        'ul',
        { class: 'found-trackers' },
        items.map((item) =>
          h('li', {}, leadTo(item, item.tracker, `found-${item.seq}`), ' ', t(`board.status.${item.status}`)),
        ),
      ),
    );

  const search = async (): Promise<void> => {
    result.replaceChildren();
    result.removeAttribute('data-state');
    errors.replaceChildren();
    beside.replaceChildren();
    field.removeAttribute('aria-invalid');
    field.setAttribute('aria-describedby', 'tracker-help');
    const text = readSearch(field.value);
    if (!text) {
      const summary = errorSummary([{ field: 'tracker', text: t('tracker.malformed') }]);
      errors.replaceChildren(summary);
      beside.replaceChildren(fieldError('tracker', t('tracker.malformed')));
      field.setAttribute('aria-invalid', 'true');
      field.setAttribute('aria-describedby', 'tracker-help tracker-error');
      summary.focus();
      return;
    }
    searched?.(text);
    try {
      const { ballots } = await searchBoard(election.uuid, text, mostFound + 1);
      const [item, second] = ballots;
      if (second) showSeveral(ballots.slice(0, mostFound), ballots.length > mostFound);
      else if (item) showOne(item);
      else show('unknown', 'bad', h('p', {}, t('tracker.unknown')));
    } catch (error) {
      if (error instanceof ApiError && error.code === 'not_found') {
        show('unknown', 'bad', h('p', {}, t('tracker.unknown')));
      } else show('failed', 'warn', h('p', {}, error instanceof ApiError ? error.text() : t('error.internal')));
    }
  };
  if (asked !== '') void search();
  return h(
    'section',
    { class: 'panel no-print' },
    h('h2', {}, t('tracker.title')),
    errors,
    h(
      'form',
      { novalidate: true, on: { submit: (event) => (event.preventDefault(), void search()) } },
      h(
        'div',
        { class: 'field' },
        h('label', { class: 'form-label', for: 'tracker' }, t('tracker.label')),
        h('p', { class: 'form-text', id: 'tracker-help' }, t('tracker.help')),
        beside,
        field,
      ),
      h(
        'button',
        { type: 'submit', class: 'btn btn-outline-secondary', testid: 'tracker-search' },
        t('tracker.search'),
      ),
    ),
    result,
    !open &&
      h(
        'p',
        { class: 'mb-0' },
        h('a', { href: boardLink(election.uuid), testid: 'to-board' }, t('tracker.toBoard')),
        ' ',
        h('a', { href: '/receipt', testid: 'to-receipt' }, t('tracker.toReceipt')),
      ),
  );
}
