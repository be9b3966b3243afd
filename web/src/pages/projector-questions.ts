import { h } from '../base/dom.ts';
import { t } from '../base/i18n.ts';
import { bands, turnMs } from './projector-places.ts';

// The questions on the wall: all of them, or one after the other where there is no room for all in letters to be read.

interface Wall {
  held: () => boolean; // by somebody who reads slowly
  turned: () => void; // another one is shown
  turns: () => void; // it begins or ends to show them in turn
}

export class HallQuestions {
  private readonly note = h('span', { testid: 'hall-question' });
  private at = 0;
  private turning: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly tally: HTMLElement,
    private readonly wall: Wall,
  ) {}

  get inTurn(): boolean {
    return this.turning !== undefined;
  }

  private get all(): HTMLElement[] {
    return [...this.tally.querySelectorAll<HTMLElement>('.question-tally')];
  }

  get canTurn(): boolean {
    return this.all.length > 1 && matchMedia(bands).matches;
  }

  // The tally may have been drawn anew since, with all of them.
  show(inTurn: boolean): void {
    const { all } = this;
    const at = this.at % Math.max(1, all.length);
    all.forEach((question, i) => (question.hidden = inTurn && i !== at));
    this.note.textContent = ` · ${t('hall.question', { at: at + 1, n: all.length })}`;
    if (inTurn) this.tally.querySelector('.as-of')?.append(this.note);
    else this.note.remove();
  }

  settle(inTurn: boolean): void {
    if (inTurn === this.inTurn) return;
    clearInterval(this.turning);
    this.turning = inTurn ? setInterval(() => !this.wall.held() && this.turn(), turnMs) : undefined;
    this.wall.turns();
  }

  private turn(): void {
    this.at = (this.at + 1) % Math.max(1, this.all.length);
    this.wall.turned();
  }
}
