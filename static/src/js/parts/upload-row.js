// One line of the uploader: name, size, progress, state in words, pause, continue, remove.
import { word } from "./words.js";

function size(bytes) {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = Math.min(Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1000)), units.length - 1);
  return `${(bytes / 1000 ** power).toFixed(power ? 1 : 0)} ${units[power]}`;
}

function button(text, file, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-sm btn-link";
  made.textContent = text;
  made.setAttribute("aria-label", `${text}: ${file.name}`);
  made.addEventListener("click", act);
  return made;
}

export class Row {
  constructor(file, { onRemove, onPause, onResume }) {
    this.element = document.createElement("li");
    this.name = document.createElement("div");
    this.name.textContent = `${file.name} · ${size(file.size)}`;
    this.state = document.createElement("div");
    this.state.className = "fg-upload-word";
    this.acts = document.createElement("div");
    this.bar = document.createElement("progress");
    this.bar.max = 1;
    this.bar.hidden = true;
    this.bar.setAttribute("aria-label", file.name);
    this.pauseButton = onPause && button(word("pause"), file, onPause);
    this.resumeButton = onResume && button(word("resume"), file, onResume);
    this.removeButton = button(word("remove"), file, () => { onRemove(); this.element.remove(); });
    this.acts.append(this.removeButton);
    this.element.append(this.name, this.acts, this.state, this.bar);
  }

  #show(kind, text, acts) {
    this.element.className = kind ? `is-${kind}` : "";
    this.element.toggleAttribute("data-busy", kind === "busy");
    this.state.textContent = text;
    this.acts.replaceChildren(...acts.filter(Boolean), this.removeButton);
  }

  busy() {
    this.bar.hidden = false;
    this.#show("busy", word("waiting"), [this.pauseButton]);
  }

  progress(state, share) {
    this.bar.value = share;
    this.state.textContent = state === "hashing" ? word("hashing") : `${Math.floor(share * 100)} %`;
  }

  paused() { this.#show("paused", word("paused"), [this.resumeButton]); }

  done() {
    this.bar.hidden = true;
    this.#show("done", `✓ ${word("sent")}`, []);
  }

  error(key, again = false) { this.refuse(word(key), again); }

  refuse(sentence, again = false) { this.#show("error", `! ${sentence}`, again ? [this.resumeButton] : []); }

  note(key) { this.#show("done", `✓ ${word(key)}`, []); }
}
