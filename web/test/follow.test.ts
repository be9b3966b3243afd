import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Follower, pace, type Timing } from '../src/pages/supervisor-follow.ts';

// A clock that is moved by hand.
class Clock implements Timing {
  private at = 0;
  private waiting: { due: number; then: () => void }[] = [];

  readonly now = (): number => this.at;
  readonly later = (millis: number, then: () => void): (() => void) => {
    const entry = { due: this.at + millis, then };
    this.waiting.push(entry);
    return () => (this.waiting = this.waiting.filter((other) => other !== entry));
  };

  pass(millis: number): void {
    this.at += millis;
    const due = this.waiting.filter((entry) => entry.due <= this.at);
    this.waiting = this.waiting.filter((entry) => entry.due > this.at);
    for (const { then } of due) then();
  }
}

function followed(): { clock: Clock; follower: Follower; audits: () => number } {
  const clock = new Clock();
  let count = 0;
  const follower = new Follower('A', () => count++, clock);
  return { clock, follower, audits: () => count };
}

describe('an audit that goes on', () => {
  test('begins when another root is told, and not for the verified one', () => {
    const { clock, follower, audits } = followed();
    clock.pass(pace);
    follower.tell('A');
    assert.equal(audits(), 0);
    follower.tell('B');
    assert.equal(audits(), 1);
  });

  test('waits its time after the last one began, and takes the newest root then', () => {
    const { clock, follower, audits } = followed();
    follower.tell('B');
    clock.pass(pace - 1);
    follower.tell('C');
    assert.equal(audits(), 0);
    clock.pass(1);
    assert.equal(audits(), 1);
    follower.ended('C');
    clock.pass(10 * pace);
    assert.equal(audits(), 1);
  });

  test('runs alone: what is told meanwhile is taken up when it has ended', () => {
    const { clock, follower, audits } = followed();
    clock.pass(pace);
    follower.tell('B');
    clock.pass(3 * pace);
    follower.tell('C');
    assert.equal(audits(), 1);
    follower.ended('B');
    assert.equal(audits(), 2);
  });

  test('is not asked for twice where the log holds another root than is told', () => {
    const { clock, follower, audits } = followed();
    clock.pass(pace);
    follower.tell('B');
    follower.ended('C');
    for (let i = 0; i < 5; i++) {
      clock.pass(pace);
      follower.tell('B');
    }
    assert.equal(audits(), 1);
    follower.tell('A'); // a root from before: the log went back
    assert.equal(audits(), 2);
  });

  test('that could not be carried out is tried again with the next news, not by itself', () => {
    const { clock, follower, audits } = followed();
    clock.pass(pace);
    follower.tell('B');
    follower.failed();
    clock.pass(10 * pace);
    assert.equal(audits(), 1);
    follower.tell('B');
    assert.equal(audits(), 2);
  });

  test('is repeated in time for a root that witnesses have yet to see', () => {
    const { clock, follower, audits } = followed();
    clock.pass(pace);
    follower.tell('B');
    follower.ended(null);
    assert.equal(audits(), 1);
    clock.pass(pace);
    assert.equal(audits(), 2);
    follower.ended('B');
    clock.pass(10 * pace);
    assert.equal(audits(), 2);
  });

  test('ends', () => {
    const { clock, follower, audits } = followed();
    follower.tell('B');
    follower.stop();
    clock.pass(10 * pace);
    follower.tell('C');
    assert.equal(audits(), 0);
  });
});
