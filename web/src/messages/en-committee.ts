// Texts of the administration centre, its set-up and one's own account, in English.
import type { idCommittee } from './id-committee.ts';

export const enCommittee: Record<keyof typeof idCommittee, string> = {
  // roles
  'role.officer': 'polling officer',
  'role.witness': 'witness',
  'role.auditor': 'auditor',
  'role.none': 'no role in this election',

  // log-in
  'login.codeTitle': 'Second code',
  'login.codeLead': 'This account is protected by a code from an authenticator app.',
  'login.code': '6-digit code',
  'login.codeHelp': 'Each code works once.',
  'login.codeShape': 'Enter the 6 digits that the app shows.',

  // errors
  'error.second_factor_needed': 'The code is wrong or was used already. Wait for the next one.',
  'error.approval_needed': 'This step needs the approval of another committee member. Propose it first.',
};
