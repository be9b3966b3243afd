import type { Election, WitnessPolicy } from '../base/api.ts';

// What to type to check an election on a computer of one's own.

interface Commands {
  build: string[];
  verify: string[];
  report: string[];
  receipt: string[];
  other: string[];
}

type Checked = Pick<Election, 'uuid' | 'ledger' | 'policies'>;

// A word of the shell, whatever it holds: names of keys may have an apostrophe.
const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

// A receipt without its witnesses proves less, so the command asks for them. `ledgerKeys`: how many the ledger has had.
function receiptCommand(origin: string, uuid: string, key: string, policy?: WitnessPolicy, ledgerKeys = 1): string[] {
  const command = 'build/bin/suara-verify receipt bukti-suara.tlog-proof';
  if (ledgerKeys > 1) return [`curl -o keys.json ${origin}/log/${uuid}/keys.json`, `${command} --keys keys.json`];
  const witnesses = policy?.keys.map((witness) => `--witness ${quoted(witness)}`) ?? [];
  const needed = policy ? [`--needed ${policy.needed}`] : [];
  return [[`${command} --key ${key}`, ...witnesses, ...needed].join(' \\\n  ')];
}

export function commandsFor(origin: string, election: Checked | null, ledgerKeys?: number): Commands {
  const uuid = election?.uuid ?? 'UUID';
  const key = quoted(election?.ledger.key ?? '…');
  const api = `${origin}/api/v1/elections/${uuid}`;
  return {
    build: ['cmake --preset release', 'cmake --build build --target suara-verify'],
    verify: [`curl -o bundle.tar ${api}/bundle.tar`, `build/bin/suara-verify bundle.tar --key ${key}`],
    report: [`build/bin/suara-verify bundle.tar --key ${key} --report report.html`],
    receipt: receiptCommand(origin, uuid, key, election?.policies.witnesses, ledgerKeys),
    // The program finds the archive by its name in the folder.
    other: [
      `mkdir ${uuid}`,
      `curl -o ${uuid}/${uuid}.bel ${api}/election.bel`,
      `belenios-tool election verify --dir ${uuid}`,
    ],
  };
}
