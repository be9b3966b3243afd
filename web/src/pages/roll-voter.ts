import type { Election } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import { form, Mend, reasonField, selectField, textField, type Meanings } from '../base/forms.ts';
import { t } from '../base/i18n.ts';
import type { Fault } from '../base/parts.ts';
import type { StaffLogin } from '../base/staff-login.ts';
import { pathTo, placeChoices } from './committee-state.ts';

// One voter: added, corrected, moved to another place, or removed; a change says why, and the ledger keeps it.

export interface Voter {
  id: string;
  name: string;
  class: string;
  place: string;
  weight?: number;
  delivery?: 'post' | 'place';
  attended?: { time: string; seq: number };
}

interface VoterOptions {
  election: Election;
  staff: StaffLogin;
  done: (said: string) => Promise<void>;
  cancel: () => void;
}

interface VoterFields {
  views: Child[];
  faults: () => Fault[];
  read: () => Record<string, string | number>;
}

function voterFields({ election }: VoterOptions, voter: Voter | null): VoterFields {
  const text = (id: string, label: string, value: string, maxlength: number, help?: string) =>
    textField({ id: `voter-${id}`, label, value, help, attributes: { maxlength } });
  const id = text('id', t('column.id'), voter?.id ?? '', 64, t('roll.idHelp'));
  const name = text('name', t('column.name'), voter?.name ?? '', 200);
  const klass = text('class', t('column.class'), voter?.class ?? '', 100);
  const place = selectField(
    { id: 'voter-place', label: t('column.place'), value: voter?.place ?? election.places[0]?.id ?? '' },
    placeChoices(election),
  );
  const delivery = selectField(
    { id: 'voter-delivery', label: t('column.delivery'), value: voter?.delivery ?? 'post' },
    [
      ['post', t('roll.byPost')],
      ['place', t('roll.atPlace')],
    ],
  );
  const weight = textField({
    id: 'voter-weight',
    label: t('column.weight'),
    help: t('roll.weightHelp'),
    value: String(voter?.weight ?? 1),
    attributes: { inputmode: 'numeric', maxlength: 7 },
  });
  return {
    views: [!voter && id.view, name.view, klass.view, place.view, delivery.view, weight.view],
    faults: () => {
      const faults: Fault[] = [];
      if (!voter && id.input.value.trim() === '') faults.push({ field: 'voter-id', text: t('roll.noId') });
      if (name.input.value.trim() === '') faults.push({ field: 'voter-name', text: t('roll.noName') });
      if (klass.input.value.trim() === '') faults.push({ field: 'voter-class', text: t('roll.noClass') });
      if (!/^[1-9]\d{0,6}$/.test(weight.input.value.trim()))
        faults.push({ field: 'voter-weight', text: t('roll.badWeight') });
      return faults;
    },
    read: () => ({
      id: voter?.id ?? id.input.value.trim(),
      name: name.input.value.trim(),
      class: klass.input.value.trim(),
      place: place.input.value,
      delivery: delivery.input.value,
      weight: Number(weight.input.value.trim()),
    }),
  };
}

// A row that the service does not take as it is, and one that is there no more or has a code.
const unfit: Meanings = {
  malformed: { text: 'why.voter.row', several: true },
  roll_invalid: { text: 'why.voter.row', several: true },
};
const held: Meanings = { not_found: { text: 'why.voter.gone' }, conflict: { text: 'why.voter.codes' } };

export function addVoter(options: VoterOptions): HTMLElement {
  const { election, staff, done, cancel } = options;
  const fields = voterFields(options, null);
  const send = async (): Promise<void> => {
    const faults = fields.faults();
    if (faults.length > 0) throw new Mend(faults);
    const { weight, ...voter } = fields.read();
    await staff.send(pathTo(election, 'voters'), { ...voter, ...(weight !== 1 && { weight }) });
    await done(t('roll.added'));
  };
  return panel(
    t('roll.add'),
    form({
      testid: 'voter-add',
      fields: fields.views,
      submit: t('roll.addDo'),
      send,
      cancel,
      ended: staff.endedBy,
      meanings: { ...unfit, conflict: { text: 'why.voter.taken', field: 'voter-id', several: true } },
    }),
  );
}

export function changeVoter(options: VoterOptions, voter: Voter): HTMLElement {
  const { election, staff, done, cancel } = options;
  const fields = voterFields(options, voter);
  const reason = reasonField('voter-reason', t('roll.reasonHelp'));
  const send = async (): Promise<void> => {
    const faults = [...fields.faults(), ...reason.faults()];
    if (faults.length > 0) throw new Mend(faults);
    const change = changed(voter, fields.read());
    if (Object.keys(change).length === 1) throw new Mend([{ field: null, text: t('why.voter.same') }]);
    await staff.send(pathTo(election, 'voters/correct'), { ...change, reason: reason.read() });
    await done(t('roll.corrected'));
  };
  const correct = form({
    testid: 'voter-correct',
    fields: [...fields.views, reason.view],
    submit: t('roll.correctDo'),
    send,
    cancel,
    ended: staff.endedBy,
    meanings: { ...unfit, ...held },
  });
  const why = reasonField('remove-reason', t('roll.reasonHelp'));
  const removal = form({
    testid: 'voter-remove',
    kind: 'secondary',
    fields: [h('p', { class: 'mute' }, t('roll.removeText')), why.view],
    submit: t('roll.removeDo'),
    send: async () => {
      if (why.faults().length > 0) throw new Mend(why.faults());
      await staff.send(pathTo(election, 'voters/remove'), { id: voter.id, reason: why.read() });
      await done(t('roll.removed'));
    },
    ended: staff.endedBy,
    meanings: held,
  });
  return panel(
    `${voter.name} (${voter.id})`,
    correct,
    h('details', { class: 'mt-3' }, h('summary', { testid: 'voter-remove-offer' }, t('roll.remove')), removal),
  );
}

// What differs, and the id that says whose it is.
export function changed(voter: Voter, given: Record<string, string | number>): Record<string, string | number> {
  const before: Record<string, string | number> = { weight: 1, delivery: 'post', ...stripped(voter) };
  return Object.fromEntries(Object.entries(given).filter(([key, value]) => key === 'id' || before[key] !== value));
}

function stripped({ id, name, class: klass, place, weight, delivery }: Voter): Record<string, string | number> {
  return { id, name, class: klass, place, ...(weight && { weight }), ...(delivery && { delivery }) };
}

function panel(title: string, ...content: Child[]): HTMLElement {
  return h('section', { class: 'panel', testid: 'voter-form' }, h('h2', { tabindex: '-1' }, title), ...content);
}
