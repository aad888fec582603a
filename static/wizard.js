// The wizard: an answer that is changed is selected, the address follows what is typed, and the switches of language and
// edition take it along. Without this file a question goes on with what was sent.

const form = document.querySelector(".wizard form");
const field = form.querySelector("input[autofocus]");
if (field && !field.closest(".rows")) {
  field.focus();
  field.select();
}

// The address of this page, with what the form says now; none where that is kept under a code, or too long.
const followed = () => {
  const said = new FormData(form);
  ["go", "paste"].forEach((name) => said.delete(name));
  if (said.has("design")) return null;
  const query = new URLSearchParams([...said].filter(([name]) => said.getAll(name).some(Boolean)));
  for (const name of ["theme", "portal"]) {
    const value = new URLSearchParams(location.search).get(name);
    if (value) query.set(name, value);
  }
  return query.size && String(query).length <= 2000 ? `${location.pathname}?${query}` : null;
};

form.addEventListener("change", () => {
  const address = followed();
  if (address) history.replaceState(history.state, "", address);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest(".masthead .languages a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const to = new URL(link.href);
  const edition = to.searchParams.get("edition");
  form.querySelectorAll("[name=edition]").forEach((input) => input.remove());
  Object.entries({ go: "stay", ...(edition && { edition }) }).forEach(([name, value]) => {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  });
  form.action = to.pathname + (edition ? `?${new URLSearchParams({ edition })}` : "");
  form.submit();
});
