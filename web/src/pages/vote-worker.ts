import {
  credentialSecret,
  encryptBallot,
  encryptionSteps,
  publicCredential,
  readElection,
  signInProof,
  sodiumReady,
} from '../ballot/index.ts';
import type { Election } from '../ballot/index.ts';
import { proofJson } from '../crypto/proof.ts';
import type { Scalar } from '../crypto/group.ts';
import { sodium } from '../crypto/sodium.ts';
import { checkInclusion } from '../log/inclusion.ts';
import { httpSource } from '../log/source.ts';
import type { VoteRequest, VoteReply } from './vote-protocol.ts';

// All the ballot page's arithmetic, beside the page so that it stays alive. The secret of the voter's code lives here
// alone, and `forget` wipes it.

let election: Election | null = null;
let secret: Scalar | null = null;

const reply = (message: VoteReply): void => self.postMessage(message);

// The page shows candidates from the service's description; the ballot is of the sealed text. Both must say the same.
function sameContests(sealed: Election, request: Extract<VoteRequest, { type: 'open' }>): boolean {
  return (
    sealed.questions.length === request.contests.length &&
    sealed.questions.every((question, q) => {
      const shown = request.contests[q]!;
      return (
        question.question === shown.question &&
        question.min === shown.min &&
        question.max === shown.max &&
        question.answers.join('\n') === shown.candidates.join('\n')
      );
    })
  );
}

function forget(): void {
  if (secret) sodium.memzero(secret);
  secret = null;
}

async function handle(request: VoteRequest): Promise<unknown> {
  await sodiumReady();
  switch (request.type) {
    case 'open': {
      const read = readElection(request.text);
      const same =
        read && read.uuid === request.uuid && read.fingerprint === request.fingerprint && sameContests(read, request);
      election = same ? read : null;
      return election !== null;
    }
    case 'signIn': {
      if (!election) throw new Error('no election');
      forget();
      secret = credentialSecret(request.code, election.uuid);
      const proof = proofJson(signInProof(secret, election.fingerprint, request.nonce));
      return { credential: publicCredential(secret), proof };
    }
    case 'encrypt': {
      if (!election || !secret) throw new Error('not signed in');
      const total = encryptionSteps(election);
      let done = 0;
      return encryptBallot(election, secret, request.marks, () => reply({ id: request.id, progress: ++done / total }));
    }
    case 'forget':
      forget();
      return null;
    case 'inclusion':
      return checkInclusion(httpSource(`/log/${request.uuid}/`), request.key, request.receipt);
  }
}

self.onmessage = (event: MessageEvent<VoteRequest>) => {
  handle(event.data).then(
    (result) => reply({ id: event.data.id, result }),
    (error: unknown) => reply({ id: event.data.id, error: error instanceof Error ? error.message : 'failed' }),
  );
};
