// Drawing the points into the pixels of a canvas: no WebGL, which machines without a graphics card lack.

const THEMES = {
  light: ["#0067a5", "#d96c00", "#00876c", "#b5338a", "#6a4fc3", "#8a6a00", "#1590b5", "#c8323c", "#5f8a14", "#8d4b32",
    "#3a3f8f", "#c2607e"],
  dark: ["#5aa9e6", "#ffb454", "#4fc9a4", "#ee84c8", "#b09cff", "#d9c25a", "#6fdcf2", "#ff7f7a", "#a8d66a", "#d99a7c",
    "#8fa3ff", "#f5b3c8"],
};
const OTHERS = { light: "#8b8a86", dark: "#8d9297" }; // further papers, and those whose year is not known
const YEARS = {
  light: ["#d3bd76", "#8fae7b", "#3f8f8c", "#23658a", "#1d2f6f"],
  dark: ["#46527c", "#3f7f93", "#58a88a", "#a9c86a", "#fff3a0"],
};
const DIM = { light: "#cfccc5", dark: "#3a4046" };
const YEAR_STEPS = 64;
const HALO = 2.2; // pixels around a letter
const SHIFTS = [0, 1, -1, 2, -2]; // lines that a label may be moved by

const channels = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
const pixel = ([red, green, blue]) => (255 << 24) | (blue << 16) | (green << 8) | red;

function scaleOf(stops) {
  return Array.from({ length: YEAR_STEPS }, (_, step) => {
    const at = (step / (YEAR_STEPS - 1)) * (stops.length - 1), low = Math.min(stops.length - 2, Math.floor(at));
    const [from, to] = [channels(stops[low]), channels(stops[low + 1])];
    return from.map((value, c) => Math.round(value + (to[c] - value) * (at - low)));
  });
}

