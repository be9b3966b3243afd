import { h, replaceKeepingFocus, type Child } from '../base/dom.ts';
import { ApiError } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { notice } from '../base/parts.ts';
import { page } from '../base/shell.ts';
import { StaffPage } from '../base/staff-page.ts';
import { stagePath, type StageAction } from './committee-stages.ts';
import { describe, type Described } from './described.ts';
import { LiveBoard } from './live-board.ts';

// The committee's page: log in, see one election live, take its next step. The service decides what each role may do;
// this page only does not offer what it would refuse.

const centre: StaffPage<Described> = new StaffPage<Described>({
  title: 'title.committee',
  describe,
  content,
  empty: () => [
    h('h1', {}, t('committee.none')),
    h('p', {}, t('committee.noneText')),
    h('pre', { class: 'raw' }, 'suara --user panitia election draft pemilihan.json'),
  ],
  changed: () => drawStages(),
  news: (part) => centre.chosen && panels.show(centre.chosen.election, centre.live?.state ?? {}, part),
  stale: (since) => centre.chosen && panels.showStale(since, centre.chosen.election),
  left: () => {
    pending = null;
    actionError = null;
  },
});
let panels = new LiveBoard(true);
let stages = h('section', { class: 'panel', id: 'stages' });
let pending: StageAction | null = null; // waits to be confirmed
let acting = false;
let actionError: ApiError | null = null;

async function act(action: StageAction): Promise<void> {
  if (!centre.chosen || acting) return;
  acting = true;
  actionError = null;
  drawStages();
  try {
    const path = { seal: 'seal', open: 'open', close: 'close', publish: 'result', certify: 'certification' }[action];
    await centre.staff.send(`/elections/${centre.chosen.election.uuid}/${path}`);
    await centre.refresh();
  } catch (error) {
    if (centre.staff.endedBy(error)) return;
    actionError = error instanceof ApiError ? error : new ApiError('internal', '');
  } finally {
    acting = false;
    pending = null;
  }
  drawStages();
  const next = actionError ? '[data-testid="error-summary"]' : '[data-testid="current-stage"]';
  page().querySelector<HTMLElement>(next)?.focus();
}

function drawStages(): void {
  if (!centre.chosen) return;
  const path = stagePath(centre.chosen, {
    allowed: centre.may('seal'),
    pending,
    busy: acting,
    error: actionError,
    ask: (action) => {
      pending = action;
      actionError = null;
      drawStages();
      page()
        .querySelector<HTMLElement>(`[data-testid="${action ? 'confirm-action' : 'current-stage'}"]`)
        ?.focus();
    },
    act: (action) => void act(action),
  });
  replaceKeepingFocus(stages, path);
}

function content({ election }: Described): Child[] {
  panels = new LiveBoard(true);
  panels.show(election, centre.live?.state ?? {});
  stages = h('section', { class: 'panel', id: 'stages', 'aria-label': t('committee.stages') });
  drawStages();
  return [
    centre.picker(),
    h('h1', { testid: 'election-name' }, election.name),
    !centre.may('seal') &&
      notice('info', h('p', { testid: 'read-only' }, t('committee.readOnly', { role: centre.rolesText() }))),
    h('div', { class: 'two-sides' }, stages, panels.element),
  ];
}

centre.start();
setInterval(() => centre.chosen && panels.tick(centre.chosen.election), 10000);
