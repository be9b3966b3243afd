// Texts of polling day in English; the same keys as in Indonesian.
import type { idPolling } from './id-polling.ts';

export const enPolling: Record<keyof typeof idPolling, string> = {
  // phases and roles that polling day added
  'phase.cancelled': 'Cancelled',
  'stage.cancelled': 'This election was cancelled. Nothing is left to do, and the trustees’ keys are no longer needed.',
  'lead.cancelled': 'This election was cancelled by the committee.',
  'role.officer': 'polling officer',
  'role.witness': 'witness',
  'role.auditor': 'auditor',
  'error.already_verified': 'This voter’s attendance is already recorded.',
};
