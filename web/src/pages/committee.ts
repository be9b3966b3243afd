import { h, type Child } from '../base/dom.ts';
import { t, type MessageKey } from '../base/i18n.ts';
import { icon, notice } from '../base/parts.ts';
import { StaffPage } from '../base/staff-page.ts';
import { CredentialsSection } from './committee-credentials.ts';
import { OverviewSection } from './committee-overview.ts';
import { overviewOf, type Centre, type Overview, type Section } from './committee-state.ts';
import { LiveBoard } from './live-board.ts';
import { PeopleSection, peopleWithoutElection } from './officials.ts';
import { RollSection } from './roll.ts';
import { WizardSection } from './wizard.ts';

// The administration centre: one election at a time, by sections that the address names. The service decides what each
// role may do; this page only does not offer what it would refuse.

type SectionName = 'overview' | 'draft' | 'roll' | 'credentials' | 'people';

const offered: [name: SectionName, label: MessageKey, open: () => boolean][] = [
  ['overview', 'centre.overview', () => true],
  ['draft', 'centre.draft', () => centre.may('revise_draft') && centre.chosen?.election.phase === 'draft'],
  ['roll', 'centre.roll', () => centre.may('enrol_voters')],
  ['credentials', 'centre.credentials', () => centre.may('import_credentials')],
  ['people', 'centre.people', () => centre.may('appoint') || centre.may('enrol_device') || administers()],
];

const centre: Centre = new StaffPage<Overview>({
  title: 'title.committee',
  describe: overviewOf,
  content,
  empty,
  changed,
  news: (part) => centre.chosen && panels?.show(centre.chosen.election, centre.live?.state ?? {}, part),
  stale: (since) => centre.chosen && panels?.showStale(since, centre.chosen.election),
  left: () => {
    section = null;
    panels = null;
    wizard = null;
  },
});
let section: Section | null = null;
let drawnPhase = '';
let panels: LiveBoard | null = null;
// Kept while its election is: a visit to another section loses nothing of what was typed.
let wizard: { of: string; section: WizardSection } | null = null;

// Who may none of these only watches here.
const actions = ['propose', 'enrol_voters', 'appoint', 'enrol_device'];

const administers = (): boolean => centre.staff.session?.role === 'administrator';
const mayDraft = (): boolean => administers() || centre.staff.session?.role === 'committee';

// In another phase other sections and panels stand.
function changed(overview: Overview): void {
  if (overview.election.phase === drawnPhase) section?.changed?.(overview);
  else centre.draw();
}

function chosenName(): SectionName | 'new' {
  if (centre.section === 'new' && mayDraft()) return 'new';
  return offered.find(([name, , open]) => name === centre.section && open())?.[0] ?? 'overview';
}

function draftSection(of: string): WizardSection {
  if (wizard?.of === of) {
    wizard.section.draw();
    if (centre.chosen) wizard.section.changed(centre.chosen);
  } else {
    const election = of === 'new' ? null : (centre.chosen?.election ?? null);
    const saved = async (uuid: string): Promise<void> => {
      wizard = null;
      history.replaceState(null, '', `#${uuid}`);
      await centre.load(uuid);
    };
    wizard = { of, section: new WizardSection({ staff: centre.staff, election, saved }) };
  }
  return wizard.section;
}

function makeSection(name: SectionName | 'new', overview: Overview): Section {
  switch (name) {
    case 'new':
    case 'draft':
      return draftSection(name === 'new' ? 'new' : overview.election.uuid);
    case 'roll':
      return new RollSection(centre, overview);
    case 'credentials':
      return new CredentialsSection(centre, overview);
    case 'people':
      return new PeopleSection(centre, overview);
    case 'overview':
      return new OverviewSection(centre, overview, livePanels(overview));
  }
}

// A draft has no figures yet.
function livePanels({ election }: Overview): HTMLElement {
  panels = new LiveBoard(true);
  panels.element.hidden = election.phase === 'draft';
  panels.show(election, centre.live?.state ?? {});
  if (centre.staleSince) panels.showStale(centre.staleSince, election);
  return panels.element;
}

function tabs(current: SectionName): Child {
  const open = offered.filter(([, , isOpen]) => isOpen());
  if (open.length < 2) return null;
  return h(
    'nav',
    { class: 'tabs', 'aria-label': t('centre.sections') },
    open.map(([name, label]) =>
      h(
        'a',
        {
          href: centre.address(name === 'overview' ? '' : name),
          testid: `tab-${name}`,
          ...(name === current && { 'aria-current': 'page' }),
        },
        t(label),
      ),
    ),
  );
}

function content(overview: Overview): Child[] {
  const name = chosenName();
  drawnPhase = overview.election.phase;
  panels = null;
  section = makeSection(name, overview);
  if (name === 'new') {
    return [
      h('p', {}, h('a', { href: centre.address() }, t('page.back'))),
      h('h1', {}, t('wizard.newTitle')),
      section.element,
    ];
  }
  return [
    h(
      'div',
      { class: 'centre-head' },
      h('h1', { testid: 'election-name' }, overview.election.name),
      h(
        'div',
        { class: 'centre-choose' },
        centre.picker(),
        mayDraft() &&
          h(
            'a',
            { class: 'btn btn-outline-secondary', href: centre.address('new'), testid: 'new-election' },
            t('centre.new'),
          ),
      ),
    ),
    !actions.some((action) => centre.may(action)) &&
      notice('info', h('p', { testid: 'read-only' }, t('committee.readOnly', { role: centre.rolesText() }))),
    tabs(name),
    section.element,
  ];
}

function empty(): Child[] {
  if (centre.section === 'new' && mayDraft()) return [h('h1', {}, t('wizard.newTitle')), draftSection('new').element];
  if (centre.section === 'people') {
    return [
      h('p', {}, h('a', { href: '#' }, t('page.back'))),
      h('h1', {}, t('centre.people')),
      ...peopleWithoutElection(centre.staff),
    ];
  }
  return [
    h(
      'div',
      { class: 'narrow begin' },
      h('h1', {}, t('committee.none')),
      h('p', {}, t(mayDraft() ? 'centre.begin' : 'centre.wait')),
      h(
        'div',
        { class: 'row-actions' },
        mayDraft() && h('a', { class: 'btn btn-primary', href: '#/new', testid: 'new-election' }, t('centre.new')),
        administers() &&
          h(
            'a',
            { class: 'btn btn-outline-secondary', href: '#/people', testid: 'tab-people' },
            icon('person'),
            t('accounts.title'),
          ),
      ),
    ),
  ];
}

// The panels' clock moves without news; a list file dropped beside its place must not replace the page.
setInterval(() => centre.chosen && panels?.tick(centre.chosen.election), 10000);
for (const name of ['dragover', 'drop']) document.addEventListener(name, (event) => event.preventDefault());
centre.start();
