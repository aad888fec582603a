// A page without content in a frame: ask the browser which portal shows it, and go on to the page that names it.
const portal = location.ancestorOrigins?.[0];
if (portal && portal !== "null") {
  const address = new URL(location.href);
  address.searchParams.set("portal", portal);
  location.replace(address);
}
