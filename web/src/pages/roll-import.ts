import type { Election } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import { fileDrop } from '../base/file-drop.ts';
import { refusal, selectField, type Meanings } from '../base/forms.ts';
import { number } from '../base/format.ts';
import { call } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { button, errorSummary, icon, notice } from '../base/parts.ts';
import type { StaffLogin } from '../base/staff-login.ts';
import { WorkerClient } from '../base/worker-client.ts';
import type { CommitteeCall, CommitteeResults } from './committee-protocol.ts';
import { pathTo } from './committee-state.ts';
import {
  guess,
  guessPlace,
  needed,
  placeValues,
  prepare,
  readSheet,
  targets,
  type Mapping,
  type Prepared,
  type Sheet,
  type Target,
} from './roll-columns.ts';
import { writeCsv } from './roll-table.ts';

declare const COMMITTEE_WORKER_URL: string; // set by the build

// The import of a list: choose the file, say what its columns are, look at it, have the service check it, import it.

interface ImportOptions {
  election: Election;
  staff: StaffLogin;
  done: () => Promise<void>;
  cancel: () => void;
}

const refusals: Meanings = {
  conflict: { text: 'why.import.taken', several: true },
  roll_invalid: { text: 'why.import.rows' },
  too_large: { text: 'why.import.large' },
};
const shownRows = 6;
const shownFaults = 20;
const mostPlaceValues = 300;
const importTimeoutMs = 300000;

export class RollImport {
  readonly element = h('section', { class: 'panel', testid: 'roll-import' });
  private worker: WorkerClient<CommitteeCall, CommitteeResults> | null = null;
  private sheet: Sheet | null = null;
  private fileName = '';
  private mapping: Mapping | null = null;
  private placeOf = new Map<string, string>();
  private checked = false;
  private busy = false;

  constructor(private readonly options: ImportOptions) {
    this.draw();
  }

  private draw(problem?: HTMLElement): void {
    const content = this.sheet && this.mapping ? this.mappingView(this.sheet, this.mapping) : this.chooser();
    this.element.replaceChildren(
      ...([h('h2', { tabindex: '-1' }, t('import.title')), problem, ...content].filter(Boolean) as Node[]),
    );
    problem?.focus();
  }

  private chooser(): Child[] {
    return [
      h('p', { class: 'mute' }, t('import.lead')),
      fileDrop({
        id: 'roll-file',
        testid: 'roll-file',
        accept: '.csv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        label: t('import.file'),
        help: t('import.fileHelp'),
        taken: (file) => void this.take(file),
      }),
      h(
        'div',
        { class: 'row-actions mt-3' },
        button(t('page.cancel'), 'secondary', 'import-cancel', this.options.cancel),
      ),
    ];
  }

  private async take(file: File): Promise<void> {
    try {
      this.worker ??= new WorkerClient<CommitteeCall, CommitteeResults>(COMMITTEE_WORKER_URL);
      const table = await this.worker.ask({ type: 'readTable', file });
      this.sheet = readSheet(table, (n) => t('import.column', { n }));
      if (this.sheet.rows.length === 0) throw new Error('empty');
      this.fileName = file.name;
      this.setMapping(guess(this.sheet));
    } catch {
      this.sheet = null;
      this.draw(errorSummary([{ field: 'roll-file', text: t('import.unreadable') }]));
    }
  }

  private get targets(): Target[] {
    return targets.filter((target) => target !== 'place' || this.options.election.places.length > 1);
  }

  private setMapping(mapping: Mapping, focus?: string): void {
    this.mapping = mapping;
    this.checked = false;
    this.placeOf = new Map();
    const { places } = this.options.election;
    // Where there is one place only, all vote there, whatever a column says.
    const only = places.length === 1 ? places[0]!.id : null;
    for (const value of ['', ...placeValues(this.sheet!, mapping).keys()]) {
      const place = only ?? guessPlace(value, places);
      if (place) this.placeOf.set(value, place);
    }
    this.draw();
    (focus ? document.getElementById(focus) : this.element.querySelector('h2'))?.focus();
  }

  private mappingView(sheet: Sheet, mapping: Mapping): Child[] {
    const missing = this.targets.filter((target) => needed.includes(target) && mapping[target] === null);
    const prepared = prepare(sheet, mapping, this.placeOf);
    const ready = missing.length === 0 && prepared.faults.length === 0;
    return [
      h('p', {}, t('import.read', { file: this.fileName, n: sheet.rows.length })),
      !sheet.named && notice('info', h('p', {}, t('import.unnamed'))),
      h('h3', {}, t('import.columns')),
      h(
        'div',
        { class: 'mapping' },
        this.targets.map((target) => this.columnField(target, sheet, mapping)),
      ),
      mapping.place !== null && this.placesView(sheet, mapping),
      missing.length > 0
        ? notice(
            'warn',
            h('p', { testid: 'import-missing' }, t('import.choose', { columns: missing.map(columnName).join(', ') })),
          )
        : [h('h3', {}, t('import.preview')), previewTable(prepared), faultList(prepared)],
      ...(ready ? this.summary(prepared) : []),
      h(
        'div',
        { class: 'row-actions mt-3' },
        ready && this.nextButton(prepared),
        button(t('import.otherFile'), 'secondary', 'other-file', () => this.reset()),
        button(t('page.cancel'), 'secondary', 'import-cancel', this.options.cancel),
      ),
    ].flat();
  }

