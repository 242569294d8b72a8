// The map itself: what is shown, chosen and said. Titles and labels only ever become text.

const HOVER = 9, TOUCH = 18; // pixels around a point that are the point's
const maps = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  if (!maps.has(parentElement)) maps.set(parentElement, new LibraryMap(parentElement));
  const map = maps.get(parentElement);
  map.tell = setTriggerValue;
  if (data) map.take(data);
  return () => {
    map.remove();
    maps.delete(parentElement);
  };
}

class LibraryMap {
  constructor(parent) {
    this.parent = parent;
    this.part = (id) => parent.querySelector(`#${id}`);
    this.canvas = this.part("canvas");
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.drawing = new Drawing(this.canvas);
    this.gestures = new Gestures(this.canvas, {
      view: () => {
        this.point(-1);
        this.redraw();
      },
      selected: (line) => this.selectInside(line),
      pointed: (x, y) => this.point(this.at(x, y, HOVER)),
      clicked: (x, y) => this.open(this.at(x, y, matchMedia("(hover: hover)").matches ? HOVER : TOUCH)),
      left: () => this.point(-1),
      drawn: (line) => this.part("drawn").setAttribute("d", line ? `M${line.join("L")}Z` : ""),
    }, signal);
    const click = (id, act) => this.part(id).addEventListener("click", act, { signal });
    click("by-theme", () => this.colourBy(false));
    click("by-year", () => this.colourBy(true));
    click("move", () => this.select(false));
    click("lasso", () => this.select(true));
    click("in", () => this.gestures.zoomBy(1.5));
    click("out", () => this.gestures.zoomBy(1 / 1.5));
    click("fit", () => this.gestures.fit());
    click("ask", () => this.hand("ask", this.places()));
    click("list", () => this.hand("list", this.places()));
    click("clear", () => this.choose(null));
    click("ask-one", () => this.hand("ask", [this.opened]));
    click("close", () => this.close());
    this.part("map").addEventListener("keydown", (event) => this.escape(event), { signal });
    this.resized = new ResizeObserver(() => this.points && this.redraw());
    this.resized.observe(this.canvas);
  }

  remove() {
    this.listening.abort();
    this.resized.disconnect();
    cancelAnimationFrame(this.frame);
  }

  // Called for every run of the page: the same bytes change nothing but the colours of the theme.
  take(bytes) {
    const style = getComputedStyle(this.part("map"));
    const [red, green, blue] = style.color.match(/\d+/g).map(Number);
    const dark = red + green + blue > 382; // light text
    const background = style.getPropertyValue("--st-background-color").trim() || (dark ? "#15181b" : "#fdfcfa");
    const theme = { background, text: style.color, font: style.fontFamily };
    const points = this.bytes === bytes ? this.points : new Points(bytes);
    const other = points.map !== this.points?.map;
    if (other) this.points = points;
    this.bytes = bytes;
    this.drawing.take(this.points, theme, dark);
    if (other) {
      this.point(-1);
      points.titled.then(() => this.points === points && this.point(this.under));
      this.listThemes();
      this.choose(null);
      this.close();
      this.gestures.frame(this.points);
    }
    this.paintThemes();
    this.showYears();
    this.redraw();
  }

