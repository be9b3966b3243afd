import { h, type Child } from '../base/dom.ts';
import { areaField, choiceField, textField, type Choice } from '../base/forms.ts';
import { t } from '../base/i18n.ts';
import { into, type WizardContext } from './wizard-context.ts';
import type { Wizard } from './wizard-model.ts';

// The rules of the election, each with what follows from it.

type PolicyKey = 'tally' | 'trustees' | 'revote' | 'verification' | 'approval' | 'watched';
type CountKey = 'minBatch' | 'trusteeCount' | 'needed' | 'mandatory' | 'witnessNeeded';

export function choicesOf(key: PolicyKey): Choice[] {
  const choice = (value: string, label: string, help: string): Choice => ({ value, label, help });
  switch (key) {
    case 'tally':
      return [
        choice('sealed', t('policy.sealed'), t('policy.sealed.means')),
        choice('live', t('policy.live'), t('policy.live.means')),
      ];
    case 'trustees':
      return [
        choice('group', t('policy.group'), t('policy.group.means')),
        choice('all', t('policy.all'), t('policy.all.means')),
      ];
    case 'revote':
      return [
        choice('last-counts', t('policy.last'), t('policy.last.means')),
        choice('refused', t('policy.refused'), t('policy.refused.means')),
      ];
    case 'verification':
      return [
        choice('online', t('policy.online'), t('policy.online.means')),
        choice('polling-place', t('policy.place'), t('policy.place.means')),
        choice('both', t('policy.both'), t('policy.both.means')),
      ];
    case 'approval':
      return [
        choice('two', t('policy.two'), t('policy.two.means')),
        choice('single', t('policy.single'), t('policy.single.means')),
      ];
    case 'watched':
      return [
        choice('nobody', t('policy.nobody'), t('policy.nobody.means')),
        choice('witnesses', t('policy.witnesses'), t('policy.witnesses.means')),
      ];
  }
}

export function policyFields(context: WizardContext): Child[] {
  const { wizard } = context;
  const policy = (key: PolicyKey, label: string, redraws = false): HTMLElement =>
    choiceField(
      {
        id: `draft-${key}`,
        label,
        value: wizard[key],
        changed: (value) => {
          Object.assign(wizard, { [key]: value } as Partial<Wizard>);
          if (redraws) {
            context.redraw();
            document.querySelector<HTMLElement>(`[name="draft-${key}"]:checked`)?.focus();
          } else context.touched();
        },
      },
      choicesOf(key).filter(({ value }) => !(context.keepsTwo && value === 'single')),
    );
  const count = (id: string, label: string, key: CountKey, help?: string): HTMLElement =>
    textField({
      id,
      label,
      help,
      value: wizard[key],
      attributes: { inputmode: 'numeric', maxlength: 6, class: 'form-control short' },
      changed: into(context, wizard, key),
    }).view;
  const sealed = wizard.tally === 'sealed';
  const group = wizard.trustees === 'group';
  return [
    policy('approval', t('policy.approval')),
    policy('verification', t('policy.verification')),
    policy('revote', t('policy.revote')),
    policy('tally', t('policy.tally'), true),
    !sealed && count('draft-batch', t('policy.batch'), 'minBatch', t('policy.batchHelp')),
    sealed &&
      h(
        'div',
        { class: 'nested' },
        policy('trustees', t('policy.trustees'), true),
        h(
          'div',
          { class: 'side-by-side' },
          count('draft-trustees', t('policy.trusteeCount'), 'trusteeCount'),
          group && count('draft-needed', t('policy.needed'), 'needed'),
        ),
        group && count('draft-mandatory', t('policy.mandatory'), 'mandatory', t('policy.mandatoryHelp')),
      ),
    policy('watched', t('policy.watched'), true),
    wizard.watched === 'witnesses' &&
      h(
        'div',
        { class: 'nested' },
        areaField({
          id: 'draft-witness-keys',
          label: t('policy.witnessKeys'),
          help: t('policy.witnessKeysHelp'),
          value: wizard.witnessKeys,
          attributes: { rows: 4, spellcheck: 'false', autocomplete: 'off', autocapitalize: 'none' },
          changed: into(context, wizard, 'witnessKeys'),
        }).view,
        count('draft-witness-needed', t('policy.witnessNeeded'), 'witnessNeeded', t('policy.witnessNeededHelp')),
      ),
  ];
}
