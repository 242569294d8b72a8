// The citation overlay: a tooltip on hover and focus of `a[href^="#cite-"]`, a dialog on click and Enter.
// The label `a[href^="#unsupported-"]` has a tooltip only, also on click and Enter.
// Streamlit calls the default export for every turn and again when its data or the theme changes; the
// module is loaded once, so all turns share one overlay. Paper and model text only ever becomes textContent.

const LINK = 'a[href^="#cite-"], a[href^="#unsupported-"]';
const LABEL = 'a[href^="#unsupported-"]';
const EXPLANATION = "No abstract supports this sentence.";
const THEME = ["font", "heading-font", "text-color", "background-color", "secondary-background-color",
  "border-color", "primary-color", "link-color"];

const entriesByTurn = new Map();
let overlay = null;

export default function ({ key, data, parentElement }) {
  entriesByTurn.set(key, data ?? {});
  overlay ??= new Overlay();
  overlay.takeTheme(parentElement instanceof ShadowRoot ? parentElement.host : parentElement);
  overlay.entriesArrived();
  // Not at once: while an answer streams its entries are handed over anew, and the old ones leave first.
  return () => setTimeout(() => forget(key), 1000);
}

function forget(key) {
  entriesByTurn.delete(key);
  if (entriesByTurn.size > 0) return;
  overlay?.remove();
  overlay = null;
}

function entryOf(link) {
  const anchor = link.getAttribute("href").slice(1);
  return [...entriesByTurn.values()].findLast((entries) => Object.hasOwn(entries, anchor))?.[anchor];
}

function element(name, text = "", properties = {}) {
  return Object.assign(document.createElement(name), { textContent: text }, properties);
}

function showPassages(parent, passages) {
  parent.replaceChildren(...passages.map(([text, emphasis]) =>
    emphasis ? element("mark", text, { className: emphasis }) : document.createTextNode(text)));
}

class Overlay {
  constructor() {
    this.host = element("div", "", { id: "citation-overlay" });
    const root = this.host.attachShadow({ mode: "open" });
    this.tooltip = element("div", "", { id: "tooltip", hidden: true, role: "status" });
    this.dialog = element("dialog");
    this.dialog.setAttribute("aria-labelledby", "title");
    this.eyebrow = element("p", "", { className: "eyebrow" });
    this.title = element("h2", "", { id: "title" });
    this.close = element("button", "Close", { type: "button" });
    this.about = element("div", "", { id: "about" });
    this.doubt = element("p", "", { className: "doubt" });
    this.text = element("p");
    this.abstract = element("div", "", { id: "abstract", tabIndex: 0, role: "region", ariaLabel: "Abstract" });
    const heading = element("div");
    const header = element("header");
    heading.append(this.eyebrow, this.title);
    header.append(heading, this.close);
    this.abstract.append(this.text);
    this.dialog.append(header, this.about, this.doubt, this.abstract);
    root.append(element("style", STYLE), this.tooltip, this.dialog);
    document.body.append(this.host);
    this.closed = -Infinity;
    this.toOpen = this.toHint = null;
    this.listen();
  }

