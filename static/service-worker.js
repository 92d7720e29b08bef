// Keeps the page in the browser, so that it works without a network. It keeps nothing else and answers nothing else.

// `cargo xtask build` writes here what the page is made of: each file's address and what must be in it.
const FILES = [];
const VERSION = "";

const OURS = `clearlist ${registration.scope} `;
const HERE = OURS + VERSION;

addEventListener("install", (event) => {
  const take = async (cache, [address, integrity]) => {
    const answer = await fetch(address, { integrity, cache: "no-cache" });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    // Browsers refuse to open an answer that came by a redirection.
    await cache.put(address, answer.redirected ? new Response(answer.body, { headers: answer.headers }) : answer);
  };
  // All of them, else the version is not used.
  event.waitUntil(caches.open(HERE).then((cache) => Promise.all(FILES.map((file) => take(cache, file)))));
});

// A new version waits until no page of the old one is open, or until the reader asks for it.
addEventListener("message", (event) => {
  if (event.data === "use") skipWaiting();
});

addEventListener("activate", (event) => {
  const old = (name) => name.startsWith(OURS) && name !== HERE;
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))),
  );
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  address.search = address.hash = "";
  address.pathname = address.pathname.replace(/\/index\.html$/, "/");
  const known = FILES.some(([file]) => new URL(file, registration.scope).href === address.href);
  if (request.method !== "GET" || !known) return;
  // What was kept can be gone, or not be had, and the page still be where it came from.
  const kept = caches.open(HERE).then((cache) => cache.match(address.href));
  event.respondWith(kept.catch(() => {}).then((answer) => answer ?? fetch(request)));
});