  // A pointer that rests on a paper goes on naming it.
  redraw() {
    this.point(this.under);
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      const { clientWidth, clientHeight } = this.canvas;
      if (!clientWidth || !clientHeight) return;
      const began = performance.now();
      this.drawing.resize(clientWidth, clientHeight, Math.min(devicePixelRatio || 1, 2));
      this.drawing.draw(this.gestures.view, this.byYear, this.wanted);
      this.part("map").dataset.drawn = `${this.points.papers} ${(performance.now() - began).toFixed(1)}`;
    });
  }

  at(x, y, reach) {
    const { scale, left, top } = this.gestures.view;
    return this.points.nearest((x - left) / scale, (y - top) / scale, reach / scale, this.wanted);
  }

  point(i) {
    this.under = i;
    const tip = this.part("tip"), ring = this.part("ring");
    if (i < 0 && tip.hidden) return;
    this.canvas.classList.toggle("over", i >= 0);
    ring.style.visibility = i >= 0 ? "visible" : "hidden";
    tip.hidden = i < 0;
    if (i < 0) return;
    const { scale, left, top } = this.gestures.view;
    const [x, y] = [this.points.x[i] * scale + left, this.points.y[i] * scale + top];
    ring.setAttribute("cx", x);
    ring.setAttribute("cy", y);
    tip.replaceChildren(text("strong", this.points.title?.[i] ?? "…"), text("span", this.points.describe(i)));
    const { clientWidth, clientHeight } = this.canvas, { offsetWidth, offsetHeight } = tip;
    const across = Math.max(8, Math.min(clientWidth - offsetWidth - 8, x - offsetWidth / 2));
    const down = y + 14 + offsetHeight < clientHeight ? y + 14 : Math.max(4, y - offsetHeight - 14);
    tip.style.transform = `translate(${Math.round(across)}px, ${Math.round(down)}px)`;
  }

  open(i) {
    if (i < 0) {
      this.close();
      return;
    }
    this.opened = i;
    this.point(-1);
    const card = this.part("card");
    card.querySelector("h3").textContent = this.points.title?.[i] ?? "";
    card.querySelector("p").textContent = this.points.describe(i);
    card.hidden = false;
    this.part("ask-one").focus({ preventScroll: true });
  }

  close() {
    const card = this.part("card");
    if (card.contains(this.parent.activeElement ?? document.activeElement)) this.canvas.focus({ preventScroll: true });
    card.hidden = true;
  }

  escape(event) {
    if (event.key !== "Escape") return;
    if (!this.part("card").hidden) this.close();
    else if (this.wanted) this.choose(null);
    else return;
    event.stopPropagation();
  }

  colourBy(year) {
    this.byYear = year;
    press(this.part("by-theme"), !year);
    press(this.part("by-year"), year);
    this.part("themes").classList.toggle("plain", year);
    this.showYears();
    this.redraw();
  }

  showYears() {
    const legend = this.part("years"), { years } = this.points;
    legend.hidden = !this.byYear;
    if (!years) {
      legend.replaceChildren(text("span", "No paper says its year"));
      return;
    }
    const bar = text("i", "");
    bar.style.background = this.drawing.yearGradient();
    legend.replaceChildren(text("span", this.points.older ? `${years[0]} and before` : years[0]), bar, text("span", years[1]));
  }

  select(selecting) {
    this.gestures.selecting = selecting;
    this.canvas.classList.toggle("selecting", selecting);
    press(this.part("move"), !selecting);
    press(this.part("lasso"), selecting);
  }

  selectInside(line) {
    const { scale, left, top } = this.gestures.view;
    const found = this.points.inside(line.map(([x, y]) => [(x - left) / scale, (y - top) / scale]));
    this.choose(found);
  }

  listThemes() {
    this.themes = new Set();
    this.part("themes").replaceChildren(...this.points.labels.map((label, theme) => {
      const button = text("button", "");
      button.type = "button";
      const count = this.points.counts[theme];
      button.append(text("i", ""), label, text("span", count.toLocaleString("en")));
      button.setAttribute("aria-label", `${label}, ${papers(count)}`);
      press(button, false);
      button.addEventListener("click", () => this.toggle(theme));
      return button;
    }));
  }

  paintThemes() {
    [...this.part("themes").children].forEach((button, theme) => {
      button.firstChild.style.background = this.drawing.colourOfTheme(theme);
    });
  }

  toggle(theme) {
    const themes = new Set(this.themes);
    if (!themes.delete(theme)) themes.add(theme);
    this.choose(themes.size ? Uint8Array.from(this.points.theme, (own) => themes.has(own)) : null, themes);
  }

  // `wanted` has 1 for each point that is selected; null where there is no selection.
  choose(wanted, themes = new Set()) {
    this.themes = themes;
    const count = wanted ? wanted.reduce((sum, each) => sum + each, 0) : 0;
    this.wanted = count ? wanted : null;
    [...this.part("themes").children].forEach((button, theme) => press(button, themes.has(theme)));
    const tooMany = count > this.points.most;
    this.part("ask").disabled = tooMany;
    const selected = `${papers(count)} selected${tooMany ? `. ${this.points.too_many}.` : ""}`;
    this.part("count").textContent = wanted ? (count ? selected : "No paper is inside") : "";
    this.part("selected").classList.toggle("any", wanted !== null);
    this.part("ask").parentElement.hidden = !count;
    this.point(-1);
    this.redraw();
  }

  places() {
    const found = [];
    this.wanted?.forEach((each, i) => each && found.push(i));
    return found;
  }

  hand(name, places) {
    if (places.length) this.tell(name, { map: this.points.map, places });
  }
}

function papers(count) {
  return `${count.toLocaleString("en")} ${count === 1 ? "paper" : "papers"}`;
}

function text(name, content) {
  return Object.assign(document.createElement(name), { textContent: content });
}

function press(button, pressed) {
  button.setAttribute("aria-pressed", pressed);
}