class Drawing {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d", { alpha: false });
    this.masks = new Map();
  }

  take(points, style, dark) {
    this.points = points;
    this.scheme = dark ? "dark" : "light";
    this.background = pixel(channels(hexOf(style.background)));
    this.text = style.text;
    this.halo = style.background;
    this.font = style.font;
    const others = channels(OTHERS[this.scheme]);
    this.themeColours = points.labels.map((_, theme) => this.colourOfTheme(theme)).map(channels);
    const [first, last] = points.years ?? [0, 0];
    this.yearColours = [others, ...scaleOf(YEARS[this.scheme])];
    this.yearIndex = Uint8Array.from(points.year, (year) =>
      year ? 1 + Math.round((Math.max(0, year - first) / Math.max(1, last - first)) * (YEAR_STEPS - 1)) : 0);
    this.dim = channels(DIM[this.scheme]);
  }

  colourOfTheme(theme) {
    const further = this.points.labels[theme] === "Further papers" || theme >= THEMES.light.length;
    return further ? OTHERS[this.scheme] : THEMES[this.scheme][theme];
  }

  yearGradient() {
    return `linear-gradient(to right, ${YEARS[this.scheme].join(", ")})`;
  }

  resize(width, height, ratio) {
    this.ratio = ratio;
    const [w, h] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
    if (this.canvas.width === w && this.canvas.height === h && this.image) return;
    [this.canvas.width, this.canvas.height] = [w, h];
    this.image = this.context.createImageData(w, h);
    this.pixels = new Uint32Array(this.image.data.buffer);
  }

  // `view` maps the unit square to CSS pixels: x * scale + left; points that are not `wanted` are dimmed.
  draw(view, byYear, wanted) {
    this.pixels.fill(this.background);
    const radius = this.radius(view);
    const [colours, index] = byYear ? [this.yearColours, this.yearIndex] : [this.themeColours, this.points.theme];
    if (wanted) this.stamp(view, this.maskOf(radius * 0.85, 0.55), [this.dim], null, wanted, 0);
    this.stamp(view, this.maskOf(radius, this.points.papers > 5000 ? 0.7 : 0.88), colours, index, wanted, 1);
    this.context.putImageData(this.image, 0, 0);
    this.writeLabels(view);
  }

  radius(view) {
    const room = Math.min(this.canvas.width, this.canvas.height) / this.ratio / 600;
    const own = Math.min(6, Math.max(0.85, (150 * Math.min(1.2, room)) / Math.sqrt(this.points.papers)));
    return Math.min(7, own * Math.max(1, view.zoom) ** 0.4) * this.ratio;
  }

  // How much a disc covers of each pixel around its centre, in 64ths, as [x, y, cover] without the empty ones.
  maskOf(radius, strength) {
    const key = `${Math.round(radius * 8)} ${strength}`;
    if (!this.masks.has(key)) {
      const made = [], reach = Math.ceil(radius);
      for (let y = -reach; y <= reach; y++) {
        for (let x = -reach; x <= reach; x++) {
          const cover = Math.round(64 * strength * Math.max(0, Math.min(1, radius + 0.5 - Math.hypot(x, y))));
          if (cover) made.push([x, y, cover]);
        }
      }
      this.masks.set(key, { reach, made });
    }
    return this.masks.get(key);
  }

  stamp(view, { reach, made }, colours, index, wanted, which) {
    const { x, y, papers } = this.points, { width, height } = this.canvas, pixels = this.pixels;
    const scale = view.scale * this.ratio, left = view.left * this.ratio, top = view.top * this.ratio;
    const offsets = Int32Array.from(made, ([dx, dy]) => dy * width + dx), covers = Uint8Array.from(made, (each) => each[2]);
    const outer = Uint32Array.from(colours, ([red, , blue]) => (blue << 16) | red);
    const green = Uint32Array.from(colours, ([, value]) => value << 8);
    const count = offsets.length, right = width - reach - 1, bottom = height - reach - 1;
    for (let i = 0; i < papers; i++) {
      if (wanted && wanted[i] !== which) continue;
      const px = Math.round(x[i] * scale + left), py = Math.round(y[i] * scale + top);
      if (px < reach || py < reach || px > right || py > bottom) continue;
      const centre = py * width + px, colour = index ? index[i] : 0, o = outer[colour], g = green[colour];
      for (let m = 0; m < count; m++) {
        const at = centre + offsets[m], cover = covers[m], under = pixels[at];
        const uo = under & 0xff00ff, ug = under & 0xff00;
        pixels[at] = 0xff000000 | ((uo + (((o - uo) * cover) >> 6)) & 0xff00ff) | ((ug + (((g - ug) * cover) >> 6)) & 0xff00);
      }
    }
  }

  // The themes' names where they are densest, the biggest first; one that would cover another moves up or down a line
  // or two, or is left out.
  writeLabels(view) {
    const { context, ratio, points } = this, taken = [];
    context.font = `600 ${(this.canvas.width / ratio < 500 ? 12 : 13) * ratio}px ${this.font}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = HALO * 2 * ratio;
    const high = 10 * ratio; // half a line
    points.labels.forEach((label, theme) => {
      if (label === "Further papers" || points.labels.length < 2) return;
      const [x, y] = points.places[theme];
      const half = context.measureText(label).width / 2 + (HALO + 2) * ratio;
      const middle = (x * view.scale + view.left) * ratio, line = (y * view.scale + view.top) * ratio;
      if (middle < 0 || middle > this.canvas.width || line < high || line > this.canvas.height - high) return;
      const at = Math.max(half, Math.min(this.canvas.width - half, middle));
      const free = (down) => down >= high && down <= this.canvas.height - high
        && !taken.some((box) => Math.abs(box[0] - at) < box[2] + half && Math.abs(box[1] - down) < 2 * high);
      const place = SHIFTS.map((lines) => line + lines * 2 * high).find(free);
      if (place !== undefined) taken.push([at, place, half, label]);
    });
    context.strokeStyle = this.halo;
    for (const [at, line, , label] of taken) context.strokeText(label, at, line);
    context.fillStyle = this.text;
    for (const [at, line, , label] of taken) context.fillText(label, at, line);
  }
}

function hexOf(colour) {
  if (colour.startsWith("#")) return colour;
  return `#${colour.match(/\d+/g).slice(0, 3).map((value) => Number(value).toString(16).padStart(2, "0")).join("")}`;
}
