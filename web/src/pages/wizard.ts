import type { Election } from '../base/api.ts';
import { announce, h, replaceKeepingFocus, type Child } from '../base/dom.ts';
import { markFault, refusal, type Meanings } from '../base/forms.ts';
import { ApiError, get } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { button, errorSummary, icon, loading, notice } from '../base/parts.ts';
import type { StaffLogin } from '../base/staff-login.ts';
import { pathTo, type Overview, type Section } from './committee-state.ts';
import { faultsOf, steps, type StepFault, type WizardStep } from './wizard-faults.ts';
import { fromDraft, newWizard, toDraft, type Draft, type Wizard } from './wizard-model.ts';
import { policyFields } from './wizard-policies.ts';
import { questionFields } from './wizard-questions.ts';
import { reviewFields } from './wizard-review.ts';
import { aboutFields, placeFields, scheduleFields } from './wizard-steps.ts';

// A draft, step by step: a new one, or the revision of one that is not sealed yet. What another member saves meanwhile is
// taken over where nothing was typed here, else told; the service takes no revision of a draft that is no longer in force.

interface WizardOptions {
  staff: StaffLogin;
  election: Election | null; // to be revised; null for a new one
  saved: (uuid: string) => Promise<void>;
}

const refusals: Meanings = {
  conflict: { text: 'why.draft.conflict', several: true },
  invalid_draft: { text: 'why.draft.invalid' },
  too_large: { text: 'why.draft.large' },
};

const newerTexts = { news: 'wizard.newer', refused: 'error.draft_changed' } as const;

export class WizardSection implements Section {
  private readonly newer = h('div', {});
  private readonly body = h('div', {});
  readonly element = h('div', { testid: 'section-draft' }, this.newer, this.body);
  private base: number | null = null; // seq of the draft that it began from; null: none yet, or a new election
  private latest = 0; // seq of the newest draft known of
  private loading = false;
  private told: keyof typeof newerTexts | null = null; // that there is a newer draft
  private wizard: Wizard = newWizard();
  private step: WizardStep = 'about';
  private appointsAll = true;
  private keepsTwo = false; // a draft that asks for two to agree cannot go back to one
  private changedByHand = false;
  private busy = false;
  private faults: StepFault[] = [];
  private readonly warn = (event: BeforeUnloadEvent): void => {
    if (this.changedByHand && this.element.isConnected) event.preventDefault();
  };

  constructor(private readonly options: WizardOptions) {
    window.addEventListener('beforeunload', this.warn);
    this.draw();
  }

  changed({ election }: Pick<Overview, 'election'>): void {
    if (election.draft_seq > this.latest) this.latest = election.draft_seq;
    this.follow();
  }

  // What is being saved may be the newer draft itself.
  private follow(): void {
    if (this.base === null || this.busy || !(this.latest > this.base)) return;
    if (!this.changedByHand) void this.load();
    else if (!this.told) this.tell('news');
  }

  // `dropping`: also what was typed.
  private async load(dropping = false): Promise<void> {
    const { staff, election } = this.options;
    if (this.loading || !election) return;
    this.loading = true;
    const known = this.latest;
    if (this.base === null) this.body.replaceChildren(loading());
    try {
      // In this order, a draft that is saved between the two answers is told of, and never saved over.
      const { draft_seq: base } = await get<Election>(`/elections/${election.uuid}`);
      const draft = await get<Draft>(pathTo(election, 'draft'));
      if (dropping || !this.changedByHand) this.take(draft, base);
    } catch (error) {
      if (staff.endedBy(error)) return;
      if (dropping) {
        this.newer.prepend(refusal(error));
        return;
      }
      if (this.base === null) this.body.replaceChildren(refusal(error));
    } finally {
      this.loading = false;
    }
    if (this.changedByHand || this.latest > known) this.follow();
  }

  private take(draft: Draft, base: number): void {
    const again = this.base !== null;
    this.base = base;
    this.wizard = fromDraft(draft);
    this.keepsTwo = this.wizard.approval === 'two';
    this.changedByHand = false;
    this.faults = [];
    this.told = null;
    this.draw();
    if (again && this.element.isConnected) announce(t('wizard.loaded'));
  }

  private tell(told: keyof typeof newerTexts): void {
    this.told = told;
    this.drawNewer();
    announce(t(newerTexts[told]));
  }

  private drawNewer(): void {
    const { told } = this;
    const load = async (): Promise<void> => {
      await this.load(true);
      if (!this.told) this.go(this.step);
    };
    replaceKeepingFocus(
      this.newer,
      told &&
        h(
          'div',
          { tabindex: '-1', testid: 'newer-draft', 'data-why': told },
          notice(
            'warn',
            h('p', {}, t(newerTexts[told])),
            h('p', {}, t('wizard.newerHow')),
            button(t('wizard.loadNewer'), 'secondary', 'load-newer', () => void load()),
          ),
        ),
    );
  }

