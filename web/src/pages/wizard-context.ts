import type { StaffLogin } from '../base/staff-login.ts';
import type { Wizard } from './wizard-model.ts';

// What the fields of a step are made with.
export interface WizardContext {
  wizard: Wizard;
  staff: StaffLogin;
  keepsTwo: boolean;
  touched: () => void;
  redraw: (focus?: string) => void; // the step's controls change; `focus`: the id to go on from
}

// A change handler that puts the text into a part of the wizard.
export function into<K extends string>(
  context: WizardContext,
  target: Record<K, string>,
  key: K,
): (value: string) => void {
  return (value) => {
    target[key] = value;
    context.touched();
  };
}
