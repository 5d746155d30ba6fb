import { deviceAnswered, deviceIsAway, pairingNeeded } from '../state/device';

/** What the program said was wrong; `code` is for programs. `away` and `not_there` are ours. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Whether the program has no such thing, as one without a store has none. */
export function isMissing(failure: unknown): boolean {
  return failure instanceof ApiError && failure.status === 404;
}

type Value = string | number | boolean | undefined | string[];

/** "?a=1&b=2"; false, empty and undefined values are left out. */
export function query(values: Record<string, Value>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (Array.isArray(value)) for (const one of value) search.append(name, one);
    else if (value === true) search.append(name, '1');
    else if (value !== undefined && value !== false && value !== '') search.append(name, String(value));
  }
  const text = search.toString();
  return text ? `?${text}` : '';
}

export function send(method: string, body?: unknown): RequestInit {
  return {
    method,
    headers: { 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}

async function failureOf(answer: Response): Promise<ApiError> {
  try {
    const { error } = (await answer.json()) as { error: { code: string; message: string } };
    return new ApiError(answer.status, error.code, error.message);
  } catch {
    return new ApiError(answer.status, 'unknown', answer.statusText);
  }
}

async function ask(path: string, init?: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(path, init);
  } catch (failure) {
    if ((failure as Error).name === 'AbortError') throw failure;
    deviceIsAway();
    throw new ApiError(0, 'away', 'The program does not answer.');
  }
  if (answer.headers.get('Euphone-Kept') !== null || answer.status === 502 || answer.status === 504) deviceIsAway();
  else deviceAnswered();
  if (answer.status === 401) pairingNeeded.value = true;
  if (!answer.ok) throw await failureOf(answer);
  return answer;
}

/** An answer in JSON. An HTML page in its place comes from a server that does not know the path. */
export async function request<T>(path: string, init?: RequestInit): Promise<T> {
  const answer = await ask(path, init);
  if (!(answer.headers.get('Content-Type') ?? '').includes('json')) throw new ApiError(404, 'not_there', path);
  return (await answer.json()) as T;
}

export async function requestBlob(path: string, init?: RequestInit): Promise<Blob> {
  return (await ask(path, init)).blob();
}

export async function requestNothing(path: string, init: RequestInit): Promise<void> {
  await ask(path, init);
}
