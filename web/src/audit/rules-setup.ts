import { certificateProven, coefexpsProven, expectedVerificationKey, trusteeKeyProven } from '../ballot/trustees.ts';
import { toHex } from '../crypto/bytes.ts';
import { elementText, equalElements } from '../crypto/group.ts';
import { sha256 } from '../crypto/hash.ts';
import { rotationProven } from '../log/key-chain.ts';
import { maxKeys } from '../log/note.ts';
import { faultOfDraft, type Draft } from './draft.ts';
import type { EventOf } from './events.ts';
import { readableReason } from './rules-office.ts';
import { breach, certificateKeys, keysOf, type Breach, type State } from './state.ts';

// Rules of the phase draft: the opening, the draft, trustees and their ceremony.

export function opens(state: State, { uuid, key }: EventOf<'LedgerOpened'>): Breach | null {
  if (state.size !== 0) return breach('legality', 'LedgerOpened is entry 0 and no other', state.size);
  if (!/^[1-9A-HJ-NP-Za-km-z]{14,64}$/.test(uuid))
    return breach('legality', 'a uuid of 14 to 64 base58 characters', uuid);
  if (key === '' || key.length > 400) return breach('legality', "the ledger's key", key.slice(0, 80));
  return null;
}

export function rotatesKey({ keys }: State, event: EventOf<'KeyRotated'>): Breach | null {
  const now = keys.at(-1)!;
  const name = now.split('+', 1)[0]!;
  if (event.key.text.length > 400 || event.key.name !== name) return breach('keys', `a key of ${name}`, event.key.name);
  if (keys.length >= maxKeys) return breach('keys', `at most ${maxKeys} keys`, 'one more');
  if (keys.includes(event.key.text)) return breach('keys', 'a key that never signed this ledger', event.key.text);
  return rotationProven(now, event) ? null : breach('keys', "the new key's proof", 'does not verify');
}

export function drafts(state: State, event: EventOf<'ElectionDrafted'>): Breach | null {
  if (state.uuid === '') return breach('legality', 'ElectionDrafted after LedgerOpened');
  const fault = faultOfDraft(event.draft) ?? (state.draft && faultOfRevision(state, state.draft, event.draft));
  return fault === null ? null : breach('legality', 'a draft within its bounds', fault);
}

// A draft may come again as long as it takes nothing from under what was recorded since.
function faultOfRevision(state: State, before: Draft, after: Draft): string | null {
  const places = new Set(after.places.map(({ id }) => id));
  for (const [place, weights] of state.pairs) {
    if (places.has(place)) continue;
    const used = [...weights.values()].some((pair) => pair.voters + pair.credentials + pair.reserve > 0);
    if (used) return `without the place ${place}, which has voters or credentials`;
  }
  if (after.trustees < state.trustees.length) return 'fewer trustees than keys published';
  if (before.policies.approval === 'two' && after.policies.approval === 'single') return 'an approval by two no more';
  if (state.trustees.length === 0 && state.ceremony.length === 0) return null;
  const keys = ({ policies: { tally }, threshold }: Draft): string => JSON.stringify([tally, threshold]);
  return keys(before) === keys(after) ? null : 'another tally policy or threshold after a key';
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
  if (new Set(keys).size !== keys.length || own.some((key) => state.voidKeys.has(key)))
    return breach('trustees', 'no key twice', keys.slice(-2).join(' '));
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
  return readableReason(reason) ? null : breach('trustees', 'a reason of 1 to 500 characters', reason.length);
}
