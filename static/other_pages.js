// The whole FAQ stands on several pages. An anchor that this one does not have is that of an entry or a section on another
// one: it leads to the page of that, under its present name.
const lead = () => {
  const slug = location.hash.slice(1);
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug) || document.getElementById(slug)) return;
  const edition = new URLSearchParams(location.search).get("edition");
  location.replace(`${location.pathname}${slug}/${edition ? `?edition=${encodeURIComponent(edition)}` : ""}`);
};
addEventListener("hashchange", lead);
lead();
