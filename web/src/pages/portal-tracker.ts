import type { BoardItem, Election } from '../base/api.ts';
import { h } from '../base/dom.ts';
import { dateTime, number, zoneOf } from '../base/format.ts';
import { ApiError, get } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { errorSummary, fieldError, notice } from '../base/parts.ts';

// Looks a receipt's tracker up on the bulletin board.

// Trackers are base64 without padding of 32 bytes. Copied ones come with spaces, padding or the other alphabet.
export function readTracker(typed: string): string | null {
  const text = typed.replace(/\s/g, '').replace(/=+$/, '').replace(/-/g, '+').replace(/_/g, '/');
  return /^[A-Za-z0-9+/]{43}$/.test(text) ? text : null;
}

export function trackerSearch(election: Election, asked: string): HTMLElement {
  const result = h('div', { testid: 'tracker-result', 'aria-live': 'polite' });
  const errors = h('div', {});
  const beside = h('div', {});
  const field = h('input', {
    type: 'text',
    id: 'tracker',
    testid: 'tracker-input',
    class: 'form-control mb-2',
    autocomplete: 'off',
    spellcheck: 'false',
    autocapitalize: 'none',
  });
  field.value = asked;

  const show = (state: string, tone: 'ok' | 'warn' | 'bad', text: string): void => {
    result.setAttribute('data-state', state);
    result.replaceChildren(notice(tone, h('p', {}, text)));
  };
  const search = async (): Promise<void> => {
    result.replaceChildren();
    errors.replaceChildren();
    beside.replaceChildren();
    field.removeAttribute('aria-invalid');
    const tracker = readTracker(field.value);
    if (!tracker) {
      const summary = errorSummary([{ field: 'tracker', text: t('tracker.malformed') }]);
      errors.replaceChildren(summary);
      beside.replaceChildren(fieldError('tracker', t('tracker.malformed')));
      field.setAttribute('aria-invalid', 'true');
      field.setAttribute('aria-describedby', 'tracker-error');
      summary.focus();
      return;
    }
    try {
      const { ballots } = await get<{ ballots: BoardItem[] }>(
        `/elections/${election.uuid}/ballots?tracker=${encodeURIComponent(tracker)}`,
      );
      const item = ballots[0];
      if (!item) {
        show('unknown', 'bad', t('tracker.unknown'));
        return;
      }
      const params = { seq: number(item.seq), time: dateTime(item.time, zoneOf(election.time_zone)) };
      if (item.status === 'counted') show('counted', 'ok', t('tracker.counted', params));
      else if (item.status === 'challenged') show('challenged', 'warn', t('tracker.challenged', params));
      else show('replaced', 'warn', t('tracker.replaced', params));
    } catch (error) {
      if (error instanceof ApiError && error.code === 'not_found') show('unknown', 'bad', t('tracker.unknown'));
      else show('failed', 'warn', error instanceof ApiError ? error.text() : t('error.internal'));
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
      h('label', { class: 'form-label', for: 'tracker' }, t('tracker.label')),
      beside,
      field,
      h(
        'button',
        { type: 'submit', class: 'btn btn-outline-secondary', testid: 'tracker-search' },
        t('tracker.search'),
      ),
    ),
    h('div', { class: 'mt-3' }, result),
  );
}
