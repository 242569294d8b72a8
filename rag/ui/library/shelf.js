// A list of papers. Text of papers only ever becomes textContent; the only link is an http(s) address in full view.
// Streamlit calls the default export again whenever its data changes; the list is made anew only for other papers.

const NAMED = 4; // authors that a closed paper shows

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const shelf = (parentElement.shelf ??= new Shelf(parentElement));
  shelf.tell = { setStateValue, setTriggerValue };
  shelf.take(data);
}

function element(name, text = "", properties = {}) {
  return Object.assign(document.createElement(name), { textContent: text }, properties);
}

function shortNames({ authors, complete }) {
  if (!authors.length) return "Authors not known";
  const more = authors.length - NAMED;
  const names = authors.slice(0, NAMED).join(", ") + (more > 0 ? ` and ${more} more` : "");
  return complete ? names : `${names} and others`;
}

class Shelf {
  constructor(parent) {
    this.host = element("div", "", { className: "shelf" });
    parent.append(this.host);
    this.made = this.version = null;
    this.host.addEventListener("keydown", (event) => this.move(event));
  }

  take({ papers, chosen, version }) {
    const made = JSON.stringify(papers);
    if (made !== this.made) {
      this.made = made;
      this.make(papers);
      this.version = null;
    }
    // What is ticked here is newer than what the server knows, unless the server decided anew.
    if (version !== this.version) {
      this.version = version;
      this.boxes.forEach((box) => { box.checked = chosen.includes(box.value); });
      this.count();
    }
  }

  make(papers) {
    this.every = element("input", "", { type: "checkbox" });
    this.every.addEventListener("change", () => {
      this.boxes.forEach((box) => { box.checked = this.every.checked; });
      this.chose();
    });
    const all = element("label", "", { className: "every" });
    all.append(this.every, element("span", `Choose all ${papers.length} on this page`));
    const list = element("ol");
    this.boxes = [];
    list.append(...papers.map((paper) => this.row(paper)));
    this.host.replaceChildren(all, list);
  }

  row(paper) {
    const box = element("input", "", { type: "checkbox", value: paper.id, ariaLabel: `Choose ${paper.title}` });
    box.addEventListener("change", () => this.chose());
    this.boxes.push(box);
    const tick = element("label", "", { className: "tick" });
    tick.append(box);
    const paperOf = element("details");
    const summary = element("summary");
    const about = [paper.published, shortNames(paper)].filter(Boolean).join(" · ");
    summary.append(element("span", paper.title, { className: "title" }), element("span", about, { className: "about" }));
    paperOf.append(summary);
    paperOf.addEventListener("toggle", () => {
      if (paperOf.open && paperOf.childElementCount === 1) paperOf.append(this.body(paper));
    });
    const row = element("li");
    row.append(tick, paperOf);
    return row;
  }

  body(paper) {
    const body = element("div", "", { className: "body" });
    if (paper.published) body.append(element("p", paper.published, { className: "published" }));
    if (!paper.authors.length) {
      body.append(element("p", "Authors not known", { className: "published" }));
    } else {
      const people = element("p", "", { className: "people" });
      if (!paper.complete) people.append("Known authors: ");
      for (const name of paper.authors) {
        const person = element("button", name, { type: "button", title: `All papers of ${name}` });
        person.addEventListener("click", () => this.tell.setTriggerValue("author", name));
        people.append(person, " ");
      }
      body.append(people);
    }
    body.append(paper.abstract
      ? element("p", paper.abstract, { className: "abstract" })
      : element("p", "The library has no abstract of this paper.", { className: "missing" }));
    const foot = element("p", "", { className: "foot" });
    const ask = element("button", "Ask about this paper", { type: "button", className: "action" });
    ask.addEventListener("click", () => this.tell.setTriggerValue("ask", paper.id));
    foot.append(ask);
    if (paper.url) {
      foot.append(paper.linked
        ? element("a", paper.url, { href: paper.url, target: "_blank", rel: "noopener noreferrer nofollow" })
        : element("span", paper.url, { className: "address" }));
    }
    body.append(foot);
    return body;
  }

  chose() {
    this.count();
    this.tell.setStateValue("chosen", this.boxes.filter((box) => box.checked).map((box) => box.value));
  }

  count() {
    const ticked = this.boxes.filter((box) => box.checked).length;
    this.every.checked = ticked > 0 && ticked === this.boxes.length;
    this.every.indeterminate = ticked > 0 && ticked < this.boxes.length;
  }

  // Arrows go from paper to paper, Home and End to the first and the last, x ticks.
  move(event) {
    if (!event.target.matches("summary") || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = [...this.host.querySelectorAll("summary")];
    const place = all.indexOf(event.target);
    const to = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined && all[to]) all[to].focus();
    else if (event.key === "x") this.boxes[place].click();
    else return;
    event.preventDefault();
  }
}
