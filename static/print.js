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
