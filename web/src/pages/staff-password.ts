import type { Child } from '../base/dom.ts';
import { Mend, passwordField } from '../base/forms.ts';
import { t } from '../base/i18n.ts';
import type { Fault } from '../base/parts.ts';

// A new password, given twice.

export const shortestPassword = 10;
const login = /^[a-z0-9._-]{1,32}$/;

export const isLogin = (text: string): boolean => login.test(text);

export function passwordFaults(id: string, first: string, second: string): Fault[] {
  if ([...first].length < shortestPassword) return [{ field: id, text: t('password.short', { n: shortestPassword }) }];
  if (first !== second) return [{ field: `${id}-again`, text: t('password.differs') }];
  return [];
}

export interface NewPassword {
  fields: Child[];
  faults: () => Fault[];
  read: () => string; // throws Mend where it is not good
}

export function newPassword(id: string, label: string): NewPassword {
  const first = passwordField({ id, label, help: t('password.help', { n: shortestPassword }) });
  const second = passwordField({ id: `${id}-again`, label: t('password.again') });
  const faults = (): Fault[] => passwordFaults(id, first.input.value, second.input.value);
  return {
    fields: [first.view, second.view],
    faults,
    read: () => {
      const found = faults();
      if (found.length > 0) throw new Mend(found);
      return first.input.value;
    },
  };
}
