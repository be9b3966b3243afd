import { h, type Child } from '../base/dom.ts';
import { areaField, checkField, selectField, textField } from '../base/forms.ts';
import type { Zone } from '../base/format.ts';
import { t } from '../base/i18n.ts';
import { button } from '../base/parts.ts';
import { into, type WizardContext } from './wizard-context.ts';
import { newPlace } from './wizard-model.ts';

// The plain steps of a draft: what it is called, where and when people vote.

export function aboutFields(context: WizardContext): Child[] {
  const { wizard } = context;
  return [
    h('p', { class: 'mute' }, t('wizard.about')),
    textField({
      id: 'draft-name',
      label: t('wizard.name'),
      help: t('wizard.nameHelp'),
      value: wizard.name,
      attributes: { maxlength: 200 },
      changed: into(context, wizard, 'name'),
    }).view,
    areaField({
      id: 'draft-description',
      label: t('wizard.description'),
      value: wizard.description,
      attributes: { maxlength: 2000 },
      changed: into(context, wizard, 'description'),
    }).view,
    textField({
      id: 'draft-administrator',
      label: t('wizard.administrator'),
      help: t('wizard.administratorHelp'),
      value: wizard.administrator,
      attributes: { maxlength: 200 },
      changed: into(context, wizard, 'administrator'),
    }).view,
    textField({
      id: 'draft-authority',
      label: t('wizard.authority'),
      help: t('wizard.authorityHelp'),
      value: wizard.authority,
      attributes: { maxlength: 200 },
      changed: into(context, wizard, 'authority'),
    }).view,
    selectField(
      {
        id: 'draft-zone',
        label: t('wizard.zone'),
        value: wizard.zone,
        changed: (value) => {
          wizard.zone = value as Zone;
          context.touched();
        },
      },
      [
        ['WIB', t('wizard.zone.WIB')],
        ['WITA', t('wizard.zone.WITA')],
        ['WIT', t('wizard.zone.WIT')],
      ],
    ).view,
  ];
}

export function placeFields(context: WizardContext): Child[] {
  const { places } = context.wizard;
  return [
    h('p', { class: 'mute' }, t('wizard.placesText')),
    h(
      'ul',
      { class: 'plain' },
      places.map((place, i) =>
        h(
          'li',
          { class: 'place-row' },
          textField({
            id: `place-${i}-name`,
            label: t('wizard.placeName', { n: i + 1 }),
            value: place.name,
            attributes: { maxlength: 200 },
            changed: into(context, place, 'name'),
          }).view,
          textField({
            id: `place-${i}-id`,
            label: t('wizard.placeId'),
            value: place.id,
            attributes: { maxlength: 32, autocapitalize: 'none', spellcheck: 'false' },
            changed: into(context, place, 'id'),
          }).view,
          places.length > 1 &&
            button(t('wizard.remove'), 'secondary', `remove-place-${i}`, () => {
              places.splice(i, 1);
              context.redraw('add-place');
            }),
        ),
      ),
    ),
    h('p', { class: 'mute small-text' }, t('wizard.placeIdHelp')),
    addButton('add-place', t('wizard.addPlace'), () => {
      places.push(newPlace(places));
      context.redraw(`place-${places.length - 1}-name`);
    }),
  ];
}

export function addButton(id: string, label: string, act: () => void): HTMLButtonElement {
  const control = button(label, 'secondary', id, act);
  control.id = id;
  return control;
}

export function scheduleFields(context: WizardContext): Child[] {
  const { wizard } = context;
  const time = (id: string, key: 'opens' | 'closes'): HTMLElement =>
    textField({
      id,
      label: t(key === 'opens' ? 'wizard.opens' : 'wizard.closes', { zone: wizard.zone }),
      value: wizard[key],
      attributes: { type: 'datetime-local' },
      changed: into(context, wizard, key),
    }).view;
  return [
    h('p', { class: 'mute' }, t('wizard.scheduleText')),
    checkField('draft-scheduled', t('wizard.scheduled'), wizard.scheduled, (on) => {
      wizard.scheduled = on;
      context.redraw('draft-scheduled');
    }),
    wizard.scheduled
      ? h('div', { class: 'side-by-side' }, time('draft-opens', 'opens'), time('draft-closes', 'closes'))
      : h('p', {}, t('wizard.byHand')),
  ];
}
