// Suggestions while typing in the search field (an ARIA list-autocomplete combobox). It comes with the first use of the
// page; without it the form works as it is.

const field = document.getElementById("q");

if (field?.dataset.suggest) combobox(field);

function combobox(input) {
  const list = document.getElementById(input.getAttribute("aria-controls"));
  const told = document.getElementById(input.dataset.told);
  let shown = [];
  let active = -1;
  let asked = 0;
  let timer;

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const mark = (place) => {
    active = place;
    [...list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === place)));
    if (place < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", list.children[place].id);
    list.children[place].scrollIntoView({ block: "nearest" });
  };

  // A suggestion is the question of an entry and opens it; the last one searches for what was typed.
  const choose = ({ slug }, apart) => {
    close();
    if (!slug) return input.form.requestSubmit();
    const address = input.dataset.entry.replace("/slug", `/${slug}`);
    if (apart) open(address, "_blank", "noopener"); else location.assign(address);
  };

  const optionOf = (suggestion, number, typed) => {
    const option = document.createElement("li");
    option.id = `${list.id}-${number}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    if (suggestion.slug) {
      option.setAttribute("aria-label", `${suggestion.text} ${suggestion.section}`);
      option.append(...setApart(suggestion.text, typed), " ", small(suggestion.section));
    } else option.append(suggestion.text);
    option.addEventListener("click", (event) => choose(suggestion, event.ctrlKey || event.metaKey));
    return option;
  };

  const show = (suggestions, typed) => {
    shown = suggestions.length ? [...suggestions, { text: input.dataset.search.replace("#", () => typed) }] : [];
    list.replaceChildren(...shown.map((suggestion, number) => optionOf(suggestion, number, typed)));
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = suggestions.length === 0;
    input.setAttribute("aria-expanded", String(suggestions.length > 0));
    told.textContent = suggestions.length ? input.dataset.count.replace("#", suggestions.length) : "";
  };

  // A server that restarts, or has no room just now, is asked once more.
  const suggest = async (again = true) => {
    const number = ++asked;
    const text = input.value;
    if (text.trim().length < 2) return close();
    const address = new URL(input.dataset.suggest, document.baseURI);
    address.searchParams.set("q", text.slice(0, 200));
    address.searchParams.set("limit", "6");
    try {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(answer.statusText);
      const found = (await answer.json()).suggestions;
      if (number === asked && document.activeElement === input) show(found, text.trim());
    } catch {
      close();
      if (again && number === asked) timer = setTimeout(suggest, 1000, false);
    }
  };

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(suggest, 120); });
  input.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus until the click
  input.form.addEventListener("submit", () => { clearTimeout(timer); asked++; close(); });
  input.addEventListener("keydown", (event) => {
    const count = list.hidden ? 0 : shown.length;
    if (event.key === "ArrowDown" && !count) { event.preventDefault(); suggest(); }
    else if (event.key === "ArrowDown") { event.preventDefault(); mark((active + 1) % count); }
    else if (event.key === "ArrowUp" && count) { event.preventDefault(); mark(active <= 0 ? count - 1 : active - 1); }
    else if (event.key === "Enter" && active >= 0) { event.preventDefault(); choose(shown[active]); }
    else if (event.key === "Escape" && count) { event.preventDefault(); close(); }
  });
}

// A text with what begins like a typed word set apart.
function setApart(text, typed) {
  const words = typed.match(/[\p{L}\p{N}]+/gu) ?? [];
  const begins = new RegExp(`(?<![\\p{L}\\p{N}])(${words.sort((a, b) => b.length - a.length).join("|")})`, "giu");
  return (words.length ? text.split(begins) : [text]).map((part, place) => {
    if (place % 2 === 0) return part;
    const apart = document.createElement("b");
    apart.textContent = part;
    return apart;
  });
}

function small(text) {
  const element = document.createElement("small");
  element.textContent = text;
  return element;
}
