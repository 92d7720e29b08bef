// Starts the page program. A file of its own, because the page's policy allows no script inside the HTML.

const named = (name) => document.querySelector(`meta[name="${name}"]`).content;

try {
  const page = await import(new URL(named("clearlist-page"), document.baseURI));
  await page.default({ module_or_path: new URL(named("clearlist-page-wasm"), document.baseURI) });
} catch (error) {
  console.error(error);
  document.getElementById("start-failed")?.removeAttribute("hidden");
}
