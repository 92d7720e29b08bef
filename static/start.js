// Starts the page program. A file of its own, because the page's policy allows no script inside the HTML.

// Only these may be started as scripts of their own: what the page made itself, and the service worker.
const serviceWorker = new URL("service-worker.js", document.baseURI).href;
globalThis.trustedTypes?.createPolicy("default", {
  createScriptURL: (url) => (url.startsWith("blob:") || url === serviceWorker ? url : null),
});

// The policy says nothing about connections to another browser.
for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection"]) delete globalThis[name];

const named = (name) => document.querySelector(`meta[name="clearlist-${name}"]`);

// A file of the page's own, by the name that the HTML gives it, if it is what was built. The page program calls it too.
globalThis.clearlistFile = async (name) => {
  const { content, dataset } = named(name);
  const answer = await fetch(new URL(content, document.baseURI), { integrity: dataset.integrity });
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  // In the one file that is made of the page, files are packed.
  if (!content.startsWith("data:application/gzip")) return answer;
  const headers = { "content-type": "application/wasm" };
  return new Response(answer.body.pipeThrough(new DecompressionStream("gzip")), { headers });
};

// Has the browser keep the page for when there is no network. The page program hears of it, with true if a newer version waits.
let kept;
let hear = () => {};
const tell = () => kept?.active && hear(Boolean(kept.waiting));
const keep = async () => {
  kept = await navigator.serviceWorker.register(serviceWorker, { updateViaCache: "none" });
  const follow = () => kept.installing?.addEventListener("statechange", tell);
  kept.addEventListener("updatefound", follow);
  follow();
  tell();
  // A browser would look for a newer version later, or not at all where the page stays open.
  if (kept.active) await kept.update();
};
globalThis.clearlistOnKept = (callback) => {
  hear = callback;
  tell();
};
globalThis.clearlistUseNewer = () => {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload());
  kept.waiting?.postMessage("use");
};

// Tries every way by which a page can send something, each with an address of its own that does not exist, and tells of each
// whether the policy blocked it. The page program calls it.
globalThis.clearlistTryWaysOut = async () => {
  const made = [];
  const make = (name, properties) => {
    const element = Object.assign(document.createElement(name), { hidden: true }, properties);
    document.body.append(element);
    made.push(element);
    return element;
  };
  const ways = {
    fetch: (to) => fetch(to).catch(() => {}),
    beacon: (to) => navigator.sendBeacon(to),
    websocket: (to) => new WebSocket(to.replace("https", "wss")),
    eventsource: (to) => {
      const source = new EventSource(to);
      made.push({ remove: () => source.close() });
    },
    image: (src) => make("img", { src }),
    frame: (src) => make("iframe", { src }),
    prefetch: (href) => make("link", { rel: "prefetch", href }),
    form: (action) => {
      // In a frame of its own, so that the page stays where it is.
      const target = make("iframe", { name: "clearlist-form" }).name;
      make("form", { action, method: "post", target }).submit();
    },
    worker: (to, blocked) => {
      const tell = 'addEventListener("securitypolicyviolation", () => postMessage(0));';
      const script = new Blob([`${tell} fetch("${to}").catch(() => {});`], { type: "text/javascript" });
      new Worker(URL.createObjectURL(script)).onmessage = blocked;
    },
  };
  const found = { webrtc: !("RTCPeerConnection" in globalThis) };
  const tried = Object.entries(ways).map(async ([name, go]) => {
    found[name] = await new Promise((resolve) => {
      const host = `${name}.clearlist.invalid`;
      const hear = ({ blockedURI }) => blockedURI.includes(host) && resolve(true);
      document.addEventListener("securitypolicyviolation", hear);
      setTimeout(() => {
        document.removeEventListener("securitypolicyviolation", hear);
        resolve(false);
      }, 2000);
      try {
        go(`https://${host}/`, () => resolve(true));
      } catch {
        // The event tells.
      }
    });
  });
  await Promise.all(tried);
  for (const it of made) it.remove();
  return found;
};

try {
  // In that file, the page's script stands before this one.
  const start = typeof __wbg_init === "function" ? __wbg_init : (await import(new URL(named("page").content, document.baseURI))).default;
  await start({ module_or_path: globalThis.clearlistFile("page-wasm") });
} catch (error) {
  console.error(error);
  document.getElementById("start-failed")?.removeAttribute("hidden");
}

// Refused where the address is not secure, and where the reader forbids it. The page works without.
if (document.querySelector("link[rel=manifest]")) keep().catch(() => {});
