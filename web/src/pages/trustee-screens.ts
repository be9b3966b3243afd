import type { Ceremony, Decryption, Election } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import { number } from '../base/format.ts';
import { t } from '../base/i18n.ts';
import { icon, notice } from '../base/parts.ts';
import type { Described } from './described.ts';
import { ceremonyMissingText, missingText } from './trustee-missing.ts';
import { absentIn, ceremonySteps, doneIn, loginOf, missingIn, nothingAbsent, stepsTaken } from './trustee-steps.ts';

// Where the trustees' work stands.

function stepView(ceremony: Ceremony, step: (typeof ceremonySteps)[number], i: number): HTMLElement {
  const at = stepsTaken(ceremony);
  const state = i < at ? 'is-done' : i === at ? 'is-current' : 'is-later';
  const current = i === at;
  return h(
    'li',
    { class: state, ...(current && { 'aria-current': 'step' }) },
    h('span', { class: 'knot' }, state === 'is-done' ? icon('ok') : number(i + 1)),
    h(
      'h3',
      { class: 'stage-name' },
      t(`trustee.step.${step}`),
      state === 'is-done' && h('span', { class: 'visually-hidden' }, ` (${t('stage.isDone')})`),
    ),
    current && h('p', { class: 'mute mb-1' }, t(`trustee.about.${step}`)),
    current &&
      h(
        'p',
        { testid: 'ceremony-missing' },
        t('trustee.done', { n: doneIn(ceremony, step), all: ceremony.trustees }),
        ' ',
        ceremonyMissingText(missingIn(ceremony)),
      ),
  );
}

function mark(done: boolean): HTMLElement {
  return h(
    'td',
    {},
    h('span', { class: done ? 'tone-ok' : 'tone-mute' }, icon(done ? 'ok' : 'wait')),
    h('span', { class: 'visually-hidden' }, t(done ? 'trustee.has' : 'trustee.hasNot')),
  );
}

function members(ceremony: Ceremony): Child {
  if (ceremony.members.length === 0) return null;
  const names = ['trustee.column.trustee', ...ceremonySteps.map((step) => `trustee.step.${step}` as const)] as const;
  const table = h(
    'table',
    { class: 'table table-sm members' },
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        names.map((name) => h('th', { scope: 'col' }, t(name))),
      ),
    ),
    h(
      'tbody',
      {},
      ceremony.members.map((member) =>
        h(
          'tr',
          { testid: `member-${member.trustee}` },
          h('th', { scope: 'row' }, t('trustee.who', { n: member.trustee, login: loginOf(member.actor) })),
          mark(true),
          mark(member.coefexps !== undefined),
          mark(member.confirmed),
        ),
      ),
    ),
  );
  return h(
    'div',
    { class: 'table-responsive', tabindex: '0', role: 'region', 'aria-label': t('trustee.members') },
    table,
  );
}

function ceremonyPanel(ceremony: Ceremony): HTMLElement {
  const { needed, trustees: all, step } = ceremony;
  return h(
    'section',
    { class: 'panel', testid: 'ceremony', 'data-step': step },
    h('h2', {}, t('trustee.group', { needed, all })),
    h('p', { class: 'mute' }, t('trustee.groupText', { needed, all })),
    step === 'done'
      ? notice('ok', h('p', {}, t('trustee.ceremonyDone', { needed, all })))
      : h(
          'ol',
          { class: 'path' },
          ceremonySteps.map((each, i) => stepView(ceremony, each, i)),
        ),
    members(ceremony),
  );
}

function singlesPanel({ trustees }: Election): HTMLElement {
  const { expected: all, keys } = trustees;
  const complete = keys.length >= all;
  return h(
    'section',
    { class: 'panel', testid: 'singles', 'data-count': keys.length },
    h('h2', {}, t('trustee.singles', { n: all })),
    h('p', { class: 'mute' }, t('trustee.singlesText')),
    notice(complete ? 'ok' : 'info', h('p', {}, t('check.keys', { n: keys.length, all }))),
  );
}

function decryptionPanel(decryption: Decryption | null): HTMLElement {
  const title = h('h2', {}, t('trustee.opening'));
  if (!decryption)
    return h('section', { class: 'panel' }, title, notice('info', h('p', {}, t('trustee.countingText'))));
  const absent = absentIn(decryption);
  const complete = nothingAbsent(absent);
  return h(
    'section',
    { class: 'panel', testid: 'decryption' },
    title,
    h('p', { class: 'mute' }, t('trustee.openingText')),
    h(
      'ul',
      { class: 'checklist' },
      decryption.owners.map(({ owner, actor, kind }) => {
        const done = decryption.submitted.includes(owner);
        return h(
          'li',
          { testid: `owner-${owner}`, 'data-done': String(done) },
          h('span', { class: done ? 'tone-ok' : 'tone-mute' }, icon(done ? 'ok' : 'wait')),
          h(
            'div',
            {},
            t('trustee.who', { n: owner, login: loginOf(actor) }),
            h(
              'span',
              { class: 'mute' },
              ` · ${t(kind === 'single' ? 'trustee.isSingle' : 'trustee.isMember')} · ${t(done ? 'trustee.hasOpened' : 'trustee.notOpened')}`,
            ),
          ),
        );
      }),
    ),
    notice(
      complete ? 'ok' : 'info',
      h('p', { testid: 'decryption-missing' }, complete ? t('trustee.allOpened') : missingText(absent)),
    ),
  );
}

export function statusPanels({ election, ceremony, decryption }: Described): Child[] {
  if (election.policies.tally === 'live') return [notice('info', h('p', {}, t('trustee.live')))];
  switch (election.phase) {
    case 'draft':
      return [election.trustees.expected > 0 && singlesPanel(election), ceremony && ceremonyPanel(ceremony)];
    case 'closed':
      return [decryptionPanel(decryption)];
    case 'sealed':
    case 'open':
      return [notice('info', h('p', {}, t('trustee.notYetText')))];
    case 'tallied':
    case 'certified':
      return [notice('ok', h('p', {}, t('trustee.overText')))];
    case 'cancelled':
      return [notice('info', h('p', {}, t('trustee.cancelledText')))];
  }
}
