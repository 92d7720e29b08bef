// Makes one HTML file of the built page, which opens from a disk: node single_file.js DIST OUT

const fs = require("fs");
const path = require("path");
const { createHash } = require("crypto");
const { gzipSync } = require("zlib");

const [dist, out] = process.argv.slice(2);
const read = (name) => fs.readFileSync(path.join(dist, name));
const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const data = (type, bytes) => `data:${type};base64,${bytes.toString("base64")}`;

let html = read("index.html").toString();
/** Replaces what the pattern finds, which must be there so many times. */
const replace = (pattern, times, make) => {
  const found = [...html.matchAll(pattern)].length;
  if (found !== times) throw new Error(`${pattern} is ${found} times in index.html, and should be ${times} times`);
  html = html.replace(pattern, (...parts) => make(...parts));
};

// What only a server can give: the service worker's files, and what is loaded ahead.
replace(/\s*<link rel="manifest"[^>]*>/g, 1, () => "");
replace(/<link rel="preload"[^>]*>/g, 1, () => "");

replace(/<link rel="icon" href="\.\/([^"]+)"[^>]*>/g, 1, (_, name) =>
  `<link rel="icon" href="${data("image/svg+xml", read(name))}">`);

let style;
replace(/<link rel="stylesheet" href="\.\/([^"]+)"[^>]*>/g, 1, (_, name) => {
  style = read(name).toString().replace(/url\("?\.\/([^")]+)"?\)/g, (_, picture) => `url("${data("image/svg+xml", read(picture))}")`);
  return `<style>${style}</style>`;
});

let script;
replace(/<script src="\.\/([^"]+)"[^>]*><\/script>/g, 1, (_, name) => {
  script = read(name).toString().replaceAll("</script", "<\\/script");
  return `<script type="module">${script}</script>`;
});

// All other files, packed: static/start.js unpacks them.
replace(/content="\.\/([^"]+)" data-integrity="[^"]*"/g, 5, (_, name) =>
  `content="${data("application/gzip", gzipSync(read(name), { level: 9 }))}"`);

replace(/script-src 'self'/g, 1, () => `script-src ${hash(script)}`);
replace(/style-src 'self'/g, 1, () => `style-src ${hash(style)}`);
replace(/img-src 'self'/g, 1, () => "img-src data:");
replace(/connect-src 'self'/g, 1, () => "connect-src data:");
replace(/ manifest-src 'self';/g, 1, () => "");
replace(/worker-src 'self' blob:/g, 1, () => "worker-src blob:");
if (/ (src|href)="\.\//.test(html)) throw new Error("something is still to be loaded");

fs.mkdirSync(path.dirname(out), { recursive: true });
fs.writeFileSync(out, html);
