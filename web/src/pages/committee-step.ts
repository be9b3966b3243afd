import { h, type Child } from '../base/dom.ts';
import { dateTime, zoneOf } from '../base/format.ts';
import { form, Mend, textField, type Meaning, type Meanings } from '../base/forms.ts';
import { language, t } from '../base/i18n.ts';
import { button, notice, type Fault } from '../base/parts.ts';
import { page } from '../base/shell.ts';
import { pathTo, type Centre, type Overview } from './committee-state.ts';
import {
  loginOf,
  pathOf,
  proposalOf,
  stepState,
  type Proposal,
  type StepName,
  type StepState,
} from './committee-steps.ts';

// One step of the committee: its button, what is asked before it is taken, and, where two must agree, the proposal.

const maxReason = 500;

// Of the steps themselves, by whomever they are taken.
const refusals: Partial<Record<StepName, Meanings>> = {
  seal: { conflict: { text: 'why.seal' } },
  open: { wrong_phase: { text: 'why.open', several: true } },
  publish: { conflict: { text: 'why.publish' } },
  correct: {
    not_found: { text: 'why.correct.entry', field: 'step-entry' },
    conflict: { text: 'why.correct.done', field: 'step-entry' },
  },
};

export class StepDesk {
  readonly element = h('div', { class: 'step' });
  private drawn = '';
  private asked = false;
  private overview: Overview | null = null;
  private ready = true;

  constructor(
    private readonly centre: Centre,
    private readonly step: StepName,
  ) {}

  get state(): StepState {
    const { overview } = this;
    const { me } = this.centre;
    return overview && me ? stepState(this.step, overview.election.phase, overview.proposals, me) : 'none';
  }

  // What has not changed is left alone, with whatever was begun to be typed.
  show(overview: Overview, ready = true): void {
    this.overview = overview;
    this.ready = ready;
    const mark = `${this.state} ${proposalOf(this.step, overview.proposals)?.seq} ${ready} ${language()}`;
    if (mark === this.drawn) return;
    this.drawn = mark;
    this.asked = false;
    this.draw();
  }

  private draw(): void {
    this.element.setAttribute('data-state', this.state);
    this.element.replaceChildren(...(this.content().filter(Boolean) as Node[]));
  }

  private content(): Child[] {
    const { step, state, overview } = this;
    if (!overview || state === 'none') return [];
    if (state === 'act')
      return [this.asked ? this.question('confirm-action', t(`action.${step}.yes`)) : this.opener('action')];
    if (state === 'propose') {
      return [
        this.asked
          ? this.question('send-proposal', t('proposal.send'), t('proposal.explain'))
          : this.opener('propose', t('proposal.propose', { step: t(`action.${step}`) })),
      ];
    }
    return [this.proposal(proposalOf(step, overview.proposals)!, state)];
  }

  private opener(kind: 'action' | 'propose', label = t(`action.${this.step}`)): Child {
    const look = this.step === 'cancel' || this.step === 'correct' ? 'secondary' : 'primary';
    const control = button(label, look, `${kind}-${this.step}`, () => this.ask(true));
    control.disabled = !this.ready;
    return control;
  }

  private ask(asked: boolean): void {
    this.asked = asked;
    this.draw();
    const first = this.element.querySelector<HTMLElement>('input, textarea, button');
    first?.focus();
  }

  // Asked once more before it is done; sent as it is, or as a proposal.
  private question(testid: string, label: string, explained?: string): Child {
    const { step } = this;
    const proposing = testid === 'send-proposal';
    const named = step === 'cancel' || step === 'correct';
    const entry = textField({
      id: 'step-entry',
      label: t('correct.entry'),
      help: t('correct.entryHelp'),
      attributes: { inputmode: 'numeric', maxlength: 10 },
    });
    const reason = textField({
      id: 'step-reason',
      label: t(named ? 'proposal.reason' : 'proposal.reasonOptional'),
      attributes: { maxlength: maxReason },
    });
    const fields = [step === 'correct' && entry.view, (named || proposing) && reason.view];
    const send = async (): Promise<void> => {
      const faults: Fault[] = [];
      const seq = entry.input.value.trim();
      if (step === 'correct' && !/^\d+$/.test(seq)) faults.push({ field: 'step-entry', text: t('correct.noEntry') });
      const why = reason.input.value.trim();
      if (named && why === '') faults.push({ field: 'step-reason', text: t('proposal.noReason') });
      if (faults.length > 0) throw new Mend(faults);
      const said = { ...(step === 'correct' && { entry: Number(seq) }), ...((named || proposing) && { reason: why }) };
      if (proposing) await this.post('proposals', { step, ...said });
      else await this.post(pathOf[step], named ? said : undefined);
    };
    return h(
      'div',
      { class: 'stack', role: 'group', 'aria-label': t(`action.${step}`) },
      notice('warn', h('p', {}, t(`action.${step}.ask`)), explained && h('p', {}, explained)),
      form({
        testid,
        fields,
        submit: label,
        send,
        cancel: () => this.ask(false),
        cancelTestid: 'cancel-action',
        ended: this.centre.staff.endedBy,
        meanings: { ...refusals[step], ...(proposing && { conflict: this.proposedAlready() }) },
      }),
    );
  }

  private proposedAlready(): Meaning {
    return this.step === 'correct' ? { text: 'why.propose.correct', several: true } : { text: 'why.propose' };
  }

  private proposal(proposal: Proposal, state: StepState): Child {
    const { step, overview } = this;
    const { election } = overview!;
    const who = {
      login: loginOf(proposal.by),
      step: t(`action.${step}`),
      time: dateTime(proposal.time, zoneOf(election.time_zone)),
    };
    const approve = form({
      testid: `approve-${step}`,
      fields: [],
      submit: t('proposal.approve', { step: t(`action.${step}`) }),
      send: () => this.post(pathOf[step], step === 'cancel' || step === 'correct' ? {} : undefined),
      ended: this.centre.staff.endedBy,
      meanings: { ...refusals[step], approval_needed: { text: 'why.approve', several: true } },
    });
    const withdraw = form({
      testid: `withdraw-${step}`,
      kind: 'secondary',
      fields: [],
      submit: t(state === 'own' ? 'proposal.withdraw' : 'proposal.reject'),
      send: () => this.post('proposals/withdraw', { step }),
      ended: this.centre.staff.endedBy,
      meanings: { conflict: { text: 'why.withdraw' } },
    });
    return h(
      'div',
      { class: 'proposal', testid: `proposal-${step}`, 'data-state': state },
      h('p', { class: 'mb-1' }, h('strong', {}, t(state === 'own' ? 'proposal.mine' : 'proposal.of', who))),
      h('p', { class: 'mute small-text' }, who.time),
      proposal.entry !== undefined && h('p', {}, t('correct.ofEntry', { n: proposal.entry })),
      proposal.reason !== '' && h('blockquote', { class: 'reason' }, proposal.reason),
      state === 'approve' && notice('warn', h('p', {}, t(`action.${step}.ask`))),
      state !== 'approve' && h('p', { class: 'mute' }, t(state === 'own' ? 'proposal.waiting' : 'proposal.watch')),
      h(
        'div',
        { class: 'row-actions' },
        state === 'approve' && approve,
        this.centre.may('withdraw_proposal') && withdraw,
      ),
    );
  }

  private async post(part: string, body?: unknown): Promise<void> {
    const { election } = this.overview!;
    await this.centre.staff.send(pathTo(election, part), body);
    this.asked = false;
    this.drawn = '';
    await this.centre.refresh();
    page().querySelector<HTMLElement>('[data-testid="current-stage"]')?.focus();
  }
}