  private columnField(target: Target, { headings, rows }: Sheet, mapping: Mapping): HTMLElement {
    const optional = !needed.includes(target);
    const column = mapping[target];
    const sample = column === null ? '' : rows.map((row) => row[column] ?? '').find((cell) => cell !== '');
    const view = selectField(
      {
        id: `column-${target}`,
        label: columnName(target) + (optional ? ` (${t('import.optional')})` : ''),
        value: column === null ? '' : String(column),
        changed: (value) =>
          this.setMapping({ ...mapping, [target]: value === '' ? null : Number(value) }, `column-${target}`),
      },
      [
        ['', t(optional ? 'import.notThere' : 'import.chooseColumn')],
        ...headings.map((name, i): [string, string] => [String(i), name]),
      ],
    ).view;
    view.append(h('p', { class: 'form-text mb-0' }, sample ? t('import.sample', { text: sample }) : '\u00a0'));
    return view;
  }

  // Cells that name no place of the election: a class, for one, that votes at a place.
  private placesView(sheet: Sheet, mapping: Mapping): Child {
    const values = [...placeValues(sheet, mapping)];
    const { places } = this.options.election;
    const own = values.filter(([value]) => guessPlace(value, places) === null);
    if (own.length === 0 || places.length === 1) return null;
    if (own.length > mostPlaceValues) return notice('bad', h('p', {}, t('import.tooManyPlaces', { n: own.length })));
    return h(
      'fieldset',
      { class: 'place-values' },
      h('legend', { class: 'h3' }, t('import.places')),
      h('p', { class: 'mute' }, t('import.placesText')),
      h(
        'div',
        { class: 'mapping' },
        own.map(
          ([value, count], i) =>
            selectField(
              {
                id: `place-value-${i}`,
                label: t('import.placeValue', { value: value || '–', n: count }),
                value: this.placeOf.get(value) ?? '',
                changed: (place) => {
                  if (place) this.placeOf.set(value, place);
                  else this.placeOf.delete(value);
                  this.checked = false;
                  this.draw();
                  document.getElementById(`place-value-${i}`)?.focus();
                },
              },
              [['', t('import.choosePlace')], ...places.map(({ id, name }): [string, string] => [id, name])],
            ).view,
        ),
      ),
    );
  }

  private summary({ table, byPlace }: Prepared): Child[] {
    const { places } = this.options.election;
    return [
      this.checked && notice('ok', h('p', { testid: 'import-checked' }, t('import.checked', { n: table.length - 1 }))),
      h(
        'ul',
        { class: 'plain by-place' },
        places.map(({ id, name }) => h('li', {}, h('span', {}, name), h('strong', {}, number(byPlace.get(id) ?? 0)))),
      ),
    ];
  }

  private nextButton({ table }: Prepared): HTMLButtonElement {
    const label = this.checked ? t('import.do', { n: table.length - 1 }) : t('import.check');
    const control = button(
      this.busy ? t('page.wait') : label,
      'primary',
      this.checked ? 'import-do' : 'import-check',
      () => void this.send(writeCsv(table), this.checked),
    );
    control.disabled = this.busy;
    return control;
  }

  private async send(csv: string, forGood: boolean): Promise<void> {
    const { election, staff } = this.options;
    this.busy = true;
    this.draw();
    try {
      await call(pathTo(election, `roll${forGood ? '' : '?dry_run=true'}`), {
        method: 'POST',
        body: csv,
        headers: { 'Content-Type': 'text/csv', ...staff.csrf() },
        timeoutMs: importTimeoutMs,
      });
      this.busy = false;
      this.checked = true;
      if (forGood) return await this.options.done();
      this.draw();
      this.element.querySelector<HTMLElement>('[data-testid="import-do"]')?.focus();
    } catch (error) {
      this.busy = false;
      if (!staff.endedBy(error)) this.draw(refusal(error, refusals));
    }
  }

  private reset(): void {
    this.sheet = null;
    this.mapping = null;
    this.draw();
    document.getElementById('roll-file')?.focus();
  }
}

const columnName = (target: Target): string => t(`column.${target}`);

function previewTable({ table: [heading, ...rows] }: Prepared): HTMLElement {
  return h(
    'div',
    { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': t('import.preview') },
    h(
      'table',
      { class: 'table', testid: 'import-preview' },
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          heading!.map((target) => h('th', { scope: 'col' }, columnName(target as Target))),
        ),
      ),
      h(
        'tbody',
        {},
        rows.slice(0, shownRows).map((row) =>
          h(
            'tr',
            {},
            row.map((cell) => h('td', {}, cell || '–')),
          ),
        ),
      ),
    ),
  );
}

function faultList({ faults }: Prepared): Child {
  if (faults.length === 0) return null;
  return h(
    'div',
    { class: 'notice notice-warn', testid: 'import-faults', 'data-count': faults.length },
    icon('warn'),
    h(
      'div',
      {},
      h('p', {}, t('import.faults', { n: faults.length })),
      h(
        'ul',
        {},
        faults
          .slice(0, shownFaults)
          .map(({ row, kind, text }) =>
            h('li', {}, t('import.row', { n: row }), ' ', t(`import.fault.${kind}`, { text })),
          ),
      ),
    ),
  );
}
