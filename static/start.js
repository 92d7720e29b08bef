// Starts the page program. A file of its own, because the page's policy allows no script inside the HTML. `cargo xtask build`
// puts what wasm-bindgen wrote in front of it, so that the hash in the HTML is of both.

// Only these may be started as scripts of their own: what the page made itself, and the service worker.
const serviceWorker = new URL("service-worker.js", document.baseURI).href;
globalThis.trustedTypes?.createPolicy("default", {
  createScriptURL: (url) => (url.startsWith("blob:") || url === serviceWorker ? url : null),
});

// The policy says nothing about connections to another browser.
for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection"]) delete globalThis[name];

// Before anybody has touched the page, browsers ask nothing, and complain.
let isTouched = false;
const touch = ({ isTrusted }) => (isTouched ||= isTrusted);
for (const kind of ["pointerdown", "keydown", "click", "drop"]) addEventListener(kind, touch, true);

// Has the browser ask before it leaves the page, since what is there is nowhere else, or no longer. The page program calls it.
globalThis.clearlistHold = (isHeld) => {
  const ask = (event) => {
    if (isTouched) event.preventDefault();
  };
  globalThis.onbeforeunload = isHeld ? ask : null;
};

// Who clicks twice wants it once: the second click would press what the first has put in the place of the button.
const click = (event) => {
  if (event.detail > 1 && event.target.closest("button, summary")) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
};
addEventListener("click", click, true);

// What the Tab key led to is to be seen; now and then Firefox leaves it outside a narrow window, or is long on the way.
const show = () => {
  const { top, bottom } = document.activeElement.getBoundingClientRect();
  if (top >= innerHeight || bottom <= 0) document.activeElement.scrollIntoView({ block: "nearest", behavior: "instant" });
};
addEventListener("keyup", ({ key }) => key === "Tab" && setTimeout(show, 200));

// A file of the page's own, by the name that the HTML gives it, if it is what was built. The page program calls it too.
globalThis.clearlistFile = async (name) => {
  const { content, dataset } = document.querySelector(`meta[name="clearlist-${name}"]`);
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
// What another window has begun to use waits no longer, and is still newer than this page.
let isNewer = false;
const tell = () => kept?.active && hear((isNewer ||= Boolean(kept.waiting)));
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
  // The reader was told what to save.
  globalThis.clearlistHold(false);
  const newer = kept.waiting;
  // It is in use already if another window was asked first.
  if (!newer) return location.reload();
  newer.addEventListener("statechange", () => newer.state === "activated" && location.reload());
  newer.postMessage("use");
};

// Tries the ways by which a page can send something elsewhere, each with an address of its own that does not exist. Tells of each
// whether the policy blocked it (true), did not (false), or it could not be tried (null). The page program calls it.
globalThis.clearlistTryWaysOut = async () => {
  const made = [];
  const make = (name, properties) => {
    const element = Object.assign(document.createElement(name), { hidden: true }, properties);
    document.body.append(element);
    made.push(() => element.remove());
    return element;
  };
  const isBlocked = ({ disposition, blockedURI }, host) => disposition === "enforce" && blockedURI.includes(host);
  const ways = {
    fetch: (to) => void fetch(to).catch(() => {}),
    beacon: (to) => void navigator.sendBeacon(to),
    websocket: (to) => {
      const socket = new WebSocket(to.replace("https", "wss"));
      made.push(() => socket.close());
    },
    eventsource: (to) => {
      const source = new EventSource(to);
      made.push(() => source.close());
    },
    image: (src) => void make("img", { src }),
    frame: (src) => void make("iframe", { src }),
    form: (action) => {
      // In a frame of its own, so that the page stays where it is.
      const target = make("iframe", { name: "clearlist-form" }).name;
      make("form", { action, method: "post", target }).submit();
    },
    // Browsers may be set to load nothing ahead, of which no page is told.
    prefetch: (href) => {
      make("link", { rel: "prefetch", href });
      return null;
    },
    worker: (to, blocked) => {
      const tell = `addEventListener("securitypolicyviolation", ({ disposition }) => disposition === "enforce" && postMessage(0));`;
      const script = new Blob([`${tell} fetch("${to}").catch(() => {});`], { type: "text/javascript" });
      const address = URL.createObjectURL(script);
      const worker = new Worker(address);
      worker.onmessage = blocked;
      made.push(() => worker.terminate(), () => URL.revokeObjectURL(address));
    },
  };
  // There is no way to try it: what would make such a connection is gone, or it is not.
  const found = { webrtc: !("RTCPeerConnection" in globalThis) };
  const tried = Object.entries(ways).map(async ([name, go]) => {
    found[name] = await new Promise((resolve) => {
      const host = `${name}.clearlist.invalid`;
      const hear = (event) => isBlocked(event, host) && resolve(true);
      document.addEventListener("securitypolicyviolation", hear);
      made.push(() => document.removeEventListener("securitypolicyviolation", hear));
      let otherwise = false;
      try {
        if (go(`https://${host}/`, () => resolve(true)) === null) otherwise = null;
      } catch {
        // The event tells, where the policy is why.
        otherwise = null;
      }
      setTimeout(resolve, 5000, otherwise);
    });
  });
  await Promise.all(tried);
  for (const undo of made) undo();
  return found;
};

try {
  await __wbg_init({ module_or_path: globalThis.clearlistFile("page-wasm") });
} catch (error) {
  console.error(error);
  document.getElementById("start-failed")?.removeAttribute("hidden");
}

// Refused where the address is not secure, and where the reader forbids it. The page works without.
if (document.querySelector("link[rel=manifest]")) keep().catch(() => {});
