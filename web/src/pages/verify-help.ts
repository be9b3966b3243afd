import type { Election, ElectionSummary } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import { get } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { copyButton } from '../base/parts.ts';
import { page, startShell } from '../base/shell.ts';
import { boardLink } from './tracker.ts';
import { commandsFor } from './verify-commands.ts';

// How anyone checks an election, in lay words; the commands are filled in for the election that the address names.

let elections: ElectionSummary[] = [];
let election: Election | null = null;
let ledgerKeys = 1;

async function start(): Promise<void> {
  draw();
  try {
    ({ elections } = await get<{ elections: ElectionSummary[] }>('/elections'));
    await choose(location.hash.slice(1));
  } catch {
    // The words hold without a service; the commands keep their example.
  }
}

async function choose(asked: string): Promise<void> {
  const uuid = (elections.find((item) => item.uuid === asked) ?? elections[0])?.uuid;
  if (uuid) {
    [election, ledgerKeys] = await Promise.all([get<Election>(`/elections/${uuid}`), countKeys(uuid)]);
    history.replaceState(null, '', `#${uuid}`);
  }
  draw();
}

// How many keys the ledger has had, as it says itself; where it cannot be asked, the one in force is enough to name.
async function countKeys(uuid: string): Promise<number> {
  try {
    const file = (await (await fetch(`/log/${uuid}/keys.json`)).json()) as { ledger: string[] };
    return file.ledger.length;
  } catch {
    return 1;
  }
}

function picker(): Child {
  if (elections.length === 0) return h('p', { class: 'mute' }, t('help.noUuid'));
  if (elections.length === 1) return h('p', {}, t('help.for', { name: elections[0]!.name }));
  const select = h(
    'select',
    {
      class: 'form-select mb-3',
      id: 'election',
      testid: 'election-select',
      on: { change: () => void choose(select.value).catch(() => draw()) },
    },
    elections.map(({ uuid, name }) => h('option', { value: uuid, selected: uuid === election?.uuid }, name)),
  );
  return h('div', {}, h('label', { class: 'form-label', for: 'election' }, t('help.choose')), select);
}

function commands(name: string, lines: string[]): HTMLElement {
  const text = lines.join('\n');
  return h(
    'div',
    { class: 'commands' },
    h('pre', { class: 'raw', testid: `command-${name}` }, text),
    copyButton(text, `copy-${name}`),
  );
}

function section(title: string, ...content: Child[]): HTMLElement {
  return h('section', { class: 'panel' }, h('h2', {}, title), ...content);
}

function draw(): void {
  const given = commandsFor(location.origin, election, ledgerKeys);
  const uuid = election?.uuid;
  page().replaceChildren(
    h(
      'div',
      { class: 'reading' },
      h('h1', { class: 'headline' }, t('help.title')),
      h('p', { class: 'standfirst' }, t('help.lead')),
      picker(),
      section(t('help.what'), h('p', {}, t('help.whatText')), h('p', {}, t('help.secret'))),
      section(
        t('help.own'),
        h('p', {}, t('help.ownText')),
        h('p', {}, h('a', { href: uuid ? boardLink(uuid) : '/', testid: 'help-own' }, t('help.ownLink'))),
        h('p', {}, t('help.proofText')),
        h('p', {}, h('a', { href: '/receipt', testid: 'help-receipt' }, t('help.proofLink'))),
        commands('receipt', given.receipt),
        ledgerKeys > 1 && h('p', {}, t('help.proofKeys')),
      ),
      section(
        t('help.here'),
        h('p', {}, t('help.hereText')),
        h(
          'p',
          {},
          h('a', { href: uuid ? `/supervisor#${uuid}` : '/supervisor', testid: 'help-here' }, t('help.hereLink')),
        ),
      ),
      section(
        t('help.tool'),
        h('p', {}, t('help.toolText')),
        commands('build', given.build),
        h('p', {}, t('help.toolDownload')),
        commands('verify', given.verify),
        h('p', {}, t('help.toolKey')),
        h('p', {}, t('help.toolSays')),
        h('p', {}, t('help.toolReport')),
        commands('report', given.report),
      ),
      section(t('help.other'), h('p', {}, t('help.otherText')), commands('other', given.other)),
      section(t('help.paper'), h('p', {}, t('help.paperText'))),
      section(
        t('help.cannot'),
        h(
          'ul',
          {},
          h('li', {}, t('help.cannot.device')),
          h('li', {}, t('help.cannot.roll')),
          h('li', {}, t('help.cannot.codes')),
        ),
      ),
      section(t('help.wrong'), h('p', {}, t('help.wrongText'))),
    ),
  );
}

startShell({ title: 'title.help', render: draw });
void start();
