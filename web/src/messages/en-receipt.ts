import type { idReceipt } from './id-receipt.ts';

export const enReceipt: Record<keyof typeof idReceipt, string> = {
  'title.board': 'Bulletin board',
  'title.receipt': 'Receipt',

  // looking a tracker up
  'tracker.help': 'The 43 characters on the receipt, or at least the first 6 of them.',
  'tracker.many': '{n} ballots begin so. Enter more characters, or choose one:',
  'tracker.manyMore': 'More than {n} ballots begin so. Enter more characters. The first ones:',
  'tracker.entry': 'Show the entry and save its proof',
  'tracker.toBoard': 'All ballots on the board',
  'tracker.toReceipt': 'Check a receipt file',

  // what became of a ballot
  'fate.counted': 'This ballot is recorded as entry {seq}, {time}, and counts.',
  'fate.replaced':
    'This ballot is recorded as entry {seq}, {time}, and was replaced by a later ballot of the same voter.',
  'fate.challenged': 'This ballot was opened to be checked in entry {seq}, {time}, and is not counted.',

  // bulletin board
  'board.lead':
    'Every ballot that was accepted, by its tracker. Ballots are encrypted: this board shows no choice and no name.',
  'board.list': 'All ballots in order of time',
  'board.caption': 'Ballots in order of time: entry, tracker, status, time',
  'board.none': 'There are no ballots yet.',
  'board.range': '{n|ballot|ballots}, entries {from} to {to}',
  'board.entry': 'Entry',
  'board.tracker': 'Tracker',
  'board.statusColumn': 'Status',
  'board.time': 'Time',
  'board.open': 'Show entry {seq}',
  'board.pages': 'Pages of the bulletin board',
  'board.turn.first': 'First',
  'board.turn.earlier': 'Earlier',
  'board.turn.later': 'Later',
  'board.turn.last': 'Last',
  'board.status.counted': 'counted',
  'board.status.replaced': 'replaced by a later ballot',
  'board.status.challenged': 'spoiled',
  'board.entryTitle': 'Entry {seq}',
  'board.close': 'Close',
  'board.raw': 'The entry as recorded',
  'board.included': 'Yes. Checked by this device: the ballot is entry {seq} of the signed ledger of {size} entries.',

  // a receipt file
  'receipt.toBoard': 'Show it on the bulletin board',
  'proof.title': 'Check a receipt file',
  'proof.lead':
    'A receipt file (.tlog-proof) shows that a ballot is recorded in the signed ledger. This device checks it by itself; the file is sent nowhere.',
  'proof.file': 'Receipt file (.tlog-proof)',
  'proof.fileHelp': 'Choose the file or drop it here.',
  'proof.paste': 'Paste what the file holds',
  'proof.text': 'What the receipt file holds',
  'proof.check': 'Check',
  'proof.checkAgain': 'Check by these keys',
  'proof.checking': 'Checking the receipt…',
  'proof.ownKeys': 'Check by keys of your own',
  'proof.keys': 'Keys of the ledger and of witnesses',
  'proof.keysHelp':
    'One key a line, or what keys.json holds; witnesses whose keys stand in lines must all have signed. Leave it empty to use the keys of this server. Stronger: keys from a notice board or the minutes.',
  'proof.badKeys': 'These keys cannot be read. At least one key of the ledger is needed, one key a line.',
  'proof.offline':
    'Once this page is loaded, checking needs no network. The server is only asked what has become of the ballot since.',
  'proof.verdict.valid': 'This receipt is genuine',
  'proof.verdict.unwitnessed': 'This receipt is genuine, but not yet witnessed',
  'proof.verdict.forged': 'This receipt is not right',
  'proof.verdict.unreadable': 'This receipt cannot be checked',
  'proof.verdict.missing': 'This log no longer contains the ballot it signed for',
  'proof.says':
    'This ballot is entry {seq}, recorded {time}. The ledger of {size} entries that holds it was signed with its key.',
  'proof.saysOther':
    'Entry {seq}, recorded {time}, is no ballot but a {type}. The ledger of {size} entries that holds it was signed with its key.',
  'proof.unwitnessed':
    'It needs {needed|witness|witnesses}, but so far {k} signed for that ledger. So it does not yet prove that everybody is shown the same ledger. Save the receipt again later.',
  'proof.otherKeyNow':
    'The ledger of this server is now signed with a key that the keys used here have not handed over to. So whether the ballot is there now is not known. Check again by the key from the minutes or a notice board.',
  'proof.unknownLedger': 'This server has no key of the ledger {origin}.',
  'proof.addKeys': 'Paste that ledger’s key below, then check again.',
  'proof.fault.notAFile': 'This is no receipt file, or not all of one.',
  'proof.fault.noEntry': 'This file does not carry its entry (the line “extra”), so it cannot be checked by itself.',
  'proof.fault.entry': 'The entry in this file is unreadable.',
  'proof.fault.checkpoint': 'The head of the ledger in this file is unreadable.',
  'proof.fault.otherKey': 'The head of the ledger in it is signed neither with the keys used here nor with one that they are shown to have handed over to.',
  'proof.fault.checkpointSignature': 'The signature on the head of the ledger in it does not fit: it was changed.',
  'proof.fault.tree': 'The entry in it is not part of the ledger that was signed: the entry or its path was changed.',
  'proof.fault.otherEntry': 'The entry in it says that it is another one, or of another ledger.',
  'proof.fault.entrySignature': 'The signature on the entry in it does not fit.',
  'proof.fault.witness': 'A witness’s signature in it does not fit.',
  'proof.forgedWhat':
    'If someone gave you this file, ask for the original. If it is the key of this server that has changed, check again by the key from the minutes or a notice board.',
  'proof.gone.replaced':
    'The receipt is genuine, but where entry {seq} was, the ledger of this server now holds something else. The ballot was removed or exchanged after it was signed for.',
  'proof.gone.lost':
    'The receipt is genuine: a ledger of {signed} entries was signed. The ledger of this server now has only {size} entries.',
  'proof.gone.rewritten':
    'The receipt is genuine and the ballot is still there, but the first {signed} entries on this server are no longer those that were signed.',
  'proof.gone.incomplete':
    'The receipt is genuine, but the ledger of this server is damaged or not complete, so the ballot cannot be found in it.',
  'proof.evidence': 'Keep the evidence',
  'proof.evidenceText':
    'Together these two files are the evidence that the ledger is no longer the one that was signed. Keep both and show them to a supervisor. Delete nothing.',
  'proof.saveReceipt': 'Save the receipt file',
  'proof.saveHead': 'Save the ledger’s head as it is now',
  'proof.election': 'Election',
  'proof.ledger': 'Ledger',
  'proof.type': 'Kind of entry',
  'proof.entryOf': '{seq}, of {size} that were signed',
  'proof.now': 'Now',
  'proof.copyTracker': 'Copy the tracker',
  'proof.claims': 'The bulletin board of this server says: “{said}” Its ledger does not bear that out.',
  'proof.claimsUnproven':
    'The bulletin board of this server says: “{said}” By the keys used here that cannot be checked.',
  'proof.now.checking': 'Asking the server…',
  'proof.now.none': 'This entry is no ballot.',
  'proof.now.absent': 'The bulletin board of this server does not know this ballot. Show this file to a supervisor.',
  'proof.now.elsewhere': 'This server does not keep that ledger, so how the ballot stands now is not known.',
  'proof.now.unreachable': 'The server cannot be asked. The receipt holds all the same.',

  // witnesses of the ledger
  'witness.title': 'Witnesses',
  'witness.none': 'This election names no witnesses of its ledger.',
  'witness.notAsked':
    'No witnesses were asked for: the ledger’s keeper alone vouches that others were shown the same ledger. Paste the witnesses’ keys too, or keys.json.',
  'witness.waiting': 'Seen by {k} of {n} witnesses; {needed} are needed.',
  'witness.enough': 'Seen by {k} of {n} witnesses; {needed} are needed, and that is met.',
  'witness.names': 'They are: {names}.',
  'witness.watchedBy': 'Watched by {names}; {needed} of {n} must have seen it.',
  'witness.through': 'Enough witnesses have seen the first {n} entries ({time}).',
  'witness.notYet': 'Not enough witnesses have seen this ledger yet.',
  'witness.saw': 'saw {n|entry|entries}',
  'witness.sawNothing': 'has seen nothing yet',
  'witness.refused':
    'Refused by a witness: {names}. Either it does not know the ledger’s key, or what it saw before does not fit what it is shown now; its reason stands below, under Witnesses. Tell the supervisor and that witness.',
  'witness.state.current': 'up to date',
  'witness.state.behind': 'a little behind',
  'witness.state.unreachable': 'not reachable',
  'witness.state.refused': 'refuses to sign',
};
