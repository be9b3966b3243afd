import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fill, t } from '../src/base/i18n.ts';
import { number, percent, dateTime, span, initials } from '../src/base/format.ts';
import { en } from '../src/messages/en.ts';
import { id } from '../src/messages/id.ts';
import { webRoot } from './support/paths.ts';

// The names of what a message takes; a number with its words ({n|entry|entries}) takes the same as {n}.
function parameters(message: string): string[] {
  return [...new Set([...message.matchAll(/\{(\w+)(\|[^}]*)?\}/g)].map((match) => match[1]!))].sort();
}

describe('messages', () => {
  test('both languages have the same keys, in the same order', () => {
    assert.deepEqual(Object.keys(en), Object.keys(id));
  });

  test('both take the same parameters, and none is empty', () => {
    for (const key of Object.keys(id) as (keyof typeof id)[]) {
      assert.notEqual(id[key].trim(), '', key);
      assert.notEqual(en[key].trim(), '', key);
      assert.deepEqual(parameters(en[key]), parameters(id[key]), key);
    }
  });

  test('every error the service can give has a text', async () => {
    const header = await readFile(join(webRoot, '..', 'core', 'base', 'error.cpp'), 'utf8');
    const codes = [...header.matchAll(/return "([a-z_]+)";/g)].map((match) => match[1]!);
    assert.ok(codes.length > 20);
    for (const code of codes) assert.ok(`error.${code}` in id, code);
  });

  test('every message is used', async () => {
    const sources = await readSources(join(webRoot, 'src'));
    // Keys that code puts together from a fixed start and a name of the API.
    const made =
      /^(error|phase|role|stage|action|status|refused|event|alert|feed\.step|verifies|verify\.failed|note|lead|opened\.(verdict|fault)|minutes\.(check|verification)|trustee\.(step|about|do|did|fault|audit)|codes\.state|contradicted|column|devices\.state|import\.fault|wizard\.step|fate|follow|board\.(turn|status)|witness\.state|proof\.(verdict|fault|gone|now))\./;
    for (const key of Object.keys(id)) {
      if (!made.test(key)) assert.ok(sources.includes(`'${key}'`), `${key} is not used`);
    }
  });

  test('numbers go with their words', () => {
    assert.equal(fill('{n|entry|entries} of {all}', { n: 1, all: 1234567 }, 'en'), '1 entry of 1,234,567');
    assert.equal(fill('{n|entry|entries}', { n: 0 }, 'en'), '0 entries');
    assert.equal(t('verdict.intact', { entries: 1482, faults: 0 }), 'Buku besar utuh: 1.482 entri, 0 cacat');
    assert.equal(fill('{missing}', {}, 'id'), '{missing}');
  });
});

describe('formats', () => {
  test('are Indonesian by default', () => {
    assert.equal(number(1234567), '1.234.567');
    assert.equal(percent(1, 3), '33,3%');
    assert.equal(percent(0, 0), '–');
    assert.equal(span(4.2 * 3600000), '4 jam 12 mnt');
  });

  test('times are shown in the zone of the election', () => {
    assert.match(dateTime('2026-11-23T17:57:15.123Z', 'WIB'), /^24 Nov 2026.*00[.:]57 WIB$/);
    assert.match(dateTime('2026-11-23T17:57:15.123Z', 'WIT'), /^24 Nov 2026.*02[.:]57 WIT$/);
  });

  test('initials of a pair are of its two first names’ words', () => {
    assert.equal(initials('Raka Pratama dan Sinta Dewi'), 'RP');
    assert.equal(initials('Dan'), '');
  });
});

async function readSources(folder: string): Promise<string> {
  let all = '';
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) all += entry.name === 'messages' ? '' : await readSources(path);
    else all += await readFile(path, 'utf8');
  }
  return all;
}
