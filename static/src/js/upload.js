// Files: drag, choose or camera. With data-begin each goes straight to the object store by signed links;
// with data-tus in parts through this site; without both they stay in the plain file input and travel with the form.
import { onEach } from "./parts/onload.js";
import { Transfer } from "./parts/transfer.js";
import { resumable } from "./parts/resumable.js";
import { Row } from "./parts/upload-row.js";

function problem(file, limit) {
  if (file.size === 0) return "empty";
  return limit && file.size > limit ? "tooLarge" : "";
}

function plain(box, input, list) {
  let files = [];
  const show = () => {
    const carrier = new DataTransfer();
    files.forEach((file) => carrier.items.add(file));
    input.files = carrier.files;
    list.replaceChildren(...files.map((file) => {
      const row = new Row(file, { onRemove: () => { files = files.filter((kept) => kept !== file); show(); } });
      const wrong = problem(file, Number(box.dataset.limit));
      if (wrong) row.error(wrong);
      return row.element;
    }));
    list.hidden = !files.length;
  };
  return (added) => {
    files = input.multiple ? [...files, ...added] : added.slice(-1);
    show();
  };
}

function direct(box, input, list) {
  // The files go to the store; the form carries only the identifiers of what arrived.
  const { name } = box.dataset;
  const sent = new Set();
  const form = input.form;
  const hidden = (id) => {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: `${name}_stored`, value: id });
    return field;
  };
  form?.addEventListener("submit", (event) => {
    if (list.querySelector("[data-busy]")) event.preventDefault();
  });
  return async (added) => {
    input.value = "";
    input.required = false;
    list.hidden = false;
    for (const file of input.multiple ? added : added.slice(-1)) {
      const transfer = new Transfer(file, box.dataset.begin);
      const row = new Row(file, {
        onRemove: () => { transfer.pause(); sent.delete(transfer); },
        onPause: () => transfer.pause(),
        onResume: () => run(transfer, row),
      });
      list.append(row.element);
      const wrong = problem(file, Number(box.dataset.limit));
      if (wrong) row.error(wrong);
      else await run(transfer, row);
    }
  };
  async function run(transfer, row) {
    row.busy();
    try {
      const id = await transfer.run((state, share) => row.progress(state, share));
      if (id === null) return row.paused();
      sent.add(transfer);
      row.element.append(hidden(id));
      return row.done();
    } catch (failure) {
      return row.error(failure.word ?? "broken", true);
    }
  }
}

onEach("[data-uploader]", (box) => {
  const input = box.querySelector("input[type=file]");
  const list = box.querySelector("[data-uploads]");
  const drop = box.querySelector("[data-drop]");
  const way = box.dataset.tus ? resumable : box.dataset.begin ? direct : plain;
  const add = way(box, input, list);
  box.querySelectorAll("[data-only-script]").forEach((part) => { part.hidden = false; });
  input.classList.add("visually-hidden");
  input.addEventListener("change", () => add([...input.files]));
  box.querySelector("[data-choose]").addEventListener("click", () => { input.removeAttribute("capture"); input.click(); });
  box.querySelector("[data-camera]")?.addEventListener("click", () => {
    input.setAttribute("capture", "environment");
    input.click();
  });
  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("is-over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("is-over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("is-over");
    add([...event.dataTransfer.files]);
  });
});
