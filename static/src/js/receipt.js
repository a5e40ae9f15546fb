// Leaving the receipt without having typed the end of the code: the browser asks first. The page is kept nowhere.
import { onEach } from "./parts/onload.js";

onEach("form[data-keep-here]", (form) => {
  let isSent = false;
  form.addEventListener("submit", () => { isSent = true; });
  window.addEventListener("beforeunload", (event) => {
    if (!isSent) event.preventDefault();
  });
});
