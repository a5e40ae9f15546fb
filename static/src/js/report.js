// One part of the report at a time without asking the server. Without scripts the same buttons ask it.
import { onEach } from "./parts/onload.js";

function firstEmpty(part) {
  return [...part.querySelectorAll("[data-needed]")].find((field) => !field.value.trim());
}

onEach("form[data-steps]", (form) => {
  const words = form.dataset;
  const bar = form.querySelector("[data-steps-bar]");
  const told = form.querySelector("[data-steps-word]");
  const at = form.querySelector("[data-steps-at]");
  const parts = () => [...form.querySelectorAll("[data-step]:not([data-empty])")];
  const current = () => Math.max(0, parts().findIndex((part) => !part.hidden));

  function show(wanted, { focus = true, remember = true } = {}) {
    const all = parts();
    const number = Math.max(0, Math.min(wanted, all.length - 1));
    for (const part of form.querySelectorAll("[data-step]")) part.hidden = part !== all[number];
    at.value = all[number].id;
    bar.replaceChildren(...all.map((_, index) => {
      const mark = document.createElement("li");
      if (index < number) mark.className = "is-done";
      if (index === number) mark.setAttribute("aria-current", "step");
      return mark;
    }));
    told.textContent = words.progress.replace("{n}", number + 1).replace("{all}", all.length);
    if (remember) history.pushState({ part: all[number].id }, "");
    if (focus) {
      const head = all[number].querySelector("h2");
      head.tabIndex = -1;
      head.focus({ preventScroll: true });
      form.scrollIntoView({ block: "start" });
    }
  }

  const showPart = (id, how) => show(parts().findIndex((part) => part.id === id), how);

  // The questions depend on the target: only that much is asked of the server, nothing else that was typed.
  async function fetchQuestions(part) {
    const place = form.querySelector("[data-questions-here]");
    const asked = new FormData();
    for (const [name, value] of new FormData(form)) {
      if (["csrfmiddlewaretoken", "target_kind", "institution", "bureau"].includes(name)) asked.append(name, value);
    }
    const choice = new URLSearchParams(asked).toString();
    if (place.dataset.askedFor === choice) return;
    const answer = await fetch(part.dataset.questions, { method: "POST", body: asked });
    if (!answer.ok) throw new Error(answer.status);
    place.innerHTML = await answer.text();
    place.dataset.askedFor = choice;
    place.closest("[data-step]").toggleAttribute("data-empty", !place.children.length);
    form.dispatchEvent(new CustomEvent("fg:fields-added", { detail: place }));
  }

  form.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-way]");
    if (!button || button.dataset.sending) return;
    event.preventDefault();
    const number = current();
    if (button.dataset.way === "back") { show(number - 1); return; }
    const missing = firstEmpty(parts()[number]);
    if (missing) {
      missing.setCustomValidity(words.needed);
      missing.reportValidity();
      missing.addEventListener("input", () => missing.setCustomValidity(""), { once: true });
      return;
    }
    const part = parts()[number];
    if (part.dataset.questions) {
      // Without an answer the form goes on as without scripts.
      try { await fetchQuestions(part); } catch { form.requestSubmit(button); return; }
    }
    show(number + 1);
  });

  // The browser's back button goes one part back, not out of the form.
  window.addEventListener("popstate", (event) => {
    if (event.state?.part) showPart(event.state.part, { remember: false });
    else show(0, { remember: false });
  });
  // A link to an entry, as in the list of errors, opens the part that holds it.
  document.addEventListener("click", (event) => {
    const target = document.getElementById(event.target.closest("a[href^='#']")?.getAttribute("href")?.slice(1) ?? "");
    const number = parts().findIndex((part) => part.contains(target));
    if (number < 0) return;
    event.preventDefault();
    show(number, { focus: false });
    target.focus();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input:not([type=submit], [type=file])")) event.preventDefault();
  });
});
