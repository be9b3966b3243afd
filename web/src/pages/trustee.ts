import { announce, byId, h, replaceKeepingFocus, type Child } from '../base/dom.ts';
import { ApiError } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { notice } from '../base/parts.ts';
import { focusTitle } from '../base/shell.ts';
import { StaffPage } from '../base/staff-page.ts';
import { describe, type Described } from './described.ts';
import { KeyDesk } from './trustee-key.ts';
import { restartPanel } from './trustee-restart.ts';
import { statusPanels } from './trustee-screens.ts';

// The trustees' page: the key ceremony before an election is sealed, and the opening of its result after the close.
// A trustee's secret is in a file of the trustee's own; the page reads it for one step and then drops it.

const centre: StaffPage<Described> = new StaffPage<Described>({
  title: 'title.trustee',
  describe,
  content,
  empty: () => [h('h1', {}, t('committee.none')), h('p', {}, t('trustee.noElection'))],
  drawn: (described) => {
    drawStatus(described);
    desk.show(described);
  },
  changed: (described) => {
    drawStatus(described);
    desk.show(described);
  },
  left: () => desk.clear(),
});
const desk = new KeyDesk({ csrf: () => centre.staff.csrf(), ended: centre.staff.endedBy, refresh });

async function refresh(): Promise<void> {
  try {
    await centre.refresh();
  } catch (error) {
    if (!centre.staff.endedBy(error)) announce(error instanceof ApiError ? error.text() : t('error.internal'));
  }
}

function content({ election }: Described): Child[] {
  const acts = centre.may('publish_trustee_key') && election.policies.tally === 'sealed';
  return [
    centre.picker(),
    h('h1', { testid: 'election-name' }, election.name),
    h('p', { class: 'mute' }, t('trustee.lead')),
    h(
      'div',
      { class: 'two-sides even' },
      h('div', {}, acts ? desk.view : readOnly(), h('div', { id: 'restart' })),
      h('div', { id: 'status' }),
    ),
  ];
}

function readOnly(): Child {
  return notice('info', h('p', { testid: 'read-only' }, t('committee.readOnly', { role: centre.rolesText() })));
}

async function restarted(): Promise<void> {
  await refresh();
  focusTitle();
  announce(t('restart.done'));
}

function drawStatus(described: Described): void {
  const status = document.getElementById('status');
  if (!status) return;
  replaceKeepingFocus(status, statusPanels(described));
  const { uuid, phase } = described.election;
  const restart = byId('restart');
  const begun = phase === 'draft' && (described.ceremony?.members.length ?? 0) > 0;
  if (!begun || !centre.may('restart_ceremony')) restart.replaceChildren();
  else if (restart.childElementCount === 0) {
    restart.append(restartPanel(uuid, () => centre.staff.csrf(), restarted));
  }
}

// A file dropped beside its place must not replace the page.
for (const name of ['dragover', 'drop']) document.addEventListener(name, (event) => event.preventDefault());
centre.start();
