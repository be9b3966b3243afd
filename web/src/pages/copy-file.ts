import type { PortalData } from './portal-data.ts';

// The single-file copy of an election's portal: the template that the build writes, with the data in its one place.

export interface CopyData extends PortalData {
  version: 1;
  saved_at: string; // UTC
  source: string; // the service's address
  checkpoint: string; // the signed head of the ledger, as published
  photos: Record<string, string>; // data URI by SHA-256
}

export const placeOfData = '@portal-data@';

// JSON that may stand within a script element: nothing in it can end the element or begin a comment.
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export function fillTemplate(template: string, data: CopyData): string {
  const [before, after, ...more] = template.split(placeOfData);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`the template must hold ${placeOfData} once`);
  }
  return before + scriptJson(data) + after;
}
