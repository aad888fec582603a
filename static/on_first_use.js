// Load what a page names in <template class="on-first-use"> when a visitor first touches, focuses or types: a page that
// is only read weighs less. What was typed in the meantime is told again, for the scripts that have just come; what was
// pasted, and a button that was pressed, wait for them.

const ANSWERS = ["input", "change"];
const WAITING = ["paste", "submit"];
const FIRST = ["pointerdown", "keydown", "focusin", ...ANSWERS];
const missed = new Map();
const waiting = [];

const remember = ({ type, target }) => { missed.set(type, target); };

const hold = (event) => {
  const { type, target, submitter } = event;
  if (type === "paste" && !target.matches("input")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const text = event.clipboardData?.getData("text/plain");
  waiting.push(() => type === "submit" ? target.requestSubmit(submitter) : paste(target, text));
};

const paste = (field, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  if (!field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))) return;
  field.setRangeText(text.replace(/\s*\n\s*/g, " "), field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

const load = (event) => {
  FIRST.forEach((name) => removeEventListener(name, load, true));
  if (ANSWERS.includes(event.type)) remember(event);
  const scripts = [...document.querySelectorAll("template.on-first-use")].flatMap((template) => {
    const content = document.importNode(template.content, true);
    const own = [...content.querySelectorAll("script")];
    document.head.append(content);
    return own;
  });
  if (!scripts.length) return;
  ANSWERS.forEach((name) => addEventListener(name, remember, true));
  WAITING.forEach((name) => addEventListener(name, hold, true));
  const arrivals = scripts.map((script) => new Promise((arrived) => {
    script.addEventListener("load", arrived);
    script.addEventListener("error", arrived);
  }));
  Promise.all(arrivals).then(() => {
    ANSWERS.forEach((name) => removeEventListener(name, remember, true));
    WAITING.forEach((name) => removeEventListener(name, hold, true));
    missed.forEach((target, name) => target.dispatchEvent(new Event(name, { bubbles: true })));
    waiting.forEach((go) => go());
  });
};

FIRST.forEach((name) => addEventListener(name, load, true));
// A link to a field has put the cursor there before this came.
if (document.activeElement.matches("input, select, textarea")) load(new Event("focusin"));
