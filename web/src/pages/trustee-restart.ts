import { h } from '../base/dom.ts';
import { ApiError, post } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { errorSummary, fieldError } from '../base/parts.ts';

// Begins a key ceremony anew, where a trustee's part turned out wrong or a key file was lost.

const maxReason = 500;

export function restartPanel(uuid: string, csrf: () => Record<string, string>, done: () => Promise<void>): HTMLElement {
  const errors = h('div', {});
  const beside = h('div', {});
  const reason = h('input', {
    type: 'text',
    id: 'restart-reason',
    testid: 'restart-reason',
    class: 'form-control mb-3',
    maxlength: maxReason,
    'aria-describedby': 'restart-help',
  });
  const fail = (text: string, field: boolean): void => {
    const summary = errorSummary([{ field: field ? 'restart-reason' : null, text }]);
    errors.replaceChildren(summary);
    beside.replaceChildren(...(field ? [fieldError('restart-reason', text)] : []));
    reason.setAttribute('aria-invalid', String(field));
    summary.focus();
  };
  const restart = async (): Promise<void> => {
    errors.replaceChildren();
    beside.replaceChildren();
    const given = reason.value.trim();
    if (given === '') {
      fail(t('restart.noReason'), true);
      return;
    }
    try {
      await post(`/elections/${uuid}/ceremony/restart`, { reason: given }, csrf());
      await done();
    } catch (error) {
      fail(error instanceof ApiError ? error.text() : t('error.internal'), false);
    }
  };
  return h(
    'details',
    { class: 'panel', 'data-keep': 'restart' },
    h('summary', { testid: 'restart-offer' }, t('restart.offer')),
    errors,
    h('p', { id: 'restart-help' }, t('restart.explain')),
    h(
      'form',
      { novalidate: true, on: { submit: (event) => (event.preventDefault(), void restart()) } },
      h('label', { class: 'form-label', for: 'restart-reason' }, t('restart.reason')),
      beside,
      reason,
      h('button', { type: 'submit', class: 'btn btn-outline-secondary', testid: 'restart-ceremony' }, t('restart.do')),
    ),
  );
}
