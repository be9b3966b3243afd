import { phases, type Election, type Phase } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import { dateTime, number, zoneOf } from '../base/format.ts';
import type { ApiError } from '../base/http.ts';
import { language, t } from '../base/i18n.ts';
import { button, errorSummary, icon, notice } from '../base/parts.ts';

// The way of an election as a vertical path; the stage it is in stands open, with its one next action.

export type StageAction = 'seal' | 'open' | 'close' | 'publish' | 'certify';

interface StageOptions {
  allowed: boolean;
  pending: StageAction | null;
  busy: boolean;
  error: ApiError | null;
  ask: (action: StageAction | null) => void;
  act: (action: StageAction) => void;
}

const nextAction: Partial<Record<Phase, StageAction>> = {
  draft: 'seal',
  sealed: 'open',
  open: 'close',
  closed: 'publish',
  tallied: 'certify',
};

interface Item {
  done: boolean;
  text: string;
  command?: string;
}

// What must be there before the next action, and the command that brings it about.
function checklist(election: Election): Item[] {
  const { uuid } = election;
  if (election.phase === 'draft') {
    const { trustees } = election;
    const keys: Item = {
      done: trustees.keys.length >= trustees.expected,
      text: t('check.keys', { n: trustees.keys.length, all: trustees.expected }),
    };
    if (election.policies.tally === 'sealed')
      keys.command = `suara --user wali trustee keygen --out kunci.json --publish ${uuid}`;
    return [
      {
        done: election.voters > 0,
        text: t('check.roll', { n: election.voters }),
        command: `suara --user panitia roll import ${uuid} daftar.csv --dry-run`,
      },
      {
        done: election.credentials > 0 && election.credentials === election.voters,
        text: t('check.credentials', { n: election.credentials, all: election.voters }),
        command: `suara --user panitia credentials generate ${uuid} --out kartu`,
      },
      keys,
    ];
  }
  if (election.phase === 'closed') {
    const { expected, decrypted } = election.trustees;
    const item: Item = {
      done: decrypted.length >= expected,
      text: t('check.decrypted', { n: decrypted.length, all: expected }),
    };
    if (election.policies.tally === 'sealed')
      item.command = `suara --user wali trustee decrypt ${uuid} --key kunci.json`;
    return [item];
  }
  return [];
}

function checklistView(items: Item[]): Child {
  if (items.length === 0) return null;
  return h(
    'ul',
    { class: 'checklist', testid: 'checklist' },
    items.map((item) =>
      h(
        'li',
        { 'data-done': String(item.done) },
        h('span', { class: item.done ? 'tone-ok' : 'tone-warn' }, icon(item.done ? 'ok' : 'wait')),
        h(
          'div',
          {},
          h('span', { class: 'visually-hidden' }, t(item.done ? 'check.done' : 'check.missing')),
          item.text,
          !item.done && item.command && h('pre', { class: 'raw mt-1 mb-0' }, item.command),
        ),
      ),
    ),
  );
}

function actionView(action: StageAction, ready: boolean, options: StageOptions): Child {
  if (!options.allowed) return null;
  if (options.pending === action) {
    const confirm = button(options.busy ? t('page.wait') : t(`action.${action}.yes`), 'primary', 'confirm-action', () =>
      options.act(action),
    );
    confirm.disabled = options.busy;
    return h(
      'div',
      { class: 'stack', role: 'group', 'aria-label': t(`action.${action}`) },
      notice('warn', h('p', {}, t(`action.${action}.ask`))),
      h(
        'div',
        { class: 'row-actions' },
        confirm,
        button(t('page.cancel'), 'secondary', 'cancel-action', () => options.ask(null)),
      ),
    );
  }
  const control = button(t(`action.${action}`), 'primary', `action-${action}`, () => options.ask(action));
  control.disabled = !ready;
  return control;
}

function timeOf(election: Election, phase: Phase): string | null {
  return {
    draft: election.drafted_at,
    sealed: election.sealed_at,
    open: election.opened_at,
    closed: election.closed_at,
    tallied: election.tallied_at,
    certified: election.certified_at,
  }[phase];
}

function currentBody(election: Election, options: StageOptions): Child[] {
  const action = nextAction[election.phase];
  const items = checklist(election);
  const details = options.error && language() === 'en' && options.error.detail ? [options.error.detail] : [];
  return [
    h('p', { class: 'mute' }, t(`stage.${election.phase}`)),
    options.error && errorSummary([{ field: null, text: options.error.text() }], [...details, ...options.error.items]),
    checklistView(items),
    action &&
      actionView(
        action,
        items.every(({ done }) => done),
        options,
      ),
    election.phase === 'draft' && h('p', { class: 'mute small-text mt-2' }, t('stage.byCommand')),
  ];
}

export function stagePath(election: Election, options: StageOptions): HTMLElement {
  const at = phases.indexOf(election.phase);
  const last = phases.length - 1;
  return h(
    'ol',
    { class: 'path' },
    phases.map((phase, i) => {
      // Certified is the end: nothing is left to be done in it.
      const state = i < at || at === last ? 'is-done' : i === at ? 'is-current' : 'is-later';
      const time = timeOf(election, phase);
      const current = i === at;
      return h(
        'li',
        { class: state, ...(current && { 'aria-current': 'step' }) },
        h('span', { class: 'knot' }, state === 'is-done' ? icon('ok') : number(i + 1)),
        h(
          'h2',
          { class: 'stage-name', ...(current && { testid: 'current-stage', 'data-phase': phase, tabindex: '-1' }) },
          t(`phase.${phase}`),
          state === 'is-done' && h('span', { class: 'visually-hidden' }, ` (${t('stage.isDone')})`),
        ),
        time && i <= at && h('div', { class: 'mute small-text' }, dateTime(time, zoneOf(election.time_zone))),
        current && h('div', { class: 'stage-body' }, ...currentBody(election, options)),
      );
    }),
  );
}
