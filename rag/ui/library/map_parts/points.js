// The points of the map, as Python packs them (rag/ui/library/map.py: packed), and finding among them.

const CELLS = 256; // along a side of the grid that points are looked for in

class Points {
  constructor(bytes) {
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    Object.assign(this, JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))));
    const size = this.papers;
    let at = 4 + length;
    const next = (width) => bytes.slice(at, (at += size * width)).buffer; // a copy, as it may lie anywhere in memory
    const [x, y] = [new Uint16Array(next(2)), new Uint16Array(next(2))];
    this.x = Float32Array.from(x, (value) => value / 65535);
    this.y = Float32Array.from(y, (value) => value / 65535);
    this.year = new Uint16Array(next(2));
    this.theme = new Uint8Array(next(1));
    this.title = null;
    this.titled = this.readTitles(bytes.slice(at));
    this.arrange();
  }

  async readTitles(compressed) {
    const text = new Blob([compressed]).stream().pipeThrough(new DecompressionStream("deflate"));
    this.title = (await new Response(text).text()).split("\n");
  }

  // The points by the cell of the grid they are in: those of cell c are ordered[starts[c]] to ordered[starts[c + 1]].
  arrange() {
    const cells = new Uint16Array(this.papers);
    this.starts = new Uint32Array(CELLS * CELLS + 1);
    for (let i = 0; i < this.papers; i++) {
      cells[i] = cell(this.y[i]) * CELLS + cell(this.x[i]);
      this.starts[cells[i] + 1]++;
    }
    for (let c = 0; c < CELLS * CELLS; c++) this.starts[c + 1] += this.starts[c];
    const next = this.starts.slice();
    this.ordered = new Uint32Array(this.papers);
    for (let i = 0; i < this.papers; i++) this.ordered[next[cells[i]]++] = i;
  }

  // The point nearest to (x, y) of those `wanted`, no further than `reach`; -1 if there is none.
  nearest(x, y, reach, wanted) {
    let found = -1, least = reach * reach;
    const left = cell(x - reach), right = cell(x + reach);
    for (let row = cell(y - reach); row <= cell(y + reach); row++) {
      const end = this.starts[row * CELLS + right + 1];
      for (let at = this.starts[row * CELLS + left]; at < end; at++) {
        const i = this.ordered[at], dx = this.x[i] - x, dy = this.y[i] - y, apart = dx * dx + dy * dy;
        if (apart <= least && (!wanted || wanted[i])) [found, least] = [i, apart];
      }
    }
    return found;
  }

  // Which points, 1 or 0 each, lie inside the line [[x, y], ...], whose ends are joined.
  inside(line) {
    const found = new Uint8Array(this.papers);
    const left = Math.min(...line.map(([x]) => x)), right = Math.max(...line.map(([x]) => x));
    for (let i = 0; i < this.papers; i++) {
      const x = this.x[i], y = this.y[i];
      if (x < left || x > right) continue;
      for (let a = 0, b = line.length - 1; a < line.length; b = a++) {
        const [ax, ay] = line[a], [bx, by] = line[b];
        if ((ay > y) !== (by > y) && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) found[i] ^= 1;
      }
    }
    return found;
  }

  describe(i) {
    return [this.year[i] || "", this.labels[this.theme[i]]].filter(Boolean).join(" · ");
  }
}

function cell(value) {
  return Math.max(0, Math.min(CELLS - 1, Math.floor(value * CELLS)));
}
