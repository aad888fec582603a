// Counting, without saying who, what was asked and whether a result was opened.

// A question counts when it was left standing for three seconds, sent, or led to an entry.
const results = document.getElementById("results");
if (results) {
  const settled = 3000;
  let counted = "";
  let timer;

  // data-count is where to count it: with the edition that was searched, which a new search may change.
  const tell = (slug) => {
    const { question, count } = results.querySelector("[data-question]")?.dataset ?? {};
    const whole = `${count} ${question}`;
    if (!question || (!slug && whole === counted)) return;
    const said = new FormData();
    said.set("q", question);
    if (slug) said.set("slug", slug);
    if (whole !== counted) said.set("new", "1");
    counted = whole;
    navigator.sendBeacon(count, said);
  };
  const wait = () => { clearTimeout(timer); timer = setTimeout(tell, settled); };

  wait();
  document.body.addEventListener("htmx:afterSwap", wait);
  results.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-slug]");
    if (link) tell(link.dataset.slug);
  });
}
