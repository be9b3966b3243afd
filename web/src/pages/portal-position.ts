import type { LedgerHead } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import { t } from '../base/i18n.ts';

// The head of the ledger that the figures go with, to be compared with other copies.
export function positionText({ checkpoint }: LedgerHead): Child {
  if (!checkpoint) return null;
  return h(
    'p',
    { class: 'mute small-text', testid: 'position', 'data-count': checkpoint.size },
    t('downloads.position', { n: checkpoint.size }),
    ' ',
    h('code', {}, checkpoint.root),
  );
}
