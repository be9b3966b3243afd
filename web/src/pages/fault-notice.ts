import type { ElectionSummary } from '../base/api.ts';
import { h } from '../base/dom.ts';
import { t, type MessageKey } from '../base/i18n.ts';
import { notice } from '../base/parts.ts';

// Why nothing is recorded in an election any more, in words; what the service says of it is English and for those who
// mend it.
export function faultNotice({ fault }: Pick<ElectionSummary, 'fault'>, said: MessageKey): HTMLElement | null {
  if (!fault) return null;
  return notice(
    'bad',
    h('p', { testid: 'fault' }, t(said)),
    h(
      'details',
      { 'data-keep': 'fault' },
      h('summary', {}, t('fault.detail')),
      h('p', { lang: 'en', testid: 'fault-detail' }, fault),
    ),
  );
}