  listen() {
    this.listening = new AbortController();
    const { signal } = this.listening;
    const on = (target, type, react, options = {}) => target.addEventListener(type, react, { signal, ...options });
    const withLink = (react) => (event) => {
      const link = event.target.closest?.(LINK);
      if (link) react(link, event);
    };
    on(document, "click", withLink((link, event) => {
      event.preventDefault();
      event.stopPropagation();
      this.open(link);
    }), { capture: true });
    on(document, "mouseover", withLink((link) => {
      if (matchMedia("(hover: hover)").matches) this.hint(link);
    }));
    on(document, "mouseout", withLink(() => this.unhint(150)));
    on(document, "focusin", withLink((link) => {
      if (link.matches(LABEL)) link.setAttribute("aria-description", EXPLANATION);
      else link.setAttribute("aria-haspopup", "dialog");
      if (link.matches(":focus-visible")) this.hint(link);
    }));
    on(document, "focusout", withLink(() => this.unhint()));
    on(document, "scroll", () => this.place(), { capture: true, passive: true });
    // What Escape closes here is all that it does: it is also the key that stops an answer.
    on(document, "keydown", (event) => {
      if (event.key !== "Escape" || (this.tooltip.hidden && !this.dialog.open)) return;
      event.stopPropagation();
      this.unhint();
    }, { capture: true });
    on(this.tooltip, "mouseenter", () => clearTimeout(this.leaving));
    on(this.tooltip, "mouseleave", () => this.unhint(150));
    on(this.close, "click", () => this.dialog.close());
    on(this.dialog, "click", (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
    on(this.dialog, "close", () => this.giveFocusBack());
  }

  remove() {
    clearTimeout(this.leaving);
    this.listening.abort();
    this.host.remove();
  }

  takeTheme(themed) {
    if (!themed.isConnected) return;
    const style = getComputedStyle(themed);
    for (const name of THEME) this.host.style.setProperty(`--st-${name}`, style.getPropertyValue(`--st-${name}`));
    const [red, green, blue] = style.color.match(/\d+/g).map(Number);
    const dark = red + green + blue > 382; // light text
    this.host.style.setProperty("--mark", dark ? "#5b4a12" : "#ffeeb0");
    this.host.style.setProperty("--mark-edge", dark ? "#c9a63a" : "#d9ab2b");
    this.host.style.setProperty("--doubt", dark ? "#f0a35e" : "#9a4a06");
    this.host.style.colorScheme = dark ? "dark" : "light";
  }

  hint(link) {
    if (this.dialog.open || performance.now() - this.closed < 250) return;
    clearTimeout(this.leaving);
    if (link.matches(LABEL)) {
      this.tooltip.replaceChildren(EXPLANATION);
    } else {
      const entry = entryOf(link);
      if (!entry) {
        this.toHint = link;
        return;
      }
      this.tooltip.replaceChildren(
        element("strong", entry.title),
        element("div", [entry.authors, entry.published].filter(Boolean).join(" · "), { className: "details" }),
        element("p", entry.doubt, { className: "doubt" }),
        element("blockquote", entry.quote, { className: entry.doubt && "nearest" }),
      );
    }
    this.tooltip.hidden = false;
    this.hinted = link;
    this.place();
  }

  place() {
    if (this.tooltip.hidden) return;
    const at = this.hinted.getClientRects()[0];
    if (!at || at.bottom < 0 || at.top > innerHeight) {
      this.unhint();
      return;
    }
    const { width, height } = this.tooltip.getBoundingClientRect();
    const left = Math.min(Math.max(at.left + at.width / 2 - width / 2, 12), innerWidth - width - 12);
    const above = at.top - height - 8;
    this.tooltip.style.left = `${left}px`;
    this.tooltip.style.top = `${above > 8 ? above : at.bottom + 8}px`;
  }

  unhint(delay = 0) {
    clearTimeout(this.leaving);
    this.toHint = null;
    if (delay) this.leaving = setTimeout(() => this.unhint(), delay);
    else this.tooltip.hidden = true;
  }

  // A link may be drawn, and used, a moment before its entry is here.
  entriesArrived() {
    const { toOpen, toHint } = this;
    this.toOpen = this.toHint = null;
    if (toOpen) this.open(toOpen);
    else if (toHint) this.hint(toHint);
  }

  open(link) {
    if (link.matches(LABEL)) {
      this.hint(link);
      return;
    }
    this.unhint();
    this.toOpen = null;
    const entry = entryOf(link);
    if (!entry) {
      this.toOpen = link;
      return;
    }
    this.from = link.getAttribute("href");
    this.index = [...document.querySelectorAll(LINK)].indexOf(link);
    this.eyebrow.textContent = `Source ${entry.marker}`;
    showPassages(this.title, entry.titlePassages);
    this.about.replaceChildren(
      element("p", entry.authors),
      element("p", entry.published, { className: "details" }),
      this.where(entry),
    );
    this.doubt.textContent = entry.doubt;
    showPassages(this.text, entry.passages);
    if (!this.dialog.open) this.dialog.showModal();
    const quoted = this.text.querySelector("mark.quote, mark.nearest");
    this.abstract.scrollTop = 0;
    quoted?.scrollIntoView({ block: "center" });
  }

  where({ url, linked }) {
    const line = element("p");
    if (linked) line.append(element("a", url, { href: url, target: "_blank", rel: "noopener noreferrer" }));
    else line.textContent = url;
    return line;
  }

  giveFocusBack() {
    this.closed = performance.now(); // the pointer may still be over the link: no tooltip now
    // The stream may have drawn the link anew while the dialog was open.
    const links = [...document.querySelectorAll(LINK)];
    const same = links[this.index]?.getAttribute("href") === this.from;
    const link = same ? links[this.index] : links.find((each) => each.getAttribute("href") === this.from);
    link?.focus({ preventScroll: true });
    this.unhint();
  }
}

const STYLE = `/* citations.css */`;
