import type { Candidate } from './api.ts';
import { h } from './dom.ts';
import { initials } from './format.ts';

export type PhotoSource = (hash: string) => string | undefined; // where the picture is
export const servedPhoto: PhotoSource = (hash) => `/api/v1/photos/${hash}`;

// A candidate's photo, or the name's initials where there is none. The name stands beside it, so it is not read out.
export function portrait(candidate: Pick<Candidate, 'name' | 'photo'>, source: PhotoSource = servedPhoto): HTMLElement {
  const plain = h('span', { class: 'candidate-photo', 'aria-hidden': 'true' }, initials(candidate.name));
  const src = candidate.photo && source(candidate.photo);
  if (!src) return plain;
  const picture = h('img', { class: 'candidate-photo', alt: '', src });
  picture.addEventListener('error', () => picture.replaceWith(plain));
  return picture;
}
