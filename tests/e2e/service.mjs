// Starts Suara as a user does, by tools/run, on a data directory of its own, and runs its programs.
import { spawn, execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..');
export const program = (name) => join(root, 'build/bin', name);

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

// The condition's first truthy answer; fails with `what` after `ms`.
export async function until(what, condition, ms = 20000) {
  const end = Date.now() + ms;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain: ${what}`);
    await new Promise((done) => setImmediate(done));
  }
}

export class Service {
  static async start(options = []) {
    const service = new Service();
    service.dataDir = await mkdtemp(join(tmpdir(), 'suara-e2e-'));
    service.port = await freePort();
    service.url = `http://127.0.0.1:${service.port}`;
    await service.launch(options);
    return service;
  }

  async launch(options = []) {
    this.output = '';
    this.process = spawn(join(root, 'tools/run'), ['--port', String(this.port), '--data-dir', this.dataDir, ...options], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.ended = new Promise((done) => this.process.on('exit', (code) => done(code)));
    await new Promise((ready, failed) => {
      const take = (chunk) => {
        this.output += chunk;
        if (this.output.includes(`suara: ready at ${this.url}`)) ready();
      };
      this.process.stdout.on('data', take);
      this.process.stderr.on('data', take);
      this.process.on('exit', (code) => failed(new Error(`tools/run ended with ${code}:\n${this.output}`)));
    });
  }

  async stop() {
    this.process.kill('SIGINT');
    return this.ended;
  }

  // What every test file ends with: Suara must stop cleanly, and leaves nothing.
  static async end(service, browser) {
    await browser?.close();
    if (!service) return;
    const code = await service.stop();
    await service.remove();
    if (code !== 0) throw new Error(`tools/run ended with ${code}:\n${service.output}`);
  }

  async remove() {
    await rm(this.dataDir, { recursive: true, force: true });
  }

  // The first administrator of a service without a sample, made as the page of the first run does.
  async setUp(login, password) {
    const token = (await readFile(join(this.dataDir, 'suara/keys/setup.token'), 'utf8')).trim();
    const body = JSON.stringify({ token, login, password });
    const made = await fetch(`${this.url}/api/v1/setup`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
    if (made.status !== 201) throw new Error(`the set-up was answered ${made.status}: ${await made.text()}`);
    return { login, password };
  }

  // The n-th of those who have the role.
  async staff(role, n = 0) {
    const { staff } = JSON.parse(await readFile(join(this.dataDir, 'sample/staff.json'), 'utf8'));
    return staff.filter((member) => member.role === role)[n];
  }

  // Rows of a credentials.csv as objects; its cells hold no line breaks.
  static async credentials(file) {
    const [header, ...lines] = (await readFile(file, 'utf8')).trim().split(/\r?\n/);
    const cells = (line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(,|$)/g)].map((m) => m[1].replace(/^"|"$/g, '').replaceAll('""', '"'));
    const names = cells(header);
    return lines.map((line) => Object.fromEntries(cells(line).slice(0, names.length).map((cell, i) => [names[i], cell])));
  }

  // suara, as this staff member; gives the JSON it prints.
  async suara(member, ...args) {
    const { stdout } = await run(program('suara'), ['--server', this.url, '--user', member.login, '--json', ...args], {
      SUARA_PASSWORD: member.password,
    });
    return stdout.trim() ? JSON.parse(stdout.trim().split('\n').pop()) : {};
  }

  // suara-verify; gives its report and exit code.
  static async verify(...args) {
    const { stdout, code } = await run(program('suara-verify'), ['--json', ...args], {}, [0, 1]);
    return { code, report: JSON.parse(stdout) };
  }

  // SQL as the database's administrator.
  async sql(statement) {
    const socket = join(this.dataDir, 'mariadb/socket');
    const options = ['--no-defaults', '--batch', '--skip-column-names', `--socket=${socket}`, `--user=${userInfo().username}`];
    const { stdout } = await run('mariadb', [...options, 'suara', '-e', statement]);
    return stdout.trim();
  }

  async sampleUuid() {
    return (await readFile(join(this.dataDir, 'sample/election.uuid'), 'utf8')).trim();
  }

  async get(path) {
    const response = await fetch(this.url + path);
    return { status: response.status, body: await response.json() };
  }
}

export function run(program, args, env = {}, accepted = [0]) {
  return new Promise((done, failed) => {
    execFile(program, args, { env: { ...process.env, ...env }, maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      const code = error ? error.code : 0;
      if (accepted.includes(code)) done({ stdout, stderr, code });
      else failed(new Error(`${program} ${args.join(' ')} ended with ${code}: ${stderr}${stdout}`));
    });
  });
}
