import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { faultsOf } from '../src/pages/wizard-faults.ts';
import {
  fromDraft,
  localTime,
  newPlace,
  newQuestion,
  newWizard,
  toDraft,
  utcTime,
  type Draft,
  type Wizard,
} from '../src/pages/wizard-model.ts';
import { fitted } from '../src/pages/wizard-photo.ts';
import { webRoot } from './support/paths.ts';

const sample = async (): Promise<Draft> =>
  JSON.parse(await readFile(join(webRoot, '..', 'tools', 'sample', 'election.json'), 'utf8')) as Draft;

const filled = async (change: (wizard: Wizard) => void = () => {}): Promise<Wizard> => {
  const wizard = fromDraft(await sample());
  change(wizard);
  return wizard;
};
const fields = (wizard: Wizard): (string | null)[] => faultsOf(wizard).map(({ field }) => field);

const vkey = (name: string, n: number, type = 4): string =>
  `${name}+00000000+${Buffer.from([type, ...Array<number>(32).fill(n)]).toString('base64')}`;

describe('a draft', () => {
  test('comes back as it was sent', async () => {
    const draft = await sample();
    assert.deepEqual(toDraft(fromDraft(draft)), draft);
    const sealed: Draft = {
      ...draft,
      trustees: 0,
      threshold: { needed: 2, trustees: 3 },
      policies: { ...draft.policies, tally: 'sealed', verification: 'both', approval: 'two' },
      schedule: { opens_at: '2026-12-01T01:00:00.000Z', closes_at: '2026-12-01T07:00:00.000Z' },
    };
    sealed.contests[0]!.blank = true;
    sealed.contests[0]!.candidates[0]!.photo = 'ab'.repeat(32);
    assert.deepEqual(toDraft(fromDraft(sealed)), sealed);
  });

  test('knows pairs by their two names', async () => {
    const [question] = (await filled()).questions;
    assert.ok(question!.paired);
    assert.deepEqual(
      [question!.candidates[0]!.name, question!.candidates[0]!.deputy],
      ['Aditya Pratama', 'Putri Ramadhani'],
    );
    const draft = await sample();
    draft.contests[0]!.candidates[1]!.name = 'Nabila Khairunnisa';
    assert.ok(!fromDraft(draft).questions[0]!.paired);
    assert.deepEqual(toDraft(fromDraft(draft)), draft);
  });

  test('may have trustees of both kinds, and witnesses', async () => {
    const draft = await sample();
    const both: Draft = { ...draft, trustees: 1, threshold: { needed: 2, trustees: 3 } };
    both.policies = {
      ...draft.policies,
      tally: 'sealed',
      witnesses: { keys: [vkey('a', 1), vkey('b', 2)], needed: 1 },
    };
    assert.deepEqual(toDraft(fromDraft(both)), both);
    assert.deepEqual(fields(fromDraft(both)), []);
    const nobody = toDraft({ ...fromDraft(both), watched: 'nobody' });
    assert.equal(nobody.policies.witnesses, undefined);
  });

  test('has the service as its one trustee where it counts while people vote', async () => {
    const draft = toDraft(await filled((wizard) => Object.assign(wizard, { tally: 'live', trusteeCount: '7' })));
    assert.equal(draft.trustees, 1);
    assert.equal(draft.threshold, undefined);
  });
});

