import type { Activity, Election } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import { dateTime, number, percent, zoneOf, type Zone } from '../base/format.ts';
import { t } from '../base/i18n.ts';
import { qrCode } from '../base/qr.ts';
import { actorWords, eventWords } from './live-words.ts';
import { figuresOf, hasResult, type ContestFigures, type Figures } from './minutes-figures.ts';
import { checksPart } from './print-checks.ts';
import { facts, paperTable, title, type PaperColumn } from './print-parts.ts';
import { eventsOf, portalData, type PortalData, type Records } from './portal-data.ts';
import { watchedBy } from './witnesses-panel.ts';

// The minutes: what happened, the figures, that they fit together, the ledger they come from, and who signs for them.

export interface MinutesData extends PortalData {
  changes: Activity[]; // what was put off or replaced while people voted
}

export async function minutesData(uuid: string): Promise<MinutesData> {
  const [data, extended, replaced] = await Promise.all([
    portalData(uuid),
    eventsOf(uuid, 'VotingExtended'),
    eventsOf(uuid, 'CredentialReplaced'),
  ]);
  return { ...data, changes: [...extended, ...replaced] };
}

function part(name: string, ...content: Child[]): HTMLElement {
  return h('section', { class: 'paper-part' }, h('h2', {}, name), ...content);
}

function aboutElection(election: Election, zone: Zone): HTMLElement {
  const time = (at: string | null | undefined): string => (at ? dateTime(at, zone) : '–');
  const rows: [string, Child][] = [
    [t('minutes.organiser'), election.administrator],
    [t('minutes.verification'), t(`minutes.verification.${election.policies.verification}`)],
    [t('minutes.opened'), time(election.opened_at)],
    [t('minutes.closed'), time(election.closed_at)],
  ];
  if (election.phase === 'cancelled') {
    rows.push(
      [t('minutes.cancelled'), time(election.cancelled_at)],
      [t('minutes.reason'), election.cancel_reason ?? '–'],
    );
  } else {
    rows.push([t('minutes.tallied'), time(election.tallied_at)], [t('minutes.certified'), time(election.certified_at)]);
  }
  const watched = watchedBy(election);
  if (watched) rows.push([t('minutes.watched'), h('span', { testid: 'minutes-watched' }, watched)]);
  return facts(rows);
}

function placesPart({ places, total, accepted, counted, weight, contests }: Figures): HTMLElement {
  const marked = total.attended !== null;
  const online = total.signedIn !== null;
  const columns: PaperColumn[] = [
    { name: t('places.place') },
    { name: t('minutes.voters'), kind: 'number' },
    ...(marked ? [{ name: t('minutes.attended'), kind: 'number' } as const] : []),
    ...(online ? [{ name: t('minutes.signedIn'), kind: 'number' } as const] : []),
    { name: t('minutes.ballots'), kind: 'number' },
    { name: t('minutes.notVoted'), kind: 'number' },
  ];
  const rows = [...places, { ...total, name: t('minutes.total') }].map(({ name, voters, attended, signedIn, voted }) => [
    name,
    number(voters),
    ...(marked ? [number(attended ?? 0)] : []),
    ...(online ? [number(signedIn ?? 0)] : []),
    number(voted),
    number(voters - voted),
  ]);
  return part(
    t('minutes.places'),
    paperTable({ label: t('minutes.places'), columns, rows, testid: 'minutes-places', kind: 'has-total' }),
    contests && h('p', {}, t('minutes.ballotsText', { accepted, replaced: accepted - counted, counted })),
    contests && weight !== counted && h('p', {}, t('minutes.weightText', { weight })),
  );
}

function contestTable(contest: ContestFigures, { weight }: Figures, at: number): Child[] {
  const { candidates, chosen, blank, max } = contest;
  const single = max === 1;
  const whole = single ? chosen : weight;
  const rows: Child[][] = candidates.map(({ number: n, name, votes }) => [
    String(n),
    name,
    number(votes),
    percent(votes, whole),
  ]);
  rows.push(['', t('minutes.chosen'), number(chosen), '']);
  if (blank !== null) rows.push(['', t('minutes.blank'), number(blank), '']);
  rows.push(['', t('minutes.valid'), number(weight), '']);
  const kind = blank === null ? 'has-sums' : 'has-sums has-blank';
  const columns: PaperColumn[] = [
    { name: t('print.number'), kind: 'number' },
    { name: t('minutes.candidate') },
    { name: t('minutes.votes'), kind: 'number' },
    { name: t('minutes.share'), kind: 'number' },
  ];
  return [
    h('h3', {}, contest.question),
    !single && h('p', { class: 'paper-note' }, t('minutes.severalNote', { min: contest.min, max })),
    paperTable({ label: contest.question, columns, rows, testid: `minutes-result-${at}`, kind }),
  ];
}

interface Noted {
  seq: number;
  time: string;
  by: string;
  text: string;
  entries: number[];
}

