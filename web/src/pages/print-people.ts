import type { Election } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import { dateTime, number, zoneOf } from '../base/format.ts';
import { get } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { qrCode } from '../base/qr.ts';
import { scanOf } from './officer-scan.ts';
import { groupVoters, type ClassGroup, type PlaceGroup, type RollVoter } from './print-groups.ts';
import { paperTable, title, type PaperColumn } from './print-parts.ts';

// The roll and the attendance list. Both hold names, which only the staff may read.

const atOnce = 5000;

export async function loadVoters(
  uuid: string,
  place: string,
  told: (loaded: number, total: number | undefined) => void,
): Promise<RollVoter[]> {
  const found: RollVoter[] = [];
  for (let after = ''; ; ) {
    const query = new URLSearchParams({ limit: String(atOnce), ...(place && { place }), ...(after && { after }) });
    const page = await get<{ voters: RollVoter[]; total?: number; next?: string }>(`/elections/${uuid}/roll?${query}`);
    // A service that does not know `place` gives all.
    found.push(...page.voters.filter((voter) => place === '' || voter.place === place));
    told(found.length, page.total);
    if (!page.next) return found;
    after = page.next;
  }
}

function asOf(election: Election): Child {
  if (election.phase === 'draft') return h('p', { class: 'paper-warning' }, t('print.notSealed'));
  if (!election.sealed_at) return null;
  return h(
    'p',
    { class: 'paper-note' },
    `${t('phase.sealed')}: ${dateTime(election.sealed_at, zoneOf(election.time_zone))}`,
  );
}

const nobody = (): Child[] => [h('p', {}, t('print.noVoters'))];

// Every page of a table names the election, the place and the class.
function running(paper: string, election: Election, ...parts: string[]): string {
  return [paper, ...parts, election.name].join(' · ');
}

function rollTable(election: Election, place: PlaceGroup, weights: boolean): HTMLElement {
  const columns: PaperColumn[] = [
    { name: t('print.number'), kind: 'number' },
    { name: t('print.id'), kind: 'id' },
    { name: t('print.name') },
    { name: t('print.class'), kind: 'short' },
    ...(weights ? [{ name: t('print.weight'), kind: 'number' } as const] : []),
  ];
  const rows = place.voters.map((voter, i) => [
    number(i + 1),
    voter.id,
    voter.name,
    voter.class,
    ...(weights ? [number(voter.weight ?? 1)] : []),
  ]);
  const label = running(t('print.roll'), election, place.name);
  return paperTable({ label, running: true, columns, rows, testid: `roll-${place.id}` });
}

export function rollPaper(election: Election, voters: RollVoter[]): Child[] {
  const weights = voters.some(({ weight }) => (weight ?? 1) !== 1);
  const groups = groupVoters(voters, election.places);
  if (groups.length === 0) return [title(t('print.roll'), election.name), ...nobody()];
  return groups.map((place) =>
    h(
      'section',
      { class: 'sheet' },
      title(t('print.roll'), election.name, `${place.name} · ${t('print.votersAt', { n: place.voters.length })}`),
      asOf(election),
      rollTable(election, place, weights),
    ),
  );
}

// Signatures are staggered, odd numbers left and even ones right, so that each has room.
function attendanceTable(election: Election, place: PlaceGroup, group: ClassGroup, codes: boolean): HTMLElement {
  const columns: PaperColumn[] = [
    { name: t('print.number'), kind: 'number' },
    { name: t('print.name') },
    { name: t('print.id'), kind: 'id' },
    { name: t('print.scan'), kind: 'scan' },
    ...(codes ? [{ name: t('print.code'), kind: 'short' } as const] : []),
    { name: t('print.signature'), kind: 'signature', span: 2 },
  ];
  const rows = group.voters.map((voter, i) => {
    const mark = h('span', { class: 'signature-number' }, number(i + 1));
    return [
      number(i + 1),
      voter.name,
      voter.id,
      qrCode(scanOf(voter.id), t('print.scanOf', { id: voter.id }), `scan-${voter.id}`),
      ...(codes ? [t(voter.delivery === 'place' ? 'print.codePlace' : 'print.codePost')] : []),
      i % 2 === 0 ? mark : null,
      i % 2 === 0 ? null : mark,
    ];
  });
  const label = running(t('print.attendance'), election, place.name, group.name || t('print.noClass'));
  return paperTable({ label, running: true, columns, rows, testid: `attendance-${place.id}`, kind: 'is-signed' });
}

function officers(): HTMLElement {
  const line = (name: string): HTMLElement =>
    h('div', { class: 'signature-line' }, h('span', {}, name), h('span', { class: 'signature-space' }));
  return h(
    'div',
    { class: 'closing' },
    h('p', { class: 'attended' }, t('print.attended')),
    h(
      'div',
      { class: 'signature-row' },
      line(`${t('print.officers')} 1`),
      line(`${t('print.officers')} 2`),
      line(t('print.dated')),
    ),
  );
}

export function attendancePaper(election: Election, voters: RollVoter[]): Child[] {
  const everywhere = election.policies.verification === 'polling-place';
  const codes = !everywhere && voters.some(({ delivery }) => delivery === 'place');
  const groups = groupVoters(voters, election.places);
  if (groups.length === 0) return [title(t('print.attendance'), election.name), ...nobody()];
  return groups.flatMap((place) =>
    place.classes.map((group) =>
      h(
        'section',
        { class: 'sheet' },
        title(
          t('print.attendance'),
          election.name,
          [place.name, group.name || t('print.noClass'), t('print.votersAt', { n: group.voters.length })].join(' · '),
        ),
        asOf(election),
        attendanceTable(election, place, group, codes),
        officers(),
      ),
    ),
  );
}
