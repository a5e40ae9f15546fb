// Draws a process with bpmn-js and marks tokens, how often elements were passed, and failed steps.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { onEach } from "./parts/onload.js";
import { say, word } from "./parts/words.js";

function badge(text, kind) {
  const note = document.createElement("div");
  note.className = `fg-token-count is-${kind}`;
  note.textContent = text;
  return note;
}

function mark(viewer, marks) {
  const canvas = viewer.get("canvas");
  const overlays = viewer.get("overlays");
  const drawn = viewer.get("elementRegistry");
  const on = (id, marker, position, note) => {
    if (!drawn.get(id)) return;
    canvas.addMarker(id, marker);
    if (note) overlays.add(id, { position, html: note, scale: { min: 0.6 } });
  };
  const tokens = new Map([...marks.armed.map((id) => [id, 0]), ...Object.entries(marks.tokens)]);
  for (const [id, times] of Object.entries(marks.done)) {
    const note = times > 1 || tokens.has(id) ? badge(`${times}×`, "done") : null;
    on(id, tokens.has(id) ? "fg-token-live" : "fg-token-done", { top: -10, right: 12 }, note);
  }
  for (const [id, count] of tokens) {
    on(id, "fg-token-live", { top: -10, left: -8 }, count ? badge(String(count), "live") : null);
  }
  for (const [id, count] of Object.entries(marks.troubles)) {
    on(id, "fg-token-trouble", { bottom: 8, right: 12 }, badge(`! ${count}`, "trouble"));
  }
}

// A flat process needs no tall sheet; `resized` tells the canvas that its box has changed.
function fitSheet(sheet, canvas) {
  const { inner } = canvas.viewbox();
  const wanted = (inner.height / inner.width) * sheet.clientWidth + 80;
  sheet.style.height = `${Math.round(Math.min(Math.max(wanted, 200), innerHeight * 0.65))}px`;
  canvas.resized();
}

onEach("[data-diagram]", async (box) => {
  const marks = JSON.parse(document.getElementById(box.dataset.diagram).textContent);
  const part = box.querySelector("[data-only-script]");
  part.hidden = false;
  const viewer = new NavigatedViewer({ container: box.querySelector("[data-sheet]") });
  try {
    await viewer.importXML(marks.xml);
  } catch {
    part.hidden = true;
    say(word("noDiagram"), 8);
    return;
  }
  const canvas = viewer.get("canvas");
  const fit = () => {
    canvas.zoom("fit-viewport", "auto");
    canvas.zoom(canvas.zoom() * 0.93, "auto");
  };
  mark(viewer, marks);
  fitSheet(box.querySelector("[data-sheet]"), canvas);
  fit();
  box.querySelector("[data-twin]").open = false;
  box.querySelector("[data-fit]").addEventListener("click", fit);
  box.querySelector("[data-closer]").addEventListener("click", () => canvas.zoom(canvas.zoom() * 1.25));
  box.querySelector("[data-farther]").addEventListener("click", () => canvas.zoom(canvas.zoom() / 1.25));
});
