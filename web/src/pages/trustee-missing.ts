import type { CeremonyMember, TrusteeOwner } from '../base/api.ts';
import { t } from '../base/i18n.ts';
import { loginOf, type Absent, type Missing } from './trustee-steps.ts';

// Who has still to act, in words.

const owner = ({ owner: n, actor }: TrusteeOwner): string => t('trustee.who', { n, login: loginOf(actor) });
const member = ({ trustee, actor }: CeremonyMember): string => t('trustee.who', { n: trustee, login: loginOf(actor) });

export function missingText({ mandatory, groups }: Absent): string {
  const parts = [
    ...mandatory.map(owner),
    ...groups.map(({ owners, missing }) => t('trustee.anyOf', { n: missing, of: owners.map(owner).join(', ') })),
  ];
  return t('trustee.missing', { who: parts.join('; ') });
}

export function ceremonyMissingText({ members, unknown }: Missing): string {
  const parts = members.map(member);
  if (unknown > 0) parts.push(t('trustee.unknown', { n: unknown }));
  return t('trustee.missing', { who: parts.join(', ') });
}
