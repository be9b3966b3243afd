import { h, type Child } from '../base/dom.ts';
import { fileDrop } from '../base/file-drop.ts';
import { t } from '../base/i18n.ts';
import { button, loading } from '../base/parts.ts';
import { focusTitle, page, startShell } from '../base/shell.ts';
import type { CheckReply, CheckRequest, CheckResult } from './check-protocol.ts';
import { resultView } from './check-result.ts';

declare const CHECK_WORKER_URL: string; // set by the build

// Shows on a second device what a challenged ballot held: from its opening file, or from the link of its QR code.
// Nothing is stored, and what opens the ballot is sent nowhere.

const uuid = decodeURIComponent(/^\/check\/([^/]+)/.exec(location.pathname)?.[1] ?? '');
const maxFileSize = 1 << 22;

const worker = new Worker(CHECK_WORKER_URL);
let run = 0;
let asked: CheckRequest['origin'] | null = null;
let result: CheckResult | null = null;

function check(origin: CheckRequest['origin']): void {
  asked = origin;
  result = null;
  worker.postMessage({ run: ++run, origin } satisfies CheckRequest);
  show();
}

function finish(next: CheckResult): void {
  result = next;
  show();
}

async function takeFile(file: File): Promise<void> {
  if (file.size <= maxFileSize) check({ type: 'file', text: await file.text() });
  else finish({ ok: false, failure: 'notAFile' });
}

worker.onmessage = (event: MessageEvent<CheckReply>) => {
  if (event.data.run === run) finish(event.data.result);
};
worker.onerror = () => finish({ ok: false, failure: 'network' });

function takeLink(): void {
  const fragment = location.hash.slice(1);
  if (uuid === '' || fragment === '') return;
  history.replaceState(null, '', location.pathname + location.search);
  check({ type: 'link', uuid, fragment });
}

const fromFile = (): HTMLElement =>
  fileDrop({
    id: 'opening',
    testid: 'opening-file',
    accept: '.json,application/json',
    label: t('opened.file'),
    help: t('opened.fileHelp'),
    taken: (file) => void takeFile(file),
  });

function content(): Child[] {
  if (asked && !result) return [h('h1', {}, t('opened.checking')), loading()];
  if (!result) {
    return [
      h('h1', {}, t('opened.title')),
      h('p', {}, t('opened.lead')),
      h('section', { class: 'panel' }, fromFile()),
      h('p', { class: 'mute' }, t('opened.what')),
    ];
  }
  const again = asked;
  const retry = !result.ok && (result.failure === 'network' || result.failure === 'unpublished');
  return [
    ...resultView(result),
    retry &&
      again &&
      h(
        'p',
        {},
        button(t('page.again'), 'primary', 'again', () => check(again)),
      ),
    h('section', { class: 'panel no-print mt-4' }, fromFile()),
  ];
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
window.addEventListener('hashchange', takeLink);
startShell({ title: 'title.check', render: draw });
takeLink();
