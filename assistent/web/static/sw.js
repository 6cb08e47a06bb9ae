/* Keeps the phone page and the guided tools readable without a network.

   The network always comes first. What is shown from the store says so on top, with the time it
   was fetched; answers are never made here. {{…}} is filled in by the server, and the store has a
   new name whenever anything of ours has changed. */
"use strict";

const ROOT = {{root}};
const STORE = "assistent-{{version}}";
const SHELL = {{shell}};
const WORDS = {{words}};
const MOST_PAGES = 60;
const PATIENCE = 4000;
// A choice that was never made here before: the page with everything to choose from.
const INSTEAD = { "/": "/m", "/m": "/m", "/kanal": "/kanal/alle", "/beslutning": "/beslutning/alle" };
const PAGE = /^\/(m|(kanal|beslutning)(\/alle)?|om|kilde\/.+)$/;
const ASSET = /^\/(m\/(stil\.css|side\.js)|ressurser\/.+|ikon\/.+|manifest\.json)$/;
// What stands between us and the server says this when the server is away.
const AWAY = [502, 504];

const pathOf = (url) => new URL(url).pathname.slice(ROOT.length);

self.addEventListener("install", (event) => {
  event.waitUntil(fillStore().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOldStores().then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  if (event.data === "slett") event.waitUntil(dropVisited());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin || !url.pathname.startsWith(ROOT + "/")) return;
  const path = pathOf(url);
  if (request.mode === "navigate") {
    if (request.method === "GET" && (PAGE.test(path) || path === "/")) event.respondWith(page(event, path, url));
    else if (request.method === "POST" && path === "/beslutning") event.respondWith(posted(request, path));
  } else if (request.method === "GET" && ASSET.test(path)) {
    event.respondWith(url.search ? versioned(request) : asset(event));
  }
});

async function fillStore() {
  const store = await caches.open(STORE);
  await store.addAll(SHELL.map((path) => new Request(ROOT + path, { cache: "no-cache" })));
}

async function dropOldStores() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("assistent-") && name !== STORE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function page(event, path, url) {
  const store = await caches.open(STORE);
  const fetched = fetch(event.request);
  // A question in the address stays out of the store: the page keeps its own answers.
  if (path !== "/" && !(path === "/m" && url.search)) event.waitUntil(keep(store, event.request, fetched));
  try {
    const fresh = await patient(fetched, await store.match(event.request));
    if (!AWAY.includes(fresh.status)) return fresh;
  } catch {
    // No network; what is stored has to do.
  }
  return (await copyOf(store, event.request, path)) || (await store.match(ROOT + "/m/frakoblet")) || Response.error();
}

/* A form that could not be sent: everything it could have answered. */
async function posted(request, path) {
  try {
    return await fetch(request);
  } catch {
    const store = await caches.open(STORE);
    return (await copyOf(store, null, path)) || Response.error();
  }
}

/* The network's answer; a network that is there but says nothing gives way to a copy. */
function patient(fetched, copy) {
  if (!copy) return fetched;
  const slow = new Promise((_, giveUp) => setTimeout(giveUp, PATIENCE, new Error("too slow")));
  return Promise.race([fetched, slow]);
}

async function keep(store, request, fetched) {
  const fresh = await fetched.then((response) => response.clone(), () => null);
  if (!fresh || !fresh.ok || !/^text\/html/.test(fresh.headers.get("Content-Type"))) return;
  // What not everyone may see is not kept; an older copy would say what it said when it was open.
  if (request.url.includes("/kilde/") && /no-store/.test(fresh.headers.get("Cache-Control"))) {
    await store.delete(request);
    return;
  }
  await store.put(request, fresh);
  await trim(store);
}

/* A stored page that says how old it is. The phone page says it itself once it is open. */
async function copyOf(store, request, path) {
  const same = request && (await store.match(request));
  const instead = INSTEAD[path];
  const copy = same || (instead && (await store.match(ROOT + instead)));
  if (!copy) return null;
  const fetched = new Date(copy.headers.get("Date") || Date.now());
  const when = fetched.toLocaleString("nb-NO", { dateStyle: "long", timeStyle: "short" });
  const html = await copy.text();
  let labelled = html.replace("<body ", '<body data-hentet="' + fetched.toISOString() + '" ');
  if (instead !== "/m") {
    const words = (same ? WORDS.copy : WORDS[instead]).replace("{when}", when);
    labelled = html.replace(/<main[^>]*>/, (tag) => tag + '<p class="notice" role="status">' + words + "</p>");
  }
  const headers = new Headers({ "Content-Type": "text/html; charset=utf-8" });
  headers.set("Content-Security-Policy", copy.headers.get("Content-Security-Policy"));
  return new Response(labelled, { headers });
}

/* The address changes with the content. */
async function versioned(request) {
  const store = await caches.open(STORE);
  return (await store.match(request)) || fetch(request);
}

async function asset(event) {
  const store = await caches.open(STORE);
  try {
    const fresh = await fetch(event.request);
    if (fresh.ok) event.waitUntil(store.put(event.request, fresh.clone()));
    return fresh;
  } catch {
    return (await store.match(event.request)) || Response.error();
  }
}

/* The pages that somebody has visited; the shell is everybody's. */
async function visited(store) {
  const shell = new Set(SHELL.map((path) => new URL(ROOT + path, location.origin).href));
  const requests = await store.keys();
  return requests.filter(({ url }) => !shell.has(url) && PAGE.test(pathOf(url)));
}

async function trim(store) {
  const pages = await visited(store);
  const excess = pages.slice(0, Math.max(0, pages.length - MOST_PAGES));
  await Promise.all(excess.map((request) => store.delete(request)));
}

async function dropVisited() {
  const store = await caches.open(STORE);
  await Promise.all((await visited(store)).map((request) => store.delete(request)));
}
