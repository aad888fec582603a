// A field beside a list, in which an editor types to find what the list may hold, and picks it. The list itself is a
// text with a line for each, which works without this script.

const PAUSE = 200;

const add = (list, value) => {
  const lines = list.value.split("\n").map((line) => line.trim()).filter(Boolean);
  if (value && !lines.includes(value)) list.value = [...lines, value].join("\n");
  list.dispatchEvent(new Event("input", { bubbles: true }));
};

const picker = (list) => {
  const field = document.createElement("input");
  const options = document.createElement("datalist");
  let timer = null;
  options.id = `${list.id}_choices`;
  field.setAttribute("list", options.id);
  field.className = "picker vTextField";
  field.autocomplete = "off";
  field.placeholder = field.ariaLabel = list.dataset.pick;

  const pick = () => { add(list, field.value.trim()); field.value = ""; options.replaceChildren(); };

  const find = async () => {
    const edition = list.dataset.edition ?? document.querySelector("#id_edition")?.value ?? "";
    const query = new URLSearchParams({ edition, q: field.value });
    const answer = await fetch(`${list.dataset.choices}?${query}`);
    if (!answer.ok) return;
    const { choices } = await answer.json();
    options.replaceChildren(...choices.map(({ value, name }) => {
      const option = document.createElement("option");
      option.value = value;
      option.label = name;
      option.textContent = name;
      return option;
    }));
  };

  field.addEventListener("input", (event) => {
    event.stopPropagation();
    clearTimeout(timer);
    if ([...options.options].some((option) => option.value === field.value)) pick();
    else if (field.value.trim()) timer = setTimeout(find, PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (field.value.trim()) pick();
  });
  list.after(field, options);
};

document.querySelectorAll("textarea[data-choices]").forEach(picker);
