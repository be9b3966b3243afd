// What somebody can do who holds a service's machine: its database as administrator and its ledger's signing key. One
// ballot is taken out of a stopped service's ledger, and the entries after it are numbered, chained and signed anew, so
// that the ledger is without fault in itself. Formats: schema/README.md.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash, createPrivateKey, sign } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { userInfo } from 'node:os';
import { until } from './service.mjs';

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const leafOf = (entry) => sha256(Buffer.of(0), entry);
const hex = (bytes) => `0x${bytes.toString('hex')}`;

// The roots of the complete subtrees, largest first.
function edgeOf(leaves) {
  const edge = [];
  leaves.forEach((leaf, size) => {
    for (let node = leaf, bits = size; ; bits >>= 1) {
      if (!(bits & 1)) return edge.push(node);
      node = sha256(Buffer.of(1), edge.pop(), node);
    }
  });
  return edge;
}

async function signingKey(dataDir, uuid) {
  const seed = Buffer.from((await readFile(join(dataDir, 'suara/keys', uuid, 'ledger.key'), 'utf8')).trim(), 'hex');
  assert.equal(seed.length, 32, 'the key file holds 64 hexadecimal digits');
  return createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]), format: 'der', type: 'pkcs8' });
}

function sealed(entry, changes, key) {
  const [body, signature] = entry.toString('utf8').split('\n');
  const text = JSON.stringify({ ...JSON.parse(body), ...changes });
  assert.equal(JSON.stringify(JSON.parse(body)), body, 'the members keep their order');
  return Buffer.from(`${text}\n${signature.split(' ')[0]} ${sign(null, Buffer.from(`suara.event.v1\n${text}`), key).toString('base64')}\n`);
}

// MariaDB alone on the folder of a stopped service; `body` is given what runs SQL as its administrator.
async function withDatabase(dataDir, body) {
  const db = join(dataDir, 'mariadb');
  const { username, uid } = userInfo();
  const options = ['--no-defaults', `--datadir=${db}/data`, `--tmpdir=${db}/tmp`, `--socket=${db}/socket`, '--skip-networking', '--skip-log-bin'];
  const server = spawn('mariadbd', uid === 0 ? [options[0], '--user=root', ...options.slice(1)] : options, {
    stdio: 'ignore',
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
  });
  const ended = new Promise((done) => server.on('exit', done));
  const sql = (text) =>
    new Promise((done, failed) => {
      const client = spawn('mariadb', ['--no-defaults', '--batch', '--skip-column-names', `--socket=${db}/socket`, `--user=${username}`, 'suara']);
      let out = '';
      let wrong = '';
      client.stdout.on('data', (chunk) => (out += chunk));
      client.stderr.on('data', (chunk) => (wrong += chunk));
      client.on('close', (code) => (code === 0 ? done(out.trim()) : failed(new Error(wrong))));
      client.stdin.on('error', () => {}); // it is gone where nothing answers; 'close' tells
      client.stdin.end(text);
    });
  try {
    await until('MariaDB answers', () => sql('SELECT 1').catch(() => false));
    return await body(sql);
  } finally {
    server.kill('SIGTERM');
    await ended;
  }
}

const lines = (text) => (text === '' ? [] : text.split('\n').map((line) => line.split('\t')));

// Takes the entry `seq`, a BallotCast, out of the election's ledger. What the service derived from it is removed, to be
// derived anew at its next start.
export async function dropBallot(dataDir, uuid, seq) {
  const key = await signingKey(dataDir, uuid);
  await withDatabase(dataDir, async (sql) => {
    const ledger = await sql(`SELECT id FROM ledgers WHERE uuid = '${uuid}'`);
    const rows = lines(await sql(`SELECT HEX(entry), type, time FROM entries WHERE ledger_id = ${ledger} ORDER BY seq`));
    assert.equal(rows[seq][1], 'BallotCast');
    const entries = rows.map(([entry, type, time]) => ({ entry: Buffer.from(entry, 'hex'), type, time }));
    entries.splice(seq, 1);
    for (let i = seq; i < entries.length; i++) {
      entries[i].entry = sealed(entries[i].entry, { prev: leafOf(entries[i - 1].entry).toString('hex'), seq: i }, key);
    }
    const leaves = entries.map(({ entry }) => leafOf(entry));
    const last = entries.length - 1;
    const triggers = lines(await sql("SELECT trigger_name FROM information_schema.triggers WHERE event_manipulation = 'DELETE' AND trigger_schema = 'suara'"));
    await sql([
      ...triggers.map(([name]) => `DROP TRIGGER ${name};`),
      'START TRANSACTION;',
      `DELETE FROM entries WHERE ledger_id = ${ledger} AND seq >= ${seq};`,
      ...entries.slice(seq).map(({ entry, type, time }, i) =>
        `INSERT INTO entries (ledger_id, seq, entry, leaf_hash, type, time) VALUES (${ledger}, ${seq + i}, ${hex(entry)}, ${hex(leaves[seq + i])}, '${type}', ${time});`),
      `UPDATE heads SET size = ${entries.length}, last_leaf = ${hex(leaves[last])}, last_time = ${entries[last].time}, edge = ${hex(Buffer.concat(edgeOf(leaves)))} WHERE ledger_id = ${ledger};`,
      `DELETE FROM checkpoints WHERE ledger_id = ${ledger};`,
      `UPDATE projection_positions SET version = 0 WHERE ledger_id = ${ledger};`,
      'COMMIT;',
    ].join('\n'));
  });
  await rm(join(dataDir, 'suara/log', uuid), { recursive: true });
}
