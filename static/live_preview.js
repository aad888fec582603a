// The preview follows what is typed, in the language of the field that is being typed in, as wide as a phone or a
// laptop. Without this script its buttons send the form to the frames.

const form = document.querySelector("#entry_form");
const section = form?.querySelector(".previews");
const PAUSE = 400;

const start = () => {
  const frames = [...section.querySelectorAll("iframe")];
  const buttons = [...section.querySelectorAll("button[data-language]")];
  const widths = [...section.querySelectorAll("button[data-width]")];
  const freshness = section.querySelector(".freshness");
  let language = null;
  let timer = null;
  let asking = null;

  const fit = () => {
    const wanted = Number(widths.find((button) => button.ariaPressed === "true").dataset.width);
    frames.forEach((frame) => {
      const room = frame.parentElement.getBoundingClientRect();
      const scale = Math.min(1, room.width / wanted) || 1;
      frame.style.width = `${wanted}px`;
      frame.style.height = `${room.height / scale}px`;
      frame.style.transform = `scale(${scale})`;
    });
  };

  const put = (frame, html) => {
    const there = frame.contentDocument?.URL === "about:srcdoc" && frame.contentDocument.querySelector("main");
    const main = there && new DOMParser().parseFromString(html, "text/html").querySelector("main");
    if (main) there.replaceWith(frame.contentDocument.adoptNode(main));
    else frame.srcdoc = html;
  };

  const refresh = async () => {
    const shown = language;
    const button = buttons.find((one) => one.dataset.language === shown);
    asking?.abort();
    asking = new AbortController();
    freshness.textContent = section.dataset.waiting;
    try {
      const answer = await fetch(button.formAction, { method: "POST", body: new FormData(form), signal: asking.signal });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      put(frames.find((frame) => frame.dataset.language === shown), await answer.text());
      freshness.textContent = section.dataset.fresh;
    } catch (fault) {
      if (fault.name !== "AbortError") freshness.textContent = section.dataset.failed;
    }
  };

  const show = (code) => {
    if (code === language) return;
    language = code;
    buttons.forEach((button) => { button.ariaPressed = String(button.dataset.language === code); });
    frames.forEach((frame) => { frame.parentElement.hidden = frame.dataset.language !== code; });
    fit();
    refresh();
  };

  const languageOf = (field) => buttons.map((button) => button.dataset.language)
    .find((code) => field.name?.startsWith(`${code}_`));

  const later = () => { clearTimeout(timer); timer = setTimeout(refresh, PAUSE); };

  buttons.forEach((button) => button.addEventListener("click", (event) => {
    event.preventDefault();
    if (button.dataset.language === language) refresh();
    else show(button.dataset.language);
  }));
  widths.forEach((button) => button.addEventListener("click", () => {
    widths.forEach((one) => { one.ariaPressed = String(one === button); });
    fit();
  }));
  form.addEventListener("input", later);
  form.addEventListener("focusin", ({ target }) => { const code = languageOf(target); if (code) show(code); });
  new ResizeObserver(fit).observe(section);

  section.classList.add("live");
  section.querySelector(".widths").hidden = false;
  const named = document.getElementById(location.hash.slice(1));
  show((named && languageOf(named)) || buttons[0].dataset.language);
  named?.focus({ preventScroll: true });
  named?.scrollIntoView({ block: "center" });
};

if (section) start();
