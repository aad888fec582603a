// The form of the advisor in place: htmx posts it and puts in the parts that come back; this keeps what is shown true
// in the meantime. What is on the sheet is dimmed from the first key until the advice on what stands in the form has
// come; faults stand at their fields, but not yet at the one in which somebody is typing; a table that is pasted into a
// name becomes rows. Without this file, and without htmx, each button posts the form and leads to a page.

const BUTTONS = ["go", "add", "remove", "duplicate", "paste", "take"];

const form = () => document.querySelector("form[data-in-place]");
const is_ours = (element) => element && element.closest("form[data-in-place]") && !element.closest(".paste");

let edits = 0; // how often something was changed
let sent = 0; // and how often when the last request went
let asked = null; // what a button asked for, until it has come: a later request asks for it again
let typing = ""; // the field whose faults were not told, because somebody was typing in it

const show = (state) => {
  document.getElementById("desk").dataset.state = state;
  document.getElementById("advice").setAttribute("aria-busy", String(state === "busy"));
};

// The faults at their fields, as they have come.
const mark = () => {
  const faults = document.querySelector("#form-faults template")?.content;
  if (!faults) return;
  form().querySelectorAll(".fault").forEach((fault) => fault.remove());
  form().querySelectorAll("[aria-invalid]").forEach((field) => {
    field.removeAttribute("aria-invalid");
    describe(field, `${field.id}-hint`);
  });
  faults.querySelectorAll(".fault").forEach((fault) => {
    const field = document.getElementById(fault.dataset.of);
    if (!field) return;
    field.setAttribute("aria-invalid", "true");
    const more = field.closest(".more");
    const foot = field.closest(".row")?.querySelector(".row-foot");
    if (more) { more.open = true; more.closest(".row").append(fault.cloneNode(true)); }
    else if (foot) foot.before(fault.cloneNode(true));
    else field.parentElement.append(fault.cloneNode(true));
    describe(field, `${field.id}-fault`);
  });
};

const describe = (field, id) => {
  if (document.getElementById(id)) field.setAttribute("aria-describedby", id);
  else field.removeAttribute("aria-describedby");
};

const ask = () => form()?.dispatchEvent(new Event("settled"));

document.addEventListener("input", ({ target }) => {
  if (!is_ours(target)) return;
  edits++;
  show("busy");
});

document.addEventListener("focusout", ({ target }) => {
  if (typing && target.id === typing) ask();
});

// What is typed into the field for a table is asked about when its button is pressed.
document.addEventListener("input", (event) => {
  if (event.target.closest("form[data-in-place] .paste")) event.stopPropagation();
}, true);

document.addEventListener("paste", (event) => {
  const { name } = event.target;
  const text = event.clipboardData.getData("text/plain");
  if (!is_ours(event.target) || !["site", "vnet"].includes(name) || !/\t|\n\s*\S/.test(text)) return;
  event.preventDefault();
  const table = form().elements[`${name}_table`];
  table.value = text;
  form().requestSubmit(table.parentElement.querySelector("button[name=paste]"));
});

document.addEventListener("submit", ({ target }) => {
  if (target.matches("form[data-in-place]")) show("busy");
});

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (!detail.elt.matches("form[data-in-place]")) return;
  const { type, submitter, target } = detail.triggeringEvent;
  if (submitter?.name) asked = submitter;
  BUTTONS.forEach((name) => detail.formData.delete(name));
  if (asked) detail.formData.set(asked.name, asked.value);
  const is_typing = type === "input" && target === document.activeElement && target.matches("input:not([type=checkbox])");
  typing = is_typing && !target.hasAttribute("aria-invalid") ? target.id : "";
  if (typing) detail.formData.set("typing", typing);
  sent = edits;
});

// The status is told once, not with every pause.
document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
  const plain = (node) => node.textContent.replace(/\s+/g, " ").trim();
  if (detail.target.id === "told" && plain(detail.target) === plain(detail.fragment)) detail.shouldSwap = false;
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!detail.elt.matches("form[data-in-place]") || !detail.successful) return;
  const button = asked;
  asked = null;
  mark();
  if (sent === edits) show(document.querySelector(".state.pending").textContent.trim() ? "pending" : "");
  if (button?.name === "go") lead(button);
  if (typing && document.activeElement.id !== typing) ask();
});

// Who asked for advice goes to what is to be corrected, or, by the button, to the advice.
const lead = (button) => {
  const wrong = form().querySelector("[aria-invalid]");
  if (wrong && !document.activeElement.matches("[aria-invalid]")) wrong.focus();
  if (!wrong && "toAdvice" in button.dataset) document.getElementById("advice").focus();
};

["htmx:sendError", "htmx:timeout", "htmx:responseError"].forEach((name) => document.addEventListener(name, ({ detail }) => {
  if (!detail.elt.matches("form[data-in-place]")) return;
  show("failed");
  document.getElementById("told").textContent = document.querySelector(".state.failed").firstChild.textContent.trim();
}));

// Back brings the page as its address says.
document.addEventListener("htmx:historyRestore", () => { edits = sent = 0; asked = null; typing = ""; });

// A link to a field is there to change it.
const linked = document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (linked?.matches("form[data-in-place] input")) { linked.focus(); linked.select(); }
