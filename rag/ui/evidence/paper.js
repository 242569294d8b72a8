// The dialog that shows a paper, with what can be done with it. `entry` is what papers.py makes of a paper.

function element(name, text = "", properties = {}) {
  return Object.assign(document.createElement(name), { textContent: text }, properties);
}

function address(url) {
  return element("a", url, { href: url, target: "_blank", rel: "noopener noreferrer" });
}

function showPassages(parent, passages) {
  parent.replaceChildren();
  let mark = null;
  for (const [text, emphasis, linked] of passages) {
    if ((mark?.className ?? "") !== emphasis) mark = emphasis ? element("mark", "", { className: emphasis }) : null;
    if (mark) parent.append(mark);
    (mark ?? parent).append(linked ? address(text) : text);
  }
}

class PaperDialog {
  // `wish` is called with "about" or "similar" and the id of the paper, `closed` with whether that is why it closes.
  constructor(wish, closed) {
    this.element = element("dialog");
    this.element.setAttribute("aria-labelledby", "title");
    this.eyebrow = element("p", "", { className: "eyebrow" });
    this.title = element("h2", "", { id: "title" });
    this.about = element("div", "", { id: "about" });
    this.said = element("span", "", { id: "said", role: "status" });
    this.doubt = element("p", "", { className: "doubt" });
    this.text = element("p");
    this.abstract = element("div", "", { id: "abstract", tabIndex: 0, role: "region", ariaLabel: "Abstract" });
    const header = element("header");
    const heading = element("div");
    const actions = element("div", "", { id: "actions" });
    const button = (label, react) => {
      const made = element("button", label, { type: "button" });
      made.addEventListener("click", react);
      return made;
    };
    const leave = (wanted) => {
      this.leaving = true;
      this.element.close();
      wish(wanted, this.entry.id);
    };
    heading.append(this.eyebrow, this.title);
    header.append(heading, button("Close", () => this.element.close()));
    actions.append(
      button("Ask about this paper", () => leave("about")),
      button("Papers like this", () => leave("similar")),
      button("Copy BibTeX", () => this.copyBibtex()),
      this.said,
    );
    this.abstract.append(this.text);
    this.element.append(header, this.about, actions, this.doubt, this.abstract);
    this.element.addEventListener("click", (event) => {
      if (event.target === this.element) this.element.close();
    });
    this.element.addEventListener("close", () => closed(this.leaving));
  }

  get open() {
    return this.element.open;
  }

  show(entry) {
    this.entry = entry;
    this.leaving = false;
    this.said.textContent = "";
    this.eyebrow.textContent = entry.marker ? `Source ${entry.marker}` : "Paper";
    showPassages(this.title, entry.titlePassages);
    const where = element("p");
    where.append(entry.linked ? address(entry.url) : entry.url);
    this.about.replaceChildren(
      element("p", entry.authors),
      element("p", entry.published, { className: "details" }),
      where,
    );
    this.doubt.textContent = entry.doubt;
    showPassages(this.text, entry.passages);
    if (!this.text.textContent) this.text.textContent = "The library has no abstract of this paper.";
    if (!this.open) this.element.showModal();
    this.abstract.scrollTop = 0;
    this.text.querySelector("mark.quote, mark.nearest")?.scrollIntoView({ block: "center" });
  }

  async copyBibtex() {
    this.said.textContent = await copy(this.entry.bibtex, this.element);
  }
}