describe('what keeps a draft from being saved', () => {
  test('is nothing in the sample, and named in an empty form', async () => {
    assert.deepEqual(fields(await filled()), []);
    const steps = new Set(faultsOf(newWizard()).map(({ step }) => step));
    assert.deepEqual([...steps], ['about', 'questions']);
  });

  const cases: [string, (wizard: Wizard) => void, string][] = [
    ['a number used twice', (w) => (w.questions[0]!.candidates[1]!.number = '1'), 'candidate-0-1-number'],
    [
      'a name used twice',
      (w) => Object.assign(w.questions[0]!.candidates[1]!, { name: 'Aditya Pratama', deputy: 'Putri Ramadhani' }),
      'candidate-0-1-name',
    ],
    ['half a pair', (w) => (w.questions[0]!.candidates[0]!.deputy = ' '), 'candidate-0-0-deputy'],
    ['one candidate', (w) => (w.questions[0]!.candidates.length = 1), 'question-0-add'],
    ['more choices than candidates', (w) => (w.questions[0]!.max = '5'), 'question-0-max'],
    ['at least above at most', (w) => (w.questions[0]!.min = '2'), 'question-0-min'],
    ['a place’s code that is none', (w) => (w.places[0]!.id = 'TPS 1'), 'place-0-id'],
    ['two places of one code', (w) => (w.places[1]!.id = 'tps-1'), 'place-1-id'],
    [
      'a close before the opening',
      (w) => Object.assign(w, { scheduled: true, opens: '2026-12-01T08:00', closes: '2026-12-01T07:00' }),
      'draft-closes',
    ],
    [
      'no time at all',
      (w) => Object.assign(w, { scheduled: true, opens: '', closes: '2026-12-01T07:00' }),
      'draft-opens',
    ],
    [
      'more needed than there are',
      (w) => Object.assign(w, { tally: 'sealed', trustees: 'group', trusteeCount: '3', needed: '4' }),
      'draft-needed',
    ],
    [
      'more trustees who must be there than there may be',
      (w) => Object.assign(w, { tally: 'sealed', trustees: 'group', trusteeCount: '18', mandatory: '3' }),
      'draft-mandatory',
    ],
    [
      'witnesses without a key',
      (w) => Object.assign(w, { watched: 'witnesses', witnessNeeded: '1' }),
      'draft-witness-keys',
    ],
    ...[
      ['a witness’s key that is a ledger’s', [vkey('a', 1), vkey('b', 2, 1)]],
      ['a witness’s key cut short', [vkey('a', 1), vkey('b', 2).slice(0, -4)]],
      ['two witnesses of one name', [vkey('a', 1), vkey('a', 2)]],
      ['two witnesses with one key', [vkey('a', 1), vkey('b', 1)]],
      ['seventeen witnesses', Array.from({ length: 17 }, (_, i) => vkey(`w${i}`, i))],
    ].map(([name, keys]): [string, (wizard: Wizard) => void, string] => [
      name as string,
      (w) => Object.assign(w, { watched: 'witnesses', witnessKeys: (keys as string[]).join('\n') }),
      'draft-witness-keys',
    ]),
    [
      'more witnesses needed than there are',
      (w) => Object.assign(w, { watched: 'witnesses', witnessKeys: vkey('a', 1), witnessNeeded: '2' }),
      'draft-witness-needed',
    ],
    ['a batch of one', (w) => (w.minBatch = '1'), 'draft-batch'],
  ];
  for (const [name, change, field] of cases) {
    test(name, async () => assert.deepEqual(fields(await filled(change)), [field]));
  }
});

describe('a wizard', () => {
  test('numbers what is added', () => {
    assert.deepEqual(
      newQuestion().candidates.map(({ number }) => number),
      ['1', '2'],
    );
    assert.equal(newPlace([{ id: 'tps-2', name: '' }]).id, 'tps-3');
    assert.equal(newPlace([{ id: 'aula', name: '' }]).id, 'tps-2');
  });

  test('takes times in the election’s zone', () => {
    assert.equal(utcTime('2026-12-01T08:00', 'WIB'), '2026-12-01T01:00:00.000Z');
    assert.equal(utcTime('2026-12-01T08:00', 'WIT'), '2026-11-30T23:00:00.000Z');
    assert.equal(localTime('2026-11-30T23:00:00.000Z', 'WIT'), '2026-12-01T08:00');
    assert.equal(utcTime('', 'WIB'), null);
    assert.equal(utcTime('2026-13-01T08:00', 'WIB'), null);
  });

  test('makes photos smaller and never larger', () => {
    assert.deepEqual(fitted(3000, 4000), { width: 600, height: 800 });
    assert.deepEqual(fitted(4000, 1000), { width: 600, height: 150 });
    assert.deepEqual(fitted(300, 200), { width: 300, height: 200 });
  });
});
