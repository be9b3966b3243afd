import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { auditLedger } from '../src/audit/ledger.ts';
import { sodiumReady } from '../src/ballot/index.ts';
import type { Report } from '../src/audit/report.ts';
import { ledgerOf, type Recorded } from './support/make-election.ts';
import { calledOff, twoAgree } from './support/make-polling.ts';
import { memorySource } from './support/make-log.ts';

let agreed: Recorded[];
let cancelled: Recorded[];
before(async () => {
  await sodiumReady();
  agreed = twoAgree();
  cancelled = calledOff();
});

const audit = async (events: Recorded[]): Promise<Report> =>
  auditLedger(memorySource(await ledgerOf(events).files()), { memory: { key: null, checkpoints: [] }, mayBeOlder: false });

describe('a polling day', () => {
  test('on which two agree and voters come or stay at home', async () => {
    const report = await audit(agreed);
    assert.deepEqual(report.faults, []);
    assert.equal(report.verdict, 'intact');
  });
  test('that was called off', async () => {
    const report = await audit(cancelled);
    assert.deepEqual(report.faults, []);
  });
});
