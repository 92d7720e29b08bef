// Tells the server something, tries to tell another, and fails.
await fetch("tells.txt?secret").catch(() => {});
await fetch("http://127.0.0.1:9/elsewhere").catch(() => {});
setTimeout(() => {
  document.body.insertAdjacentHTML("beforeend", '<p id="done">done</p>');
  throw new Error("thrown by the page");
});
