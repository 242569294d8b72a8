// What pointers, the wheel and keys do to the view: moving, zooming, and drawing a line around points.

const MOST_ZOOM = 60;
const CLICK = 4; // pixels that a pointer may move and still click
const ARROWS = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };

class Gestures {
  // `react` has view(), selected(line), pointed(x, y, pointer), clicked(x, y), left(), drawn(line).
  constructor(canvas, react, signal) {
    Object.assign(this, { canvas, react, selecting: false, zoom: 1, x: 0.5, y: 0.5, pointers: new Map(), line: null });
    const on = (type, act, options = {}) => canvas.addEventListener(type, act.bind(this), { signal, ...options });
    on("pointerdown", this.down);
    on("pointermove", this.move);
    on("pointerup", this.up);
    on("pointercancel", this.up);
    on("pointerleave", () => this.react.left());
    on("wheel", this.wheel, { passive: false });
    on("keydown", this.key);
  }

  // Which part of the unit square all points are in, with room around them.
  frame(points) {
    let [left, right, top, bottom] = [1, 0, 1, 0];
    for (let i = 0; i < points.papers; i++) {
      left = Math.min(left, points.x[i]);
      right = Math.max(right, points.x[i]);
      top = Math.min(top, points.y[i]);
      bottom = Math.max(bottom, points.y[i]);
    }
    this.box = { x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top };
    this.fit();
  }

  fit() {
    [this.zoom, this.x, this.y] = [1, this.box.x, this.box.y];
    this.react.view();
  }

  // Unit square to CSS pixels of the canvas: x * scale + left.
  get view() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const room = Math.min(28, width / 12);
    const across = (width - 2 * room) / Math.max(this.box.width, 0.05);
    const down = (height - 2 * room) / Math.max(this.box.height, 0.05);
    const scale = Math.min(across, down) * this.zoom;
    return { scale, left: width / 2 - this.x * scale, top: height / 2 - this.y * scale, zoom: this.zoom };
  }

  zoomBy(factor, at = [this.canvas.clientWidth / 2, this.canvas.clientHeight / 2]) {
    const before = this.view, zoom = Math.min(MOST_ZOOM, Math.max(0.5, this.zoom * factor));
    const [x, y] = [(at[0] - before.left) / before.scale, (at[1] - before.top) / before.scale];
    this.zoom = zoom;
    const scale = this.view.scale;
    this.x = x + (this.canvas.clientWidth / 2 - at[0]) / scale;
    this.y = y + (this.canvas.clientHeight / 2 - at[1]) / scale;
    this.keepInSight();
    this.react.view();
  }

  moveBy(dx, dy) {
    const { scale } = this.view;
    this.x -= dx / scale;
    this.y -= dy / scale;
    this.keepInSight();
    this.react.view();
  }

  keepInSight() {
    const { x, y, width, height } = this.box;
    this.x = Math.min(x + width / 2, Math.max(x - width / 2, this.x));
    this.y = Math.min(y + height / 2, Math.max(y - height / 2, this.y));
  }

  place(event) {
    const box = this.canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  down(event) {
    if (event.pointerType === "mouse" && event.button !== 0) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, this.place(event));
    this.begun = this.pointers.size === 1 ? this.place(event) : null;
    this.line = this.pointers.size === 1 && (this.selecting || event.shiftKey) ? [this.place(event)] : null;
    this.react.left();
    this.react.drawn(this.line);
  }

  move(event) {
    const [x, y] = this.place(event), before = this.pointers.get(event.pointerId);
    if (!before) {
      this.react.pointed(x, y, event.pointerType);
      return;
    }
    if (this.begun && Math.hypot(x - this.begun[0], y - this.begun[1]) > CLICK) this.begun = null;
    this.pointers.set(event.pointerId, [x, y]);
    if (this.line) {
      this.line.push([x, y]);
      this.react.drawn(this.line);
    } else if (this.pointers.size === 1) {
      if (this.begun) return;
      this.canvas.classList.add("moving");
      this.moveBy(x - before[0], y - before[1]);
    } else {
      this.pinch(event.pointerId, before, [x, y]);
    }
  }

  pinch(moved, before, now) {
    const [, other] = [...this.pointers].find(([id]) => id !== moved);
    const apart = (point) => Math.max(8, Math.hypot(point[0] - other[0], point[1] - other[1]));
    this.moveBy((now[0] - before[0]) / 2, (now[1] - before[1]) / 2);
    this.zoomBy(apart(now) / apart(before), [(now[0] + other[0]) / 2, (now[1] + other[1]) / 2]);
  }

  up(event) {
    if (!this.pointers.delete(event.pointerId)) return;
    this.canvas.classList.remove("moving");
    const { line, begun } = this;
    [this.line, this.begun] = [null, null];
    this.react.drawn(null);
    if (event.type === "pointercancel") return;
    if (begun) this.react.clicked(...begun);
    else if (line) this.react.selected(line);
  }

  wheel(event) {
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 16 : 1;
    this.zoomBy(Math.exp(-Math.max(-240, Math.min(240, event.deltaY * lines)) / 400), this.place(event));
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (ARROWS[event.key]) this.moveBy(...ARROWS[event.key]);
    else if (event.key === "+" || event.key === "=") this.zoomBy(1.4);
    else if (event.key === "-") this.zoomBy(1 / 1.4);
    else if (event.key === "0") this.fit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
