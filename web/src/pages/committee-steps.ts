import type { Me, Phase } from '../base/api.ts';

// Steps that under the policy "two" one person proposes and another of the committee approves.

export type SensitiveStep = 'seal' | 'close' | 'certify' | 'cancel' | 'correct';
export type StepName = SensitiveStep | 'open' | 'publish';

export interface Proposal {
  step: SensitiveStep;
  reason: string;
  entry?: number;
  by: string; // "role:login"
  time: string;
  seq: number;
}

export interface Proposals {
  approval: 'single' | 'two';
  proposals: Proposal[];
}

// What one may do about a step now: take it; propose it; approve another's proposal; wait, having proposed it oneself;
// only watch a proposal; or nothing.
export type StepState = 'act' | 'propose' | 'approve' | 'own' | 'watch' | 'none';

const phasesOf: Record<StepName, readonly Phase[]> = {
  seal: ['draft'],
  open: ['sealed'],
  close: ['open'],
  publish: ['closed'],
  certify: ['tallied'],
  cancel: ['draft', 'sealed', 'open', 'closed', 'tallied'],
  correct: ['draft', 'sealed', 'open', 'closed', 'tallied', 'certified'],
};
const actions: Record<StepName, string> = {
  seal: 'seal',
  open: 'open',
  close: 'close',
  publish: 'publish_result',
  certify: 'certify',
  cancel: 'cancel',
  correct: 'correct',
};
export const pathOf: Record<StepName, string> = {
  seal: 'seal',
  open: 'open',
  close: 'close',
  publish: 'result',
  certify: 'certification',
  cancel: 'cancellation',
  correct: 'corrections',
};

export const loginOf = (actor: string): string => actor.slice(actor.indexOf(':') + 1);

export const fits = (step: StepName, phase: Phase): boolean => phasesOf[step].includes(phase);

const isSensitive = (step: StepName): step is SensitiveStep => step !== 'open' && step !== 'publish';

export function proposalOf(step: StepName, { proposals }: Proposals): Proposal | undefined {
  return proposals.find((proposal) => proposal.step === step);
}

export function stepState(step: StepName, phase: Phase, known: Proposals, me: Me): StepState {
  if (!fits(step, phase)) return 'none';
  if (known.approval === 'single' || !isSensitive(step)) return me.may.includes(actions[step]) ? 'act' : 'none';
  const proposal = proposalOf(step, known);
  if (!proposal) return me.may.includes('propose') ? 'propose' : 'none';
  if (loginOf(proposal.by) === me.login) return 'own';
  return me.roles.some(({ role }) => role === 'committee') ? 'approve' : 'watch';
}
