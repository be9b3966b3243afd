import { announce, h, replaceKeepingFocus, type Child } from '../base/dom.ts';
import { fileDrop } from '../base/file-drop.ts';
import { ApiError, get, post } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { button, errorSummary, notice, saveFile, type Tone } from '../base/parts.ts';
import { WorkerClient } from '../base/worker-client.ts';
import type { Described } from './described.ts';
import { memoryOfElection } from './supervisor-memory.ts';
import type { Audit, TrusteeCall, TrusteeResults } from './trustee-protocol.ts';
import { taskOf, type Task, type TaskAction } from './trustee-tasks.ts';
import { isFault, type CeremonyFault, type KeyInfo } from './trustee-work.ts';

declare const TRUSTEE_WORKER_URL: string; // set by the build

// Where a trustee makes the key file, opens it, and takes the step that it is for. What was opened is dropped when the
// step is taken, the election changes or the trustee logs out; nothing of it is stored or sent.

interface KeyFile {
  name: string;
  text: string;
  info: KeyInfo;
}

interface DeskActions {
  csrf: () => Record<string, string>;
  ended: (error: unknown) => boolean; // the session, which is then shown
  refresh: () => Promise<void>;
}

// What is told to the trustee instead of a service's error.
class Told extends Error {}

const maxFileSize = 65536;
const tones: Record<Task['state'], Tone> = { act: 'info', wait: 'info', done: 'ok', wrong: 'bad' };

export class KeyDesk {
  readonly view = h('div', { id: 'key-desk' });
  private readonly client = new WorkerClient<TrusteeCall, TrusteeResults>(TRUSTEE_WORKER_URL);
  private described: Described | null = null;
  private file: KeyFile | null = null;
  private completed: { name: string; text: string } | null = null;
  private fault: string | null = null;
  private made: string | null = null; // the name under which the new key file was offered
  private done: (() => string) | null = null;
  private busy: (() => string) | null = null;

  constructor(private readonly actions: DeskActions) {}

  clear(): void {
    this.file = null;
    this.completed = null;
    this.fault = null;
    this.made = null;
    this.done = null;
    this.busy = null;
  }

  show(described: Described): void {
    this.described = described;
    replaceKeepingFocus(this.view, this.content(described));
  }

  private draw(focus?: string): void {
    if (!this.described) return;
    this.show(this.described);
    if (focus) this.view.querySelector<HTMLElement>(`[data-testid="${focus}"]`)?.focus();
  }

  // --- what is shown

  private content(described: Described): Child[] {
    const { phase } = described.election;
    if (phase === 'tallied' || phase === 'certified') return [];
    if (this.done && this.completed) return [this.doneNotice(this.done()), this.completedPanel(this.completed)];
    const make = phase === 'draft' && !this.file && this.makePanel(described);
    return [
      this.fault !== null && errorSummary([{ field: null, text: this.fault }]),
      this.done && this.doneNotice(this.done()),
      make,
      h(
        'section',
        { class: 'panel' },
        h('h2', {}, t(make ? 'trustee.open' : 'trustee.openOnly')),
        fileDrop({
          id: 'key',
          testid: 'key-file',
          accept: '.json,application/json',
          label: t('trustee.file'),
          help: t('trustee.fileHelp'),
          taken: (file) => void this.take(file),
        }),
        this.file && this.taskPanel(described, this.file),
      ),
    ];
  }

  private doneNotice(text: string): HTMLElement {
    const told = notice('ok', h('p', {}, text));
    told.tabIndex = -1;
    told.setAttribute('data-testid', 'task-done');
    return told;
  }

