import type { Election } from '../base/api.ts';
import { h, replaceKeepingFocus, type Child } from '../base/dom.ts';
import { zoneOf } from '../base/format.ts';
import { form, Mend, reasonField, textField } from '../base/forms.ts';
import { t } from '../base/i18n.ts';
import { button, icon, type Fault } from '../base/parts.ts';
import { checklist, isReady, type Item } from './committee-checklist.ts';
import { nextStep, stagePath } from './committee-stages.ts';
import { pathTo, type Centre, type Overview, type Section } from './committee-state.ts';
import { StepDesk } from './committee-step.ts';
import type { StepName } from './committee-steps.ts';
import { watchDevices } from './device-watch.ts';
import { localTime, utcTime } from './wizard-model.ts';

// Where an election stands and what is to be done next: its way on the left, what is missing and the figures beside it.

export class OverviewSection implements Section {
  private readonly stages = h('section', { class: 'panel', id: 'stages', 'aria-label': t('committee.stages') });
  private readonly preparation = h('div', {});
  private readonly proposed = h('div', {});
  private readonly others = h('div', {});
  private readonly desks = new Map<StepName, StepDesk>();
  private extending: HTMLElement | null = null;
  readonly element: HTMLElement;

  constructor(
    private readonly centre: Centre,
    private overview: Overview,
    live: HTMLElement,
  ) {
    const names: StepName[] = ['seal', 'open', 'close', 'publish', 'certify', 'correct', 'cancel'];
    for (const step of names) this.desks.set(step, new StepDesk(centre, step));
    this.element = h(
      'div',
      { class: 'two-sides', testid: 'section-overview' },
      this.stages,
      h('div', {}, this.proposed, this.preparation, live, this.others),
    );
    this.changed(overview);
    watchDevices(this.element, () => this.withoutDevice(), () => centre.refresh());
  }

  // While a place without a device is on the list.
  private withoutDevice(): Overview | null {
    return checklist(this.overview).some(({ name, done }) => name === 'devices' && !done) ? this.overview : null;
  }

  changed(overview: Overview): void {
    this.overview = overview;
    const items = checklist(overview);
    for (const desk of this.desks.values()) desk.show(overview, isReady(items));
    for (const step of ['correct', 'cancel'] as const) this.desks.get(step)!.show(overview);
    const step = nextStep[overview.election.phase];
    const desk = step && this.desks.get(step)!;
    replaceKeepingFocus(this.stages, stagePath(overview.election, desk?.element));
    replaceKeepingFocus(this.preparation, preparationPanel(items));
    this.drawOthers();
  }

  private drawOthers(): void {
    const rare = ['correct', 'cancel'] as const;
    // What waits for a second person stands first; what may be begun stands last.
    const waits = rare.filter((step) => ['approve', 'own', 'watch'].includes(this.desks.get(step)!.state));
    replaceKeepingFocus(
      this.proposed,
      waits.map((step) => this.desks.get(step)!.element),
    );
    const parts = [
      this.extension(),
      ...rare.filter((step) => !waits.includes(step)).map((step) => this.other(step)),
    ].filter(Boolean);
    const panel =
      parts.length > 0 && h('section', { class: 'panel others' }, h('h2', {}, t('overview.others')), ...parts);
    replaceKeepingFocus(this.others, [papersPanel(this.overview.election), panel]);
  }

  private other(step: 'correct' | 'cancel'): Child {
    const desk = this.desks.get(step)!;
    if (desk.state === 'none') return null;
    return h(
      'div',
      { class: 'other' },
      h('h3', {}, t(`action.${step}`)),
      h('p', { class: 'mute' }, t(`action.${step}.what`)),
      desk.element,
    );
  }

