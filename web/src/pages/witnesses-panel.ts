import type { Election, Witness, Witnesses } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import { clock, number, zoneOf } from '../base/format.ts';
import { t } from '../base/i18n.ts';
import { icon, notice, type IconName } from '../base/parts.ts';
import { witnessNames } from './witness-key.ts';

// Who watches the ledger: as the draft says it, and how far each has seen it.

// null where the draft names nobody.
export function watchedBy({ policies: { witnesses } }: Pick<Election, 'policies'>): string | null {
  if (!witnesses) return null;
  const { keys, needed } = witnesses;
  return t('witness.watchedBy', { names: witnessNames(keys), needed, n: keys.length });
}

const signs: Record<Witness['state'], [string, IconName]> = {
  current: ['tone-ok', 'ok'],
  behind: ['tone-mute', 'wait'],
  unreachable: ['tone-warn', 'warn'],
  refused: ['tone-bad', 'bad'],
};

function row({ name, size, state, detail }: Witness): HTMLElement {
  const [tone, sign] = signs[state];
  return h(
    'li',
    { class: 'witness', testid: `witness-${name}`, 'data-state': state, 'data-count': size },
    h('span', { class: tone }, icon(sign)),
    h(
      'div',
      {},
      h('strong', {}, name),
      h('div', { class: tone }, t(`witness.state.${state}`)),
      // One that refuses saw something, which the service may not know.
      (size > 0 || state !== 'refused') &&
        h('div', { class: 'mute small-text' }, size > 0 ? t('witness.saw', { n: size }) : t('witness.sawNothing')),
      // A witness that refuses has something to say, and that in its own words.
      state === 'refused' && detail && h('div', { class: 'small-text', lang: 'en' }, detail),
    ),
  );
}

// Above all else while it is so: who refuses has seen another history, or says why not.
export function refusedNotice(shown: Witnesses | undefined): Child {
  const names = shown?.witnesses.filter(({ state }) => state === 'refused').map(({ name }) => name) ?? [];
  if (names.length === 0) return null;
  return notice('bad', h('p', { testid: 'witness-refused' }, t('witness.refused', { names: names.join(', ') })));
}

export function witnessesPanel(election: Election, shown: Witnesses | undefined): Child {
  if (!election.policies.witnesses) return null;
  const through = shown?.witnessed;
  const zone = zoneOf(election.time_zone);
  return h(
    'section',
    { class: 'panel', testid: 'witnesses-panel' },
    h('h2', {}, t('witness.title')),
    h('p', { class: 'mute' }, watchedBy(election)),
    shown &&
      h(
        'p',
        { testid: 'witnessed', 'data-count': through?.size ?? 0 },
        through
          ? t('witness.through', { n: number(through.size), time: clock(through.time, zone) })
          : t('witness.notYet'),
      ),
    shown ? h('ul', { class: 'plain witness-list' }, shown.witnesses.map(row)) : h('p', {}, t('page.loading')),
  );
}
