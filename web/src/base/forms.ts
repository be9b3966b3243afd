import { h, type Child } from './dom.ts';
import { ApiError } from './http.ts';
import { language, t, type MessageKey } from './i18n.ts';
import { button, errorSummary, fieldError, type Fault } from './parts.ts';

// Forms of the staff's pages: labelled controls, faults beside them and in a summary that takes the focus, one button
// that waits for the answer.

interface FieldOptions {
  id: string; // also its data-testid
  label: string;
  help?: string | undefined;
  value?: string | undefined;
  attributes?: Record<string, unknown>;
  changed?: (value: string) => void;
}

export interface Field<T extends HTMLElement> {
  view: HTMLElement;
  input: T;
}

function labelled<T extends HTMLElement>(input: T, { id, label, help }: FieldOptions): Field<T> {
  if (help) input.setAttribute('aria-describedby', `${id}-help`);
  const view = h(
    'div',
    { class: 'field' },
    h('label', { class: 'form-label', for: id }, label),
    help && h('p', { class: 'form-text', id: `${id}-help` }, help),
    input,
  );
  return { view, input };
}

export function textField(options: FieldOptions): Field<HTMLInputElement> {
  const input = h('input', {
    type: 'text',
    class: 'form-control',
    ...options.attributes,
    id: options.id,
    testid: options.id,
    on: { input: () => options.changed?.(input.value) },
  });
  input.value = options.value ?? '';
  return labelled(input, options);
}

export function passwordField(options: FieldOptions): Field<HTMLInputElement> {
  const attributes = { type: 'password', autocomplete: 'new-password', maxlength: 1024, ...options.attributes };
  return textField({ ...options, attributes });
}

export function areaField(options: FieldOptions): Field<HTMLTextAreaElement> {
  const input = h('textarea', {
    rows: 3,
    ...options.attributes,
    id: options.id,
    testid: options.id,
    class: 'form-control',
    on: { input: () => options.changed?.(input.value) },
  });
  input.value = options.value ?? '';
  return labelled(input, options);
}

type Choices = [value: string, label: string][];

export function selectField(options: FieldOptions, choices: Choices): Field<HTMLSelectElement> {
  const input = h('select', {
    ...options.attributes,
    id: options.id,
    testid: options.id,
    class: 'form-select',
    on: { change: () => options.changed?.(input.value) },
  });
  setChoices(input, choices);
  if (options.value !== undefined) input.value = options.value;
  return labelled(input, options);
}

// Other choices than before; the one that was made stays where it can.
export function setChoices(input: HTMLSelectElement, choices: Choices): void {
  const chosen = input.value;
  input.replaceChildren(...choices.map(([value, label]) => h('option', { value }, label)));
  if (choices.some(([value]) => value === chosen)) input.value = chosen;
}

// Why a step is taken: said, and kept in the ledger with it.
export function reasonField(id: string, help?: string): { view: HTMLElement; read: () => string; faults: () => Fault[] } {
  const label = t('proposal.reason');
  const { view, input } = textField({ id, label, ...(help !== undefined && { help }), attributes: { maxlength: 500 } });
  const read = (): string => input.value.trim();
  return { view, read, faults: () => (read() === '' ? [{ field: id, text: t('proposal.noReason') }] : []) };
}

export interface Choice {
  value: string;
  label: string;
  help?: string;
}

// One of several, each with what follows from it.
export function choiceField({ id, label, value, changed }: FieldOptions, choices: Choice[]): HTMLElement {
  return h(
    'fieldset',
    { class: 'field choices', id, tabindex: '-1' },
    h('legend', { class: 'form-label' }, label),
    choices.map((choice) =>
      h(
        'label',
        { class: 'choice' },
        h('input', {
          type: 'radio',
          class: 'form-check-input',
          name: id,
          value: choice.value,
          testid: `${id}-${choice.value}`,
          checked: choice.value === value,
          on: { change: () => changed?.(choice.value) },
        }),
        h(
          'span',
          {},
          h('span', { class: 'choice-name' }, choice.label),
          choice.help && h('span', { class: 'form-text d-block' }, choice.help),
        ),
      ),
    ),
  );
}

export function checkField(id: string, label: string, checked: boolean, changed: (on: boolean) => void): HTMLElement {
  const input = h('input', {
    type: 'checkbox',
    class: 'form-check-input',
    id,
    testid: id,
    checked,
    on: { change: () => changed(input.checked) },
  });
  return h('label', { class: 'choice', for: id }, input, h('span', {}, label));
}

// What `send` throws where the form itself is to be mended first.
export class Mend extends Error {
  constructor(readonly faults: Fault[]) {
    super('the form is to be mended');
  }
}