  private extension(): Child {
    const { election } = this.overview;
    const ends = election.closes_at ?? election.schedule?.closes_at;
    if (!ends || !['sealed', 'open'].includes(election.phase) || !this.centre.may('extend')) return null;
    return h(
      'div',
      { class: 'other' },
      h('h3', {}, t('extend.title')),
      h('p', { class: 'mute' }, t('extend.what')),
      this.extending ?? button(t('extend.title'), 'secondary', 'extend', () => this.extend(this.extensionForm(ends))),
    );
  }

  private extend(form: HTMLElement | null): void {
    this.extending = form;
    this.drawOthers();
    this.others.querySelector<HTMLElement>(form ? '#extend-to' : '[data-testid="extend"]')?.focus();
  }

  private extensionForm(ends: string): HTMLElement {
    const { election } = this.overview;
    const zone = zoneOf(election.time_zone);
    const to = textField({
      id: 'extend-to',
      label: t('extend.to', { zone }),
      value: localTime(ends, zone),
      attributes: { type: 'datetime-local' },
    });
    const reason = reasonField('extend-reason');
    const send = async (): Promise<void> => {
      const faults: Fault[] = [];
      const closes = utcTime(to.input.value, zone);
      if (!closes || closes <= ends) faults.push({ field: 'extend-to', text: t('extend.notLater') });
      faults.push(...reason.faults());
      if (faults.length > 0) throw new Mend(faults);
      await this.centre.staff.send(pathTo(election, 'extension'), { closes_at: closes, reason: reason.read() });
      this.extending = null;
      await this.centre.refresh();
    };
    return form({
      testid: 'send-extension',
      fields: [to.view, reason.view],
      submit: t('extend.do'),
      send,
      cancel: () => this.extend(null),
      ended: this.centre.staff.endedBy,
      meanings: { conflict: { text: 'why.extend', field: 'extend-to', several: true } },
    });
  }
}

function preparationPanel(items: Item[]): Child {
  if (items.length === 0) return null;
  const open = items.filter(({ done, must }) => must && !done).length;
  return h(
    'section',
    { class: 'panel' },
    h('h2', {}, open > 0 ? t('overview.missing', { n: open }) : t('overview.ready')),
    h('ul', { class: 'checklist', testid: 'checklist', 'data-missing': open }, items.map(itemView)),
  );
}

function itemView({ name, done, must, text, how, link }: Item): Child {
  const tone = done ? 'tone-ok' : must ? 'tone-warn' : 'tone-mute';
  return h(
    'li',
    { 'data-done': String(done), testid: `check-${name}` },
    h('span', { class: tone }, icon(done ? 'ok' : must ? 'wait' : 'info')),
    h(
      'div',
      {},
      h('span', { class: 'visually-hidden' }, t(done ? 'check.done' : must ? 'check.missing' : 'check.advised')),
      h('span', { class: done ? '' : 'check-text' }, text),
      !done && how && h('p', { class: 'mute mb-0' }, how),
    ),
    !done && link && h('a', { class: 'btn btn-outline-secondary', href: link.href }, link.text),
  );
}

// What is shown in the hall and what is printed, where the election has come so far.
function papersPanel({ uuid, phase }: Election): Child {
  const link = (href: string, text: string, testid: string): HTMLElement =>
    h('a', { class: 'btn btn-outline-secondary', href, testid }, text);
  const counted = phase === 'tallied' || phase === 'certified';
  return h(
    'section',
    { class: 'panel' },
    h('h2', {}, t('overview.papers')),
    h(
      'div',
      { class: 'row-actions' },
      phase !== 'draft' &&
        phase !== 'cancelled' &&
        link(`/projector/${uuid}`, t('overview.projector'), 'open-projector'),
      link(`/print/${uuid}/candidates`, t('overview.candidates'), 'print-candidates'),
      counted && link(`/print/${uuid}/minutes`, t('overview.minutes'), 'print-minutes'),
      phase !== 'draft' && link(`/elections/${uuid}`, t('overview.portal'), 'open-portal'),
    ),
  );
}
