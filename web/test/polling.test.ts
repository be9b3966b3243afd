import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { auditLedger } from '../src/audit/ledger.ts';
import type { Report } from '../src/audit/report.ts';
import { sodiumReady } from '../src/ballot/index.ts';
import { ledgerOf, type Recorded } from './support/make-election.ts';
import { memorySource } from './support/make-log.ts';
import { calledOff, twoAgree } from './support/make-polling.ts';
import { pollingLies } from './support/polling-lies.ts';

const made: { agreed: Recorded[]; off: Recorded[] } = { agreed: [], off: [] };
before(async () => {
  await sodiumReady();
  made.agreed = twoAgree();
  made.off = calledOff();
});

const audit = async (events: Recorded[]): Promise<Report> => {
  const options = { memory: [], mayBeOlder: false };
  return auditLedger(memorySource(await ledgerOf(events).files()), options);
};

describe('a polling day', () => {
  test('is intact where two agree and voters come to the place or stay at home', async () => {
    const report = await audit(made.agreed);
    assert.deepEqual(report.faults, []);
    assert.deepEqual([report.verdict, report.election!.result], ['intact', [[0, 3, 1]]]);
  });

  test('is intact where it was called off', async () => {
    const report = await audit(made.off);
    assert.deepEqual([report.faults, report.election!.result, report.notes], [[], null, ['no-result']]);
  });

  for (const [name, of, check, change] of pollingLies) {
    test(`is broken by ${name}`, async () => {
      const events = structuredClone(made[of]);
      const place = change(events);
      const fault = (await audit(events)).faults[0];
      assert.deepEqual([fault?.check, fault?.seq], [check, place + 1], JSON.stringify(fault));
    });
  }
});
