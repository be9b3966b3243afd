import { h, type Child } from '../base/dom.ts';
import { clock, dateTime, duration, number, type Zone } from '../base/format.ts';
import { t, type MessageKey } from '../base/i18n.ts';
import { button, icon, notice } from '../base/parts.ts';
import { isTime } from '../log/entry.ts';
import type { Served } from '../audit/memory.ts';
import type { Check, Fault, Report, Verdict, Witnessed } from '../audit/report.ts';

// A report as people read it: the verdict, each check, each fault with its place, and the entries behind them.

const verdicts: Record<Verdict, { text: MessageKey; tone: string; sign: Parameters<typeof icon>[0] }> = {
  intact: { text: 'verdict.intact', tone: 'tone-ok', sign: 'shield' },
  unwitnessed: { text: 'verdict.unwitnessed', tone: 'tone-warn', sign: 'warn' },
  broken: { text: 'verdict.broken', tone: 'tone-bad', sign: 'bad' },
  unreadable: { text: 'verdict.unreadable', tone: 'tone-bad', sign: 'bad' },
};

export function verdictText(report: Report): string {
  const params = { entries: report.size, faults: report.faultCount };
  const { kind, verdict } = report;
  const ofArchive = verdict === 'intact' ? 'verdict.archiveIntact' : 'verdict.archiveBroken';
  return t(kind === 'bel' && verdict !== 'unreadable' ? ofArchive : verdicts[verdict].text, params);
}

function placeOf(report: Report, { seq, path }: Fault): string {
  if (seq === null) return t('fault.inFile', { path: path ?? '?' });
  return t(report.kind === 'bel' ? 'fault.atEvent' : 'fault.atEntry', { seq });
}

function firstPlace(report: Report): Child {
  const fault = report.faults[0];
  if (!fault) return null;
  return h(
    'p',
    { testid: 'first-fault', 'data-seq': fault.seq ?? '', 'data-check': fault.check },
    t('fault.first', { place: placeOf(report, fault), check: t(`verifies.${fault.check}`) }),
  );
}

// How an audit that goes on by itself stands.
export type Following = { state: 'on' } | { state: 'failed' } | { state: 'stale'; since: Date };

interface VerdictOptions {
  served: Served | null;
  finishedAt: string;
  zone: Zone;
  following: Following | null;
  again: () => void; // all of it
}

export function verdictView(report: Report, options: VerdictOptions): HTMLElement {
  const { served, finishedAt, zone, following, again } = options;
  const good = report.verdict === 'intact';
  const { tone, sign } = verdicts[report.verdict];
  return h(
    'section',
    { class: `panel verdict ${tone}` },
    icon(sign),
    h('h2', { testid: 'verdict', 'data-verdict': report.verdict }, verdictText(report)),
    firstPlace(report),
    h(
      'p',
      { class: 'mute' },
      t('verdict.when', { time: `${dateTime(finishedAt, zone)}`, took: duration(report.millis) }),
    ),
    good && growthLine(report, served),
    following && followingLine(report.size, following, zone),
    report.goneOnFrom > 0 && goneOnLine(report.goneOnFrom),
    report.goneOnFrom > 0 && button(t('verify.whole'), 'secondary', 'verify-whole', again),
    button(t('page.print'), 'secondary', 'print', () => window.print()),
  );
}

function followingLine(size: number, following: Following, zone: Zone): HTMLElement {
  const text =
    following.state === 'stale'
      ? t('follow.stale', { time: clock(following.since.toISOString(), zone) })
      : t(`follow.${following.state}`);
  const tone = following.state === 'on' ? 'mute' : 'tone-warn';
  return h('p', { class: tone, testid: 'verified-through', 'data-count': size, 'data-state': following.state }, text);
}

const goneOnLine = (n: number): HTMLElement =>
  h('p', { class: 'mute', testid: 'gone-on', 'data-count': n }, t('verify.goneOn', { n }));

