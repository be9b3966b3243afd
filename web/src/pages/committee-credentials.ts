import { announce, h, type Child } from '../base/dom.ts';
import { form, Mend, reasonField, refusal, textField } from '../base/forms.ts';
import { get } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { copyButton, icon, loading, notice, type Fault, type Tone } from '../base/parts.ts';
import { codesTable, type RollCounts } from './codes-table.ts';
import { placeName } from './live-words.ts';
import { pathTo, type Centre, type Overview, type Section } from './committee-state.ts';

// Voters' codes: how many there are at each place and in reserve, how they are made, a lost one replaced, all withdrawn.
// The codes themselves are made by the registrar's own program and never reach this page.

interface CredentialStatus {
  state: 'active' | 'reserve' | 'replaced' | 'unknown';
  place?: string;
  voted?: boolean;
}

const tones: Record<CredentialStatus['state'], Tone> = {
  active: 'ok',
  reserve: 'info',
  replaced: 'warn',
  unknown: 'bad',
};

export class CredentialsSection implements Section {
  readonly element = h('div', { testid: 'section-credentials' });
  private readonly counts = h('section', { class: 'panel' }, loading());
  private readonly work = h('div', {});
  private drawn = '';

  constructor(
    private readonly centre: Centre,
    private overview: Overview,
  ) {
    this.element.append(h('h2', {}, t('centre.credentials')), this.counts, this.work);
    this.changed(overview);
  }

  changed(overview: Overview): void {
    this.overview = overview;
    void this.count();
    const { phase, credentials } = overview.election;
    const mark = `${phase} ${credentials > 0}`;
    if (mark === this.drawn) return;
    this.drawn = mark;
    this.work.replaceChildren(
      ...([this.making(), this.replacing(), this.asking(), this.withdrawing()].filter(Boolean) as Node[]),
    );
  }

  private async count(): Promise<void> {
    try {
      const { places } = await get<RollCounts>(pathTo(this.overview.election, 'roll/summary'));
      this.counts.replaceChildren(codesTable(places, (id) => placeName(this.overview.election, id)));
    } catch (error) {
      if (!this.centre.staff.endedBy(error)) this.counts.replaceChildren(refusal(error));
    }
  }

  private making(): Child {
    const { uuid, phase, voters, credentials } = this.overview.election;
    if (phase !== 'draft' || credentials > 0) return null;
    const command = `suara credentials generate ${uuid} --out kartu --reserve 2.5`;
    return h(
      'section',
      { class: 'panel' },
      h('h3', {}, t('codes.make')),
      voters === 0
        ? notice(
            'info',
            h('p', {}, t('codes.rollFirst'), ' ', h('a', { href: this.centre.address('roll') }, t('centre.roll'))),
          )
        : h(
            'ol',
            { class: 'next-steps' },
            h(
              'li',
              {},
              t('codes.step1'),
              h('pre', { class: 'raw', testid: 'codes-command' }, command),
              copyButton(command, 'copy-command'),
            ),
            h('li', {}, t('codes.step2')),
            h('li', {}, t('codes.step3')),
          ),
    );
  }

  private replacing(): Child {
    const { election } = this.overview;
    if (!['sealed', 'open'].includes(election.phase) || !this.centre.may('replace_credential')) return null;
    const key = (id: string, label: string) => textField({ id, label, attributes: { ...keyAttributes } });
    const lost = key('lost-credential', t('codes.lost'));
    const issued = key('issued-credential', t('codes.issued'));
    const reason = reasonField('replace-reason');
    const done = h('div', { role: 'status' });
    const view = form({
      testid: 'replace-credential',
      fields: [lost.view, issued.view, reason.view],
      submit: t('codes.replaceDo'),
      kind: 'secondary',
      send: async () => {
        done.replaceChildren();
        const faults: Fault[] = [];
        for (const { input } of [lost, issued])
          if (!isKey(input.value)) faults.push({ field: input.id, text: t('codes.badKey') });
        faults.push(...reason.faults());
        if (faults.length > 0) throw new Mend(faults);
        const body = { lost: lost.input.value.trim(), issued: issued.input.value.trim(), reason: reason.read() };
        await this.centre.staff.send(pathTo(election, 'credentials/replace'), body);
        view.reset();
        done.replaceChildren(notice('ok', h('p', { testid: 'replaced' }, t('codes.replaced'))));
        await this.count();
      },
      ended: this.centre.staff.endedBy,
      meanings: {
        unknown_credential: { text: 'why.code.lost', field: 'lost-credential', several: true },
        conflict: { text: 'why.code.replace', several: true },
        malformed: { text: 'why.code.keys', several: true },
        invalid_point: { text: 'why.code.keys', several: true },
      },
    });
    return h(
      'section',
      { class: 'panel' },
      h('h3', {}, t('codes.replace')),
      h('p', { class: 'mute' }, t('codes.replaceText')),
      done,
      view,
    );
  }

  private asking(): Child {
    const { election } = this.overview;
    if (election.credentials === 0) return null;
    const key = textField({
      id: 'asked-credential',
      label: t('codes.key'),
      help: t('codes.keyHelp'),
      attributes: { ...keyAttributes },
    });
    const answer = h('div', { role: 'status', class: 'mt-3' });
    return h(
      'section',
      { class: 'panel' },
      h('h3', {}, t('codes.ask')),
      form({
        testid: 'ask-credential',
        fields: [key.view],
        submit: t('codes.askDo'),
        kind: 'secondary',
        send: async () => {
          answer.replaceChildren();
          const credential = key.input.value.trim();
          if (!isKey(credential)) throw new Mend([{ field: 'asked-credential', text: t('codes.badKey') }]);
          const status = await get<CredentialStatus>(pathTo(election, `credentials/status?credential=${credential}`));
          answer.replaceChildren(this.statusNotice(status));
        },
        ended: this.centre.staff.endedBy,
        meanings: { malformed: { text: 'why.code.key', field: 'asked-credential' } },
      }),
      answer,
    );
  }

  private statusNotice({ state, place, voted }: CredentialStatus): HTMLElement {
    return notice(
      tones[state],
      h('p', { testid: 'credential-state', 'data-state': state }, t(`codes.state.${state}`)),
      state !== 'unknown' &&
        place &&
        h('p', { class: 'mute' }, placeName(this.overview.election, place), voted && ` · ${t('codes.voted')}`),
    );
  }

  private withdrawing(): Child {
    const { election } = this.overview;
    if (election.phase !== 'draft' || election.credentials === 0 || !this.centre.may('withdraw_credentials'))
      return null;
    const reason = reasonField('withdraw-reason');
    return h(
      'details',
      { class: 'panel' },
      h('summary', { testid: 'withdraw-offer' }, icon('warn'), ' ', t('codes.withdraw')),
      h('p', {}, t('codes.withdrawText')),
      form({
        testid: 'withdraw-codes',
        fields: [reason.view],
        submit: t('codes.withdrawDo'),
        kind: 'secondary',
        send: async () => {
          if (reason.faults().length > 0) throw new Mend(reason.faults());
          await this.centre.staff.send(pathTo(election, 'credentials/withdraw'), { reason: reason.read() });
          announce(t('codes.withdrawn'));
          await this.centre.refresh();
        },
        ended: this.centre.staff.endedBy,
        meanings: { conflict: { text: 'why.codes.none' } },
      }),
    );
  }
}

const keyAttributes = {
  maxlength: 64,
  autocomplete: 'off',
  autocapitalize: 'none',
  spellcheck: 'false',
  class: 'form-control mono',
};
const isKey = (text: string): boolean => /^[0-9a-f]{64}$/.test(text.trim());
