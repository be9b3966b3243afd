import { known, t } from './i18n.ts';

const unknownCodes = ['network', 'timeout', 'internal', 'unavailable'];
const busyCodes = ['overloaded', 'rate_limited'];

// The API of schema/openapi.yaml. Every refusal is an ApiError whose `code` is the service's, or `network` where no
// answer came: then it is not known whether the request arrived.
export class ApiError extends Error {
  constructor(
    readonly code: string,
    readonly detail: string,
    readonly items: string[] = [],
    readonly retryAfter: number | null = null,
  ) {
    super(`${code}: ${detail}`);
  }

  // Whether what was asked for is recorded cannot be said: no answer came, or it came from a service that lost its
  // database on the way.
  get unknown(): boolean {
    return unknownCodes.includes(this.code);
  }

  // The service had no time for it: nothing was changed, and the same may be asked again.
  get busy(): boolean {
    return busyCodes.includes(this.code);
  }

  // What happened and what to do, in the reader's language.
  text(): string {
    const key = known(`error.${this.code}`) ?? 'error.internal';
    return t(key, { seconds: this.retryAfter ?? 60 });
  }
}

const usualTimeoutMs = 20000;

interface RequestOptions {
  method?: string;
  body?: string | Blob;
  headers?: Record<string, string>;
  timeoutMs?: number; // for what takes the service long
}

async function request(path: string, { timeoutMs, ...options }: RequestOptions): Promise<Response> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), timeoutMs ?? usualTimeoutMs);
  try {
    return await fetch(`/api/v1${path}`, {
      ...options,
      signal: abort.signal,
      credentials: 'same-origin',
      cache: 'no-store',
    });
  } catch {
    throw new ApiError('network', '');
  } finally {
    clearTimeout(timer);
  }
}

async function refusal(response: Response): Promise<ApiError> {
  const wait = Number(response.headers.get('Retry-After'));
  const retryAfter = Number.isFinite(wait) && wait > 0 ? wait : null;
  try {
    const body = (await response.json()) as { code?: unknown; message?: unknown; details?: unknown };
    const details = Array.isArray(body.details)
      ? body.details.filter((item): item is string => typeof item === 'string')
      : [];
    return new ApiError(String(body.code ?? 'internal'), String(body.message ?? ''), details, retryAfter);
  } catch {
    const code = response.status === 503 ? 'unavailable' : response.status === 429 ? 'rate_limited' : 'internal';
    return new ApiError(code, '', [], retryAfter);
  }
}

export async function call<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const response = await request(path, options);
  if (!response.ok) throw await refusal(response);
  if (response.status === 204) return undefined as T;
  try {
    return (await response.json()) as T;
  } catch {
    throw new ApiError('network', '');
  }
}

export const get = <T>(path: string): Promise<T> => call<T>(path);

export function post<T>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<T> {
  return postText<T>(path, JSON.stringify(body), headers);
}

// For bodies whose exact bytes matter.
export function postText<T>(path: string, body: string, headers: Record<string, string> = {}): Promise<T> {
  return call<T>(path, { method: 'POST', body, headers: { 'Content-Type': 'application/json', ...headers } });
}
