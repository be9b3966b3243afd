import type { Election, LedgerHead } from '../base/api.ts';
import { announce, h, type Child } from '../base/dom.ts';
import { t } from '../base/i18n.ts';
import { ApiError } from '../base/http.ts';
import { button, notice, saveFile } from '../base/parts.ts';
import { hasResult } from './minutes-figures.ts';
import { savedCopy } from './portal-copy.ts';
import type { PortalData } from './portal-data.ts';
import { positionText } from './portal-position.ts';
import { preparedFile } from './prepared-file.ts';

// Files of the election, its papers, and the page itself as a file.

// The files are complete once there is a result, or nothing more will come.
function filesList({ uuid, phase, sealed_at: sealed, tallied_at: tallied }: Election): HTMLElement {
  const path = `/api/v1/elections/${uuid}`;
  const over = phase === 'cancelled';
  return h(
    'ul',
    { class: 'files' },
    (tallied || over) &&
      preparedFile(`${path}/bundle.tar`, 'download-bundle', t('downloads.bundle'), t('downloads.bundleFor')),
    (tallied || (over && sealed)) &&
      preparedFile(`${path}/election.bel`, 'download-bel', t('downloads.bel'), t('downloads.belFor')),
    tallied && preparedFile(`${path}/result.csv`, 'download-csv', t('downloads.csv'), t('downloads.csvFor')),
    tallied && preparedFile(`${path}/result.json`, 'download-json', t('downloads.json'), t('downloads.jsonFor')),
    h('li', {}, h('a', { href: `/log/${uuid}/checkpoint`, testid: 'link-checkpoint' }, t('portal.checkpoint'))),
    h('li', {}, h('a', { href: `/log/${uuid}/keys.json` }, t('portal.keys'))),
    !tallied && !over && h('li', { class: 'mute small-text' }, t('downloads.later')),
  );
}

// Nothing changes any more once it is certified, so only then is a copy worth keeping.
function copyPart(data: PortalData): Child {
  const told = h('div', { 'aria-live': 'polite', testid: 'copy-told' });
  const control = button(t('copy.save'), 'secondary', 'save-copy', () => void save());
  const save = async (): Promise<void> => {
    control.disabled = true;
    told.textContent = t('copy.saving');
    try {
      const { name, html } = await savedCopy(data);
      saveFile(name, html, 'text/html');
      told.replaceChildren(notice('ok', h('p', {}, t('copy.saved', { name }))));
    } catch (error) {
      const text = error instanceof ApiError ? error.text() : t('error.internal');
      told.replaceChildren(notice('warn', h('p', {}, text)));
      announce(text);
    }
    control.disabled = false;
  };
  return h('div', { class: 'no-print' }, h('p', { class: 'mute small-text' }, t('copy.saveHelp')), control, told);
}

export function downloadsPanel(
  election: Election,
  ledger: LedgerHead | undefined,
  whole: PortalData | null,
): HTMLElement {
  const paper = (name: string): string => `/print/${election.uuid}/${name}`;
  const withMinutes = hasResult(election) || election.phase === 'cancelled';
  return h(
    'section',
    { class: 'panel no-print', testid: 'downloads' },
    h('h2', {}, t('downloads.title')),
    filesList(election),
    ledger && positionText(ledger),
    h('h3', {}, t('downloads.papers')),
    h(
      'ul',
      { class: 'files' },
      h('li', {}, h('a', { href: paper('candidates'), testid: 'paper-candidates' }, t('downloads.candidates'))),
      withMinutes && h('li', {}, h('a', { href: paper('minutes'), testid: 'paper-minutes' }, t('downloads.minutes'))),
    ),
    whole?.election.phase === 'certified' && copyPart(whole),
  );
}
