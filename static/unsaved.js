// Ask before leaving a form with words that are not saved. A form that was refused, or that shows an earlier version,
// has such words from the start.

const form = document.querySelector("#entry_form");
const SAVING = ["_continue", "_publish"];
let isSaving = false;

const chosenAtFirst = (select) => [...select.options].find((option) => option.defaultSelected) ?? select.options[0];

const isChanged = (field) => {
  if (field.name === "" || field.type === "submit") return false;
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.tagName === "SELECT") return field.selectedOptions[0] !== chosenAtFirst(field);
  return "defaultValue" in field && field.value !== field.defaultValue;
};

const isUnsaved = () => form.querySelector("[data-unsaved]") !== null || [...form.elements].some(isChanged);

form?.addEventListener("submit", ({ submitter }) => { isSaving = SAVING.includes(submitter?.name); });
addEventListener("pageshow", () => { isSaving = false; });
addEventListener("beforeunload", (event) => {
  if (form && !isSaving && isUnsaved()) event.preventDefault();
});
