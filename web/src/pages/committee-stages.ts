import { phases, type Ceremony, type Decryption, type Election, type Phase } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import { dateTime, number, zoneOf } from '../base/format.ts';
import type { ApiError } from '../base/http.ts';
import { language, t } from '../base/i18n.ts';
import { button, errorSummary, icon, notice } from '../base/parts.ts';
import type { Described } from './described.ts';
import { missingText } from './trustee-missing.ts';
import { absentIn, doneIn, nothingAbsent, stepsTaken } from './trustee-steps.ts';

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
  name?: string;
  done: boolean;
  text: string;
  command?: string;
  trusteePage?: string; // uuid, where trustees do it in the browser
}

// The service itself is the one trustee where it counts while people vote.
const byTrustees = (election: Election): boolean => election.policies.tally === 'sealed';

function keysItem(election: Election): Item {
  const { expected, keys } = election.trustees;
  return {
    done: keys.length >= expected,
    text: t('check.keys', { n: keys.length, all: expected }),
    ...(byTrustees(election) && { trusteePage: election.uuid }),
  };
}

function ceremonyItem(uuid: string, ceremony: Ceremony): Item {
  const { needed, trustees: all, step } = ceremony;
  const group = t('check.group', { needed, all });
  const where =
    step === 'done'
      ? t('check.ceremonyDone')
      : t('check.ceremony', {
          at: stepsTaken(ceremony) + 1,
          step: t(`trustee.step.${step}`),
          n: doneIn(ceremony, step),
          all,
        });
  return { name: 'ceremony', done: step === 'done', text: `${group} ${where}`, trusteePage: uuid };
}

function decryptionItem(election: Election, decryption: Decryption | null): Item {
  const { expected, decrypted } = election.trustees;
  if (!byTrustees(election)) {
    return { done: decrypted.length >= expected, text: t('check.decrypted', { n: decrypted.length }) };
  }
  if (!decryption) return { name: 'decryption', done: false, text: t('check.counting') };
  const absent = absentIn(decryption);
  const done = t('check.decrypted', { n: decryption.submitted.length });
  if (nothingAbsent(absent)) return { name: 'decryption', done: true, text: done };
  return {
    name: 'decryption',
    done: false,
    text: `${done}. ${missingText(absent)}`,
    trusteePage: election.uuid,
  };
}

// What must be there before the next action, and how it is brought about.
function checklist({ election, ceremony, decryption }: Described): Item[] {
  const { uuid } = election;
  if (election.phase === 'closed') return [decryptionItem(election, decryption)];
  if (election.phase !== 'draft') return [];
  const items: Item[] = [
    {
      done: election.voters > 0,
      text: t('check.roll', { n: election.voters }),
      command: `suara --user panitia roll import ${uuid} daftar.csv --dry-run`,
    },
    {
      done: election.credentials > 0 && election.credentials === election.voters,
      text: [
        t('check.credentials', { n: election.credentials, all: election.voters }),
        ...(election.total_weight === undefined ? [] : [t('check.weight', { n: election.total_weight })]),
      ].join('; '),
      command: `suara --user panitia credentials generate ${uuid} --out kartu`,
    },
  ];
  if (election.trustees.expected > 0) items.push(keysItem(election));
  if (ceremony) items.push(ceremonyItem(uuid, ceremony));
  return items;
}

function checklistView(items: Item[]): Child {
  if (items.length === 0) return null;
  return h(
    'ul',
    { class: 'checklist', testid: 'checklist' },
    items.map((item) =>
      h(
        'li',
        { 'data-done': String(item.done), ...(item.name && { testid: `check-${item.name}` }) },
        h('span', { class: item.done ? 'tone-ok' : 'tone-warn' }, icon(item.done ? 'ok' : 'wait')),
        h(
          'div',
          {},
          h('span', { class: 'visually-hidden' }, t(item.done ? 'check.done' : 'check.missing')),
          item.text,
          !item.done && item.command && h('pre', { class: 'raw mt-1 mb-0' }, item.command),
          !item.done &&
            item.trusteePage &&
            h('p', { class: 'mb-0' }, h('a', { href: `/trustee#${item.trusteePage}` }, t('check.trusteePage'))),
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
    cancelled: election.cancelled_at ?? null,
  }[phase];
}

function currentBody(described: Described, options: StageOptions): Child[] {
  const { election } = described;
  const action = nextAction[election.phase];
  const items = checklist(described);
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

export function stagePath(described: Described, options: StageOptions): HTMLElement {
  const { election } = described;
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
        current && h('div', { class: 'stage-body' }, ...currentBody(described, options)),
      );
    }),
  );
}
