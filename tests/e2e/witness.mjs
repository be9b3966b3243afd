// A witness of a ledger as somebody else runs it: `suara-witness` with a state folder of its own.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { program, run } from './service.mjs';

export class Witness {
  constructor(name, state) {
    Object.assign(this, { name, state, port: 0 });
  }

  static async make(name, state) {
    const witness = new Witness(name, state);
    await run(program('suara-witness'), ['init', '--state', state, '--name', name]);
    witness.key = (await run(program('suara-witness'), ['key', '--state', state])).stdout.trim();
    return witness;
  }

  trust(ledgerKey) {
    return run(program('suara-witness'), ['trust', '--state', this.state, ledgerKey]);
  }

  // At the port that it had before.
  async serve() {
    this.process = spawn(program('suara-witness'), ['serve', '--state', this.state, '--listen', `127.0.0.1:${this.port}`], { stdio: ['ignore', 'ignore', 'pipe'] });
    this.ended = new Promise((done) => this.process.on('exit', (code, signal) => done(signal ?? code)));
    this.url = await new Promise((ready, failed) => {
      let said = '';
      this.process.stderr.on('data', (chunk) => {
        said += chunk;
        const listening = /listening on (http:\/\/\S+)/.exec(said);
        if (listening) ready(listening[1]);
      });
      this.process.on('exit', (code) => failed(new Error(`suara-witness ended with ${code}:\n${said}`)));
    });
    this.port = Number(new URL(this.url).port);
  }

  end(signal = 'SIGTERM') {
    this.process.kill(signal);
    return this.ended;
  }

  // A line of the service's file of witnesses.
  get line() {
    return `witness ${this.name} ${this.key} ${this.url}\n`;
  }

  // The size and root of the newest head of this ledger that it has cosigned.
  async seen(origin) {
    const answer = await fetch(`${this.url}/${createHash('sha256').update(origin).digest('hex')}/checkpoint`);
    const [, size, root] = (await answer.text()).split('\n');
    return { size: Number(size), root };
  }
}
