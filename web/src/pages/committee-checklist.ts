import type { Ceremony, Decryption, Election } from '../base/api.ts';
import { t, type MessageKey } from '../base/i18n.ts';
import type { Overview } from './committee-state.ts';
import { missingText } from './trustee-missing.ts';
import { absentIn, doneIn, nothingAbsent, stepsTaken } from './trustee-steps.ts';

// What must be there before the next step, and how what is missing is brought about.

export interface Item {
  name: string;
  done: boolean;
  must: boolean; // the next step waits for it; else it is advice
  text: string;
  how?: string;
  link?: { href: string; text: string };
}

// The service itself is the one trustee where it counts while people vote.
const byTrustees = (election: Election): boolean => election.policies.tally === 'sealed';
const atPlaces = (election: Election): boolean => election.policies.verification !== 'online';

const trusteeLink = (election: Election): Item['link'] => ({
  href: `/trustee#${election.uuid}`,
  text: t('check.trusteePage'),
});
const sectionLink = (election: Election, section: string, text: MessageKey): Item['link'] => ({
  href: `#${election.uuid}/${section}`,
  text: t(text),
});

function keysItem(election: Election): Item {
  const { expected, keys } = election.trustees;
  return {
    name: 'keys',
    done: keys.length >= expected,
    must: true,
    text: t('check.keys', { n: keys.length, all: expected }),
    ...(byTrustees(election) && { how: t('check.keysHow'), link: trusteeLink(election) }),
  };
}

function ceremonyItem(election: Election, ceremony: Ceremony): Item {
  const { needed, trustees: all, step } = ceremony;
  const group = t('check.group', { needed, all });
  const where =
    step === 'done'
      ? t('check.ceremonyDone')
      : t('check.ceremony', {
          at: stepsTaken(ceremony) + 1,
          step: t(`trustee.step.${step}`),
          n: doneIn(ceremony, step),
          all,
        });
  return {
    name: 'ceremony',
    done: step === 'done',
    must: true,
    text: `${group} ${where}`,
    how: t('check.keysHow'),
    link: trusteeLink(election),
  };
}

function decryptionItem(election: Election, decryption: Decryption | null): Item {
  const item = { name: 'decryption', must: true };
  const { expected, decrypted } = election.trustees;
  if (!byTrustees(election)) {
    return { ...item, done: decrypted.length >= expected, text: t('check.decrypted', { n: decrypted.length }) };
  }
  if (!decryption) return { ...item, done: false, text: t('check.counting') };
  const absent = absentIn(decryption);
  const done = t('check.decrypted', { n: decryption.submitted.length });
  if (nothingAbsent(absent)) return { ...item, done: true, text: done };
  return { ...item, done: false, text: `${done}. ${missingText(absent)}`, link: trusteeLink(election) };
}

function rollItem(election: Election): Item {
  return {
    name: 'roll',
    done: election.voters > 0,
    must: true,
    text: t('check.roll', { n: election.voters }),
    how: t('check.rollHow'),
    link: sectionLink(election, 'roll', 'centre.roll'),
  };
}

function credentialsItem(election: Election): Item {
  const counted = t('check.credentials', { n: election.credentials, all: election.voters });
  const weight = election.total_weight === undefined ? [] : [t('check.weight', { n: election.total_weight })];
  return {
    name: 'credentials',
    done: election.credentials > 0 && election.credentials === election.voters,
    must: true,
    text: [counted, ...weight].join('; '),
    how: t('check.credentialsHow'),
    link: sectionLink(election, 'credentials', 'centre.credentials'),
  };
}

// Two must agree, so two must be there.
function committeeItem({ election, officials, proposals }: Overview): Item[] {
  if (proposals.approval !== 'two') return [];
  const members = officials.filter(({ role }) => role === 'committee').length;
  return [
    {
      name: 'committee',
      done: members >= 2 || officials.length === 0,
      must: true,
      text: t('check.committee', { n: members }),
      how: t('check.committeeHow'),
      link: sectionLink(election, 'people', 'centre.people'),
    },
  ];
}

function placesWithout(election: Election, held: { place?: string }[]): string {
  const has = new Set(held.map(({ place }) => place));
  return election.places
    .filter(({ id }) => !has.has(id))
    .map(({ name }) => name)
    .join(', ');
}

// Without an officer or a device nobody can vote at a place.
function placeItems({ election, officials, devices }: Overview): Item[] {
  if (!atPlaces(election)) return [];
  const noOfficer = placesWithout(
    election,
    officials.filter(({ role }) => role === 'officer'),
  );
  const noDevice = placesWithout(
    election,
    devices.filter(({ revoked, claimed }) => !revoked && claimed),
  );
  const link = sectionLink(election, 'people', 'centre.people');
  return [
    {
      name: 'officers',
      done: noOfficer === '',
      must: false,
      text: noOfficer === '' ? t('check.officers') : t('check.noOfficer', { places: noOfficer }),
      how: t('check.officersHow'),
      link,
    },
    {
      name: 'devices',
      done: noDevice === '',
      must: election.policies.verification === 'polling-place' && election.phase === 'sealed',
      text: noDevice === '' ? t('check.devices') : t('check.noDevice', { places: noDevice }),
      how: t('check.devicesHow'),
      link,
    },
  ];
}

export function checklist(overview: Overview): Item[] {
  const { election, ceremony, decryption } = overview;
  if (election.phase === 'closed') return [decryptionItem(election, decryption)];
  if (election.phase === 'sealed') return placeItems(overview);
  if (election.phase !== 'draft') return [];
  return [
    rollItem(election),
    credentialsItem(election),
    ...(election.trustees.expected > 0 ? [keysItem(election)] : []),
    ...(ceremony ? [ceremonyItem(election, ceremony)] : []),
    ...committeeItem(overview),
    ...placeItems(overview),
  ];
}

export const isReady = (items: Item[]): boolean => items.every(({ done, must }) => done || !must);