function growthLine(report: Report, served: Served | null): Child {
  if (report.kind === 'bel') return null;
  const line = (tone: string, text: string): HTMLElement => h('p', { class: tone, testid: 'growth' }, text);
  if (report.comparedWith !== null) return line('', t('growth.grown', { n: report.comparedWith }));
  if (report.olderThanKnown) return line('mute', t('growth.older'));
  switch (served) {
    case 'other':
      return line('tone-bad', t('growth.fileOther'));
    case 'unknown':
      return line('tone-warn', t('growth.fileUnknown'));
    case 'none':
      return line('tone-warn', t('growth.fileFirst'));
    default:
      return line('mute', t('growth.firstTime'));
  }
}

// How a check ended. The one that asks the database can be cut short, and must not look complete then.
function outcome(check: Check, size: number): { sign: 'bad' | 'wait' | 'ok'; tone: string; word: string } {
  if (check.faults > 0) return { sign: 'bad', tone: 'tone-bad', word: t('verifies.faults', { n: check.faults }) };
  if (!check.applies) return { sign: 'wait', tone: 'tone-mute', word: t('verifies.notHere') };
  if (check.count === 0) return { sign: 'wait', tone: 'tone-mute', word: t('verifies.none') };
  if (check.id === 'stored' && check.count < size)
    return { sign: 'wait', tone: 'tone-warn', word: t('verifies.partly') };
  return { sign: 'ok', tone: 'tone-ok', word: t('verifies.right') };
}

function checkLine(check: Check, size: number): HTMLElement {
  const { sign, tone, word } = outcome(check, size);
  return h(
    'li',
    { testid: `check-${check.id}`, 'data-count': check.count, 'data-faults': check.faults },
    h('span', { class: tone }, icon(sign)),
    h('span', {}, h('strong', {}, t(`verifies.${check.id}`)), ' ', h('span', { class: tone }, word)),
    h('span', { class: 'num' }, number(check.count)),
    h('span', { class: 'what' }, t(`verifies.${check.id}.what`), check.millis >= 1 && ` · ${duration(check.millis)}`),
  );
}

// From the checkpoint's own cosignatures, not on the service's word.
export function witnessesPanel(report: Report, zone: Zone): HTMLElement | null {
  const { witnessed, size } = report;
  if (!witnessed) return null;
  const { witnesses, needed, seen } = witnessed;
  const through = { seq: witnessed.size - 1, last: size - 1 };
  return h(
    'section',
    { class: 'panel', testid: 'witnesses', 'data-needed': needed, 'data-valid': seen.length },
    h('h2', {}, t('witnesses.title')),
    h('p', {}, t('witnesses.needed', { needed, n: witnesses.length })),
    h(
      'p',
      { testid: 'witnessed', 'data-count': witnessed.size },
      witnessed.size > 0 ? t('witnesses.through', through) : t('witnesses.none'),
    ),
    h(
      'ul',
      { class: 'check-list' },
      witnesses.map((witness, i) => witnessLine(witness, i, size, zone)),
    ),
  );
}

function witnessLine(
  { name, keyId, newest }: Witnessed['witnesses'][number],
  i: number,
  size: number,
  zone: Zone,
): HTMLElement {
  const state = newest === null ? 'waiting' : newest.size < size ? 'behind' : 'seen';
  return h(
    'li',
    { testid: `witness-${i}`, 'data-state': state, 'data-count': newest?.size ?? 0 },
    h('span', { class: state === 'seen' ? 'tone-ok' : 'tone-mute' }, icon(state === 'seen' ? 'ok' : 'wait')),
    h('span', {}, h('strong', {}, name), ' ', h('code', { class: 'small-text' }, keyId)),
    h(
      'span',
      { class: 'what' },
      newest
        ? t('witnesses.saw', { n: newest.size, time: dateTime(new Date(newest.time * 1000).toISOString(), zone) })
        : t('witnesses.notYet'),
    ),
  );
}

export function checksPanel(report: Report): HTMLElement {
  return h(
    'section',
    { class: 'panel' },
    h('h2', {}, t('verifies.title')),
    h(
      'ul',
      { class: 'check-list' },
      report.checks.map((check) => checkLine(check, report.size)),
    ),
    report.notes.map((note) => notice('info', h('p', { testid: `note-${note}` }, t(`note.${note}`)))),
  );
}

