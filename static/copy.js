// Copy an answer or an advice in one press: as text, as formatted text, or as Markdown. Each control is a link to what
// it copies, so without this file, or where the clipboard is closed, it opens that instead.

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-copy]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button || !navigator.clipboard) return;
  event.preventDefault();
  const told = link.closest("[data-copied]");
  const status = told.querySelector("[role=status]");
  const fetched = (address, type) => fetch(address).then(async (answer) => {
    if (!answer.ok) throw new Error(answer.status);
    return new Blob([await answer.text()], { type });
  });
  // The promises go into the item: waiting for them first would lose the press that allows copying.
  const item = { "text/plain": fetched(link.dataset.plain ?? link.href, "text/plain") };
  if (link.dataset.copy === "html") item["text/html"] = fetched(link.href, "text/html");
  try {
    await navigator.clipboard.write([new ClipboardItem(item)]);
    status.textContent = told.dataset.copied;
  } catch {
    status.textContent = told.dataset.failed;
  }
});
