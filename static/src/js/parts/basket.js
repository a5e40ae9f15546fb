// The basket of a form: the secret under which its files arrive before the form is sent; kept in this tab alone.
const KEPT = "fundguard-basket";

// After a reload the form has a new basket: the one that holds the files goes on.
export function basketOf(form) {
  const field = form?.querySelector("[data-basket]");
  if (!field) return "";
  // An officer's next form is about somebody else: nothing of the last one may come into it.
  if (field.dataset.basket === "page") return field.value;
  try {
    // A form that was refused comes back with its own.
    const kept = form.querySelector("[data-error-summary]") ? null : sessionStorage.getItem(KEPT);
    if (kept) field.value = kept;
    else sessionStorage.setItem(KEPT, field.value);
  } catch { /* Closed storage: the files of this page are still in this page's basket. */ }
  return field.value;
}

export function forgetBasket() {
  try { sessionStorage.removeItem(KEPT); } catch { /* Closed storage holds nothing. */ }
}
