import { h, type Child } from '../base/dom.ts';
import { dateTime } from '../base/format.ts';
import { choiceField } from '../base/forms.ts';
import { t } from '../base/i18n.ts';
import { button, notice } from '../base/parts.ts';
import type { StepFault, WizardStep } from './wizard-faults.ts';
import { items, jointName, utcTime, type Wizard } from './wizard-model.ts';
import { choicesOf } from './wizard-policies.ts';
import { witnessNames } from './witness-key.ts';

// All of the draft at a glance, before it is saved.

interface Appointment {
  all: boolean;
  changed: (all: boolean) => void;
}

export function reviewFields(
  wizard: Wizard,
  faults: StepFault[],
  go: (step: WizardStep) => void,
  appointment: Appointment | null,
): Child[] {
  const part = (step: WizardStep, ...content: Child[]): HTMLElement =>
    h(
      'section',
      { class: 'review-part' },
      h(
        'div',
        { class: 'with-action' },
        h('h3', {}, t(`wizard.step.${step}`)),
        button(t('wizard.change'), 'link', `change-${step}`, () => go(step)),
      ),
      ...content,
    );
  return [
    faults.length > 0
      ? notice(
          'warn',
          h('p', {}, t('wizard.unfinished', { n: faults.length })),
          h(
            'ul',
            {},
            faults.slice(0, 20).map(({ text }) => h('li', {}, text)),
          ),
        )
      : notice('ok', h('p', {}, t('wizard.finished'))),
    part(
      'about',
      h('p', {}, h('strong', {}, wizard.name || '–')),
      wizard.description && h('p', {}, wizard.description),
    ),
    part(
      'questions',
      ...wizard.questions.map((question) =>
        h(
          'div',
          {},
          h('p', { class: 'mb-1' }, question.question || '–'),
          h(
            'ul',
            { class: 'plain' },
            question.candidates.map((candidate) =>
              h('li', {}, `${candidate.number}. ${jointName(candidate, question.paired) || '–'}`),
            ),
          ),
        ),
      ),
    ),
    part('places', h('p', {}, wizard.places.map(({ name }) => name).join(', '))),
    part('schedule', h('p', {}, scheduleText(wizard))),
    part(
      'policies',
      h(
        'ul',
        {},
        (['approval', 'verification', 'revote', 'tally'] as const).map((key) => h('li', {}, policyText(wizard, key))),
        h('li', { testid: 'review-witnesses' }, watchedText(wizard)),
      ),
    ),
    appointment &&
      choiceField(
        {
          id: 'draft-appoint',
          label: t('wizard.appoint'),
          value: appointment.all ? 'all' : 'none',
          changed: (value) => appointment.changed(value === 'all'),
        },
        [
          { value: 'all', label: t('wizard.appointAll'), help: t('wizard.appointAllMeans') },
          { value: 'none', label: t('wizard.appointNone'), help: t('wizard.appointNoneMeans') },
        ],
      ),
  ];
}

function policyText(wizard: Wizard, key: 'approval' | 'verification' | 'revote' | 'tally'): string {
  return choicesOf(key).find(({ value }) => value === wizard[key])!.label;
}

function watchedText({ watched, witnessKeys, witnessNeeded }: Wizard): string {
  if (watched === 'nobody') return t('policy.nobody');
  const keys = items(witnessKeys);
  return t('witness.watchedBy', { names: witnessNames(keys), needed: witnessNeeded || '–', n: keys.length });
}

function scheduleText({ scheduled, opens, closes, zone }: Wizard): string {
  const from = utcTime(opens, zone);
  const to = utcTime(closes, zone);
  if (!scheduled || !from || !to) return t('wizard.byHand');
  return t('wizard.fromTo', { from: dateTime(from, zone), to: dateTime(to, zone) });
}
