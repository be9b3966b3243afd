import type { Election } from '../base/api.ts';

// What to type to check an election on a computer of one's own.

interface Commands {
  build: string[];
  verify: string[];
  report: string[];
  receipt: string[];
  other: string[];
}

export function commandsFor(origin: string, election: Pick<Election, 'uuid' | 'ledger'> | null): Commands {
  const uuid = election?.uuid ?? 'UUID';
  const key = election?.ledger.key ?? '…';
  const api = `${origin}/api/v1/elections/${uuid}`;
  return {
    build: ['cmake --preset release', 'cmake --build build --target suara-verify'],
    verify: [`curl -o bundle.tar ${api}/bundle.tar`, `build/bin/suara-verify bundle.tar --key '${key}'`],
    report: [`build/bin/suara-verify bundle.tar --key '${key}' --report report.html`],
    receipt: [`build/bin/suara-verify receipt bukti-suara.tlog-proof --key '${key}'`],
    // The program finds the archive by its name in the folder.
    other: [
      `mkdir ${uuid}`,
      `curl -o ${uuid}/${uuid}.bel ${api}/election.bel`,
      `belenios-tool election verify --dir ${uuid}`,
    ],
  };
}