  // Drawn anew by the language or a visit to another section, with what was typed.
  draw(): void {
    if (this.options.election && this.base === null) {
      void this.load();
      return;
    }
    this.drawNewer();
    const at = steps.indexOf(this.step);
    const body = h('div', { class: 'panel wizard-body' });
    const shown = this.faults.filter(({ step }) => step === this.step);
    body.append(
      ...(shown.length > 0 ? [errorSummary(shown)] : []),
      h('h2', { tabindex: '-1' }, t(`wizard.step.${this.step}`)),
      ...(this.fields().filter(Boolean) as Node[]),
      this.buttons(at),
    );
    replaceKeepingFocus(
      this.body,
      h('div', { class: 'wizard' }, h('nav', { 'aria-label': t('wizard.steps') }, this.stepList(at)), body),
    );
    for (const { field, text } of shown) {
      const input = field && body.querySelector(`#${CSS.escape(field)}`);
      if (input && input.tagName !== 'BUTTON') markFault(input, text);
    }
  }

  private fields(): Child[] {
    const { wizard } = this;
    const touched = (): void => {
      if (wizard === this.wizard) this.changedByHand = true;
    };
    // `focus`: the control to go on from, where the step's controls change.
    const redraw = (focus?: string): void => {
      touched();
      this.draw();
      if (focus) document.getElementById(focus)?.focus();
    };
    const context = { wizard, staff: this.options.staff, keepsTwo: this.keepsTwo, touched, redraw };
    switch (this.step) {
      case 'about':
        return aboutFields(context);
      case 'questions':
        return questionFields(context);
      case 'places':
        return placeFields(context);
      case 'schedule':
        return scheduleFields(context);
      case 'policies':
        return policyFields(context);
      case 'review':
        return reviewFields(wizard, faultsOf(wizard), (step) => this.go(step), this.appointment());
    }
  }

  // Who serves in a new election, before anybody is appointed by hand.
  private appointment(): { all: boolean; changed: (all: boolean) => void } | null {
    if (this.options.election) return null;
    return { all: this.appointsAll, changed: (all) => (this.appointsAll = all) };
  }

  private stepList(at: number): Child {
    const broken = new Set(faultsOf(this.wizard).map(({ step }) => step));
    return h(
      'ol',
      { class: 'wizard-steps' },
      steps.map((step, i) => {
        const done = i < at && !broken.has(step);
        const current = i === at;
        return h(
          'li',
          { class: current ? 'is-current' : done ? 'is-done' : '' },
          h(
            'button',
            {
              type: 'button',
              testid: `step-${step}`,
              ...(current && { 'aria-current': 'step' }),
              on: { click: () => this.go(step) },
            },
            h('span', { class: 'knot' }, done ? icon('ok') : String(i + 1)),
            h('span', {}, t(`wizard.step.${step}`)),
          ),
        );
      }),
    );
  }

  private buttons(at: number): HTMLElement {
    const before = steps[at - 1];
    const after = steps[at + 1];
    const next = after
      ? button(t('wizard.next', { step: t(`wizard.step.${after}`) }), 'primary', 'next-step', () => this.next(after))
      : button(
          t(this.options.election ? 'wizard.revise' : 'wizard.save'),
          'primary',
          'save-draft',
          () => void this.save(),
        );
    return h(
      'div',
      { class: 'row-actions wizard-actions' },
      next,
      before && button(t('page.back'), 'secondary', 'back-step', () => this.go(before)),
    );
  }

  private go(step: WizardStep): void {
    this.step = step;
    this.draw();
    this.element.querySelector<HTMLElement>('[data-testid="error-summary"], h2')?.focus();
    window.scrollTo(0, 0);
  }

  // A step with faults is not left by "next"; the list of steps leaves it all the same.
  private next(after: WizardStep): void {
    this.faults = faultsOf(this.wizard).filter(({ step }) => step === this.step);
    this.go(this.faults.length > 0 ? this.step : after);
  }

  private async save(): Promise<void> {
    if (this.busy) return;
    this.faults = faultsOf(this.wizard);
    const [first] = this.faults;
    if (first) {
      this.go(first.step);
      return;
    }
    this.busy = true;
    try {
      const { election, staff } = this.options;
      const draft = toDraft(this.wizard);
      const path = election
        ? pathTo(election, `draft?base=${this.base}`)
        : `/elections?appoint=${this.appointsAll ? 'all' : 'none'}`;
      const { uuid } = await staff.send<{ uuid: string }>(path, draft);
      this.changedByHand = false;
      await this.options.saved(election?.uuid ?? uuid);
    } catch (error) {
      if (this.options.staff.endedBy(error)) return;
      this.refuse(error);
    } finally {
      this.busy = false;
    }
  }

  private refuse(error: unknown): void {
    this.draw();
    if (error instanceof ApiError && error.code === 'draft_changed') {
      this.tell('refused');
      this.newer.querySelector<HTMLElement>('[tabindex]')?.focus();
      return;
    }
    const summary = refusal(error, refusals);
    this.element.querySelector('.wizard-body')?.prepend(summary);
    summary.focus();
  }
}
