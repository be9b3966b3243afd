import { t } from '../base/i18n.ts';
import type { Fault } from '../base/parts.ts';
import { readWitness } from './witness-key.ts';
import { items, jointName, utcTime, type Wizard, type WizardQuestion } from './wizard-model.ts';

// What still keeps a draft from being saved, by the step where it is mended.

export const steps = ['about', 'questions', 'places', 'schedule', 'policies', 'review'] as const;
export type WizardStep = (typeof steps)[number];

export interface StepFault extends Fault {
  step: WizardStep;
}

const mostCandidates = 30;
const mostTrustees = 20;
const mostWitnesses = 16;
const isWhole = (text: string, least: number, most: number): boolean =>
  /^\d{1,9}$/.test(text.trim()) && Number(text) >= least && Number(text) <= most;

class Found {
  readonly faults: StepFault[] = [];
  constructor(private readonly step: WizardStep) {}
  unless(good: boolean, field: string, text: string): void {
    if (!good) this.faults.push({ step: this.step, field, text });
  }
}

function aboutFaults(wizard: Wizard): StepFault[] {
  const found = new Found('about');
  found.unless(wizard.name.trim() !== '', 'draft-name', t('wizard.noName'));
  found.unless(wizard.administrator.trim() !== '', 'draft-administrator', t('wizard.noAdministrator'));
  found.unless(wizard.authority.trim() !== '', 'draft-authority', t('wizard.noAuthority'));
  return found.faults;
}

function questionFaults(question: WizardQuestion, q: number): StepFault[] {
  const found = new Found('questions');
  const { candidates, paired } = question;
  found.unless(question.question.trim() !== '', `question-${q}`, t('wizard.noQuestion', { q: q + 1 }));
  found.unless(
    candidates.length >= 2 && candidates.length <= mostCandidates,
    `question-${q}-add`,
    t('wizard.candidateCount', { q: q + 1, most: mostCandidates }),
  );
  const numbers = new Set<string>();
  const names = new Set<string>();
  for (const [i, candidate] of candidates.entries()) {
    const at = { q: q + 1, n: i + 1 };
    const id = `candidate-${q}-${i}`;
    const n = candidate.number.trim();
    found.unless(isWhole(n, 1, 999), `${id}-number`, t('wizard.badNumber', at));
    found.unless(!numbers.has(n), `${id}-number`, t('wizard.sameNumber', { ...at, number: n }));
    numbers.add(n);
    const name = jointName(candidate, paired);
    found.unless(candidate.name.trim() !== '', `${id}-name`, t('wizard.noCandidate', at));
    found.unless(!paired || candidate.deputy.trim() !== '', `${id}-deputy`, t('wizard.noDeputy', at));
    found.unless(name === '' || !names.has(name), `${id}-name`, t('wizard.sameName', at));
    names.add(name);
  }
  const most = candidates.length;
  found.unless(isWhole(question.max, 1, most), `question-${q}-max`, t('wizard.badMax', { q: q + 1, most }));
  found.unless(
    isWhole(question.min, 0, Number(question.max) || most),
    `question-${q}-min`,
    t('wizard.badMin', { q: q + 1 }),
  );
  return found.faults;
}

function placeFaults({ places }: Wizard): StepFault[] {
  const found = new Found('places');
  found.unless(places.length > 0, 'add-place', t('wizard.noPlace'));
  const ids = new Set<string>();
  for (const [i, { id, name }] of places.entries()) {
    found.unless(/^[a-z0-9-]{1,32}$/.test(id.trim()), `place-${i}-id`, t('wizard.badPlaceId', { n: i + 1 }));
    found.unless(!ids.has(id.trim()), `place-${i}-id`, t('wizard.samePlaceId', { n: i + 1 }));
    ids.add(id.trim());
    found.unless(name.trim() !== '', `place-${i}-name`, t('wizard.noPlaceName', { n: i + 1 }));
  }
  return found.faults;
}

function scheduleFaults({ scheduled, opens, closes, zone }: Wizard): StepFault[] {
  const found = new Found('schedule');
  if (!scheduled) return [];
  const from = utcTime(opens, zone);
  const to = utcTime(closes, zone);
  found.unless(from !== null, 'draft-opens', t('wizard.noOpens'));
  found.unless(to !== null, 'draft-closes', t('wizard.noCloses'));
  found.unless(from === null || to === null || to > from, 'draft-closes', t('wizard.closesFirst'));
  return found.faults;
}

function witnessFaults({ watched, witnessKeys, witnessNeeded }: Wizard, found: Found): void {
  if (watched === 'nobody') return;
  const field = 'draft-witness-keys';
  const keys = items(witnessKeys);
  const read = keys.map(readWitness);
  found.unless(
    keys.length >= 1 && keys.length <= mostWitnesses,
    field,
    t('wizard.witnessCount', { most: mostWitnesses }),
  );
  const broken = read.indexOf(null);
  found.unless(broken < 0, field, t('wizard.badWitness', { n: broken + 1 }));
  const names = read.map((witness) => witness?.name ?? '');
  const publics = read.map((witness) => witness?.publicKey ?? '');
  const again = read.findIndex(
    (witness, i) => witness && (names.indexOf(witness.name) < i || publics.indexOf(witness.publicKey) < i),
  );
  found.unless(again < 0, field, t('wizard.sameWitness', { n: again + 1 }));
  found.unless(
    isWhole(witnessNeeded, 1, Math.max(1, keys.length)),
    'draft-witness-needed',
    t('wizard.badWitnessNeeded'),
  );
}

function policyFaults(wizard: Wizard): StepFault[] {
  const found = new Found('policies');
  witnessFaults(wizard, found);
  found.unless(isWhole(wizard.minBatch, 2, 100000), 'draft-batch', t('wizard.badBatch'));
  if (wizard.tally === 'live') return found.faults;
  const group = wizard.trustees === 'group';
  const least = group ? 2 : 1;
  found.unless(
    isWhole(wizard.trusteeCount, least, mostTrustees),
    'draft-trustees',
    t('wizard.badTrustees', { least, most: mostTrustees }),
  );
  found.unless(
    !group || isWhole(wizard.mandatory, 0, mostTrustees - (Number(wizard.trusteeCount) || 0)),
    'draft-mandatory',
    t('wizard.badMandatory', { most: mostTrustees }),
  );
  found.unless(
    !group || isWhole(wizard.needed, 2, Number(wizard.trusteeCount) || 0),
    'draft-needed',
    t('wizard.badNeeded'),
  );
  return found.faults;
}

export function faultsOf(wizard: Wizard): StepFault[] {
  return [
    ...aboutFaults(wizard),
    ...wizard.questions.flatMap(questionFaults),
    ...placeFaults(wizard),
    ...scheduleFaults(wizard),
    ...policyFaults(wizard),
  ];
}
