// What a script can measure of a page, beside the rules of axe-core; put into the page under test and asked by name.
// Each answers with a list of what falls short, a line each; `focusables` and `onFocus` are asked at each Tab.
window.pinpointMeasures = (() => {
  const shown = (part) => {
    const box = part.getBoundingClientRect();
    const style = getComputedStyle(part);
    return box.width > 1 && box.height > 1 && style.visibility === "visible" && style.opacity !== "0";
  };
  const named = (part) => {
    const test = part.dataset?.testid ? `[data-testid=${part.dataset.testid}]` : "";
    const kind = [...part.classList].filter((name) => /^(pp|pc|pd|st)/.test(name)).slice(0, 2).map((name) => `.${name}`).join("");
    const words = (part.getAttribute("aria-label") || part.innerText || part.value || "").trim().slice(0, 40);
    return `${part.tagName.toLowerCase()}${test}${kind} "${words.replace(/\s+/g, " ")}"`;
  };
  const every = () => [...document.querySelectorAll("body *")];
  const hasText = (part) => [...part.childNodes].some((one) => one.nodeType === 3 && one.textContent.trim());
  // Tables, drawn pages and pictures have a meaning in two dimensions, which WCAG excepts from reflow.
  const TWO_DIMENSIONS = "table, .pp-page-scroll, svg, img, canvas, pre";

  const unseen = (part) => part.closest(".pp-unseen, [aria-hidden=true], [hidden], details:not([open]) > :not(summary)");

  // Text that its box cuts off: by hiding what runs over, or by dots at its end.
  const clipped = () => every().filter((part) => {
    const style = getComputedStyle(part);
    const hides = /hidden|clip/.test(style.overflowX) || /hidden|clip/.test(style.overflowY);
    if (!hides || unseen(part) || !shown(part) || !part.innerText?.trim() || part.tagName === "OPTION") return false;
    const across = /hidden|clip/.test(style.overflowX) && part.scrollWidth > part.clientWidth + 2;
    const down = /hidden|clip/.test(style.overflowY) && part.scrollHeight > part.clientHeight + 4;
    if (!across && !down) return false;
    return [...part.querySelectorAll("*"), part].some((one) => hasText(one) && shown(one) && !unseen(one) && beyond(one, part, across, down));
  }).map(named);
  const beyond = (one, frame, across, down) => {
    const range = document.createRange();
    range.selectNodeContents(one);
    const text = range.getBoundingClientRect();
    const box = frame.getBoundingClientRect();
    return (across && (text.right > box.right + 2 || text.left < box.left - 2)) ||
      (down && (text.bottom > box.bottom + 4 || text.top < box.top - 4));
  };

  // What needs scrolling in two directions: a window, or a part of it, that is wider than what is seen of it.
  const sideways = () => [document.documentElement, ...every()].filter((part) => {
    if (part.scrollWidth <= part.clientWidth + 1 || part.clientWidth < 40) return false;
    const scrolls = part === document.documentElement || /auto|scroll/.test(getComputedStyle(part).overflowX);
    return scrolls && !part.matches(TWO_DIMENSIONS) && !part.querySelector(TWO_DIMENSIONS) && !unseen(part) &&
      (part === document.documentElement || shown(part));
  }).map(named);

  const MARKS = ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "borderTopColor", "borderBottomColor", "borderTopWidth",
    "borderBottomWidth", "backgroundColor", "color", "textDecorationLine", "opacity"];
  const look = (part) => {
    const parts = [part, ...part.querySelectorAll("*")].slice(0, 12);
    for (let above = part.parentElement, up = 0; above && up < 4; above = above.parentElement, up += 1) parts.push(above);
    const looks = parts.map((one) => MARKS.map((mark) => getComputedStyle(one)[mark]).join(" "));
    return [...looks, ...parts.map((one) => getComputedStyle(one, "::before").boxShadow + getComputedStyle(one, "::after").boxShadow)].join("|");
  };
  let before = new Map();
  const focusables = () => {
    document.activeElement?.blur();
    const all = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]");
    before = new Map([...all].filter((part) => part.tabIndex >= 0 && !part.disabled).map((part) => [part, look(part)]));
    return before.size;
  };
  const points = (box) => [[0.5, 0.5], [0.1, 0.2], [0.9, 0.2], [0.1, 0.8], [0.9, 0.8]].map(([x, y]) => [box.left + box.width * x, box.top + box.height * y]);
  const onFocus = () => {
    const part = document.activeElement;
    if (!part || part === document.body) return null;
    const box = part.getBoundingClientRect();
    const hit = points(box).some(([x, y]) => {
      const top = document.elementFromPoint(x, y);
      return top && (part.contains(top) || top.contains(part) || part.closest("label")?.contains(top));
    });
    const known = before.get(part);
    const seen = getComputedStyle(part);
    const outlined = seen.outlineStyle !== "none" && parseFloat(seen.outlineWidth) > 0;
    return { name: named(part), marked: known === undefined ? outlined || null : look(part) !== known || outlined,
      hidden: !hit && box.width > 0 && !part.matches(".pp-unseen, input[type=file]") };
  };

  // The edge of a field or button that only its edge shows, against what is around it: 3 to 1 at least.
  const channel = (value) => { const part = value / 255; return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4; };
  const parsed = (colour) => {
    const given = colour.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
    const scale = colour.startsWith("color(srgb") ? 255 : 1;
    return [given[0] * scale, given[1] * scale, given[2] * scale, given[3] ?? 1];
  };
  const over = (top, under) => top.slice(0, 3).map((value, index) => value * top[3] + under[index] * (1 - top[3])).concat(1);
  const light = (colour) => 0.2126 * channel(colour[0]) + 0.7152 * channel(colour[1]) + 0.0722 * channel(colour[2]);
  const ratio = (one, other) => { const [a, b] = [light(one), light(other)].sort((x, y) => y - x); return (a + 0.05) / (b + 0.05); };
  const behind = (part) => {
    const all = [];
    for (let above = part; above; above = above.parentElement) all.push(parsed(getComputedStyle(above).backgroundColor));
    return all.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 1]);
  };
  const FIELDS = "input:not([type=hidden]):not([type=file]):not([type=checkbox]):not([type=radio]), textarea, [role=combobox], select";
  const edges = () => {
    const found = new Map();
    for (const part of document.querySelectorAll(FIELDS)) {
      if (!shown(part) || unseen(part) || part.disabled) continue;
      let best = 0;
      for (let frame = part, up = 0; frame && up < 6; frame = frame.parentElement, up += 1) {
        const style = getComputedStyle(frame);
        const around = behind(frame.parentElement ?? frame);
        best = Math.max(best, ratio(behind(frame), around));
        for (const side of ["Top", "Bottom"]) {
          if (style[`border${side}Style`] !== "none" && parseFloat(style[`border${side}Width`]) >= 1) {
            best = Math.max(best, ratio(over(parsed(style[`border${side}Color`]), around), around));
          }
        }
        if (frame.matches("form, [data-testid=stForm], [data-testid=stElementContainer]")) break;
      }
      if (best < 3) found.set(named(part), `${named(part)} ${best.toFixed(2)}`);
    }
    return [...found.values()];
  };
  return { clipped, sideways, focusables, onFocus, edges };
})();
