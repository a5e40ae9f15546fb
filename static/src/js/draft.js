// Drafts of citizens' forms stay in this browser only. <form data-draft="tip"> keeps; an element with
// data-draft-done="tip" on the page after success clears. Passwords, files and hidden fields are never kept.
// A draft lives as long as its tab, since phones and computers are shared; data-draft-days="7" keeps it longer.
import { onEach } from "./parts/onload.js";
import { forgetBasket } from "./parts/basket.js";
import { say, word } from "./parts/words.js";

const name = (key) => `fundguard-draft:${key}`;
const keepable = (field) =>
  field.name && !field.matches("[type=hidden], [type=password], [type=file], [type=submit], [data-never-kept]");

function read(store, key) {
  try {
    const draft = JSON.parse(store.getItem(name(key)));
    return draft && Date.now() < draft.until ? draft.fields : null;
  } catch { return null; }
}

function write(store, key, fields, days) {
  try {
    const draft = { until: Date.now() + days * 86_400_000, fields };
    store.setItem(name(key), JSON.stringify(draft));
  } catch { /* Full or closed storage: the form works without a draft. */ }
}

function forget(key) {
  for (const kind of ["sessionStorage", "localStorage"]) {
    try { window[kind].removeItem(name(key)); } catch { /* Closed storage holds nothing. */ }
  }
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

function fill(entries, fields) {
  let filled = false;
  for (const field of entries) {
    const values = keepable(field) ? fields[field.name] : undefined;
    if (!values) continue;
    if (field.matches("[type=checkbox], [type=radio]")) field.checked = values.includes(field.value);
    else if (field.multiple) for (const option of field.options) option.selected = values.includes(option.value);
    else if (!field.value && values[0]) field.value = values[0];
    filled ||= values.some(Boolean);
  }
  return filled;
}

onEach("[data-draft-done]", (mark) => {
  forget(mark.dataset.draftDone);
  forgetBasket();
});

onEach("form[data-draft]", (form) => {
  const key = form.dataset.draft;
  const days = Number(form.dataset.draftDays ?? 0);
  let store;
  try { store = days ? localStorage : sessionStorage; } catch { return; }
  const draft = read(store, key);
  // After a refused submit the server's values are newer than the draft.
  if (draft && !form.querySelector("[data-error-summary]") && fill(form.elements, draft)) {
    form.dispatchEvent(new Event("change", { bubbles: true }));
    say(word("draftRestored"), 6);
  }
  // Fields that a script adds later find what was typed in them before; the others hold what is newer than the draft.
  let kept = draft ?? {};
  form.addEventListener("fg:fields-added", ({ detail }) => fill(detail.querySelectorAll("input, select, textarea"), kept));
  let timer;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => { kept = { ...kept, ...collect(form) }; write(store, key, kept, days || 1); }, 400);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.querySelectorAll("[data-draft-forget]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const drop = () => { clearTimeout(timer); kept = {}; forget(key); forgetBasket(); form.reset(); };
      drop();
      // Files that were sent belong to the draft: whoever holds them gives them up, and the page begins anew with
      // a basket of its own. A connection that hangs must not keep the next person's page waiting.
      const under = [];
      form.dispatchEvent(new CustomEvent("fg:draft-forgotten", { detail: under }));
      await Promise.race([Promise.allSettled(under), new Promise((resolve) => { setTimeout(resolve, 5000); })]);
      drop();
      location.replace(location.pathname + location.search);
    });
  });
});
