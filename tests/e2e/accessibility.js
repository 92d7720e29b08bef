// What the journeys about accessibility ask of the page. Each script of theirs is this and a call.

const CONTROLS = "a[href], button, input, select, textarea, summary, [tabindex='0']";

const isSeen = (it) => it.checkVisibility({ visibilityProperty: true });

const parent = (it) => it.parentElement;

// The elements that do something, in the order of the page.
const controls = () => [...document.querySelectorAll(CONTROLS)].filter((it) => isSeen(it) && !it.disabled);

// How an element is named in what a test tells.
const named = (it) => {
  const words = (it.getAttribute("aria-label") ?? it.textContent).replace(/\s+/g, " ").trim().slice(0, 40);
  return `${it.localName}${it.id && `#${it.id}`}${words && ` “${words}”`}`;
};

// The radio buttons of a group are one stop: the one that is chosen.
const isStop = (it) => it.type !== "radio" || it.checked;

// Marks where the Tab key is to stop, and tells how often.
const markStops = () => {
  const stops = controls().filter(isStop);
  stops.forEach((it, index) => it.setAttribute("data-stop", index));
  return stops.map(named);
};

// Marks every control with its states.
const markControls = () => controls().map((it) => {
  const states = [];
  if (it.matches("[type=radio], [type=checkbox]") && it.checked) states.push("checked");
  if (it.localName === "summary") states.push(it.parentElement.open ? "expanded" : "collapsed");
  if (it.ariaExpanded) states.push(it.ariaExpanded === "true" ? "expanded" : "collapsed");
  if (it.required) states.push("required");
  if (it.ariaInvalid) states.push("invalid");
  if (it.localName === "select") states.push(`of ${it.options.length}: ${it.selectedOptions[0]?.text}`);
  it.setAttribute("data-control", states.map((state) => `, ${state}`).join(""));
  return named(it);
});

const label = (it) => (it.matches("[type=radio], [type=checkbox]") && it.labels?.[0]) || it;

// Red, green, blue and opacity of a colour as `getComputedStyle` gives it.
const channels = (colour) => {
  const [red, green, blue, opacity = 1] = colour.match(/[\d.]+/g).map(Number);
  return { rgb: [red, green, blue], opacity };
};

// The colour behind the border of an element.
const ground = (it) => {
  for (let at = it; at; at = parent(at)) {
    const { rgb, opacity } = channels(getComputedStyle(at).backgroundColor);
    if (opacity > 0) return rgb;
  }
  return channels(getComputedStyle(document.body).getPropertyValue("background-color")).rgb;
};

// WCAG 2's relative luminance and contrast ratio.
const luminance = (rgb) => {
  const [red, green, blue] = rgb.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (one, other) => {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};

// Whether the element with the focus shows it, and is itself to be seen. What is wrong with it, if anything.
const focusOf = (it) => {
  // The button by which Chromium shows a calendar is a part of its field, with a ring of its own.
  if (!it.matches(":focus")) return [];
  // A radio button is drawn before its label, and a box of the checklist in it; the ring of a link or a button lies on
  // what is around it.
  const shown = label(it).contains(it) ? it : label(it);
  const style = shown === it ? getComputedStyle(it) : getComputedStyle(shown, "::before");
  const around = ground(shown === it ? parent(it) : shown);
  const wrong = [];
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) {
    wrong.push("no outline");
  } else if (!matchMedia("(forced-colors: active)").matches) {
    const ratio = contrast(channels(style.outlineColor).rgb, around);
    if (ratio < 3) wrong.push(`its outline has ${ratio.toFixed(2)}:1 on rgb(${around})`);
  }
  // A link may go over several lines, of which one does.
  const onScreen = [...shown.getClientRects()]
    .map(({ left, right, top, bottom }) =>
      [Math.max(left, 0), Math.min(right, innerWidth), Math.max(top, 0), Math.min(bottom, innerHeight)])
    .filter(([left, right, top, bottom]) => left < right && top < bottom);
  const middle = ([left, right, top, bottom]) => document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  const isOnTop = (box) => shown.contains(middle(box)) || middle(box)?.contains(shown);
  if (onScreen.length === 0) {
    const { top, bottom } = shown.getBoundingClientRect();
    wrong.push(`it is off the screen, from ${top} to ${bottom} of ${innerHeight}, scrolled to ${scrollY}`);
  }
  if (onScreen.length > 0 && !onScreen.some(isOnTop)) wrong.push(`it is under ${named(middle(onScreen[0]))}`);
  return wrong.map((what) => `${named(it)}: ${what}`);
};

// Which stop has the focus, by its number or null, and what is wrong with how it is shown.
const focused = () => {
  const it = document.activeElement;
  const stop = it?.getAttribute("data-stop");
  return [stop === null || stop === undefined ? null : Number(stop), stop ? focusOf(it) : []];
};

// Where the words of an element are, without those that only some hear.
const textBoxes = (it) => {
  const texts = document.createTreeWalker(it, NodeFilter.SHOW_TEXT);
  const boxes = [];
  while (texts.nextNode()) {
    if (parent(texts.currentNode).closest(".usa-sr-only")) continue;
    const words = document.createRange();
    words.selectNodeContents(texts.currentNode);
    boxes.push(...words.getClientRects());
  }
  return boxes;
};

