// Keeps pages for when there is no network. The network is always asked first, and what it says is
// shown and kept; only where it does not answer is what was kept shown, and says so. Nothing is
// kept of another edition than the newest that was seen, nor of what is no page of this site.

const PATIENCE = 4000; // ms
const MOST_KEPT = 200; // pages and what they need
const MOST_AHEAD = { files: 60, bytes: 1_500_000 }; // the latter on the wire, for one page
const PAGE = /(\/|\.html)$/;
const PART = /\.(css|js|woff2|svg)$/;
const NO_MORE = [0, 401, 403, 404, 410]; // 0: it leads elsewhere, such as to where one signs in

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const here = worker.location.href;
const OURS = `ringvirkning ${worker.registration.scope} `; // and the edition
let isOut = false; // whether the page that was shown last is one that was kept

/** The same for a folder and the page in it. @param {string} address */
const keyOf = (address) => {
  const { origin, pathname } = new URL(address);
  return origin + pathname.replace(/\/index\.html$/, "/");
};

const ourNames = async () => (await caches.keys()).filter((name) => name.startsWith(OURS));

/** The cache of the edition that was seen last. */
const newest = async () => {
  const name = (await ourNames()).at(-1);
  return name === undefined ? undefined : caches.open(name);
};

/** @param {string} [but] */
const forget = async (but) => {
  const names = await ourNames();
  await Promise.all(names.filter((name) => name !== but).map((name) => caches.delete(name)));
};

/** The edition of a page that says that it is of this site. @param {string} text @param {string} address */
const editionIn = (text, address) => {
  const [, place, edition] = /<html [^>]*data-worker="([^"]*)" data-edition="([^"]*)"/.exec(text) ?? [];
  return place !== undefined && new URL(place, address).href === here ? edition : undefined;
};

/** @param {Cache} cache @param {string} key @param {BodyInit} body @param {Response} answer */
const keep = async (cache, key, body, answer) => {
  const headers = new Headers(answer.headers);
  for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  headers.set("kept-at", new Date().toISOString());
  await cache.put(key, new Response(body, { headers }));
  const keys = await cache.keys(); // what was put last stands last
  await Promise.all(keys.slice(0, -MOST_KEPT).map((old) => cache.delete(old)));
};

/**
 * What the network says of an address: kept, or what was kept of it is forgotten. A part of a page,
 * such as its style, is kept where one needs it.
 * @param {string} address @param {Response} answer @param {boolean} [isNeeded]
 */
const take = async (address, answer, isNeeded) => {
  const key = keyOf(address);
  const cache = await newest();
  const isKept = Boolean(await cache?.match(key));
  const isPage = PAGE.test(key);
  const mayBe = answer.ok && !answer.redirected
    && !/no-store|private/.test(answer.headers.get("cache-control") ?? "");
  const isText = answer.headers.get("content-type")?.startsWith("text/html");
  const text = mayBe && isPage && isText ? await answer.text() : "";
  const edition = editionIn(text, address);
  if (edition !== undefined) {
    const name = OURS + edition;
    await forget(name);
    await keep(await caches.open(name), key, text, answer);
  } else if (cache && mayBe && !isPage && (isKept || isNeeded)) {
    await keep(cache, key, await answer.blob(), answer);
  } else if (isKept && (answer.ok || NO_MORE.includes(answer.status))) {
    await cache?.delete(key);
    const own = await fetch(here, { cache: "no-store" });
    if (own.ok && !own.redirected) return;
    await forget(); // the site is gone, or has no such worker any more
    await worker.registration.unregister();
  }
};

/** As it was kept; a page says so, and when. @param {string} address */
const asKept = async (address) => {
  const found = await (await newest())?.match(keyOf(address));
  if (!found || !PAGE.test(keyOf(address))) return found;
  const text = await found.text();
  const [, language] = /<html lang="([^"]*)"/.exec(text) ?? [];
  const at = new Date(found.headers.get("kept-at") ?? "");
  const day = at.toLocaleString(language === "en" ? "en-GB" : language, { dateStyle: "long", timeStyle: "short" });
  const said = text.replace(/(<p class="stands out") hidden>(.*?)<time>/, (_, start, before) => `${start}>${before}<time>${day}`);
  return new Response(said, { headers: found.headers });
};

/**
 * The page that somebody is on with what it needs, and those that are gone to from there: as many
 * as there is room for, one after another.
 * @param {string[]} needed @param {string[]} next
 */
const keepAhead = async (needed, next) => {
  let left = MOST_AHEAD.bytes;
  for (const address of [...needed, ...next]) {
    const cache = await newest();
    const kept = (await cache?.keys())?.length ?? 0;
    if (await cache?.match(keyOf(address))) continue;
    if (next.includes(address) && (left <= 0 || kept >= MOST_AHEAD.files)) return;
    const answer = await fetch(address, { priority: "low", cache: "no-cache" });
    await take(address, answer, true);
    const [entry] = performance.getEntriesByName(address).slice(-1);
    left -= entry instanceof PerformanceResourceTiming ? entry.encodedBodySize : 0;
  }
};

// Pages behind a password are for those who know it, and none of them is kept.
worker.addEventListener("install", (event) => event.waitUntil((async () => {
  const answer = await fetch(here, { credentials: "omit", cache: "no-store", redirect: "manual" });
  if (!answer.ok) throw new Error("not for everyone");
  await worker.skipWaiting();
})()));

worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener("message", (event) => {
  event.waitUntil(keepAhead(event.data.needed, event.data.next).catch(() => {}));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  const isPage = PAGE.test(pathname);
  if (request.method !== "GET" || !(isPage || PART.test(pathname))) return;
  // A page is asked for anew, however long a browser would take it to be the same.
  const asked = fetch(request, isPage ? { cache: "no-cache" } : {});
  const taken = asked.then((answer) => take(request.url, answer.clone())).catch(() => {});
  event.waitUntil(taken);
  event.respondWith((async () => {
    const wait = isOut && !isPage ? 0 : PATIENCE;
    const late = new Promise((done) => setTimeout(done, wait));
    const answer = await Promise.race([asked.catch(() => {}), late]);
    const kept = answer ? undefined : await asKept(request.url);
    if (isPage) isOut = Boolean(kept);
    return answer ?? kept ?? asked;
  })());
});
