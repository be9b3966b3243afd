import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, test } from 'node:test';
import type { Election } from '../src/base/api.ts';
import { StaffLogin } from '../src/base/staff-login.ts';
import type { Draft } from '../src/pages/wizard-model.ts';
import { WizardSection } from '../src/pages/wizard.ts';
import { webRoot } from './support/paths.ts';
import { answering, at, find, goTo, press, refused, settled, show, tell } from './support/page.ts';
import { type, visit, type Sent } from './support/page.ts';

const sample = JSON.parse(await readFile(join(webRoot, '..', 'tools', 'sample', 'election.json'), 'utf8')) as Draft;
const second = 'Pemilihan Ketua OSIS, putaran kedua';

describe('a draft that two members revise', () => {
  let seq: number;
  let draft: Draft;
  let sent: Sent[];
  let lost: boolean; // the network

  const election = (): Election =>
    ({
      uuid: 'u',
      name: draft.name,
      phase: 'draft',
      time_zone: 'WIB',
      policies: draft.policies,
      entries: seq + 1,
      draft_seq: seq,
      voters: 0,
      credentials: 0,
      places: draft.places.map((place) => ({ ...place, voters: 0, credentials: 0 })),
      contests: draft.contests,
      trustees: { expected: 1, keys: [], decrypted: [], missing: [] },
    }) as unknown as Election;
  const save = (change: Partial<Draft>): void => {
    draft = { ...draft, ...change };
    seq += 3;
  };
  const revise = (revised: Draft, query: URLSearchParams): unknown => {
    if (Number(query.get('base')) < seq) return refused('draft_changed', 'A later draft is in force.');
    save(revised);
    return { uuid: 'u', first: seq, last: seq };
  };

  beforeEach(() => {
    seq = 1;
    draft = sample;
    lost = false;
    sent = answering({
      'GET /session': () => ({ login: 'ani', role: 'committee', csrf_token: 't' }),
      'GET /elections': () => ({ elections: [election()] }),
      'GET /elections/u': election,
      'GET /elections/u/me': () => ({
        login: 'ani',
        roles: [{ role: 'committee' }],
        may: ['revise_draft', 'appoint', 'propose'],
      }),
      'GET /elections/u/proposals': () => ({ approval: 'single', proposals: [] }),
      'GET /elections/u/officials': () => ({ officials: [] }),
      'GET /elections/u/devices': () => ({ devices: [] }),
      'GET /elections/u/draft': () => (lost ? Promise.reject(new Error('no network')) : draft),
      'POST /elections/u/draft': (body, query) => revise(body as Draft, query),
    });
  });

  test('on the page: who comes back to the draft, or stays at it, revises the one in force', async () => {
    const other = async (change: Partial<Draft>): Promise<void> => {
      save(change);
      const { draft_seq: _, ...summary } = election();
      await tell('election', summary);
    };
    visit('/committee#u/draft');
    await import('../src/pages/committee.ts');
    await settled();
    assert.equal(at('draft-name').value, sample.name);
    await goTo('#u/people');
    await other({ name: second });
    await goTo('#u/draft');
    assert.equal(at('draft-name').value, second);
    type('draft-description', 'Masa bakti 2026/2027');
    await press('step-review', 'save-draft');
    assert.deepEqual([draft.name, draft.description], [second, 'Masa bakti 2026/2027']);
    await goTo('#u/draft');
    await other({ administrator: 'Panitia Baru' });
    assert.equal(at('draft-administrator').value, 'Panitia Baru');
    type('draft-description', 'Masa bakti 2027/2028');
    await goTo('#u/people');
    await other({ name: sample.name });
    await goTo('#u/draft');
    assert.equal(at('newer-draft').getAttribute('data-why'), 'news');
    assert.equal(at('draft-description').value, 'Masa bakti 2027/2028');
  });

  let section: WizardSection;
  const begin = async (): Promise<void> => {
    const staff = new StaffLogin(
      async () => {},
      () => {},
    );
    section = new WizardSection({ staff, election: election(), saved: async () => {} });
    show(section.element);
    await settled();
  };
  const news = async (): Promise<void> => {
    section.changed({ election: election() });
    await settled();
  };

  test('where nothing was typed: it is shown anew at the same step, and the focus stays', async () => {
    await begin();
    await press('next-step', 'next-step');
    at('place-0-name').focus();
    save({ places: [{ id: 'tps-1', name: 'Lapangan' }, ...draft.places.slice(1)] });
    await news();
    assert.equal(at('place-0-name').value, 'Lapangan');
    assert.ok(document.activeElement === at('place-0-name'));
    assert.ok(!find('newer-draft'));
  });

  test('where something was typed: it stays, the page tells, and drops it only when asked to', async () => {
    await begin();
    type('draft-description', 'Isian saya');
    const field = at('draft-description');
    save({ name: second });
    await news();
    assert.ok(at('draft-description') === field);
    assert.equal(at('newer-draft').getAttribute('data-why'), 'news');
    lost = true;
    await press('load-newer');
    assert.equal(at('draft-description').value, 'Isian saya');
    assert.ok(find('error-summary'));
    lost = false;
    await press('load-newer');
    assert.ok(!find('newer-draft'));
    assert.equal(at('draft-name').value, second);
    assert.equal(at('draft-description').value, sample.description);
    await press('step-review', 'save-draft');
    assert.equal(sent[0]!.path, `/elections/u/draft?base=${seq - 3}`);
  });

  test('what is typed while a newer one is on its way is not lost', async () => {
    await begin();
    save({ name: second });
    section.changed({ election: election() });
    type('draft-description', 'Isian saya');
    await settled();
    assert.equal(at('draft-description').value, 'Isian saya');
    assert.ok(find('newer-draft'));
  });

  test('where no news came: the service refuses a revision of an older one, and what was typed stays', async () => {
    await begin();
    type('draft-description', 'Isian saya');
    save({ name: second });
    await press('step-review', 'save-draft');
    assert.equal(draft.name, second);
    assert.equal(draft.description, sample.description);
    assert.equal(at('newer-draft').getAttribute('data-why'), 'refused');
    assert.ok(document.activeElement === at('newer-draft'));
    assert.match(at('newer-draft').textContent!, /Belum tersimpan/);
    await press('step-about');
    assert.equal(at('draft-description').value, 'Isian saya');
    assert.ok(find('newer-draft'));
  });
});
