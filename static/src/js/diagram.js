// Draws a process with bpmn-js and marks what is done and where the tokens are.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { onEach } from "./parts/onload.js";
import { say, word } from "./parts/words.js";

function badge(count, kind) {
  const note = document.createElement("div");
  note.className = `fg-token-count is-${kind}`;
  note.textContent = String(count);
  return note;
}

function mark(viewer, marks) {
  const canvas = viewer.get("canvas");
  const overlays = viewer.get("overlays");
  const drawn = viewer.get("elementRegistry");
  for (const [id, times] of Object.entries(marks.done)) {
    if (!drawn.get(id)) continue;
    canvas.addMarker(id, "fg-token-done");
    if (times > 1) overlays.add(id, { position: { top: -10, right: 12 }, html: badge(times, "done") });
  }
  const tokens = new Map();
  for (const id of marks.live) tokens.set(id, (tokens.get(id) ?? 0) + 1);
  for (const [id, count] of tokens) {
    if (!drawn.get(id)) continue;
    canvas.removeMarker(id, "fg-token-done");
    canvas.addMarker(id, "fg-token-live");
    overlays.add(id, { position: { top: -10, left: -8 }, html: badge(count, "live") });
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
