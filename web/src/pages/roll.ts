import { announce, h, type Child } from '../base/dom.ts';
import { clock, number, zoneOf } from '../base/format.ts';
import { refusal, selectField, textField } from '../base/forms.ts';
import { get } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { button, icon, loading, notice } from '../base/parts.ts';
import { rowMain } from '../base/rows.ts';
import { placeName } from './live-words.ts';
import { pathTo, type Centre, type Overview, type Section } from './committee-state.ts';
import { RollImport } from './roll-import.ts';
import { addVoter, changeVoter, type Voter } from './roll-voter.ts';

// The voter roll: found by name, number or class, page by page; changed one by one until the election is sealed.

interface Found {
  voters: Voter[];
  total: number;
  next?: string;
}

const pageSize = 50;
const typingMs = 300;

export class RollSection implements Section {
  readonly element = h('div', { testid: 'section-roll' });
  private readonly head = h('div', { class: 'section-head' });
  private readonly desk = h('div', {});
  private readonly said = h('div', { role: 'status' });
  private readonly results = h('div', {}, loading());
  private readonly list = h('section', { class: 'panel' });
  private query = '';
  private place = '';
  private before: (string | undefined)[] = []; // where the pages before this one begin
  private after: string | undefined;
  private asking = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly centre: Centre,
    private overview: Overview,
  ) {
    this.list.append(this.search(), this.results);
    this.element.append(this.head, this.desk, this.said, this.list);
    this.drawHead();
    void this.load();
  }

  changed(overview: Overview): void {
    const before = this.overview.election;
    this.overview = overview;
    this.drawHead();
    if (overview.election.entries !== before.entries && this.desk.childElementCount === 0) void this.load();
  }

  private get editable(): boolean {
    return this.overview.election.phase === 'draft' && this.centre.may('enrol_voters');
  }

  private drawHead(): void {
    const { election } = this.overview;
    const locked = election.phase === 'draft' && election.credentials > 0;
    this.head.replaceChildren(
      h('h2', {}, t('centre.roll')),
      ...(this.editable && !locked && this.desk.childElementCount === 0
        ? [
            h(
              'div',
              { class: 'row-actions' },
              button(t('import.title'), election.voters === 0 ? 'primary' : 'secondary', 'import-roll', () =>
                this.import(),
              ),
              button(t('roll.add'), 'secondary', 'add-voter', () => this.edit(null)),
            ),
          ]
        : []),
    );
    if (election.voters > 0 && this.desk.childElementCount === 0) this.head.append(papers(election.uuid));
    if (locked) this.head.append(notice('info', h('p', {}, t('roll.hasCredentials'))));
    else if (election.phase !== 'draft') this.head.append(h('p', { class: 'mute' }, t('roll.isSealed')));
  }

  private search(): HTMLElement {
    const { election } = this.overview;
    const query = textField({
      id: 'roll-search',
      label: t('roll.search'),
      attributes: { type: 'search', autocomplete: 'off', maxlength: 100 },
      changed: (value) => {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.find(value.trim(), this.place), typingMs);
      },
    });
    const place = selectField(
      { id: 'roll-place', label: t('column.place'), changed: (value) => this.find(this.query, value) },
      [['', t('roll.allPlaces')], ...election.places.map(({ id, name }): [string, string] => [id, name])],
    );
    return h('div', { class: 'side-by-side', role: 'search' }, query.view, election.places.length > 1 && place.view);
  }

  private find(query: string, place: string): void {
    this.query = query;
    this.place = place;
    this.before = [];
    this.after = undefined;
    void this.load();
  }

  private async load(): Promise<void> {
    const turn = ++this.asking;
    const asked = new URLSearchParams({ limit: String(pageSize) });
    if (this.query) asked.set('q', this.query);
    if (this.place) asked.set('place', this.place);
    if (this.after !== undefined) asked.set('after', this.after);
    try {
      const found = await get<Found>(pathTo(this.overview.election, `roll?${asked}`));
      if (turn !== this.asking) return;
      this.results.replaceChildren(...(this.found(found).filter(Boolean) as Node[]));
    } catch (error) {
      if (turn === this.asking && !this.centre.staff.endedBy(error)) this.results.replaceChildren(refusal(error));
    }
  }

  private found({ voters, total, next }: Found): Child[] {
    if (total === 0) {
      const searched = this.query !== '' || this.place !== '';
      return [
        h('p', { class: 'empty', testid: 'roll-empty' }, t(searched ? 'roll.notFound' : 'roll.empty')),
        !searched && this.editable && h('p', { class: 'mute' }, t('roll.begin')),
      ];
    }
    const from = this.before.length * pageSize + 1;
    const range = t('roll.range', { from, to: from + voters.length - 1, total });
    return [
      h('p', { class: 'mute', testid: 'roll-total', 'data-count': total, role: 'status' }, range),
      h(
        'ul',
        { class: 'rows', testid: 'voters' },
        voters.map((voter) => this.row(voter)),
      ),
      h(
        'div',
        { class: 'row-actions mt-3' },
        this.before.length > 0 &&
          button(t('entries.before'), 'secondary', 'page-before', () => this.turn(this.before.pop(), false)),
        next !== undefined && button(t('entries.after'), 'secondary', 'page-after', () => this.turn(next, true)),
      ),
    ];
  }

  private turn(after: string | undefined, forward: boolean): void {
    if (forward) this.before.push(this.after);
    this.after = after;
    void this.load();
    this.element.querySelector<HTMLElement>('#roll-search')?.focus();
  }

  private row(voter: Voter): HTMLElement {
    const { election } = this.overview;
    const zone = election.time_zone;
    const { attended, weight, delivery } = voter;
    return h(
      'li',
      { testid: `voter-${voter.id}` },
      rowMain(
        voter.name,
        [
          voter.id,
          voter.class,
          placeName(election, voter.place),
          delivery === 'place' && t('roll.atPlace'),
          weight && t('roll.weighs', { n: number(weight) }),
        ],
        attended &&
          h(
            'div',
            { class: 'tone-ok small-text' },
            icon('ok'),
            ' ',
            t('roll.attended', { time: clock(attended.time, zoneOf(zone)) }),
          ),
      ),
      this.editable &&
        this.overview.election.credentials === 0 &&
        button(t('roll.change'), 'secondary', `change-${voter.id}`, () => this.edit(voter)),
    );
  }

  private options(): {
    election: Overview['election'];
    staff: Centre['staff'];
    done: (said: string) => Promise<void>;
    cancel: () => void;
  } {
    return {
      election: this.overview.election,
      staff: this.centre.staff,
      done: (said) => this.done(said),
      cancel: () => this.close(),
    };
  }

  private edit(voter: Voter | null): void {
    this.open(voter ? changeVoter(this.options(), voter) : addVoter(this.options()));
  }

  private import(): void {
    this.list.hidden = true;
    this.open(new RollImport({ ...this.options(), done: () => this.done(t('import.done')) }).element);
  }

  private open(content: HTMLElement): void {
    this.said.replaceChildren();
    this.desk.replaceChildren(content);
    this.drawHead();
    content.querySelector<HTMLElement>('h2')?.focus();
    content.scrollIntoView({ block: 'nearest' });
  }

  private close(): void {
    this.desk.replaceChildren();
    this.list.hidden = false;
    this.drawHead();
    this.head.querySelector<HTMLElement>('button')?.focus();
  }

  private async done(said: string): Promise<void> {
    this.close();
    this.said.replaceChildren(notice('ok', h('p', { testid: 'roll-done' }, said)));
    announce(said);
    await this.centre.refresh();
    await this.load();
  }
}

function papers(uuid: string): HTMLElement {
  const link = (paper: 'roll' | 'attendance', text: string): HTMLElement =>
    h('a', { class: 'btn btn-link', href: `/print/${uuid}/${paper}`, testid: `print-${paper}` }, text);
  return h(
    'div',
    { class: 'row-actions' },
    link('roll', t('roll.print')),
    link('attendance', t('roll.printAttendance')),
  );
}
