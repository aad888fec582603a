// The page that reads a setup, in place: what was chosen and pasted stays in the form, and only the report comes back.
// Without this file, and without htmx, the form is posted, and the report comes with an empty form.

const state = () => document.getElementById("setup-state");
const is_ours = (element) => element.matches("form[data-setup]");

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (is_ours(detail.elt)) state().textContent = state().dataset.busy;
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target.id !== "setup") return;
  state().textContent = "";
  const told = detail.target.querySelector(".faults, .fault, .setup-report");
  told?.setAttribute("tabindex", "-1");
  told?.focus();
});

["htmx:sendError", "htmx:timeout", "htmx:responseError"].forEach((name) => document.addEventListener(name, ({ detail }) => {
  if (is_ours(detail.elt)) state().textContent = state().dataset.failed;
}));
