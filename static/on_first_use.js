// Load what a page names in <template class="on-first-use"> when a visitor first touches, focuses or types: a page that
// is only read weighs less. What was typed in the meantime is told again, for the scripts that have just come; that they
// have come, or cannot, is told to the page as `first-use`.

const ANSWERS = ["input", "change"];
const FIRST = ["pointerdown", "keydown", "focusin", ...ANSWERS];
const missed = new Map();

const remember = ({ type, target }) => { missed.set(type, target); };

const load = (event) => {
  FIRST.forEach((name) => removeEventListener(name, load, true));
  if (ANSWERS.includes(event.type)) remember(event);
  ANSWERS.forEach((name) => addEventListener(name, remember, true));
  const scripts = [...document.querySelectorAll("template.on-first-use")].flatMap((template) => {
    const content = document.importNode(template.content, true);
    const own = [...content.querySelectorAll("script")];
    document.head.append(content);
    return own;
  });
  const arrivals = scripts.map((script) => new Promise((arrived) => {
    script.addEventListener("load", arrived);
    script.addEventListener("error", arrived);
  }));
  Promise.all(arrivals).then(() => {
    ANSWERS.forEach((name) => removeEventListener(name, remember, true));
    missed.forEach((target, name) => target.dispatchEvent(new Event(name, { bubbles: true })));
    dispatchEvent(new Event("first-use"));
  });
};

FIRST.forEach((name) => addEventListener(name, load, true));
// A link to a field has put the cursor there before this came.
if (document.activeElement.matches("input, select, textarea")) load(new Event("focusin"));
