// Votes without a browser, with the ballot page's own code. For tests alone: a code on a command line is no secret.
//   node dist-tools/cast.mjs --server http://127.0.0.1:8080 --uuid UUID --code CODE --choose 2
// --choose: candidate numbers with commas between them, questions with semicolons: "2;1,3;blank;" (nothing in the last).
// Prints the receipt as JSON; exit 1 with the service's error otherwise. --dry-run prints the ballot and sends nothing;
// --challenge FILE has the ballot opened instead and writes its opening file.
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import {
  credentialSecret,
  encryptBallot,
  openingJson,
  publicCredential,
  readCode,
  readElection,
  signInProof,
  sodiumReady,
} from '../../src/ballot/index.ts';
import { proofJson } from '../../src/crypto/proof.ts';

const { values } = parseArgs({
  options: {
    server: { type: 'string', default: 'http://127.0.0.1:8080' },
    uuid: { type: 'string', default: '' },
    code: { type: 'string', default: '' },
    choose: { type: 'string', default: '' },
    challenge: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
  },
});

async function ask(path: string, body?: string): Promise<Record<string, unknown>> {
  const sent = body === undefined ? {} : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body };
  const response = await fetch(`${values.server}/api/v1/elections/${values.uuid}${path}`, sent);
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new Error(JSON.stringify(answer));
  return answer;
}

async function main(): Promise<void> {
  await sodiumReady();
  const reading = readCode(values.code!);
  if (!reading.ok) throw new Error(`the code is not one: ${reading.fault.kind}`);
  const shown = await ask('');
  const election = readElection(String(shown.election));
  if (!election || election.fingerprint !== shown.fingerprint) throw new Error('the election is not what it says');
  const contests = shown.contests as { blank?: boolean; candidates: { number: number }[] }[];
  const choices = values.choose!.split(';');
  const marks = contests.map(({ blank, candidates }, q) => {
    const wanted = (choices[q] ?? '').split(',').filter(Boolean);
    const row = candidates.map(({ number }) => (wanted.includes(String(number)) ? 1 : 0));
    return blank ? [wanted.includes('blank') ? 1 : 0, ...row] : row;
  });
  const secret = credentialSecret(reading.code, election.uuid);
  const ballot = encryptBallot(election, secret, marks);
  if (values['dry-run']) {
    console.log(ballot.text);
    return;
  }
  const { nonce } = (await ask('/challenge')) as { nonce: string };
  const proof = proofJson(signInProof(secret, election.fingerprint, nonce));
  await ask(
    '/sign-in',
    `{"credential":"${publicCredential(secret)}","nonce":${JSON.stringify(nonce)},"proof":${proof}}`,
  );
  if (values.challenge === undefined) {
    console.log(JSON.stringify(await ask('/ballots', ballot.text)));
    return;
  }
  const receipt = await ask('/challenges', ballot.text);
  const opening = { election: String(shown.election), ballot: ballot.text, randomness: ballot.randomness };
  await writeFile(values.challenge, openingJson(opening));
  console.log(JSON.stringify(receipt));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
