// What every page does for who reads it: its theme is that of the reader, `/` goes to the search field, a number to change
// is selected, an answer is copied in one press, and what is folded is opened by a link to it and printed unfolded.
{
  // The theme that a reader chose at the foot of a page is kept by the browser, without a cookie, under the name that the
  // admin pages use. It is painted before the page is: that is why this file is no module. A frame is as its portal says.

  const { dataset } = document.documentElement;
  const isOwn = self === top && !dataset.theme;
  const paint = () => {
    try { if (isOwn && localStorage.theme) dataset.theme = localStorage.theme; } catch { /* storage may be blocked */ }
  };

  const offer = () => {
    const choice = document.querySelector("#theme select");
    if (!choice) return;
    choice.value = dataset.theme ?? "auto";
    choice.onchange = () => {
      dataset.theme = choice.value;
      try { localStorage.theme = choice.value; } catch { /* it holds for this page */ }
    };
    choice.closest("div").hidden = false;
  };

  paint();
  addEventListener("pageshow", ({ persisted }) => { if (persisted) paint(); offer(); });

  document.addEventListener("keydown", (event) => {
    const field = document.getElementById("q");
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey && field) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  });

  // A number that is to be changed is selected when its field is entered, by key or by click: typing takes its place.
  let entered;
  document.addEventListener("focusin", ({ target }) => {
    entered = target.matches(".whatif input") ? target : null;
    entered?.select();
  });
  document.addEventListener("click", ({ target }) => {
    if (target === entered) target.select();
    entered = null;
  });

  // Copy an answer or an advice in one press: formatted, as text, or as Markdown. Each control is a link to what it
  // copies, so without this file, or where the clipboard is closed, it opens that instead. A short value is copied by a
  // button, which is hidden without this file: the value stands next to it.

  document.addEventListener("DOMContentLoaded", () => {
    offer();
    if (navigator.clipboard) document.querySelectorAll("[data-copy-value]").forEach((button) => { button.hidden = false; });
  });

  document.addEventListener("click", async (event) => {
    const press = event.target.closest("[data-copy], [data-copy-value]");
    if (!press || event.ctrlKey || event.metaKey || event.shiftKey || event.button || !navigator.clipboard) return;
    event.preventDefault();
    const told = press.closest("[data-copied]");
    const status = told.querySelector("[role=status]");
    const { copy, copyValue, plain } = press.dataset;
    const fetched = (address, type) => fetch(address).then(async (answer) => {
      if (!answer.ok) throw new Error(answer.status);
      return new Blob([await answer.text()], { type });
    });
    // The promises go into the item: waiting for them first would lose the press that allows copying.
    const item = { "text/plain": copyValue ?? fetched(plain ?? press.href, "text/plain") };
    if (copy === "html") item["text/html"] = fetched(press.href, "text/html");
    try {
      await navigator.clipboard.write([new ClipboardItem(item)]);
      status.textContent = told.dataset.copied;
    } catch {
      status.textContent = told.dataset.failed;
    }
  });

  // A link to what is folded opens it, also where the browser does not do so by itself.

  const unfold = () => {
    const target = document.querySelector(":target");
    const part = target?.closest("details:not([open])");
    if (!part) return;
    part.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  addEventListener("pageshow", unfold);

  // Paper has nothing to press: what is folded is printed unfolded. The stylesheet does it where the browser knows
  // ::details-content; where it does not, the parts are opened for as long as the page is being printed.

  if (!CSS.supports("selector(::details-content)")) {
    let opened = [];
    addEventListener("beforeprint", () => {
      opened = [...document.querySelectorAll("details:not([open])")];
      opened.forEach((part) => { part.open = true; });
    });
    addEventListener("afterprint", () => {
      opened.forEach((part) => { part.open = false; });
      opened = [];
    });
  }
}
