import { sha256Base64 } from '../crypto/hash.ts';
import type { Entry } from '../log/entry.ts';
import { readEvent, type AuditEvent } from './events.ts';
import type { Findings } from './findings.ts';
import { fold, foldCast, foldChallenge } from './fold.ts';
import type { JudgedBallot, Labour } from './labour.ts';
import { checkOf, permitted, readActor, type Actor } from './permits.ts';
import { Recount, type KeptRecount } from './recount.ts';
import type { AuditedElection, CheckId } from './report.ts';
import * as office from './rules-office.ts';
import * as roll from './rules-roll.ts';
import * as seal from './rules-seal.ts';
import * as setup from './rules-setup.ts';
import * as tally from './rules-tally.ts';
import * as voting from './rules-voting.ts';
import { breach, State, type Breach } from './state.ts';

// What a ledger's events mean: whether each was legal after those before it. An event that breaks a rule changes
// nothing, so later ones are judged by themselves. One that cannot be understood ends the judging: what follows may
// depend on it.

// An entry with what was begun for it ahead of its turn.
export interface Prepared {
  entry: Entry;
  event: AuditEvent | string;
  judged: Promise<JudgedBallot | string> | null;
  foreignElement: Promise<number> | null; // index, or -1
}

// What was understood so far. A structured clone of it serves as well.
export interface KeptMeaning {
  state: Omit<State, 'pairAt'>;
  recount: KeptRecount | null;
  trackers: Map<string, number>;
  endedAt: number | null;
  resultAt: number | null;
}

export class Meaning {
  readonly state = new State();
  private recount: Recount | null = null;
  private readonly trackers: Map<string, number>; // to entry
  private lost = false;
  endedAt: number | null; // the entry that certified or cancelled the election
  resultAt: number | null; // the entry that published its result

  constructor(
    private readonly key: string,
    private readonly labour: Labour,
    private readonly findings: Findings,
    kept?: KeptMeaning,
  ) {
    if (kept) Object.assign(this.state, kept.state);
    if (kept?.recount) this.recount = new Recount(kept.recount.election, kept.recount);
    this.trackers = kept?.trackers ?? new Map();
    this.endedAt = kept?.endedAt ?? null;
    this.resultAt = kept?.resultAt ?? null;
  }

  keep(): KeptMeaning {
    const { state, recount, trackers, endedAt, resultAt } = this;
    return { state: { ...state }, recount: recount?.keep() ?? null, trackers, endedAt, resultAt };
  }

  get understood(): boolean {
    return !this.lost;
  }

  // From here on nothing can be judged.
  lose(): void {
    this.lost = true;
  }

  // Begins the slow work of entries that are still to come.
  prepare(entry: Entry): Prepared {
    const prepared: Prepared = {
      entry,
      event: readEvent(entry.type, entry.v, entry.data),
      judged: null,
      foreignElement: null,
    };
    if (!this.lost) this.begin(prepared);
    return prepared;
  }

  private begin(prepared: Prepared): void {
    const { event } = prepared;
    const { sealed } = this.state;
    if (typeof event === 'string') return;
    if (event.type === 'RollImported' || event.type === 'ReserveImported') {
      const texts = event.credentials.map(({ key }) => key);
      prepared.foreignElement ??= this.labour.run({ kind: 'elements', texts });
    } else if (sealed && (event.type === 'BallotCast' || event.type === 'BallotChallenged')) {
      prepared.judged ??= this.labour.run({ kind: 'ballot', election: sealed.exact, ballot: event.ballot });
    }
  }

  async judge(seq: number, prepared: Prepared): Promise<void> {
    if (this.lost) return;
    const { entry, event } = prepared;
    const actor = readActor(entry.actor);
    if (typeof event === 'string' || !actor) {
      const check = entry.type === 'BallotCast' || entry.type === 'BallotChallenged' ? 'ballots' : 'legality';
      this.findings.count(check);
      this.refuse(seq, breach(check, entry.type, typeof event === 'string' ? event : `actor ${entry.actor}`));
      this.lost = true;
      return;
    }
    const check = checkOf(event);
    if (event.type === 'BallotCast' || event.type === 'BallotChallenged') this.noteTracker(seq, event.ballot);
    this.findings.count('legality');
    if (check !== 'legality') this.countThings(event, check);
    const broken = permitted(this.state, event, actor, entry.time) ?? (await this.ruled(seq, prepared, event, actor));
    if (broken) this.refuse(seq, broken);
    const { phase, result } = this.state;
    if (result) this.resultAt ??= seq;
    if (phase === 'certified' || phase === 'cancelled') this.endedAt ??= seq;
    this.state.size = seq + 1;
    if (entry.time > this.state.lastTime) this.state.lastTime = entry.time;
  }

  // Kept apart from the state: two voters who were given one receipt could not tell that one ballot stands for both.
  private noteTracker(seq: number, ballot: string): void {
    const tracker = sha256Base64(ballot);
    const before = this.trackers.get(tracker);
    this.findings.note('trackers', before === undefined, () => ({
      seq,
      path: null,
      expected: 'a tracker of its own',
      found: `${tracker} #${before}`,
    }));
    if (before === undefined) this.trackers.set(tracker, seq);
  }

  private refuse(seq: number, { check, rule, found }: Breach): void {
    this.findings.fault(check, { seq, path: null, expected: rule, found });
  }

  private countThings(event: AuditEvent, check: CheckId): void {
    if (event.type === 'VotersEnrolled') this.findings.count(check, event.voters.length);
    else if ('credentials' in event && typeof event.credentials === 'object')
      this.findings.count(check, event.credentials.length);
    else this.findings.count(check);
    if (event.type === 'ElectionSealed') this.findings.count('roll');
  }

