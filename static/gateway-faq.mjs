// gateway-faq.js for import("…/gateway-faq.mjs"): only a module knows its own address when it is imported.
globalThis[Symbol.for("gatewijzer.site")] = new URL(import.meta.url).origin;
await import(new URL("gateway-faq.js", import.meta.url).href);
