import { t } from '../base/i18n.ts';
import type { Described } from './described.ts';
import { ceremonyTask, decryptionTask, loginOf } from './trustee-steps.ts';
import type { KeyInfo } from './trustee-work.ts';

// What the key file that was opened is for, as the election stands now: one action at most, told in a sentence or two.

export type TaskAction = 'publishKey' | 'certificate' | 'coefexps' | 'confirm' | 'complete' | 'decrypt';

export interface Task {
  // What is told where there is nothing to do
  state: 'act' | 'wait' | 'done' | 'wrong';
  title: string;
  text: string;
  action?: TaskAction;
  number?: number; // of the trustee in the group, or of the owner that decrypts
}

const act = (action: TaskAction, title: string, text: string, number?: number): Task => ({
  state: 'act',
  title,
  text,
  action,
  ...(number !== undefined && { number }),
});
const told = (state: Exclude<Task['state'], 'act'>, title: string, text: string): Task => ({ state, title, text });
const foreign = (): Task => told('wrong', t('trustee.foreign'), t('trustee.foreignText'));

function singleTask({ election }: Described, publicKey: string): Task {
  const { keys, expected } = election.trustees;
  if (keys.includes(publicKey)) return told('done', t('trustee.keyIsThere'), t('trustee.keepFile'));
  if (keys.length >= expected) return foreign();
  return act('publishKey', t('trustee.publishKey'), t('trustee.publishKeyText'));
}

function groupTask({ ceremony }: Described, info: KeyInfo & { kind: 'threshold' }): Task {
  if (!ceremony) return foreign();
  const task = ceremonyTask(ceremony, info.certificate);
  switch (task.kind) {
    case 'foreign':
      return foreign();
    case 'certificate':
      return act('certificate', t('trustee.certificate'), t('trustee.certificateText'));
    case 'coefexps':
      return act('coefexps', t('trustee.coefexps'), t('trustee.coefexpsText'), task.trustee);
    case 'confirm':
      return act('confirm', t('trustee.confirm'), t('trustee.confirmText'), task.trustee);
    case 'wait':
      return told('wait', t('trustee.wait', { n: task.trustee }), t('trustee.waitText'));
    case 'done':
      if (info.key) return told('done', t('trustee.isDone', { n: task.trustee }), t('trustee.keepFile'));
      return act('complete', t('trustee.complete'), t('trustee.completeText'), task.trustee);
  }
}

function openingTask(described: Described, info: KeyInfo): Task {
  const { decryption } = described;
  if (info.key === null) return groupTask(described, info as KeyInfo & { kind: 'threshold' });
  if (!decryption) return told('wait', t('trustee.counting'), t('trustee.countingText'));
  const task = decryptionTask(decryption, info.key);
  if (task.kind === 'foreign') return foreign();
  const { owner: number, actor } = task.owner;
  switch (task.kind) {
    case 'submitted':
      return told('done', t('trustee.submitted', { n: number, login: loginOf(actor) }), t('trustee.submittedText'));
    case 'notNeeded':
      return told('done', t('trustee.notNeeded'), t('trustee.notNeededText'));
    case 'decrypt':
      return act('decrypt', t('trustee.decrypt', { n: number }), t('trustee.decryptText'), number);
  }
}

export function taskOf(described: Described, info: KeyInfo): Task {
  const { election } = described;
  if (info.kind === 'threshold' && info.election !== election.uuid) {
    return told('wrong', t('trustee.otherElection'), t('trustee.otherElectionText'));
  }
  switch (election.phase) {
    case 'draft':
      return info.kind === 'single' ? singleTask(described, info.publicKey) : groupTask(described, info);
    case 'sealed':
    case 'open':
      if (info.key === null) return groupTask(described, info as KeyInfo & { kind: 'threshold' });
      return told('wait', t('trustee.notYet'), t('trustee.keepFile'));
    case 'closed':
      return openingTask(described, info);
    case 'tallied':
    case 'certified':
      return told('done', t('trustee.over'), t('trustee.overText'));
    case 'cancelled':
      return told('done', t('phase.cancelled'), t('trustee.cancelledText'));
  }
}
