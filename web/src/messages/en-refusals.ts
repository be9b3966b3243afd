// What a refusal of the service means in one form, where the code alone says too little, in English.
import type { idRefusals } from './id-refusals.ts';

export const enRefusals: Record<keyof typeof idRefusals, string> = {
  // people and devices
  'why.appoint.account':
    'There is no account with this login. Check the spelling, or ask an administrator to add the account.',
  'why.appoint.accountOrPlace':
    'There is no account with this login, or the polling place is no longer in the draft. Check the spelling and choose the place again; an administrator adds accounts.',
  'why.appoint.already': 'This person holds that role already. There is nothing left to do.',
  'why.revoke.gone': 'This person no longer holds that role: another member has revoked it.',
  'why.revoke.last':
    'The last member of the committee cannot be revoked: appoint another one first. Or another member has revoked this role already.',
  'why.enrol.place': 'This polling place is no longer in the draft. Choose another one.',
  'why.enrol.notYours':
    'You cannot enrol a device at this polling place: officers do so at their own place alone, or your role was revoked.',
  'why.enrol.name': 'The device’s name is not accepted. Use a short one on one line, such as Booth 1.',
  'why.device.notYours':
    'You cannot manage this device: officers manage those of their own place alone, or your role was revoked.',
  'why.device.revoked': 'This device was revoked. Enrol it anew if it is to be used.',

  // accounts
  'why.account.taken': 'Another account has this login. Choose another one.',
  'why.account.gone': 'This account is gone: another administrator has removed it.',
  'why.account.last':
    'The last administrator cannot be removed, nor can your own account. Add another administrator first.',
  'why.password': 'The password is wrong. Mind capital and small letters, then try again.',
  'why.factor.on': 'The second code of this account is on already. Reload the page.',
  'why.factor.again': 'This key is void, since the set-up was begun anew elsewhere. Cancel, then begin again.',

  // roll
  'why.voter.taken':
    'This number is on the roll already. If an import is under way or was cut off, wait a minute, then try again.',
  'why.voter.row':
    'This is not accepted. Number, name and class may not be too long or begin with =, +, - or @; the weight is 1,000,000 at most; the polling place must still be in the draft.',
  'why.voter.same': 'Nothing has been changed yet.',
  'why.voter.gone': 'This voter is no longer on the roll: another member has removed the row.',
  'why.voter.codes':
    'The codes of this polling place are made for its voters as they are. Withdraw all codes first, mend the roll, then make codes anew.',
  'why.import.taken':
    'A number in this file is on the roll already, so nothing was imported. Take its row out of the file. If another import is under way or was cut off, wait a minute, then try again.',
  'why.import.rows': 'Some rows are not accepted, so nothing was imported. What is to be mended:',
  'why.import.large': 'This file is too large for one import. Split it into several.',

  // voters’ codes
  'why.code.key':
    'This is no public key of a code: a digit or letter is wrong. Copy it again from the registrar’s table.',
  'why.code.keys':
    'One of these is no public key of a code: a digit or letter is wrong. Copy both again from the registrar’s table.',
  'why.code.lost':
    'This code is not in use: it is not of this election, is still in reserve, or was replaced before. “Look up a code” below shows which.',
  'why.code.replace':
    'The code is not replaced. The lost one may have been used to vote, and cannot be replaced any more. Or the reserve one was handed out, is of another polling place or weighs otherwise: take another envelope. “Look up a code” below shows which.',
  'why.codes.none': 'There are no codes any more: another member has withdrawn them.',

  // draft
  'why.draft.conflict':
    'The draft cannot be saved like this. Polling places that have voters or codes must stay; once a trustee has published a key, the count and the trustees cannot change; that two members must agree cannot be taken back.',
  'why.draft.invalid':
    'This draft is not accepted. Where all is filled in, a text is too long: shorten visions, missions or names. In detail:',
  'why.draft.large': 'This draft is too large. Shorten the candidates’ visions and missions.',

  // steps of the committee
  'why.seal':
    'The election cannot be sealed yet: the roll, the codes or the trustees’ keys are not complete. See what is missing in the list on this page.',
  'why.open':
    'It is too early: this election opens by itself on its schedule. Or it is at another stage by now; reload the page.',
  'why.publish':
    'The result cannot be published yet: the ballots are still being added up, or trustees have still to decrypt.',
  'why.propose': 'Another member has proposed this step already. Approve the proposal, or turn it down first.',
  'why.propose.correct':
    'Another correction is proposed already: approve it or turn it down first. Or the attendance in this entry was corrected already.',
  'why.approve': 'This proposal is gone, or you made it yourself: another member of the committee must approve it.',
  'why.withdraw': 'This proposal is gone: it was withdrawn, or the step was taken.',
  'why.correct.entry': 'The ledger has no entry of this number. Compare it with the list of events.',
  'why.correct.done': 'The attendance in this entry was corrected already.',
  'why.extend':
    'This time is not accepted. The new close must be later than now and than the close in force, and 30 days later at most. Another member may have extended it already.',

  // ballot
  'why.ballot.elsewhere':
    'This device is not, or no longer, a booth of your polling place, so no ballot is taken from here. Call an officer; you can vote in another booth.',
  'why.ballot.closed': 'Voting is closed. Ballots can no longer be cast or opened.',
  'why.ballot.code': 'This code is no longer valid: it was replaced by another. Use the new one, or ask the committee.',
  'why.ballot.opened': 'This ballot was opened to be checked, so it cannot count. Start over with a new one.',
};
