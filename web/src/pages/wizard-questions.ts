import { announce, h, type Child } from '../base/dom.ts';
import { areaField, checkField, choiceField, textField } from '../base/forms.ts';
import { initials } from '../base/format.ts';
import { ApiError, call } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { button, icon } from '../base/parts.ts';
import { into, type WizardContext } from './wizard-context.ts';
import { newCandidate, newQuestion, type WizardCandidate, type WizardQuestion } from './wizard-model.ts';
import { shrunkPhoto } from './wizard-photo.ts';
import { addButton } from './wizard-steps.ts';

// Questions and their candidates.

const mostQuestions = 10;

export function questionFields(context: WizardContext): Child[] {
  const { questions } = context.wizard;
  return [
    h('p', { class: 'mute' }, t('wizard.questionsText')),
    ...questions.map((question, q) => questionView(context, question, q)),
    questions.length < mostQuestions &&
      addButton('add-question', t('wizard.addQuestion'), () => {
        questions.push(newQuestion());
        context.redraw(`question-${questions.length - 1}`);
      }),
  ];
}

function questionView(context: WizardContext, question: WizardQuestion, q: number): HTMLElement {
  const { questions } = context.wizard;
  const { candidates } = question;
  return h(
    'section',
    { class: 'question-edit', 'aria-label': t('wizard.question', { q: q + 1 }) },
    textField({
      id: `question-${q}`,
      label: t('wizard.question', { q: q + 1 }),
      help: t('wizard.questionHelp'),
      value: question.question,
      attributes: { maxlength: 500 },
      changed: into(context, question, 'question'),
    }).view,
    choiceField(
      {
        id: `question-${q}-kind`,
        label: t('wizard.kind'),
        value: question.paired ? 'pair' : 'single',
        changed: (value) => {
          question.paired = value === 'pair';
          context.redraw(`candidate-${q}-0-name`);
        },
      },
      [
        { value: 'pair', label: t('wizard.pair'), help: t('wizard.pairMeans') },
        { value: 'single', label: t('wizard.single'), help: t('wizard.singleMeans') },
      ],
    ),
    h(
      'ol',
      { class: 'plain candidates-edit' },
      candidates.map((candidate, i) => candidateView(context, question, candidate, `candidate-${q}-${i}`)),
    ),
    addButton(`question-${q}-add`, t(question.paired ? 'wizard.addPair' : 'wizard.addCandidate'), () => {
      candidates.push(newCandidate(question));
      context.redraw(`candidate-${q}-${candidates.length - 1}-name`);
    }),
    h('h3', { class: 'mt-3' }, t('wizard.howMany')),
    h(
      'div',
      { class: 'side-by-side' },
      textField({
        id: `question-${q}-min`,
        label: t('wizard.min'),
        value: question.min,
        attributes: { inputmode: 'numeric', maxlength: 2 },
        changed: into(context, question, 'min'),
      }).view,
      textField({
        id: `question-${q}-max`,
        label: t('wizard.max'),
        value: question.max,
        attributes: { inputmode: 'numeric', maxlength: 2 },
        changed: into(context, question, 'max'),
      }).view,
    ),
    checkField(`question-${q}-blank`, t('wizard.blank'), question.blank, (on) => {
      question.blank = on;
      context.touched();
    }),
    questions.length > 1 &&
      button(t('wizard.removeQuestion', { q: q + 1 }), 'secondary', `remove-question-${q}`, () => {
        questions.splice(q, 1);
        context.redraw('add-question');
      }),
  );
}

function candidateView(
  context: WizardContext,
  question: WizardQuestion,
  candidate: WizardCandidate,
  id: string,
): HTMLElement {
  const { candidates, paired } = question;
  const text = (part: 'number' | 'name' | 'deputy', label: string, attributes: Record<string, unknown>): HTMLElement =>
    textField({
      id: `${id}-${part}`,
      label,
      value: candidate[part],
      attributes,
      changed: into(context, candidate, part),
    }).view;
  const area = (part: 'vision' | 'mission', label: string, help?: string): HTMLElement =>
    areaField({
      id: `${id}-${part}`,
      label,
      help,
      value: candidate[part],
      attributes: { maxlength: part === 'vision' ? 2000 : 10000 },
      changed: into(context, candidate, part),
    }).view;
  return h(
    'li',
    { class: 'candidate-edit' },
    h(
      'div',
      { class: 'candidate-head' },
      photoField(context, candidate, id),
      h(
        'div',
        { class: 'candidate-names' },
        text('number', t('wizard.number'), { inputmode: 'numeric', maxlength: 3, class: 'form-control short' }),
        text('name', t(paired ? 'wizard.first' : 'wizard.candidate'), { maxlength: 200 }),
        paired && text('deputy', t('wizard.deputy'), { maxlength: 200 }),
      ),
    ),
    area('vision', t('choose.vision')),
    area('mission', t('choose.mission'), t('wizard.missionHelp')),
    candidates.length > 2 &&
      button(t('wizard.removeCandidate', { number: candidate.number }), 'secondary', `${id}-remove`, () => {
        candidates.splice(candidates.indexOf(candidate), 1);
        context.redraw();
      }),
  );
}

function photoField(context: WizardContext, candidate: WizardCandidate, id: string): HTMLElement {
  const said = h('p', { class: 'field-error', role: 'alert', hidden: true }, icon('bad'), h('span', {}));
  const fail = (text: string): void => {
    said.hidden = false;
    said.lastElementChild!.textContent = text;
    choose.disabled = false;
  };
  const take = async (file: File): Promise<void> => {
    said.hidden = true;
    choose.disabled = true;
    context.touched();
    const photo = await shrunkPhoto(file);
    if (!photo) return fail(t('wizard.badPhoto'));
    try {
      const answer = await call<{ photo: string }>('/photos', {
        method: 'POST',
        body: photo,
        headers: { 'Content-Type': 'image/jpeg', ...context.staff.csrf() },
      });
      candidate.photo = answer.photo;
      context.redraw(`${id}-photo`);
      announce(t('wizard.photoTaken'));
    } catch (error) {
      if (!context.staff.endedBy(error)) fail(error instanceof ApiError ? error.text() : t('error.internal'));
    }
  };
  const input = h('input', {
    type: 'file',
    accept: 'image/*',
    class: 'visually-hidden',
    tabindex: '-1',
    'aria-hidden': 'true',
    testid: `${id}-photo-file`,
    on: { change: () => input.files?.[0] && void take(input.files[0]) },
  });
  const choose = button(
    t(candidate.photo ? 'wizard.otherPhoto' : 'wizard.choosePhoto'),
    'secondary',
    `${id}-photo`,
    () => input.click(),
  );
  choose.id = `${id}-photo`;
  const name = candidate.name.trim() || t('wizard.candidate');
  return h(
    'div',
    { class: 'photo-edit' },
    candidate.photo
      ? h('img', {
          src: `/api/v1/photos/${candidate.photo}`,
          alt: t('wizard.photoOf', { name }),
          testid: `${id}-picture`,
        })
      : h('span', { class: 'photo-none', 'aria-hidden': 'true' }, initials(candidate.name) || '?'),
    input,
    choose,
    candidate.photo &&
      button(t('wizard.removePhoto'), 'link', `${id}-photo-remove`, () => {
        candidate.photo = null;
        context.redraw(`${id}-photo`);
      }),
    said,
  );
}