  private makePanel({ election, ceremony }: Described): Child {
    const single = election.trustees.keys.length < election.trustees.expected;
    const group = ceremony?.step === 'certificates';
    if (!single && !group) return null;
    return h(
      'section',
      { class: 'panel' },
      h('h2', {}, t('trustee.make')),
      h('p', {}, t('trustee.makeText')),
      h(
        'div',
        { class: 'row-actions' },
        group && button(t('trustee.makeGroup'), 'secondary', 'make-key-threshold', () => void this.make('threshold')),
        single && button(t('trustee.makeSingle'), 'secondary', 'make-key-single', () => void this.make('single')),
      ),
      this.made !== null &&
        h(
          'div',
          { class: 'mt-3', testid: 'key-saved' },
          notice('ok', h('p', {}, t('trustee.made', { name: this.made }))),
        ),
    );
  }

  private completedPanel(completed: { name: string; text: string }): HTMLElement {
    return h(
      'section',
      { class: 'panel' },
      h('h2', { testid: 'completed-key', tabindex: '-1' }, t('trustee.completed')),
      h('p', {}, t('trustee.completedText')),
      h(
        'div',
        { class: 'row-actions' },
        button(t('trustee.saveCompleted'), 'primary', 'save-completed-key', () =>
          saveFile(completed.name, completed.text, 'application/json'),
        ),
        button(t('trustee.goOn'), 'secondary', 'go-on', () => {
          this.clear();
          this.draw('key-file');
        }),
      ),
    );
  }

  private taskPanel(described: Described, { name, info }: KeyFile): HTMLElement {
    const task = taskOf(described, info);
    const control =
      task.action &&
      button(this.busy ? this.busy() : t(`trustee.do.${task.action}`), 'primary', 'do-task', () => void this.act(task));
    if (control) control.disabled = this.busy !== null;
    return h(
      'div',
      { class: 'mt-3 stack', testid: 'key-task', 'data-task': task.action ?? task.state },
      h('h3', { testid: 'task-title', tabindex: '-1' }, task.title),
      task.state === 'act' ? h('p', {}, task.text) : notice(tones[task.state], h('p', {}, task.text)),
      control,
      h('p', { class: 'mute small-text' }, t('trustee.opened', { name })),
    );
  }

  // --- what is done

  private async make(kind: 'single' | 'threshold'): Promise<void> {
    const { uuid } = this.described!.election;
    this.clear();
    try {
      const text = await this.client.ask<'newKey'>({ type: 'newKey', kind, uuid });
      this.made = kind === 'single' ? `kunci-wajib-${uuid}.json` : `kunci-wali-${uuid}.json`;
      saveFile(this.made, text, 'application/json');
      this.draw('make-key-' + kind);
      announce(t('trustee.made', { name: this.made }));
    } catch {
      this.fail(t('trustee.noWorker'));
    }
  }

  private async take(file: File): Promise<void> {
    this.clear();
    const text = file.size <= maxFileSize ? await file.text() : '';
    try {
      const needed = this.described!.ceremony?.needed ?? 1;
      const info = await this.client.ask<'keyInfo'>({ type: 'keyInfo', file: text, needed });
      if (!info) {
        this.fail(t('trustee.notAKey'));
        return;
      }
      this.file = { name: file.name, text, info };
      this.draw('task-title');
    } catch {
      this.fail(t('trustee.noWorker'));
    }
  }

  private fail(text: string): void {
    this.fault = text;
    this.busy = null;
    this.draw('error-summary');
  }

  private async act(task: Task): Promise<void> {
    if (this.busy || !this.file || !task.action) return;
    const { action } = task;
    this.fault = null;
    this.done = null;
    this.busy = () => t('page.wait');
    this.draw();
    try {
      await this.takeStep(action, task.number ?? 0, this.file);
    } catch (error) {
      this.busy = null;
      if (this.actions.ended(error)) return;
      const text =
        error instanceof ApiError ? error.text() : error instanceof Told ? error.message : t('trustee.noWorker');
      this.fail(text);
      return;
    }
    this.busy = null;
    this.file = null;
    this.done = () => t(`trustee.did.${action}`);
    await this.actions.refresh();
    this.draw(this.completed ? 'completed-key' : 'task-done');
    announce(this.done());
  }

