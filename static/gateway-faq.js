// <gateway-faq entry="what-is-expressroute" lang="nl">a link as fallback</gateway-faq>, also search="…" and advice="…".
// Shows the page in a frame, as high as its content and as light or dark as the portal. The fallback stays until the
// frame has said that it is there, so a portal that may not show it keeps a link that works.
(() => {
  // A module has no currentScript, and an import no script at all: gateway-faq.mjs says where it came from.
  const script = document.currentScript ?? document.querySelector('script[src*="/gateway-faq.js"]');
  const site = globalThis[Symbol.for("gatewijzer.site")] ?? (script?.src ? new URL(script.src).origin : null);
  if (site === null) {
    console.warn("gateway-faq.js cannot tell which site it comes from, so nothing is shown. Import gateway-faq.mjs instead.");
    return;
  }
  const dark = matchMedia("(prefers-color-scheme: dark)");

  const themeOf = (element) => {
    const chosen = element.getAttribute("theme");
    if (chosen === "light" || chosen === "dark") return chosen;
    const scheme = getComputedStyle(element).colorScheme;
    if (scheme.includes("dark") && (!scheme.includes("light") || dark.matches)) return "dark";
    return "light";
  };

  const addressOf = (element) => {
    const lang = [element.getAttribute("lang"), document.documentElement.lang.slice(0, 2)]
      .find((code) => code === "nl" || code === "en") ?? "nl";
    const address = new URL(`/embed/${lang}/`, site);
    const entry = element.getAttribute("entry");
    if (entry !== null) {
      if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(entry)) return null;
      address.pathname += entry;
    } else if (element.hasAttribute("search")) {
      address.pathname += "search";
      if (element.getAttribute("search")) address.searchParams.set("q", element.getAttribute("search"));
    } else if (element.hasAttribute("advice")) {
      address.pathname += "advice";
      address.search = element.getAttribute("advice");
    } else {
      return null;
    }
    if (element.hasAttribute("edition")) address.searchParams.set("edition", element.getAttribute("edition"));
    return address;
  };

  class GatewayFaq extends HTMLElement {
    static observedAttributes = ["entry", "search", "advice", "lang", "edition", "theme"];
    #frame = null;
    #slot = null;
    #leaving = null;
    #told = null;
    #pages = 0;

    connectedCallback() {
      this.#leaving = new AbortController();
      const { signal } = this.#leaving;
      addEventListener("message", (event) => this.#hear(event), { signal });
      dark.addEventListener("change", () => this.#tell(), { signal });
      const watching = new MutationObserver(() => this.#tell());
      watching.observe(document.documentElement, { attributes: true });
      watching.observe(document.body, { attributes: true });
      signal.addEventListener("abort", () => watching.disconnect());
      this.#show();
    }

    disconnectedCallback() {
      this.#leaving.abort();
    }

    attributeChangedCallback(name) {
      if (!this.isConnected || !this.#leaving) return;
      if (name === "theme") this.#tell();
      else this.#show();
    }

    #show() {
      const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
      const address = addressOf(this);
      this.#slot = document.createElement("slot");
      root.replaceChildren(this.#slot);
      this.#frame = null;
      this.#pages = 0;
      this.style.display ||= "block";
      if (address === null) return;
      this.#told = themeOf(this);
      address.searchParams.set("theme", this.#told);
      address.searchParams.set("portal", location.origin);
      const frame = document.createElement("iframe");
      Object.assign(frame.style, { display: "block", width: "100%", height: "0", border: "0", visibility: "hidden" });
      frame.loading = "lazy";
      frame.allow = "clipboard-write";
      frame.sandbox = "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads";
      frame.src = address.href;
      this.#frame = frame;
      root.append(frame);
    }

    #hear({ source, origin, data }) {
      if (!this.#frame || source !== this.#frame.contentWindow || origin !== site) return;
      if (data?.type !== "gatewijzer:height" || !Number.isFinite(data.height)) return;
      const height = Math.min(Math.max(Math.ceil(data.height), 0), 20000);
      this.#frame.style.height = `${height}px`;
      this.#frame.style.visibility = "visible";
      this.#frame.title = this.getAttribute("aria-label") || this.textContent.trim() || "Gatewijzer";
      this.#slot.style.display = "none";
      // A link led to another page, whose top may be far above what the reader sees of the portal.
      if (data.isNew === true && ++this.#pages > 1 && this.getBoundingClientRect().top < 0) {
        this.scrollIntoView({ block: "start" });
      }
      this.#tell();
    }

    #tell() {
      const theme = themeOf(this);
      if (!this.#frame || theme === this.#told) return;
      this.#told = theme;
      this.#frame.contentWindow?.postMessage({ type: "gatewijzer:theme", theme }, site);
    }
  }

  if (!customElements.get("gateway-faq")) customElements.define("gateway-faq", GatewayFaq);
})();
