import type { Turnout } from '../base/api.ts';
import { s, type Child } from '../base/dom.ts';
import { day, hour, number, percent, type Zone } from '../base/format.ts';
import { t } from '../base/i18n.ts';
import { chart, tableTwin } from './parts.ts';

// Turnout by hour: how many voters had cast a first ballot by the end of each hour.

interface Point {
  hour: string;
  label: string; // of the hour's start
  end: string; // label of its end, or of now where it has not ended
  voted: number;
  ballots: number;
  sum: number;
}

const hourMs = 3600000;
const maxGap = 48; // hours without a ballot are drawn, but not without end

function points(turnout: Turnout, zone: Zone): Point[] {
  const found: Point[] = [];
  const days = new Set(turnout.hours.map((row) => day(row.hour, zone)));
  const label = (time: string): string => (days.size > 1 ? `${day(time, zone)} ${hour(time, zone)}` : hour(time, zone));
  const now = Date.parse(turnout.as_of.time ?? '') || Infinity;
  const end = (time: string): string => label(new Date(Math.min(now, Date.parse(time) + hourMs)).toISOString());
  let sum = 0;
  for (const row of turnout.hours) {
    const before = found.at(-1);
    const gap = before ? (Date.parse(row.hour) - Date.parse(before.hour)) / hourMs - 1 : 0;
    for (let i = 1; before && gap <= maxGap && i <= gap; i++) {
      const time = new Date(Date.parse(before.hour) + i * hourMs).toISOString();
      found.push({ hour: time, label: label(time), end: end(time), voted: 0, ballots: 0, sum });
    }
    sum += row.voted;
    const { hour: time, voted, ballots } = row;
    found.push({ hour: time, label: label(time), end: end(time), voted, ballots, sum });
  }
  return found;
}

// Around the drawing, where letters are 16 px high; they are larger on a wall.
const margins = { left: 44, right: 12, top: 22, bottom: 26 };

// The gridlines' step: 1, 2 or 5 times a power of ten, about four of them.
function step(most: number): number {
  const rough = Math.max(1, most / 4);
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((k) => k * power).find((k) => k >= rough)!;
}

function draw(svg: SVGElement, rows: Point[], width: number, height: number): void {
  const scale = Number.parseFloat(getComputedStyle(svg).fontSize) / 16 || 1;
  const left = margins.left * scale;
  const right = margins.right * scale;
  const top = margins.top * scale;
  const bottom = margins.bottom * scale;
  const last = rows.at(-1)!;
  const most = Math.max(1, last.sum);
  const unit = step(most);
  const ceiling = Math.ceil(most / unit) * unit;
  const y = (value: number): number => top + (height - top - bottom) * (1 - value / ceiling);
  const x = (i: number): number => left + ((width - left - right) * (i + 1)) / rows.length;
  const line = [`M${left} ${y(0)}`, ...rows.map((row, i) => `L${x(i)} ${y(row.sum)}`)].join('');
  const parts: SVGElement[] = [];
  for (let value = 0; value <= ceiling; value += unit) {
    parts.push(s('line', { class: 'axis', x1: left, x2: width - right, y1: y(value), y2: y(value) }));
    parts.push(s('text', { x: left - 8, y: y(value) + 4, 'text-anchor': 'end' }, number(value)));
  }
  parts.push(s('path', { class: 'area', d: `${line}L${x(rows.length - 1)} ${y(0)}Z` }));
  parts.push(s('path', { class: 'line', d: line }));
  const wide = (last.end.length * 9 + 24) * scale;
  const every = Math.ceil(rows.length / Math.max(1, Math.floor((width - left - wide / 2) / wide)));
  const tick = (at: number, anchor: string, text: string): SVGElement =>
    s('text', { x: at, y: height - 6, 'text-anchor': anchor }, text);
  parts.push(tick(left, 'start', rows[0]!.label));
  rows.forEach((row, i) => {
    const final = i === rows.length - 1;
    if ((rows.length - 1 - i) % every !== 0 || (!final && x(i) - left < wide)) return;
    parts.push(final ? tick(width - right, 'end', row.end) : tick(x(i), 'middle', row.end));
  });
  parts.push(s('circle', { class: 'dot', cx: x(rows.length - 1), cy: y(last.sum), r: 5 }));
  parts.push(
    s('text', { class: 'last', x: width - right, y: y(last.sum) - 10, 'text-anchor': 'end' }, number(last.sum)),
  );
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`); // on paper it has another width, and is scaled
  svg.replaceChildren(...parts);
}

export function turnoutCurve(turnout: Turnout, zone: Zone, asOf: Child): HTMLElement {
  const rows = points(turnout, zone);
  const busiest = rows.reduce<Point | null>((best, row) => (best && best.voted >= row.voted ? best : row), null);
  const finding = busiest
    ? t('turnout.finding', {
        share: percent(turnout.voted, turnout.voters),
        voted: turnout.voted,
        voters: turnout.voters,
        hour: `${busiest.label} ${zone}`,
      })
    : t('turnout.nobody');
  const table = tableTwin(
    'turnout',
    [
      { name: `${t('turnout.hour')} (${zone})` },
      { name: t('turnout.firstBallots'), number: true },
      { name: t('turnout.allBallots'), number: true },
      { name: t('turnout.sum'), number: true },
    ],
    rows.map((row) => [row.label, number(row.voted), number(row.ballots), number(row.sum)]),
  );
  if (rows.length === 0) return chart('turnout-chart', finding, asOf, null, null);
  const svg = s('svg', { class: 'curve', role: 'img', 'aria-label': finding });
  // Drawn at the size it has, so its texts keep theirs; and again when that changes.
  new ResizeObserver(([entry]) => {
    const { width, height } = entry!.contentRect;
    if (width > 0) draw(svg, rows, width, height);
  }).observe(svg);
  return chart('turnout-chart', finding, asOf, svg, table);
}
