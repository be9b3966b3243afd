import { ApiError } from '../base/http.ts';
import { servedPhoto } from '../base/photo.ts';
import { fillTemplate, type CopyData } from './copy-file.ts';
import type { PortalData } from './portal-data.ts';

// Gathers what the single-file copy needs and puts it together.

async function fetched(path: string): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path);
  } catch {
    throw new ApiError('network', '');
  }
  if (!response.ok) throw new ApiError('not_found', path);
  return response;
}

const text = async (path: string): Promise<string> => (await fetched(path)).text();

async function dataUri(path: string): Promise<string> {
  const blob = await (await fetched(path)).blob();
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result as string);
    reader.onerror = () => failed(new ApiError('network', ''));
    reader.readAsDataURL(blob);
  });
}

async function photosOf({ election }: PortalData): Promise<Record<string, string>> {
  const hashes = new Set(election.contests.flatMap(({ candidates }) => candidates.flatMap(({ photo }) => photo ?? [])));
  const pairs = await Promise.all([...hashes].map(async (hash) => [hash, await dataUri(servedPhoto(hash)!)] as const));
  return Object.fromEntries(pairs);
}

export async function savedCopy(data: PortalData): Promise<{ name: string; html: string }> {
  const { uuid } = data.election;
  const [template, checkpoint, photos] = await Promise.all([
    text('/copy-template.html'),
    text(`/log/${uuid}/checkpoint`),
    photosOf(data),
  ]);
  const copy: CopyData = {
    version: 1,
    saved_at: new Date().toISOString(),
    source: location.origin,
    checkpoint,
    photos,
    ...data,
  };
  return { name: `suara-${uuid}.html`, html: fillTemplate(template, copy) };
}
