/**
 * Keeps the page and what lessons were seen, so that both are there when the program is not.
 * Answers about a learner and recordings are never kept here.
 */
interface Event_ extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetch_ extends Event_ {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
const worker = self as unknown as {
  addEventListener(type: 'install' | 'activate', listener: (event: Event_) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetch_) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  location: Location;
};

const files = '__FILES__' as unknown as string[];
const page = 'page-__BUILD__';
const lessons = 'lessons';
const kept = /^\/api\/v1\/(lessons(\/[^/]+)?|version)$/;

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(page)
      .then((cache) => cache.addAll(files.map((file) => new Request(file, { cache: 'no-cache' }))))
      .then(() => worker.skipWaiting()),
  );
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== page && name !== lessons).map((name) => caches.delete(name))))
      .then(() => worker.clients.claim()),
  );
});

/** From the program, and kept; from what was kept where the program is away. */
async function freshOrKept(request: Request): Promise<Response> {
  const cache = await caches.open(lessons);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request, answer.clone());
    return answer;
  } catch (failure) {
    const before = await cache.match(request, { ignoreVary: true });
    if (!before) throw failure;
    const headers = new Headers(before.headers);
    headers.set('Euphone-Kept', '1');
    return new Response(before.body, { status: before.status, headers });
  }
}

async function fromPage(request: Request): Promise<Response> {
  const cache = await caches.open(page);
  const wanted = request.mode === 'navigate' ? '/' : request;
  return (await cache.match(wanted, { ignoreSearch: true, ignoreVary: true })) ?? fetch(request);
}

worker.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== worker.location.origin) return;
  if (kept.test(url.pathname)) event.respondWith(freshOrKept(event.request));
  else if (files.includes(url.pathname)) event.respondWith(fromPage(event.request));
});
