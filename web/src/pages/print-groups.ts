// How the voters of a roll are laid out on paper.

export interface RollVoter {
  id: string;
  name: string;
  class: string;
  place: string;
  weight?: number;
  delivery?: 'post' | 'place'; // how the voter gets the code
}

export interface ClassGroup {
  name: string; // '' where the roll names none
  voters: RollVoter[];
}

export interface PlaceGroup {
  id: string;
  name: string;
  voters: RollVoter[];
  classes: ClassGroup[];
}

// Indonesian order, numbers within names by their value: X-2 before X-10.
const order = new Intl.Collator('id', { numeric: true });
const byName = (a: RollVoter, b: RollVoter): number => order.compare(a.name, b.name) || order.compare(a.id, b.id);

// Places in the election's order, without those that have no voters here; classes and names in alphabetical order.
export function groupVoters(
  voters: readonly RollVoter[],
  places: readonly { id: string; name: string }[],
): PlaceGroup[] {
  const byPlace = new Map<string, RollVoter[]>();
  for (const voter of voters) {
    const there = byPlace.get(voter.place);
    if (there) there.push(voter);
    else byPlace.set(voter.place, [voter]);
  }
  return places.flatMap(({ id, name }) => {
    const there = byPlace.get(id)?.sort(byName);
    if (!there) return [];
    const classes = new Map<string, RollVoter[]>();
    for (const voter of there) classes.set(voter.class, [...(classes.get(voter.class) ?? []), voter]);
    const sorted = [...classes].sort(([a], [b]) => order.compare(a, b));
    return [{ id, name, voters: there, classes: sorted.map(([title, members]) => ({ name: title, voters: members })) }];
  });
}