export function required(fields: [id: string, value: string, text: string][]): void {
  const faults = fields.filter(([, value]) => value.trim() === '').map(([field, , text]) => ({ field, text }));
  if (faults.length > 0) throw new Mend(faults);
}

// What a refusal means in one form, by the service's code.
export interface Meaning {
  text?: MessageKey; // where the code's own text says too little here
  field?: string; // id of the control that it is about
  several?: true; // the text names several reasons: only the service's sentence, in English, says which
}
export type Meanings = Partial<Record<string, Meaning>>;

interface FormOptions {
  testid: string;
  fields: Child[];
  submit: string;
  kind?: 'primary' | 'secondary';
  send: () => Promise<void>;
  cancel?: () => void;
  cancelTestid?: string;
  ended: (error: unknown) => boolean; // the session is over, and that is shown
  meanings?: Meanings | (() => Meanings); // the latter where they depend on what was filled in
}

export function form(options: FormOptions): HTMLFormElement {
  const errors = h('div', {});
  const submit = h(
    'button',
    {
      type: 'submit',
      class: `btn btn-${options.kind === 'secondary' ? 'outline-secondary' : 'primary'}`,
      testid: options.testid,
    },
    options.submit,
  );
  let busy = false;
  const run = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    submit.disabled = true;
    submit.textContent = t('page.wait');
    clearFaults(view, errors);
    try {
      await options.send();
    } catch (error) {
      if (options.ended(error)) return;
      const { meanings } = options;
      showFaults(view, errors, error, typeof meanings === 'function' ? meanings() : meanings);
    } finally {
      busy = false;
      submit.disabled = false;
      submit.textContent = options.submit;
    }
  };
  const view = h(
    'form',
    { novalidate: true, class: 'form', on: { submit: (event) => (event.preventDefault(), void run()) } },
    errors,
    ...options.fields,
    h(
      'div',
      { class: 'row-actions' },
      submit,
      options.cancel &&
        button(t('page.cancel'), 'secondary', options.cancelTestid ?? `${options.testid}-cancel`, options.cancel),
    ),
  );
  return view;
}

function clearFaults(view: HTMLElement, errors: HTMLElement): void {
  errors.replaceChildren();
  for (const text of view.querySelectorAll('.field-error')) text.remove();
  for (const input of view.querySelectorAll('[aria-invalid]')) {
    input.removeAttribute('aria-invalid');
    describe(input, false);
  }
}

// Says a control's fault beside it, and with it to those who hear the page.
export function markFault(input: Element, text: string): void {
  if (input.hasAttribute('aria-invalid')) return;
  input.before(fieldError(input.id, text));
  input.setAttribute('aria-invalid', 'true');
  describe(input, true);
}

function describe(input: Element, faulty: boolean): void {
  const ids = [document.getElementById(`${input.id}-help`) && `${input.id}-help`, faulty && `${input.id}-error`];
  const described = ids.filter(Boolean).join(' ');
  if (described) input.setAttribute('aria-describedby', described);
  else input.removeAttribute('aria-describedby');
}

function faultOf(refused: ApiError, meanings: Meanings): Fault {
  const { text, field } = meanings[refused.code] ?? {};
  return { field: field ?? null, text: text ? t(text) : refused.text() };
}

// The service's own sentences, which are English: beside an English text that says less than they do, and single faults.
function sentences({ code, detail, items }: ApiError, meanings: Meanings): string[] {
  const meaning = meanings[code];
  const tells = language() === 'en' && detail !== '' && (!meaning?.text || meaning.several);
  return [...(tells ? [detail] : []), ...items];
}

const asRefusal = (error: unknown): ApiError => (error instanceof ApiError ? error : new ApiError('internal', ''));

// A refusal of the service that is about no control, in the reader's language.
export function refusal(error: unknown, meanings: Meanings = {}): HTMLElement {
  const refused = asRefusal(error);
  return errorSummary([{ ...faultOf(refused, meanings), field: null }], sentences(refused, meanings));
}

function showFaults(view: HTMLElement, errors: HTMLElement, error: unknown, meanings: Meanings = {}): void {
  const found = error instanceof Mend ? error.faults : [faultOf(asRefusal(error), meanings)];
  const controlOf = (field: string | null): Element | null =>
    field === null ? null : view.querySelector(`#${CSS.escape(field)}`);
  const faults = found.map(({ field, text }) => ({ field: controlOf(field) ? field : null, text }));
  for (const { field, text } of faults) {
    const input = controlOf(field);
    if (!input) continue;
    markFault(input, text);
  }
  const summary = errorSummary(faults, error instanceof Mend ? [] : sentences(asRefusal(error), meanings));
  errors.replaceChildren(summary);
  summary.focus();
}
