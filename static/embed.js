// Inside a portal's frame: say how high the page is, that it is a new one, and be as light or dark as the portal says.

const root = document.documentElement;

const paint = (theme) => {
  if (theme !== "light" && theme !== "dark") return;
  root.dataset.theme = theme;
  try { sessionStorage.setItem("theme", theme); } catch { /* storage may be blocked in a frame */ }
};

try {
  if (root.dataset.theme) paint(root.dataset.theme);
  else paint(sessionStorage.getItem("theme"));
} catch { /* as above */ }

if (parent !== window) {
  addEventListener("message", ({ source, data }) => {
    if (source === parent && data?.type === "gatewijzer:theme") paint(data.theme);
  });
  let isNew = true; // the first that this page says of itself
  const tell = () => {
    parent.postMessage({ type: "gatewijzer:height", height: document.body.getBoundingClientRect().height, isNew }, "*");
    isNew = false;
  };
  new ResizeObserver(tell).observe(document.body);
  tell(); // a frame without height is not painted, and nothing is observed in it
}
