import type { BoardItem, ElectionSummary } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import { fileDrop } from '../base/file-drop.ts';
import { areaField, type Field } from '../base/forms.ts';
import { ApiError, get } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { button, errorSummary, loading } from '../base/parts.ts';
import { focusTitle, page, startShell } from '../base/shell.ts';
import { WorkerClient } from '../base/worker-client.ts';
import type { Held, OpenedReceipt } from '../log/receipt.ts';
import type { Trust } from '../log/trust.ts';
import type { KnownLedger, ReceiptCall, ReceiptClient, ReceiptResults, Verdict } from './receipt-protocol.ts';
import { resultView, type Standing } from './receipt-result.ts';
import { searchBoard } from './tracker.ts';

declare const RECEIPT_WORKER_URL: string; // set by the build

// Judges a receipt file in the browser. What it needs for that is loaded with the page; afterwards the network is used
// only to ask what became of the ballot. The file is sent nowhere.

const maxFileSize = 1 << 20;
const mostElections = 100;
const retryMs = 1500;
const retries = 3; // a node may be a moment behind

const client: ReceiptClient = new WorkerClient<ReceiptCall, ReceiptResults>(RECEIPT_WORKER_URL);

let elections: ElectionSummary[] = [];
let ledgers: Promise<KnownLedger[]> = Promise.resolve([]);
let file: Uint8Array | null = null;
let pasted = '';
let keys = '';
let badKeys = false;
let verdict: Verdict | null = null;
let held: Held | null = null;
let standing: Standing = { state: 'checking' };
let run = 0;

async function loadKeys(): Promise<KnownLedger[]> {
  try {
    elections = (await get<{ elections: ElectionSummary[] }>('/elections')).elections.slice(0, mostElections);
    return await client.ask<'known'>({ type: 'known', uuids: elections.map(({ uuid }) => uuid) });
  } catch {
    return []; // without the server, keys that are pasted do
  }
}

async function judge(bytes: Uint8Array): Promise<void> {
  const own = ++run;
  [file, verdict, held, standing, badKeys] = [bytes, null, null, { state: 'checking' }, false];
  show();
  const answer = await client.ask<'judge'>({ type: 'judge', file: bytes, ledgers: await ledgers, pasted: keys });
  if (own !== run) return;
  if (answer === 'badKeys') {
    badKeys = true;
    file = null;
    draw();
    page().querySelector<HTMLElement>('[data-testid="error-summary"]')?.focus();
    return;
  }
  verdict = (await judgedByLog(bytes, answer)) ?? answer;
  if (own !== run) return;
  show();
  const { judged, trust, uuid } = verdict;
  if (!judged?.ok) return;
  if (!uuid) standing = { state: 'elsewhere' };
  else await ask(uuid, trust, judged.receipt, own);
  if (own === run) draw();
}

// A checkpoint of a key that is not trusted may be of one that took over since the keys were printed or read.
async function judgedByLog(bytes: Uint8Array, { judged, trust, uuid }: Verdict): Promise<Verdict | null> {
  if (!judged || judged.ok || judged.fault !== 'otherKey' || !uuid) return null;
  return client.ask<'byLog'>({ type: 'byLog', uuid, file: bytes, trust }).catch(() => null);
}

// What this server's log holds there now, and what its board says.
async function ask(uuid: string, trust: Trust, receipt: OpenedReceipt, own: number): Promise<void> {
  const found = await Promise.all([heldNow(uuid, trust, receipt), standingNow(uuid, receipt)]);
  if (own !== run) return;
  [held, standing] = found;
  if (held?.held === false) show();
}

async function heldNow(uuid: string, trust: Trust, receipt: OpenedReceipt): Promise<Held | null> {
  for (let i = 0; ; i++) {
    try {
      const now = await client.ask<'held'>({ type: 'held', uuid, trust, receipt });
      const mayGrow = now.held === false && (now.why === 'lost' || now.why === 'incomplete');
      if (!mayGrow || i === retries) return now;
    } catch {
      return null; // it could not be read
    }
    await new Promise((resolve) => setTimeout(resolve, retryMs));
  }
}

async function standingNow(uuid: string, { tracker }: OpenedReceipt): Promise<Standing> {
  if (tracker === null) return { state: 'none' };
  try {
    const [item] = (await searchBoard(uuid, tracker, 1)).ballots as [BoardItem?];
    return item ? { state: item.status, item } : { state: 'absent' };
  } catch (error) {
    const absent = error instanceof ApiError && error.code === 'not_found';
    return { state: absent ? 'absent' : 'unreachable' };
  }
}

async function takeFile(taken: File): Promise<void> {
  const size = Math.min(taken.size, maxFileSize); // a larger one is no receipt, and is told so
  await judge(new Uint8Array(await taken.slice(0, size).arrayBuffer()));
}

function takePasted(field: Field<HTMLTextAreaElement>): void {
  pasted = field.input.value;
  // What is copied from a screen comes with other line ends, or without the last one.
  const text = pasted.replace(/\r\n?/g, '\n').trim();
  if (text !== '') void judge(new TextEncoder().encode(`${text}\n`));
  else field.input.focus();
}

const fromFile = (): HTMLElement =>
  fileDrop({
    id: 'receipt',
    testid: 'receipt-file',
    accept: '.tlog-proof,text/plain',
    label: t('proof.file'),
    help: t('proof.fileHelp'),
    taken: (taken) => void takeFile(taken),
  });

function fromText(): HTMLElement {
  const field = areaField({
    id: 'receipt-text',
    label: t('proof.text'),
    value: pasted,
    attributes: { rows: 6, spellcheck: 'false', autocomplete: 'off', autocapitalize: 'none' },
    changed: (value) => (pasted = value),
  });
  return h(
    'details',
    { open: pasted !== '' },
    h('summary', {}, t('proof.paste')),
    field.view,
    button(t('proof.check'), 'secondary', 'check-text', () => takePasted(field)),
  );
}

function ownKeys(): HTMLElement {
  const field = areaField({
    id: 'receipt-keys',
    label: t('proof.keys'),
    help: t('proof.keysHelp'),
    value: keys,
    attributes: { rows: 4, spellcheck: 'false', autocomplete: 'off', autocapitalize: 'none' },
    changed: (value) => (keys = value),
  });
  if (badKeys) field.input.setAttribute('aria-invalid', 'true');
  return h(
    'details',
    { open: keys !== '' },
    h('summary', {}, t('proof.ownKeys')),
    field.view,
    file && button(t('proof.checkAgain'), 'secondary', 'check-keys', () => file && void judge(file)),
  );
}

function content(): Child[] {
  const entry = h('section', { class: 'panel no-print' }, fromFile(), fromText(), ownKeys());
  if (!file) {
    return [
      badKeys && errorSummary([{ field: 'receipt-keys', text: t('proof.badKeys') }]),
      h('h1', {}, t('proof.title')),
      h('p', {}, t('proof.lead')),
      entry,
      h('p', { class: 'mute' }, t('proof.offline')),
    ];
  }
  if (!verdict) return [h('h1', {}, t('proof.checking')), loading()];
  const zone = elections.find(({ uuid }) => uuid === verdict?.uuid);
  return [...resultView({ file, verdict, held, standing, election: zone ?? null }), entry];
}

function draw(): void {
  page().replaceChildren(h('div', { class: 'narrow' }, ...content()));
}

function show(): void {
  draw();
  focusTitle();
}

// A file dropped beside its place must not replace the page.
for (const name of ['dragover', 'drop']) document.addEventListener(name, (event) => event.preventDefault());
ledgers = loadKeys();
startShell({ title: 'title.receipt', render: draw });
