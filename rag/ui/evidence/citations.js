// The citation overlay: a tooltip on hover and focus of `a[href^="#cite-"]`, a dialog on click and Enter.
// A title, `a[href^="#paper-"]`, has the dialog only; the label `a[href^="#unsupported-"]` the tooltip only.
// Streamlit calls the default export for every turn and again when its data or the theme changes; the
// module is loaded once, so all turns share one overlay. Paper and model text only ever becomes textContent.

const LINK = 'a[href^="#cite-"], a[href^="#paper-"], a[href^="#unsupported-"]';
const TITLE = 'a[href^="#paper-"]';
const NEAR = 5; // pixels that a pointer may move in a click
const LABEL = 'a[href^="#unsupported-"]';
const EXPLANATION = "No abstract supports this sentence.";
const SAID_MS = 1500;
const THEME = ["font", "heading-font", "text-color", "background-color", "secondary-background-color",
  "border-color", "primary-color", "link-color"];

const handedOver = new Map();
let overlay = null;
let tell = () => {};
let opened = "";

export default function ({ key, data, parentElement, setTriggerValue }) {
  const mine = { entries: {}, copies: {}, ...data };
  handedOver.set(key, mine);
  if (mine.listens) tell = setTriggerValue;
  overlay ??= new Overlay();
  overlay.takeTheme(parentElement instanceof ShadowRoot ? parentElement.host : parentElement);
  overlay.entriesArrived();
  if (mine.open && mine.open.at !== opened) {
    opened = mine.open.at;
    overlay.from = null;
    overlay.dialog.show(mine.entries[mine.open.anchor]);
  }
  // Not at once: while an answer streams its entries are handed over anew, and the old ones leave first.
  return () => setTimeout(() => forget(key, mine), 1000);
}

function forget(key, mine) {
  if (handedOver.get(key) !== mine) return;
  handedOver.delete(key);
  if (handedOver.size > 0) return;
  overlay?.remove();
  overlay = null;
}

function entryOf(link) {
  return handed("entries", link.getAttribute("href").replace(/^#(paper-)?/, ""));
}

// What was handed over last under a name, of the "entries" by anchor or the "copies" by turn.
function handed(what, name) {
  return [...handedOver.values()].findLast((each) => Object.hasOwn(each[what], name))?.[what][name];
}

class Overlay {
  constructor() {
    this.host = element("div", "", { id: "citation-overlay" });
    const root = this.host.attachShadow({ mode: "open" });
    this.tooltip = element("div", "", { id: "tooltip", hidden: true, role: "status" });
    this.dialog = new PaperDialog((what, id) => tell(what, id), (leaving) => this.giveFocusBack(leaving));
    root.append(element("style", STYLE), this.tooltip, this.dialog.element);
    document.body.append(this.host);
    this.closed = -Infinity;
    this.toOpen = this.toHint = this.toCopy = this.pressed = null;
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
    // While an answer grows, a link may be drawn anew between the press and its release: no click comes then.
    on(document, "mousedown", (event) => {
      const link = event.button === 0 ? event.target.closest?.(LINK) : null;
      this.pressed = link && { link, x: event.clientX, y: event.clientY };
    }, { capture: true });
    on(document, "mouseup", (event) => {
      const { pressed } = this;
      this.pressed = null;
      if (!pressed || pressed.link.isConnected) return;
      if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < NEAR) this.open(pressed.link);
    }, { capture: true });
    on(document, "click", (event) => {
      const button = event.target.closest?.(COPY);
      if (!button) return;
      event.preventDefault();
      event.stopPropagation();
      this.copyAnswer(button);
    }, { capture: true });
    on(document, "mouseover", withLink((link) => {
      if (!link.matches(TITLE) && matchMedia("(hover: hover)").matches) this.hint(link);
    }));
    on(document, "mouseout", withLink(() => this.unhint(150)));
    on(document, "focusin", withLink((link) => {
      if (link.matches(LABEL)) link.setAttribute("aria-description", EXPLANATION);
      else link.setAttribute("aria-haspopup", "dialog");
      if (!link.matches(TITLE) && link.matches(":focus-visible")) this.hint(link);
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
    if (link.matches(LABEL)) {
      this.point(link, EXPLANATION);
      return;
    }
    const entry = entryOf(link);
    if (!entry) {
      this.toHint = link;
      return;
    }
    this.point(
      link,
      element("strong", entry.title),
      element("div", [entry.authors, entry.published].filter(Boolean).join(" · "), { className: "details" }),
      element("p", entry.doubt, { className: "doubt" }),
      element("blockquote", entry.quote, { className: entry.doubt && "nearest" }),
    );
  }

  point(at, ...said) {
    clearTimeout(this.leaving);
    this.tooltip.replaceChildren(...said);
    this.tooltip.hidden = false;
    this.hinted = at;
    this.place();
  }

  async copyAnswer(button) {
    const turn = button.closest(COPY).className.match(/st-key-copy-(\S+)/)[1];
    const text = handed("copies", turn);
    this.toCopy = text === undefined ? button : null;
    if (this.toCopy) return;
    const said = await copy(text, this.host.shadowRoot);
    this.point(button, said);
    this.unhint(SAID_MS);
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

  // A link or a button may be drawn, and used, a moment before what it needs is here.
  entriesArrived() {
    const { toOpen, toHint, toCopy } = this;
    this.toOpen = this.toHint = this.toCopy = null;
    if (toCopy) this.copyAnswer(toCopy);
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
    this.dialog.show(entry);
  }

  giveFocusBack(leaving) {
    this.closed = performance.now(); // the pointer may still be over the link: no tooltip now
    this.unhint();
    if (leaving || !this.from) return; // there is something else to look at, or the browser gives it back
    // The stream may have drawn the link anew while the dialog was open.
    const links = [...document.querySelectorAll(LINK)];
    const same = links[this.index]?.getAttribute("href") === this.from;
    const link = same ? links[this.index] : links.find((each) => each.getAttribute("href") === this.from);
    link?.focus({ preventScroll: true });
  }
}

const STYLE = `/* citations.css */`;
