import type { Election, Turnout } from '../base/api.ts';
import { h, s, type Child } from '../base/dom.ts';
import { percent } from '../base/format.ts';
import { t } from '../base/i18n.ts';
import { icon } from '../base/parts.ts';
import { standingOf } from '../charts/attendance.ts';

// Polling places on the wall: as many at once as fit in large letters, the others in turn.

export const turnMs = 8000;
const manyPlaces = 8; // more are shown by name and share alone
export const bands = '(min-width: 60em)'; // where the wall has its fixed height; as in projector.css

export const hasMany = ({ places }: { places: readonly unknown[] }): boolean => places.length > manyPlaces;

// How many of `places` to show at a time where `fit` do: pages of the same length, so that the last is not nearly empty.
export function pageLength(places: number, fit: number): number {
  const pages = Math.ceil(places / Math.max(1, fit));
  return pages === 0 ? 0 : Math.ceil(places / pages);
}

function placeCell(place: Turnout['places'][number], election: Election): HTMLElement {
  const share = place.voters === 0 ? 0 : place.voted / place.voters;
  const standing = standingOf(place, election.policies.verification);
  const over = standing?.kind === 'over';
  return h(
    'li',
    { testid: `place-${place.id}` },
    h('span', { class: 'place-name' }, place.name),
    h('span', { class: 'share' }, percent(place.voted, place.voters)),
    s(
      'svg',
      { 'aria-hidden': 'true', focusable: 'false' },
      s('rect', { class: 'track', width: '100%', height: '100%', rx: 4 }),
      share > 0 && s('rect', { class: 'mark fill-1', width: `${100 * Math.min(1, share)}%`, height: '100%', rx: 4 }),
    ),
    h(
      'span',
      { class: over ? 'place-counts tone-bad' : 'place-counts mute' },
      over && icon('bad'),
      standing
        ? t('hall.counts', { attended: place.attended, voted: place.voted, voters: place.voters })
        : t('places.of', { voted: place.voted, voters: place.voters }),
    ),
  );
}

export class HallPlaces {
  readonly element = h('section', { class: 'panel hall-places-panel', testid: 'hall-places' });
  private readonly list = h('ul', { class: 'hall-places' });
  private election: Election | null = null;
  private turnout: Turnout | undefined;
  private first = 0;
  private length = Infinity; // of a page
  private turning: ReturnType<typeof setInterval> | undefined;
  paused = false;

  // `turns`: told when it begins or ends to show places in turn.
  constructor(private readonly turns: () => void) {
    new ResizeObserver(() => this.fit()).observe(this.element);
  }

  get inTurn(): boolean {
    return this.turning !== undefined;
  }

  show(election: Election, turnout: Turnout | undefined): void {
    const known = this.turnout?.places.length;
    this.election = election;
    this.turnout = turnout;
    if (known === turnout?.places.length) this.draw();
    else this.fit();
  }

  // Measures with all of them drawn, then shows a page of as many as there is room for.
  private fit(): void {
    this.first = 0;
    this.length = Infinity;
    this.draw();
    const places = this.turnout?.places.length ?? 0;
    const [cell] = this.list.children;
    if (cell && matchMedia(bands).matches) this.length = pageLength(places, this.roomFor(cell as HTMLElement));
    const inTurn = this.length < places;
    if (inTurn !== this.inTurn) {
      clearInterval(this.turning);
      this.turning = inTurn ? setInterval(() => !this.paused && this.turn(), turnMs) : undefined;
      this.turns();
    }
    if (inTurn) this.draw();
  }

  private roomFor(cell: HTMLElement): number {
    const { rowGap, gridTemplateColumns } = getComputedStyle(this.list);
    const gap = parseFloat(rowGap) || 0;
    const padding = parseFloat(getComputedStyle(this.element).paddingBlockEnd) || 0;
    const room = this.element.getBoundingClientRect().bottom - padding - this.list.getBoundingClientRect().top;
    const height = Math.max(...[...this.list.children].map((each) => (each as HTMLElement).offsetHeight));
    const rows = Math.floor((room + gap) / (Math.max(height, cell.offsetHeight) + gap));
    return Math.max(1, rows) * gridTemplateColumns.split(' ').length;
  }

  private turn(): void {
    const places = this.turnout?.places.length ?? 0;
    this.first = this.first + this.length < places ? this.first + this.length : 0;
    this.draw();
  }

  private draw(): void {
    this.element.replaceChildren(...(this.content().filter(Boolean) as Node[]));
  }

  private content(): Child[] {
    if (!this.turnout || !this.election) return [h('p', { class: 'mute' }, t('page.loading'))];
    const { places } = this.turnout;
    const shown = places.slice(this.first, this.first + this.length);
    this.list.classList.toggle('is-many', hasMany({ places }));
    this.list.replaceChildren(...shown.map((place) => placeCell(place, this.election!)));
    const from = this.first + 1;
    return [
      h(
        'div',
        { class: 'hall-places-head' },
        h('h2', { class: 'chart-title' }, t('hall.places', { n: places.length })),
        shown.length < places.length &&
          h(
            'p',
            { class: 'mute', testid: 'hall-page' },
            t('hall.page', { from, to: from + shown.length - 1, n: places.length }),
          ),
      ),
      this.list,
    ];
  }
}
