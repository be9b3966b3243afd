import type { Question } from '../ballot/election.ts';
import type { EventOf } from './events.ts';
import { faultOfTrustees } from './objects.ts';
import { breach, credentialsHash, type Breach, type State } from './state.ts';

// Rules of sealing: everything is there, and what is sealed is what was recorded.

const ceremonyDone = (state: State): boolean =>
  !state.draft!.threshold ||
  (state.ceremony.length === state.draft!.threshold.trustees && state.ceremony.every((member) => member.confirmed));

export function rollSealed(state: State, event: EventOf<'RollSealed'>): Breach | null {
  const wanted = state.draft!.trustees;
  if (state.trustees.length !== wanted) return breach('roll', `${wanted} trustee keys`, state.trustees.length);
  if (!ceremonyDone(state)) return breach('roll', 'a finished key ceremony', `${state.ceremony.length} certificates`);
  if (state.voters.size === 0) return breach('roll', 'at least one voter', 0);
  for (const [place, weights] of state.pairs) {
    for (const [weight, { voters, credentials }] of weights) {
      if (voters === credentials) continue;
      return breach('roll', `${voters} credentials of weight ${weight} at ${place}`, credentials);
    }
  }
  const hash = credentialsHash(state);
  const expected = `${state.voters.size} voters, ${state.credentials.size} credentials, hash ${hash}`;
  const found = `${event.voters} voters, ${event.credentials} credentials, hash ${event.credentialsHash}`;
  return expected === found ? null : breach('roll', expected, found);
}

// The protocol's list of the trustees, from the texts that they published.
function trusteesText(state: State): string {
  const items = state.trustees.map(({ exact }) => `["Single",${exact}]`);
  if (state.draft!.threshold) {
    const texts = (of: (member: State['ceremony'][number]) => string): string => state.ceremony.map(of).join(',');
    items.push(
      `["Pedersen",{"threshold":${state.draft!.threshold.needed},` +
        `"certs":[${texts((member) => member.certificateText)}],` +
        `"coefexps":[${texts((member) => member.coefexps!.exact)}],` +
        `"verification_keys":[${texts((member) => member.confirmed!.exact)}]}]`,
    );
  }
  return `[${items.join(',')}]`;
}

const asText = (questions: Question[]): string =>
  JSON.stringify(questions.map(({ answers, blank, min, max, question }) => [answers, blank, min, max, question]));

export function electionSealed(state: State, event: EventOf<'ElectionSealed'>): Breach | null {
  if (!state.rollSealed) return breach('legality', 'ElectionSealed directly after RollSealed');
  const draft = state.draft!;
  const { election, trustees } = event;
  const fault = faultOfTrustees(trustees, election.publicKey);
  if (fault) return breach('trustees', "valid proofs and the election's key", fault);
  const same: [string, string, string][] = [
    ['uuid', state.uuid, election.uuid],
    ['name', draft.name, election.name],
    ['description', draft.description, election.description],
    ['administrator', draft.administrator, election.administrator],
    ['credential authority', draft.credentialAuthority, election.credentialAuthority],
    ['questions', asText(draft.contests), asText(election.questions)],
    ['trustees', trusteesText(state), event.exactTrustees],
    ['credentials hash', credentialsHash(state), event.credentialsHash],
  ];
  const differs = same.find(([, expected, found]) => expected !== found);
  return differs ? breach('roll', `${differs[0]} ${differs[1]}`, differs[2]) : null;
}
