// One part of the report at a time, with progress. Without scripts the same form is one page with five parts.
import { onEach } from "./parts/onload.js";

function control(form, part, words) {
  const row = document.createElement("div");
  row.className = "fg-steps-nav";
  for (const [way, text, look] of [["next", words.next, "btn-primary"], ["back", words.back, "btn-link"]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `btn ${look}`;
    button.textContent = text;
    button.dataset.way = way;
    row.append(button);
  }
  part.append(row);
  return row;
}

function firstEmpty(part) {
  return [...part.querySelectorAll("[data-needed]")].find((field) => !field.value.trim());
}

onEach("form[data-steps]", (form) => {
  const parts = [...form.querySelectorAll("[data-step]")];
  const words = form.dataset;
  const bar = form.querySelector("[data-steps-bar]");
  const told = form.querySelector("[data-steps-word]");
  form.classList.add("is-stepped");
  bar.parentElement.hidden = false;

  function show(number, { focus = true, remember = true } = {}) {
    parts.forEach((part, index) => { part.hidden = index !== number; });
    bar.replaceChildren(...parts.map((_, index) => {
      const mark = document.createElement("li");
      if (index < number) mark.className = "is-done";
      if (index === number) mark.setAttribute("aria-current", "step");
      return mark;
    }));
    told.textContent = words.progress.replace("{n}", number + 1).replace("{all}", parts.length);
    if (remember) history.pushState({ part: number }, "");
    if (focus) {
      const head = parts[number].querySelector("h2");
      head.tabIndex = -1;
      head.focus({ preventScroll: true });
      form.scrollIntoView({ block: "start" });
    }
  }

  parts.forEach((part, number) => {
    const row = control(form, part, words);
    const last = number === parts.length - 1;
    row.querySelector("[data-way=next]").hidden = last;
    row.querySelector("[data-way=back]").hidden = number === 0;
    row.addEventListener("click", (event) => {
      const { way } = event.target.dataset;
      if (way === "back") return show(number - 1);
      if (way !== "next") return undefined;
      const missing = firstEmpty(part);
      if (missing) {
        missing.setCustomValidity(words.needed);
        missing.reportValidity();
        missing.addEventListener("input", () => missing.setCustomValidity(""), { once: true });
        return undefined;
      }
      return show(number + 1);
    });
  });

  // The browser's back button goes one part back, not out of the form.
  window.addEventListener("popstate", (event) => show(event.state?.part ?? 0, { remember: false }));
  // A link to an entry, as in the list of errors, opens the part that holds it.
  document.addEventListener("click", (event) => {
    const target = document.getElementById(event.target.closest("a[href^='#']")?.getAttribute("href")?.slice(1) ?? "");
    const number = parts.findIndex((part) => part.contains(target));
    if (number < 0) return;
    event.preventDefault();
    show(number, { focus: false });
    target.focus();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input:not([type=submit], [type=file])")) event.preventDefault();
  });
  const wrong = parts.findIndex((part) => part.querySelector(".has-error, [aria-invalid=true]"));
  const wanted = parts.findIndex((part) => part.id === words.at);
  show(Math.max(wrong, wanted, 0), { focus: false, remember: false });
});
