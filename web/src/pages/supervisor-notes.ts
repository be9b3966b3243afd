import type { Election, Incident } from '../base/api.ts';
import { h, replaceKeepingFocus, type Child } from '../base/dom.ts';
import { dateTime, zoneOf } from '../base/format.ts';
import { areaField, form, Mend, textField } from '../base/forms.ts';
import { ApiError } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { button, notice, type Fault } from '../base/parts.ts';
import type { StaffLogin } from '../base/staff-login.ts';
import { actorWords } from './live-words.ts';
import { incidentsOf } from './portal-data.ts';

// Incident notes: what a supervisor, a witness or an official saw, tied to the entries it is about. A note is an entry
// itself: it is public, signed and never taken back.

const mostBytes = 2000;
const mostEntries = 20;

// "12, 45" as numbers; null where something else stands there.
export function readEntries(text: string): number[] | null {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '');
  if (!words.every((word) => /^\d{1,15}$/.test(word))) return null;
  return [...new Set(words.map(Number))];
}

export function noteFaults(text: string, entries: number[] | null, size: number): Fault[] {
  const faults: Fault[] = [];
  if (text.trim() === '') faults.push({ field: 'note-text', text: t('notes.empty') });
  else if (new TextEncoder().encode(text.trim()).length > mostBytes) {
    faults.push({ field: 'note-text', text: t('notes.long', { n: mostBytes }) });
  }
  if (entries === null) faults.push({ field: 'note-entries', text: t('notes.entriesShape') });
  else if (entries.length > mostEntries) {
    faults.push({ field: 'note-entries', text: t('notes.manyEntries', { n: mostEntries }) });
  } else if (entries.some((seq) => seq >= size)) {
    faults.push({ field: 'note-entries', text: t('notes.noEntry', { n: size - 1 }) });
  }
  return faults;
}

interface NotesOptions {
  election: () => Election;
  staff: StaffLogin | null; // null: nobody is logged in
  mayNote: boolean;
  about: number | null; // an entry that a note is to be written on
  logIn: () => void;
}

export class Notes {
  readonly element = h('div', { class: 'two-sides wide-first', testid: 'section-notes' });
  private readonly list = h('section', { class: 'panel' });
  private incidents: Incident[] | null = null;
  private problem: string | null = null;
  private said: string | null = null;

  constructor(private readonly options: NotesOptions) {
    this.element.replaceChildren(this.list, h('section', { class: 'panel' }, ...this.writing()));
    this.drawList();
    void this.ask();
  }

  async ask(): Promise<void> {
    try {
      this.incidents = await incidentsOf(this.options.election().uuid);
      this.problem = null;
    } catch (error) {
      this.problem = error instanceof ApiError ? error.text() : t('error.internal');
    }
    this.drawList();
  }

  private drawList(): void {
    replaceKeepingFocus(this.list, this.listed());
  }

  private listed(): Child[] {
    const title = h('h2', {}, t('notes.title'));
    const said = this.said && notice('ok', h('p', { testid: 'note-recorded' }, this.said));
    if (this.problem) {
      return [
        title,
        notice('bad', h('p', {}, this.problem)),
        button(t('page.again'), 'secondary', 'again', () => void this.ask()),
      ];
    }
    if (!this.incidents) return [title, h('p', { class: 'mute' }, t('page.loading'))];
    if (this.incidents.length === 0)
      return [title, said, h('p', { class: 'mute', testid: 'no-notes' }, t('notes.none'))];
    return [title, said, h('ol', { class: 'notes', testid: 'notes' }, this.incidents.map(this.line))];
  }

  private readonly line = ({ seq, time, by, text, entries }: Incident): HTMLElement =>
    h(
      'li',
      { testid: `incident-${seq}` },
      h('p', { class: 'note-text' }, text),
      h(
        'p',
        { class: 'mute small-text' },
        [
          t('notes.by', { who: actorWords(by), time: dateTime(time, zoneOf(this.options.election().time_zone)), seq }),
          entries.length > 0 && t('feed.names', { entries: entries.join(', ') }),
        ]
          .filter(Boolean)
          .join(' · '),
      ),
    );

  private writing(): Child[] {
    const { staff, mayNote, about } = this.options;
    const title = h('h2', {}, t('notes.write'));
    if (!staff) {
      return [
        title,
        h('p', {}, t('notes.logIn')),
        button(t('login.button'), 'secondary', 'note-log-in', this.options.logIn),
      ];
    }
    if (!mayNote) return [title, h('p', { class: 'mute' }, t('notes.notYours'))];
    const text = areaField({
      id: 'note-text',
      label: t('notes.text'),
      help: t('notes.textHelp'),
      attributes: { rows: 5 },
    });
    const entries = textField({
      id: 'note-entries',
      label: t('notes.entries'),
      help: t('notes.entriesHelp'),
      value: about === null ? '' : String(about),
      attributes: { inputmode: 'numeric', autocomplete: 'off' },
    });
    const send = async (): Promise<void> => {
      const named = readEntries(entries.input.value);
      const { uuid, entries: size } = this.options.election();
      const faults = noteFaults(text.input.value, named, size);
      if (faults.length > 0) throw new Mend(faults);
      const body = { text: text.input.value.trim(), ...(named!.length > 0 && { entries: named }) };
      const { first: seq } = await staff.send<{ first: number }>(`/elections/${uuid}/incidents`, body);
      text.input.value = '';
      entries.input.value = '';
      this.said = t('notes.recorded', { seq });
      await this.ask();
    };
    return [
      title,
      form({
        testid: 'note',
        fields: [text.view, entries.view],
        submit: t('notes.record'),
        send,
        ended: staff.endedBy,
      }),
      h('p', { class: 'mute small-text mt-2' }, t('notes.public')),
    ];
  }
}
