// What the page is compared with: PapaParse in its worker, and the browser reading the file with no work at all.
"use strict";

const chosen = () => document.getElementById("file").files[0];

/** Streams the file through PapaParse's worker, with one regular expression over name and publisher. */
window.papaparse = () => new Promise((resolve) => {
  const covered = /kaspersky|касперск/i;
  const started = performance.now();
  let records = 0;
  let found = 0;
  Papa.parse(chosen(), {
    worker: true,
    header: true,
    skipEmptyLines: true,
    step({ data }) {
      records += 1;
      if (covered.test(data.DisplayName) || covered.test(data.Publisher)) found += 1;
    },
    complete() {
      resolve({ seconds: (performance.now() - started) / 1000, records, found });
    },
  });
});

/** Reads the file in slices of 16 MB in a worker. */
window.slices = () => new Promise((resolve) => {
  const script = `onmessage = async ({ data: file }) => {
    const size = 16 * 1024 * 1024;
    let bytes = 0;
    for (let at = 0; at < file.size; at += size) {
      bytes += (await file.slice(at, at + size).arrayBuffer()).byteLength;
    }
    postMessage(bytes);
  };`;
  const worker = new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
  const started = performance.now();
  worker.onmessage = () => resolve({ seconds: (performance.now() - started) / 1000 });
  worker.postMessage(chosen());
});