  private async takeStep(action: TaskAction, number: number, file: KeyFile): Promise<void> {
    switch (action) {
      case 'publishKey':
        return this.publishKey(file);
      case 'certificate':
        return this.certificate(file);
      case 'coefexps':
        return this.coefexps(number, file);
      case 'confirm':
      case 'complete':
        return this.confirm(number, file, action === 'confirm');
      case 'decrypt':
        return this.decrypt(number, file);
    }
  }

  private async send(path: string, body: unknown): Promise<void> {
    await post(`/elections/${this.described!.election.uuid}${path}`, body, this.actions.csrf());
  }

  private async publishKey({ info }: KeyFile): Promise<void> {
    if (info.kind === 'single') await this.send('/trustees', { public_key: info.publicKey });
  }

  private async certificate({ info }: KeyFile): Promise<void> {
    if (info.kind !== 'threshold') return;
    const { certificate } = info;
    const { uuid } = this.described!.election;
    const used = await this.client
      .ask<'publishedBefore'>({ type: 'publishedBefore', uuid, certificate })
      .catch(() => null);
    if (used === null) throw new ApiError('network', '');
    if (used) throw new Told(t('trustee.usedBefore'));
    await this.send('/ceremony/certificate', { certificate, coefexps_hash: info.coefexpsHash });
  }

  private async coefexps(trustee: number, { text }: KeyFile): Promise<void> {
    const ceremony = this.described!.ceremony!;
    const call = { type: 'coefexps', file: text, ceremony, self: trustee } as const;
    const made = unlessFault(await this.client.ask<'coefexps'>(call));
    await this.send('/ceremony/coefexps', { trustee, coefexps: made.coefexps, shares: made.shares });
  }

  private async confirm(self: number, { text }: KeyFile, publish: boolean): Promise<void> {
    const { election, ceremony } = this.described!;
    const { shares } = await get<{ shares: string[] }>(`/elections/${election.uuid}/ceremony/shares/${self}`);
    const call = { type: 'confirm', file: text, ceremony: ceremony!, self, shares } as const;
    const made = unlessFault(await this.client.ask<'confirm'>(call));
    if (publish) {
      await this.send('/ceremony/confirmation', { trustee: self, verification_key: made.verificationKey });
    }
    this.completed = { name: `kunci-wali-${election.uuid}-${self}.json`, text: made.file };
  }

  private async decrypt(owner: number, { text }: KeyFile): Promise<void> {
    const { election, decryption } = this.described!;
    this.busy = () => t('trustee.auditing');
    this.draw();
    const control = this.view.querySelector('[data-testid="do-task"]');
    const told = (share: number): void => {
      if (control) control.textContent = t('trustee.auditingShare', { share: `${Math.floor(100 * share)}%` });
    };
    const memory = memoryOfElection(election.uuid);
    const call = { type: 'audit', uuid: election.uuid, memory, decryption: decryption! } as const;
    const audit = await this.client.ask<'audit'>(call, told).catch(() => null);
    const refusal = auditRefusal(audit);
    if (refusal !== null) throw new Told(refusal);
    const made = await this.client.ask<'decrypt'>({ type: 'decrypt', file: text, decryption: decryption! });
    if (!made) throw new Told(t('trustee.audit.other'));
    await this.send('/decryption', { owner, ...made });
  }
}

function unlessFault<T extends object>(made: T | CeremonyFault): T {
  if (!isFault(made)) return made;
  throw new Told(t(`trustee.fault.${made.fault}`, { n: made.trustee }));
}

// Why a tally is not to be decrypted; null where the ledger bears it out.
function auditRefusal(audit: Audit | null): string | null {
  if (!audit) return t('trustee.audit.unreadable');
  if (audit.state === 'sound') return null;
  if (audit.state === 'broken') return t('trustee.audit.broken', { n: audit.faults, first: audit.first });
  return t(`trustee.audit.${audit.state}`);
}
