import {
  credentialSecret,
  encryptBallot,
  encryptionSteps,
  openingJson,
  openingLink,
  publicCredential,
  readElection,
  signInProof,
  sodiumReady,
} from '../ballot/index.ts';
import type { Election, Opening } from '../ballot/index.ts';
import { proofJson } from '../crypto/proof.ts';
import type { Scalar } from '../crypto/group.ts';
import { sodium } from '../crypto/sodium.ts';
import { prove } from './receipt-proof.ts';
import type { RevealedBallot, SealedBallot, VoteRequest, VoteReply } from './vote-protocol.ts';

// All the ballot page's arithmetic, beside the page so that it stays alive. The secret of the voter's code lives here
// alone, and `forget` wipes it. So does what opens the sealed ballot: it goes to the page only when the ballot has been
// challenged, and is wiped before the ballot is sent to be counted.

let electionText = '';
let election: Election | null = null;
let secret: Scalar | null = null;
let sealed: Opening | null = null;
let sealedTracker = '';

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
        question.blank === shown.blank &&
        question.answers.join('\n') === shown.candidates.join('\n')
      );
    })
  );
}

function dropOpening(): void {
  for (const scalar of sealed?.randomness.flat() ?? []) sodium.memzero(scalar);
  sealed = null;
}

function forget(): void {
  dropOpening();
  if (secret) sodium.memzero(secret);
  secret = null;
}

function seal(id: number, marks: number[][]): SealedBallot {
  if (!election || !secret) throw new Error('not signed in');
  dropOpening();
  const total = encryptionSteps(election);
  let done = 0;
  const made = encryptBallot(election, secret, marks, () => reply({ id, progress: ++done / total }));
  sealed = { election: electionText, ballot: made.text, randomness: made.randomness };
  sealedTracker = made.tracker;
  return { text: made.text, tracker: made.tracker };
}

function reveal(): RevealedBallot {
  if (!election || !sealed) throw new Error('no sealed ballot');
  const revealed = {
    file: openingJson(sealed),
    path: openingLink(election.uuid, sealedTracker, sealed.randomness),
  };
  dropOpening();
  return revealed;
}

async function handle(request: VoteRequest): Promise<unknown> {
  await sodiumReady();
  switch (request.type) {
    case 'open': {
      const read = readElection(request.text);
      const same =
        read && read.uuid === request.uuid && read.fingerprint === request.fingerprint && sameContests(read, request);
      election = same ? read : null;
      electionText = request.text;
      return election !== null;
    }
    case 'signIn': {
      if (!election) throw new Error('no election');
      forget();
      secret = credentialSecret(request.code, election.uuid);
      const proof = proofJson(signInProof(secret, election.fingerprint, request.nonce));
      return { credential: publicCredential(secret), proof };
    }
    case 'encrypt':
      return seal(request.id, request.marks);
    case 'reveal':
      return reveal();
    case 'decideToCast':
      dropOpening();
      return null;
    case 'forget':
      forget();
      return null;
    case 'inclusion':
      return prove(request.uuid, request.key, request.receipt);
  }
}

self.onmessage = (event: MessageEvent<VoteRequest>) => {
  handle(event.data).then(
    (result) => reply({ id: event.data.id, result }),
    (error: unknown) => reply({ id: event.data.id, error: error instanceof Error ? error.message : 'failed' }),
  );
};
