// Copies or prints the recovery codes. Without scripts they are text like any other, and there are no buttons.
const codes = [...document.querySelectorAll("#recovery-codes code")].map((code) => code.textContent).join("\n");
const copy = document.getElementById("copy-codes"), print = document.getElementById("print-codes");
print.hidden = false;
print.addEventListener("click", () => window.print());
if (navigator.clipboard) {
  const told = document.getElementById("copied");
  copy.hidden = false;
  copy.addEventListener("click", () => navigator.clipboard.writeText(codes).then(() => { told.textContent = told.dataset.copied; }));
}
