import type { ApiError } from '../base/http.ts';
import { t, type MessageKey } from '../base/i18n.ts';

// Why a ballot was not taken, to a voter: a code that the staff meet in other places too means one thing here.

const texts: Partial<Record<string, MessageKey>> = {
  not_permitted: 'why.ballot.elsewhere',
  wrong_phase: 'why.ballot.closed',
  unknown_credential: 'why.ballot.code',
  conflict: 'why.ballot.opened',
};

export function ballotRefusal(error: ApiError): string {
  const text = texts[error.code];
  return text ? t(text) : error.text();
}