// Text that is cut off: by what it is in, or because it is wider or higher than the thing that it is the name of.
const clipped = () => {
  const wrong = [];
  const hides = (overflow) => overflow === "hidden" || overflow === "clip";
  for (const it of document.querySelectorAll("body *")) {
    // What browsers say beside the button for files is never seen.
    if (!isSeen(it) || it.closest(".usa-sr-only, svg, option, [type=file]")) continue;
    const style = getComputedStyle(it);
    const isCut = (hides(style.overflowX) && it.scrollWidth > it.clientWidth + 1)
      || (hides(style.overflowY) && it.scrollHeight > it.clientHeight + 1);
    if (isCut) wrong.push(`${named(it)} is cut`);
    if (!it.matches("button, summary, label, legend, h1, h2, h3, h4, h5, h6, th, td, dt, dd, .tag, a, p, li")) continue;
    if (style.display === "inline" || it.closest(".wide, pre, textarea")) continue;
    const box = it.getBoundingClientRect();
    const isBeyond = (text) => text.width > 0 && (text.right > box.right + 1 || text.left < -1);
    if (textBoxes(it).some(isBeyond)) wrong.push(`${named(it)} is wider than its place`);
  }
  return wrong;
};

// The rectangle that can be pressed: a radio button's or a check box's is that of its label.
const target = (it) => {
  const box = label(it).getBoundingClientRect();
  return { it, box, x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
};

// WCAG 2.5.8: what is smaller than 24 by 24 CSS pixels, is not in a line of text, and has another target within the
// circle of 24 pixels around its middle.
const smallTargets = () => {
  // Skipping is off the screen until it has the focus.
  const all = controls().filter((it) => !it.matches(".usa-skipnav, [tabindex='0']")).map(target);
  const isSmall = ({ box }) => box.width < 24 || box.height < 24;
  const isInText = ({ it }) =>
    getComputedStyle(it).display === "inline" && parent(it).textContent.trim().length > it.textContent.trim().length;
  const distance = (x, y, { left, right, top, bottom }) =>
    Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
  const isCrowded = (one) => all.some((other) => {
    if (other.it === one.it) return false;
    const isNear = distance(one.x, one.y, other.box) < 12;
    const circlesMeet = isSmall(other) && Math.hypot(one.x - other.x, one.y - other.y) < 24;
    return isNear || circlesMeet;
  });
  const small = all.filter((one) => isSmall(one) && !isInText(one) && isCrowded(one));
  const size = ({ box }) => `${box.width.toFixed(1)} × ${box.height.toFixed(1)}`;
  return [all.length, small.map((one) => `${named(one.it)}: ${size(one)}`)];
};

// What moves, or would when something changes.
const moving = () => {
  const wrong = document.getAnimations().map((animation) => `${animation.constructor.name} is running`);
  const lasts = (times) => times.split(",").some((time) => parseFloat(time) > 0);
  for (const it of document.querySelectorAll("*")) {
    for (const pseudo of [null, "::before", "::after"]) {
      const style = getComputedStyle(it, pseudo);
      const moves = lasts(style.transitionDuration) || (style.animationName !== "none" && lasts(style.animationDuration));
      if (moves) wrong.push(`${named(it)}${pseudo ?? ""} moves`);
      if (style.scrollBehavior === "smooth") wrong.push(`${named(it)} scrolls smoothly`);
    }
  }
  return wrong;
};

// The spacing of WCAG 1.4.12, over every rule of the page.
const spaceText = () => {
  const sheet = document.styleSheets[0];
  const add = (rule) => sheet.insertRule(rule, sheet.cssRules.length);
  add("* { letter-spacing: 0.12em !important; line-height: 1.5 !important; word-spacing: 0.16em !important; }");
  add("p { margin-bottom: 2em !important; }");
};

// Fields that cannot be made out: what is written in them, or the hint of what may be, fainter than 4.5:1; or their edge,
// which tells them from what is around them, fainter than 3:1 (WCAG 1.4.3 and 1.4.11).
const faintFields = () => {
  const wrong = [];
  const check = (it, least, what, colour, around, share = 1) => {
    const { rgb, opacity } = channels(colour);
    const mixed = rgb.map((value, at) => around[at] + (value - around[at]) * opacity * share);
    const ratio = contrast(mixed, around);
    if (ratio < least) wrong.push(`${named(it)}: ${what} has ${ratio.toFixed(2)}:1 on rgb(${around})`);
  };
  for (const it of document.querySelectorAll("input, select, textarea")) {
    const shown = label(it);
    if (!isSeen(shown) || it.type === "file") continue;
    // A box in its label is drawn by the browser, as it draws boxes for its theme, which 1.4.11 leaves to it.
    if (shown !== it && shown.contains(it)) continue;
    if (shown === it) {
      const style = getComputedStyle(it);
      check(it, 3, "its edge", style.borderTopColor, ground(parent(it)));
      check(it, 4.5, "its text", style.color, ground(it));
      const hint = getComputedStyle(it, "::placeholder");
      if (it.placeholder) check(it, 4.5, "its hint", hint.color, ground(it), Number(hint.opacity));
    } else {
      // Drawn as a shadow of no blur, whose colour comes first.
      const shadow = getComputedStyle(shown, "::before").boxShadow;
      check(it, 3, "its edge", shadow.match(/rgba?\([^)]*\)/)[0], ground(shown));
    }
  }
  return wrong;
};

// Controls whose name for those who hear it does not have the words in it that others see (WCAG 2.5.3).
const misnamed = () => {
  const words = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  const isMisnamed = (it) => it.ariaLabel && !words(it.ariaLabel).includes(words(it.textContent));
  return controls().filter((it) => it.matches("a, button, summary")).filter(isMisnamed).map(named);
};