function faultLine(report: Report, fault: Fault, open: (seq: number) => void): HTMLElement {
  const { seq } = fault;
  return h(
    'li',
    { class: 'mb-3', testid: 'fault', 'data-seq': seq ?? '', 'data-check': fault.check },
    h('strong', {}, placeOf(report, fault)),
    ': ',
    t(`verifies.${fault.check}`),
    seq !== null && fault.path !== null && h('span', { class: 'mute' }, ` (${fault.path})`),
    h(
      'dl',
      { class: 'facts' },
      h('dt', {}, t('fault.expected')),
      h('dd', {}, h('code', {}, fault.expected)),
      h('dt', {}, t('fault.found')),
      h('dd', {}, h('code', {}, fault.found)),
    ),
    seq !== null && button(t('entry.show', { seq }), 'link', `open-fault-${seq}`, () => open(seq)),
  );
}

export function faultsPanel(report: Report, open: (seq: number) => void): Child {
  if (report.faults.length === 0) return null;
  const [first, ...rest] = report.faults;
  return h(
    'section',
    { class: 'panel' },
    h('h2', {}, t('fault.title', { n: report.faultCount })),
    h('ol', {}, faultLine(report, first!, open)),
    rest.length > 0 &&
      h(
        'details',
        {},
        h('summary', {}, t('fault.rest', { n: rest.length })),
        h(
          'ol',
          { start: 2 },
          rest.map((fault) => faultLine(report, fault, open)),
        ),
      ),
  );
}

// What the audit itself counted from the record, in the words of the election.
export function resultPanel(report: Report): Child {
  const { election } = report;
  if (!election || report.verdict !== 'intact') return null;
  const { name, ballots, challenged, counted, weight } = election;
  return h(
    'section',
    { class: 'panel', testid: 'audited-result' },
    h('h2', {}, name),
    h('p', {}, t('audited.ballots', { ballots, counted }), weight !== counted && ` ${t('audited.weight', { weight })}`),
    challenged > 0 && h('p', {}, t('audited.challenged', { n: challenged })),
    election.questions.map(({ question, choices }, q) => {
      const counts = election.result?.[q];
      if (!counts) return null;
      const rows = choices.map((choice, i) =>
        h(
          'tr',
          {},
          h('th', { scope: 'row' }, choice ?? t('audited.blank')),
          h('td', { class: 'num', testid: `audited-${q}-${i}`, 'data-count': counts[i] ?? '' }, number(counts[i] ?? 0)),
        ),
      );
      return h('table', { class: 'table caption-top' }, h('caption', {}, question), h('tbody', {}, rows));
    }),
  );
}

function ledgerFacts(report: Report, zone: Zone): Child[] {
  const last = report.lastTime && isTime(report.lastTime) ? `${dateTime(report.lastTime, zone)}` : '–';
  return [
    h('dt', {}, t('facts.origin')),
    h('dd', {}, h('code', {}, report.origin ?? '–')),
    h('dt', {}, t('facts.root')),
    h('dd', {}, h('code', { testid: 'report-root' }, report.root ?? '–')),
    h('dt', {}, t('ledger.key')),
    h(
      'dd',
      {},
      h('code', {}, report.key ?? '–'),
      h('div', { class: 'mute small-text' }, t(report.keyKnown ? 'facts.keyKnown' : 'facts.keyNew')),
    ),
    h('dt', {}, t('facts.lastEntry')),
    h('dd', {}, last),
  ];
}

export function factsPanel(report: Report, zone: Zone): HTMLElement {
  const isBel = report.kind === 'bel';
  return h(
    'section',
    { class: 'panel' },
    h('h2', {}, t(isBel ? 'facts.archive' : 'facts.title')),
    h(
      'dl',
      { class: 'facts' },
      h('dt', {}, t(isBel ? 'facts.events' : 'ledger.size')),
      h('dd', { testid: 'report-size', 'data-count': report.size }, number(report.size)),
      !isBel && ledgerFacts(report, zone),
    ),
  );
}
