import { h, replaceKeepingFocus, type Child } from '../base/dom.ts';
import type { Zone } from '../base/format.ts';
import type { Served } from '../audit/memory.ts';
import type { Report } from '../audit/report.ts';
import { contradictionView } from './supervisor-contradiction.ts';
import { entriesPanel, entryView } from './supervisor-entries.ts';
import type { ShownEntry } from './supervisor-protocol.ts';
import {
  checksPanel,
  factsPanel,
  faultsPanel,
  resultPanel,
  verdictView,
  witnessesPanel,
  type Following,
} from './supervisor-report.ts';

// A report while it is on the page. An audit that goes on brings a new one every few seconds: what it changes is drawn
// anew, and nobody who reads, types or walks through the page by keyboard is disturbed.

export interface Shown {
  report: Report;
  served: Served | null;
  finishedAt: string;
  following: Following | null; // null: nothing goes on by itself
}

interface ScreenOptions {
  zone: Zone;
  picker: () => HTMLElement;
  open: (seq: number) => void; // asks for an entry
  whole: () => void; // all of it again
}

type PartName = 'verdict' | 'contradiction' | 'witnesses' | 'faults' | 'result' | 'checks' | 'facts' | 'entries';

export class ReportScreen {
  readonly elements: HTMLElement[];
  private readonly parts: Record<PartName, HTMLElement> = {
    verdict: h('div', {}),
    contradiction: h('div', {}),
    witnesses: h('div', {}),
    faults: h('div', {}),
    result: h('div', {}),
    checks: h('div', {}),
    facts: h('div', {}),
    entries: h('div', {}),
  };
  private readonly picker = h('div', {});
  private readonly entryPlace = h('div', { id: 'entry-view', 'aria-live': 'polite' });
  private list = { filter: '', page: 0 };
  private entry: ShownEntry | null = null;

  constructor(
    private readonly options: ScreenOptions,
    private shown: Shown,
  ) {
    const { verdict, contradiction, witnesses, faults, result, checks, facts, entries } = this.parts;
    this.elements = [
      ...[verdict, contradiction, witnesses, faults, result],
      h('div', { class: 'two-sides wide-first' }, checks, h('div', {}, facts, this.picker)),
      ...[this.entryPlace, entries],
    ];
    // A list that is being chosen from or typed into stays as it is until that is done.
    entries.addEventListener('focusout', () => setTimeout(() => this.drawEntries()));
    this.draw();
  }

  show(shown: Shown): void {
    this.shown = shown;
    for (const name of this.names()) if (name !== 'entries') this.drawPart(name);
    this.drawEntries();
  }

  // Also what does not come from the report: in another language, or after other elections became known.
  draw(): void {
    this.picker.replaceChildren(this.options.picker());
    for (const name of this.names()) this.drawPart(name);
    this.drawEntry();
  }

  private names(): PartName[] {
    return Object.keys(this.parts) as PartName[];
  }

  showEntry(entry: ShownEntry): void {
    this.entry = entry;
    this.drawEntry();
    this.entryPlace.querySelector<HTMLElement>('h2')?.focus();
    this.entryPlace.scrollIntoView({ block: 'start' });
  }

  private drawEntry(): void {
    const { open } = this.options;
    if (this.entry) this.entryPlace.replaceChildren(entryView(this.entry, this.shown.report, open));
  }

  private drawEntries(): void {
    if (!this.parts.entries.contains(document.activeElement)) this.drawPart('entries');
  }

  private drawPart(name: PartName): void {
    const content = this.content(name);
    const place = this.parts[name];
    if (content instanceof Node && place.firstChild?.isEqualNode(content)) return;
    replaceKeepingFocus(place, content);
  }

  private content(name: PartName): Child {
    const { report, served, finishedAt, following } = this.shown;
    const { zone, open, whole } = this.options;
    switch (name) {
      case 'verdict':
        return verdictView(report, { served, finishedAt, zone, following, again: whole });
      case 'contradiction':
        return contradictionView(report, () => this.drawPart('contradiction'));
      case 'witnesses':
        return witnessesPanel(report, zone);
      case 'faults':
        return faultsPanel(report, open);
      case 'result':
        return resultPanel(report);
      case 'checks':
        return checksPanel(report);
      case 'facts':
        return factsPanel(report, zone);
      case 'entries':
        return report.rows.length > 0 && entriesPanel(report, zone, this.list, { open, show: (next) => this.turn(next) });
    }
  }

  private turn({ filter, page, focus }: { filter: string; page: number; focus: string }): void {
    this.list = { filter, page };
    this.drawPart('entries');
    this.parts.entries.querySelector<HTMLElement>(`[data-testid="${focus}"]`)?.focus();
  }
}
