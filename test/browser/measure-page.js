// Runs inside the page, as one expression; the compiler reads no JavaScript, and the project's
// TypeScript knows no DOM. Gives what a reader of the page would stumble over.
(() => {
  /** What lies beneath a dialog is inert: nobody reads it there. */
  const visible = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    element.closest('[inert]') === null;

  /** Short words that end on another line than they begin. */
  const torn = [];
  const findTorn = (node) => {
    for (const { 0: word, index } of node.data.matchAll(/(?<!\S)\S{2,12}(?!\S)/g)) {
      // Between other characters a line may break.
      if (!/^[\p{L}\p{M}\p{N}.,:;!?()“”„’]+$/u.test(word)) continue;
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const tops = [...range.getClientRects()].map(({ top }) => Math.round(top));
      if (new Set(tops).size > 1) torn.push(word);
    }
  };

  /** Every piece of text that is shown, with the rectangles of its lines. */
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (node.data.trim() === '' || !visible(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const lines = [...range.getClientRects()].filter(({ width }) => width > 0);
    if (lines.length > 1) findTorn(node);
    if (lines.length > 0) texts.push({ parent, lines, text: node.data.trim().slice(0, 60) });
  }

  const ancestors = function* (element) {
    for (let each = element; each !== null; each = each.parentElement) yield each;
  };

  /** Half a pixel is rounding. */
  const sticksOut = (line, box) => line.left < box.left - 0.5 || line.right > box.right + 0.5;
  const screen = { left: 0, right: document.documentElement.clientWidth };
  const cut = texts.filter(({ parent, lines }) => {
    const boxes = [...ancestors(parent)]
      .filter((each) => getComputedStyle(each).overflowX !== 'visible')
      .map((each) => each.getBoundingClientRect());
    return lines.some((line) => [screen, ...boxes].some((box) => sticksOut(line, box)));
  });

  /** A line's rectangle is as high as the font; its middle is what the eye reads. */
  const middle = ({ left, right, top, height }) => ({
    left,
    right,
    top: top + height * 0.25,
    bottom: top + height * 0.75,
  });
  const meet = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  const pieces = texts.map(({ text, lines }) => ({ text, lines: lines.map(middle) }));
  const overlapping = pieces.flatMap((one, at) =>
    pieces
      .slice(at + 1)
      .filter((other) => one.lines.some((a) => other.lines.some((b) => meet(a, b))))
      .map((other) => `${one.text} / ${other.text}`),
  );

  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const read = new Map();
  /** The browser's own reading of a colour: red, green, blue from 0 to 255, alpha from 0 to 1. */
  const rgba = (color) => {
    if (!read.has(color)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
      read.set(color, [red, green, blue, alpha / 255]);
    }
    return read.get(color);
  };
  const over = ([r, g, b, a], below) =>
    [r, g, b].map((channel, at) => channel * a + below[at] * (1 - a));
  /** What shows where nothing is painted: `Canvas` follows the page's colour scheme. */
  const probe = document.createElement('div');
  probe.style.color = 'Canvas';
  document.body.append(probe);
  const paper = rgba(getComputedStyle(probe).color).slice(0, 3);
  probe.remove();
  const backgroundOf = (element) =>
    [...ancestors(element)]
      .map((each) => rgba(getComputedStyle(each).backgroundColor))
      .reduceRight((below, color) => over(color, below), paper);

  /** Relative luminance and contrast: WCAG 2.2, definitions. */
  const luminance = (color) => {
    const [r, g, b] = color.map((channel) => {
      const share = channel / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  };
  const faint = texts.flatMap(({ parent, text }) => {
    const background = backgroundOf(parent);
    const ink = over(rgba(getComputedStyle(parent).color), background);
    const ratio = contrast(ink, background);
    return ratio < 4.5 ? [`${text} (${ratio.toFixed(2)})`] : [];
  });

  const { scrollWidth, clientWidth } = document.documentElement;
  return {
    texts: texts.length,
    /** Pixels by which the page is wider than the screen. */
    scrollsBy: scrollWidth - clientWidth,
    cut: cut.map(({ text }) => text),
    torn,
    overlapping,
    faint,
    isDark: luminance(backgroundOf(document.body)) < 0.2,
  };
})();
