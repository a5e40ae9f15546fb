// Calls `start` for every element that matches, now and in parts that htmx brings later, once each.

export function onEach(selector, start) {
  const run = (root) => {
    const found = root.matches?.(selector) ? [root] : [];
    for (const element of [...found, ...root.querySelectorAll(selector)]) {
      if (element.fgStarted?.has(selector)) continue;
      (element.fgStarted ??= new Set()).add(selector);
      start(element);
    }
  };
  run(document);
  document.body.addEventListener("htmx:load", (event) => run(event.detail.elt));
}