function recordsTable(label: string, noted: Noted[], zone: Zone, testid: string): HTMLElement {
  const about = noted.some(({ entries }) => entries.length > 0);
  const columns: PaperColumn[] = [
    { name: t('minutes.entry'), kind: 'number' },
    { name: t('minutes.noted'), kind: 'short' },
    { name: t('minutes.what') },
    ...(about ? [{ name: t('minutes.entries'), kind: 'short' } as const] : []),
  ];
  const rows = [...noted]
    .sort((a, b) => a.seq - b.seq)
    .map(({ seq, time, by, text, entries }) => [
      number(seq),
      h('span', {}, dateTime(time, zone), h('br'), actorWords(by)),
      text,
      ...(about ? [entries.map(number).join(', ') || '–'] : []),
    ]);
  return paperTable({ label, columns, rows, testid });
}

function changesPart(changes: Activity[], election: Election, zone: Zone): Child {
  if (changes.length === 0) return null;
  const rows = changes.map((event) => ({
    seq: event.seq,
    time: event.time,
    by: event.actor,
    text: eventWords(event, election),
    entries: [],
  }));
  return part(t('minutes.changes'), recordsTable(t('minutes.changes'), rows, zone, 'minutes-changes'));
}

function recordsParts({ incidents, corrections }: Records, zone: Zone): Child[] {
  const corrected = corrections.map(({ seq, time, actor, data }) => ({
    seq,
    time,
    by: actor,
    text: String(data?.reason ?? ''),
    entries: [Number(data?.entry)],
  }));
  return [
    part(
      t('minutes.incidents'),
      incidents.length === 0
        ? h('p', {}, t('minutes.noIncidents'))
        : recordsTable(t('minutes.incidents'), incidents, zone, 'minutes-incidents'),
    ),
    part(
      t('minutes.corrections'),
      corrected.length === 0
        ? h('p', {}, t('minutes.noCorrections'))
        : recordsTable(t('minutes.corrections'), corrected, zone, 'minutes-corrections'),
    ),
  ];
}

// The three lines of the checkpoint: whoever scans them can compare them with any other copy.
function headPart({ election, ledger }: PortalData): HTMLElement {
  const { checkpoint, origin, key } = ledger;
  const root = checkpoint ? checkpoint.root : '–';
  const size = checkpoint ? checkpoint.size : ledger.size;
  const code = (text: string): HTMLElement => h('code', {}, text);
  return part(
    t('minutes.head'),
    h('p', {}, t('minutes.headText')),
    h(
      'div',
      { class: 'paper-head' },
      facts([
        [t('minutes.origin'), code(origin)],
        [t('minutes.size'), h('span', { testid: 'minutes-size', 'data-count': size }, number(size))],
        [t('minutes.root'), code(root)],
        [t('minutes.fingerprint'), code(election.fingerprint ?? '–')],
        [t('minutes.key'), code(key)],
      ]),
      checkpoint && qrCode(`${origin}\n${size}\n${root}\n`, t('minutes.qr'), 'minutes-qr'),
    ),
  );
}

function signers({ contests }: Election): string[] {
  const witnesses = contests.flatMap(({ candidates }, q) =>
    candidates.map(({ number: n }) =>
      contests.length > 1
        ? t('minutes.witnessOf', { number: n, question: q + 1 })
        : t('minutes.witness', { number: n }),
    ),
  );
  return [t('minutes.chair'), t('minutes.member'), t('minutes.member'), ...witnesses, t('minutes.supervisor')];
}

function signaturesPart(election: Election): HTMLElement {
  const columns: PaperColumn[] = [
    { name: t('print.number'), kind: 'number' },
    { name: t('minutes.office'), kind: 'short' },
    { name: t('print.name') },
    { name: t('print.signature'), kind: 'signature' },
  ];
  const rows = signers(election).map((office, i) => [number(i + 1), office, null, null]);
  return part(
    t('minutes.signatures'),
    h('p', {}, t('minutes.signaturesText')),
    paperTable({ label: t('minutes.signatures'), columns, rows, testid: 'minutes-signatures', kind: 'is-signed' }),
  );
}

export function minutesPaper(data: MinutesData): Child[] {
  const { election, turnout, tally, records, changes } = data;
  if (!hasResult(election) && election.phase !== 'cancelled') {
    return [title(t('print.minutesLong'), election.name), h('p', { testid: 'too-early' }, t('minutes.early'))];
  }
  const zone = zoneOf(election.time_zone);
  const figures = figuresOf(election, turnout, tally);
  return [
    h(
      'section',
      { class: 'sheet' },
      title(t('print.minutesLong'), election.name),
      h('p', {}, t('minutes.intro')),
      election.phase === 'tallied' && h('p', { class: 'paper-warning' }, t('minutes.preliminary')),
      election.phase === 'cancelled' && h('p', { class: 'paper-warning' }, t('cancelled.noResult')),
      aboutElection(election, zone),
      placesPart(figures),
      figures.contests && part(t('minutes.result'), ...figures.contests.flatMap((c, i) => contestTable(c, figures, i))),
      checksPart(election, figures),
      ...recordsParts(records, zone),
      changesPart(changes, election, zone),
      // Who signs has the ledger's head before the eyes: both stay on one page where they fit on one.
      h('div', { class: 'paper-together' }, headPart(data), signaturesPart(election)),
    ),
  ];
}

// Below every page, so that none can be swapped for one of other minutes.
export function minutesFoot({ election, ledger: { checkpoint } }: PortalData): string {
  return checkpoint ? `${election.name} · ${t('minutes.root')} ${checkpoint.root}` : election.name;
}
