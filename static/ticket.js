// A ticket is answered on its page, so that Back never asks to send the text again. The text and the ticks stay in this
// tab alone (sessionStorage), to be there on return. "Copy reply" copies what the site makes of the ticked answers.
// Without this file both forms work as they are.

const KEPT = "ticket";
const form = document.getElementById("ticket");
const found = document.getElementById("found");
const field = document.getElementById("text");

// A browser may refuse to store anything, or so much: the page works then as well, but forgets.
const attempt = (action) => { try { return action(); } catch { return null; } };
const kept = () => attempt(() => JSON.parse(sessionStorage.getItem(KEPT))) ?? {};
const keep = (more) => attempt(() => sessionStorage.setItem(KEPT, JSON.stringify({ ...kept(), ...more })));
const send = (sent, headers) => fetch(sent.action, { method: "POST", body: new URLSearchParams(new FormData(sent)), headers });
const tell = (words) => {
  const status = Object.assign(document.createElement("p"), { className: "tally", textContent: words });
  status.setAttribute("role", "status");
  found.replaceChildren(status);
};

async function answer() {
  found.setAttribute("aria-busy", "true");
  tell(found.dataset.busy);
  try {
    const response = await send(form, { "HX-Request": "true" });
    if (!response.ok && response.status !== 413) throw new Error(response.status);
    found.innerHTML = await response.text();
    keep({ asked: true });
  } catch {
    tell(found.dataset.failed);
  }
  found.removeAttribute("aria-busy");
}

const boxes = () => [...found.querySelectorAll("input[type=checkbox]")];
const name = (box) => `${box.name} ${box.value}`;

async function restore() {
  const { text, asked, ticked, top } = kept();
  if (new URLSearchParams(location.search).has("text")) history.replaceState(null, "", form.action);
  if (found.querySelector("form")) keep({ text: field.value, asked: true, ticked: null });
  else if (text && (!field.value || field.value === text)) {
    field.value = text;
    if (!asked) return;
    await answer();
    if (ticked) boxes().forEach((box) => { box.checked = ticked.includes(name(box)); });
    scrollTo(0, top ?? 0);
  }
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  keep({ text: field.value, asked: false, ticked: null });
  await answer();
  found.querySelector("h2, [role=alert]")?.focus({ preventScroll: true });
  found.scrollIntoView();
});
form.querySelector("[data-restart]").addEventListener("click", () => attempt(() => sessionStorage.removeItem(KEPT)));
field.addEventListener("input", () => keep({ text: field.value }));
addEventListener("pagehide", () => { if (kept().text) keep({ top: scrollY }); });

found.addEventListener("change", ({ target }) => {
  if (target.checked && target.closest(".instead")) {
    const own = target.closest(".found").querySelector(".asked-and-tick input[type=checkbox]");
    if (own) own.checked = false;
  }
  keep({ ticked: boxes().filter((box) => box.checked).map(name) });
});

found.addEventListener("submit", async (event) => {
  if (!navigator.clipboard) return;
  event.preventDefault();
  const told = found.querySelector(".send");
  const status = told.querySelector("[role=status]");
  if (!boxes().some((box) => box.checked)) {
    status.textContent = told.dataset.none;
    return;
  }
  const reply = send(event.target, { Accept: "application/json" }).then((response) => {
    if (!response.ok) throw new Error(response.status);
    return response.json();
  });
  const as = (form, type) => reply.then((said) => new Blob([said[form]], { type }));
  // The promises go into the item: waiting for them first would lose the press that allows copying.
  const item = new ClipboardItem({ "text/plain": as("text", "text/plain"), "text/html": as("html", "text/html") });
  const copied = await navigator.clipboard.write([item]).then(() => true, () => false);
  status.textContent = copied ? told.dataset.copied : told.dataset.failed;
  const said = await reply.catch(() => null);
  if (!said) return;
  found.querySelector(".said").hidden = false;
  found.querySelector("#said").value = said.text;
});

restore();
