import { certificateProven, coefexpsProven, expectedVerificationKey, trusteeKeyProven } from '../ballot/trustees.ts';
import { toHex } from '../crypto/bytes.ts';
import { elementText, equalElements } from '../crypto/group.ts';
import { sha256 } from '../crypto/hash.ts';
import { faultOfDraft } from './draft.ts';
import type { AuditEvent, EventType } from './events.ts';
import { identityText, maxWeightOfAll } from './objects.ts';
import { breach, certificateKeys, keysOf, type Breach, type State } from './state.ts';

// Rules of the phase draft: the opening, trustees and their ceremony, the roll.

type EventOf<T extends EventType> = Extract<AuditEvent, { type: T }>;

export function opens(state: State, { uuid, key }: EventOf<'LedgerOpened'>): Breach | null {
  if (state.size !== 0) return breach('legality', 'LedgerOpened is entry 0 and no other', state.size);
  if (!/^[1-9A-HJ-NP-Za-km-z]{14,64}$/.test(uuid))
    return breach('legality', 'a uuid of 14 to 64 base58 characters', uuid);
  if (key === '' || key.length > 400) return breach('legality', "the ledger's key", key.slice(0, 80));
  return null;
}

export function drafts(state: State, event: EventOf<'ElectionDrafted'>): Breach | null {
  if (state.uuid === '' || state.draft) return breach('legality', 'ElectionDrafted once, after LedgerOpened');
  const fault = faultOfDraft(event.draft);
  return fault === null ? null : breach('legality', 'a draft within its bounds', fault);
}

export function trusteeKey(state: State, { trustee, key }: EventOf<'TrusteeKeyPublished'>): Breach | null {
  const { trustees } = state;
  if (trustee !== trustees.length + 1) return breach('trustees', `trustee ${trustees.length + 1}`, trustee);
  if (trustees.length >= state.draft!.trustees) return breach('trustees', `${state.draft!.trustees} keys`, trustee);
  if (trustees.some((earlier) => equalElements(earlier.key.publicKey, key.publicKey))) {
    return breach('trustees', 'no key twice', elementText(key.publicKey));
  }
  return trusteeKeyProven(key) ? null : breach('trustees', "the key's proof", 'does not verify');
}

export function certificate(state: State, event: EventOf<'TrusteeCertificatePublished'>): Breach | null {
  const { threshold } = state.draft!;
  if (!threshold) return breach('trustees', 'a draft with threshold trustees', 'none');
  const number = state.ceremony.length + 1;
  if (event.trustee !== number) return breach('trustees', `trustee ${number}`, event.trustee);
  if (number > threshold.trustees) return breach('trustees', `${threshold.trustees} certificates`, number);
  const own = keysOf(event.certificate);
  const keys = [...certificateKeys(state), ...own];
  if (new Set(keys).size !== keys.length || own.some((key) => state.voidKeys.has(key))) return breach('trustees', 'no key twice', keys.slice(-2).join(' '));
  return certificateProven(event.certificate)
    ? null
    : breach('trustees', "the certificate's signature", 'does not verify');
}

export function coefexps(state: State, event: EventOf<'TrusteeCoefexpsPublished'>): Breach | null {
  const { threshold } = state.draft!;
  if (state.ceremony.length !== threshold?.trustees) return breach('trustees', 'all certificates before coefexps');
  const member = state.ceremony[event.trustee - 1];
  if (!member) return breach('trustees', `trustee 1 to ${threshold.trustees}`, event.trustee);
  if (member.coefexps) return breach('trustees', 'coefexps once each', event.trustee);
  const hash = toHex(sha256(event.exact));
  if (hash !== member.coefexpsHash) return breach('trustees', `coefexps of hash ${member.coefexpsHash}`, hash);
  if (event.shares.length !== threshold.trustees) {
    return breach('trustees', `${threshold.trustees} sealed shares`, event.shares.length);
  }
  return coefexpsProven(event.coefexps, member.certificate.verification, threshold.needed)
    ? null
    : breach('trustees', `${threshold.needed} coefexps, signed`, 'another number, or the signature does not verify');
}

export function confirmed(state: State, event: EventOf<'TrusteeShareConfirmed'>): Breach | null {
  const { ceremony } = state;
  const all = ceremony.flatMap((member) => member.coefexps?.read ?? []);
  if (ceremony.length === 0 || ceremony.length !== state.draft!.threshold?.trustees || all.length !== ceremony.length) {
    return breach('trustees', 'all coefexps before a confirmation');
  }
  const member = ceremony[event.trustee - 1];
  if (!member) return breach('trustees', `trustee 1 to ${ceremony.length}`, event.trustee);
  if (member.confirmed) return breach('trustees', 'a confirmation once each', event.trustee);
  const expected = expectedVerificationKey(all, event.trustee);
  if (!equalElements(expected, event.key.publicKey)) {
    return breach('trustees', elementText(expected), elementText(event.key.publicKey));
  }
  return trusteeKeyProven(event.key) ? null : breach('trustees', "the verification key's proof", 'does not verify');
}

export function restarted(state: State, { reason }: EventOf<'KeyCeremonyRestarted'>): Breach | null {
  if (state.ceremony.length === 0) return breach('trustees', 'a key ceremony that has begun', 'none');
  const readable = [...reason].length <= 500 && /[^ ]/.test(reason) && !/[\u0000-\u001f\u007f]/.test(reason);
  return readable ? null : breach('trustees', 'a reason of 1 to 500 characters', reason.length);
}

export function voters(state: State, event: EventOf<'VotersEnrolled'>): Breach | null {
  if (event.first !== state.voters) return breach('roll', `first ${state.voters}`, event.first);
  const places = new Set(state.draft!.places.map(({ id }) => id));
  const seen = new Set<string>();
  let weight = state.votersWeight;
  for (const voter of event.voters) {
    if (!places.has(voter.place)) return breach('roll', 'a place of the draft', voter.place);
    if (seen.has(voter.commitment) || state.commitments.has(voter.commitment)) {
      return breach('roll', 'no commitment twice', voter.commitment);
    }
    seen.add(voter.commitment);
    weight += voter.weight;
  }
  return weight <= maxWeightOfAll ? null : breach('roll', 'a total weight of at most 2^32', weight);
}

// That they are elements of the group is known by then.
export function credentials(state: State, event: EventOf<'RollImported'>): Breach | null {
  const keys = event.credentials.map(({ key }) => key);
  if (keys.includes(identityText)) return breach('roll', 'no credential that is the identity', identityText);
  if (!state.draft!.places.some(({ id }) => id === event.place)) {
    return breach('roll', 'a place of the draft', event.place);
  }
  const asked = new Map<number, number>();
  for (const [i, { key, weight }] of event.credentials.entries()) {
    if (i > 0 && key < keys[i - 1]!) return breach('roll', 'credentials in ascending order', key);
    if (key === keys[i - 1] || state.credentials.has(key)) return breach('roll', 'no credential twice', key);
    asked.set(weight, (asked.get(weight) ?? 0) + 1);
  }
  for (const [weight, more] of asked) {
    const { voters: most, credentials: present } = state.pairAt(event.place, weight);
    if (present + more > most) return breach('roll', `${most} credentials of weight ${weight}`, present + more);
  }
  return null;
}
