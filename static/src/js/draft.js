// Drafts of citizens' forms stay in this browser only. <form data-draft="tip"> keeps; an element with
// data-draft-done="tip" on the page after success clears. Passwords, files and hidden fields are never kept.
import { keep, kept } from "./parts/keep.js";
import { onEach } from "./parts/onload.js";
import { say, word } from "./parts/words.js";

const DAYS = 7;
const name = (key) => `fundguard-draft:${key}`;
const keepable = (field) =>
  field.name && !field.matches("[type=hidden], [type=password], [type=file], [type=submit], [data-never-kept]");

function read(key) {
  try {
    const draft = JSON.parse(kept(name(key)));
    return draft && Date.now() - draft.at < DAYS * 86_400_000 ? draft.fields : null;
  } catch { return null; }
}

function collect(form) {
  const fields = {};
  for (const field of form.elements) {
    if (!keepable(field)) continue;
    if (field.matches("[type=checkbox], [type=radio]")) {
      fields[field.name] ??= [];
      if (field.checked) fields[field.name].push(field.value);
    } else if (field.multiple) fields[field.name] = [...field.selectedOptions].map((option) => option.value);
    else fields[field.name] = [field.value];
  }
  return fields;
}

function fill(form, fields) {
  let filled = false;
  for (const field of form.elements) {
    const values = keepable(field) ? fields[field.name] : undefined;
    if (!values) continue;
    if (field.matches("[type=checkbox], [type=radio]")) field.checked = values.includes(field.value);
    else if (field.multiple) for (const option of field.options) option.selected = values.includes(option.value);
    else if (!field.value && values[0]) field.value = values[0];
    filled ||= values.some(Boolean);
  }
  return filled;
}

onEach("[data-draft-done]", (mark) => keep(name(mark.dataset.draftDone), null));

onEach("form[data-draft]", (form) => {
  const key = form.dataset.draft;
  const draft = read(key);
  // After a refused submit the server's values are newer than the draft.
  if (draft && !form.querySelector("[data-error-summary]") && fill(form, draft)) {
    form.dispatchEvent(new Event("change", { bubbles: true }));
    say(word("draftRestored"), 6);
  }
  let timer;
  const store = () => {
    clearTimeout(timer);
    timer = setTimeout(() => keep(name(key), JSON.stringify({ at: Date.now(), fields: collect(form) })), 400);
  };
  form.addEventListener("input", store);
  form.addEventListener("change", store);
  form.querySelectorAll("[data-draft-forget]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      clearTimeout(timer);
      keep(name(key), null);
      form.reset();
    });
  });
});