  // Asks the rules; where none is broken the state takes the event in.
  private async ruled(seq: number, prepared: Prepared, event: AuditEvent, actor: Actor): Promise<Breach | null> {
    this.begin(prepared);
    const { state, findings } = this;
    return findings.timed(checkOf(event), async () => {
      if (event.type === 'BallotCast' || event.type === 'BallotChallenged') {
        return this.ruledBallot(seq, event.type, prepared.entry.time, await prepared.judged!);
      }
      const foreign = (await prepared.foreignElement) ?? -1;
      if (foreign >= 0) {
        this.lost = true;
        return breach('legality', 'elements of the group', `credential ${foreign + 1}`);
      }
      const { time } = prepared.entry;
      const broken = office.approved(state, event, actor) ?? this.asked(event, actor, time);
      if (broken) return broken;
      const wrongTally = this.recounted(event);
      fold(state, event, seq, actor, time);
      if (event.type === 'LedgerOpened' && event.key !== this.key) return breach('keys', this.key, event.key);
      if (event.type === 'ElectionSealed') this.recount = new Recount(event.election);
      return wrongTally;
    });
  }

  // A ballot's proofs are its own: where one is wrong, the others are judged as if it were right.
  private ruledBallot(
    seq: number,
    type: 'BallotCast' | 'BallotChallenged',
    time: string,
    judged: JudgedBallot | string,
  ): Breach | null {
    const { state } = this;
    if (typeof judged === 'string') {
      this.lost = true;
      return breach('ballots', 'a ballot in its one form', judged);
    }
    const broken = type === 'BallotCast' ? voting.casts(state, judged, time) : voting.challenges(state, judged, time);
    if (broken) return broken;
    if (type === 'BallotCast') {
      const weight = state.credentials.get(judged.credential)!.weight;
      this.recount?.cast({ seq, weight, credential: judged.credential, ciphertexts: judged.ciphertexts });
      foldCast(state, seq, judged);
    } else foldChallenge(state, judged);
    return judged.fault === null ? null : breach('ballots', 'every proof and the signature', judged.fault);
  }

  private recounted(event: AuditEvent): Breach | null {
    if (event.type !== 'TallyComputed' && event.type !== 'LiveTallyPublished') return null;
    const last = event.type === 'LiveTallyPublished' ? event.through : undefined;
    if (this.recount?.gives(event, last)) return null;
    return breach(checkOf(event), 'the product of the ballots that count', 'another encrypted tally');
  }

  election(): AuditedElection | null {
    const { state } = this;
    if (!state.draft) return null;
    return {
      uuid: state.uuid,
      name: state.draft.name,
      questions: state.draft.contests.map(({ question, answers, blank }) => ({
        question,
        choices: blank ? [null, ...answers] : answers,
      })),
      ballots: state.ballots,
      challenged: state.challenged.size,
      counted: state.lastBallot.size,
      weight: state.votedWeight,
      result: state.result,
    };
  }

  private asked(event: AuditEvent, actor: Actor, time: string): Breach | null {
    const { state } = this;
    switch (event.type) {
      case 'LedgerOpened':
        return setup.opens(state, event);
      case 'ElectionDrafted':
        return setup.drafts(state, event);
      case 'TrusteeKeyPublished':
        return setup.trusteeKey(state, event);
      case 'TrusteeCertificatePublished':
        return setup.certificate(state, event);
      case 'TrusteeCoefexpsPublished':
        return setup.coefexps(state, event);
      case 'TrusteeShareConfirmed':
        return setup.confirmed(state, event);
      case 'KeyCeremonyRestarted':
        return setup.restarted(state, event);
      case 'VotersEnrolled':
        return roll.voters(state, event);
      case 'RollImported':
      case 'ReserveImported':
        return roll.credentials(state, event);
      case 'VoterCorrected':
        return roll.corrected(state, event);
      case 'VoterRemoved':
        return roll.removed(state, event);
      case 'CredentialsWithdrawn':
        return roll.withdrawn(state, event);
      case 'CredentialReplaced':
        return roll.replaced(state, event);
      case 'RollSealed':
        return seal.rollSealed(state, event);
      case 'ElectionSealed':
        return seal.electionSealed(state, event);
      case 'VoterVerified':
        return voting.verifies(state, event, time);
      case 'LiveTallyPublished':
        return tally.liveTally(state, event, time);
      case 'TallyComputed':
        return tally.computed(state, event);
      case 'TallyDecrypted':
        return tally.shareGiven(state, event);
      case 'ResultPublished':
        return tally.published(state, event);
      case 'ElectionOpened':
        return office.opensVoting(state, actor, time);
      case 'ElectionClosed':
        return office.closesVoting(state, actor, time);
      case 'VotingExtended':
        return office.extended(state, event, time);
      case 'OfficialAppointed':
        return office.appointed(state, event);
      case 'OfficialRevoked':
        return office.revoked(state, event);
      case 'StepProposed':
        return office.proposed(state, event);
      case 'ProposalWithdrawn':
        return office.withdrawn(state, event);
      case 'ElectionCancelled':
        return office.cancelled(state, event);
      case 'CorrectionRecorded':
        return office.corrects(state, event);
      case 'DeviceEnrolled':
        return office.enrolled(state, event);
      case 'DeviceRevoked':
        return office.dismissed(state, event);
      case 'IncidentNoted':
        return office.noted(state, event);
      case 'KeyRotated':
        return setup.rotatesKey(state, event);
      default:
        return null;
    }
  }
}
