// Zooms a printed page by buttons, keys, ctrl and wheel, and two fingers, without asking the app; and brings what is
// quoted into view, once, when a page or a text around a quotation arrives. Put behind clicks.js, which starts it.
const ZOOM = { least: 0.5, most: 6, step: 1.25 }; // set by hand; not measured
const READABLE = 16; // px from the top to the foot of a line of the quotation, about 13 px of type; set by hand
const SMALLEST = 12; // px below which it may be wider than its frame instead; set by hand
const AROUND = 40; // px of text above what is quoted; set by hand
const UNSETTLED = ".pp-page-scroll:not([data-settled]), .pp-context:not([data-settled])";

function zooming() {
  const frameOf = (event) => event.target.closest?.(".pp-page-scroll");
  let pinch = null;

  const onWheel = (event) => {
    const frame = (event.ctrlKey || event.metaKey) && frameOf(event);
    if (!frame) return;
    event.preventDefault();
    zoomTo(frame, zoomOf(frame) * Math.exp(-event.deltaY * (event.deltaMode ? 0.06 : 0.003)), event.clientX, event.clientY);
  };
  const onTouch = (event) => {
    const frame = event.touches.length === 2 && frameOf(event);
    if (!frame) { pinch = null; return; }
    const [one, other] = event.touches;
    const apart = Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
    const middle = [(one.clientX + other.clientX) / 2, (one.clientY + other.clientY) / 2];
    event.preventDefault();
    if (pinch?.frame === frame) zoomTo(frame, pinch.zoom * apart / pinch.apart, ...middle);
    else pinch = { frame, apart, zoom: zoomOf(frame) };
  };
  const onClick = (event) => {
    const button = event.target.closest?.("[data-pp-zoom]");
    if (button) step(button.closest(".pp-leaf").querySelector(".pp-page-scroll"), button.dataset.ppZoom);
  };
  const onKey = (event) => {
    const named = { "+": "in", "=": "in", "-": "out", "0": "fit" }[event.key];
    const frame = named && !(event.ctrlKey || event.metaKey || event.altKey) && frameOf(event);
    if (!frame) return;
    event.preventDefault();
    step(frame, named);
  };
  const onToggle = () => settleAll();

  let waiting = 0;
  const watch = new MutationObserver(() => { waiting ||= requestAnimationFrame(() => { waiting = 0; settleAll(); }); });
  watch.observe(document.body, { childList: true, subtree: true });
  settleAll();
  const heard = [["wheel", onWheel], ["touchstart", onTouch], ["touchmove", onTouch], ["touchend", onTouch],
    ["click", onClick], ["keydown", onKey], ["toggle", onToggle]];
  const how = { passive: false, capture: true }; // "toggle" does not bubble
  heard.forEach(([name, hear]) => document.addEventListener(name, hear, how));
  return () => {
    watch.disconnect();
    cancelAnimationFrame(waiting);
    heard.forEach(([name, hear]) => document.removeEventListener(name, hear, how));
  };
}

function zoomOf(frame) {
  return parseFloat(frame.firstElementChild.style.getPropertyValue("--zoom")) || 1;
}

// The point of the page that lies under (x, y) of the window stays there.
function zoomTo(frame, wanted, x, y) {
  here.zoom = apply(frame, wanted, x, y);
}

function apply(frame, wanted, x, y) {
  const page = frame.firstElementChild;
  const zoom = Math.min(Math.max(wanted, ZOOM.least), ZOOM.most);
  const before = page.getBoundingClientRect();
  page.style.setProperty("--zoom", zoom.toFixed(4));
  const after = page.getBoundingClientRect();
  frame.scrollLeft += after.left + ((x - before.left) / before.width) * after.width - x;
  frame.scrollTop += after.top + ((y - before.top) / before.height) * after.height - y;
  const shown = frame.closest(".pp-leaf")?.querySelector("[data-pp-percent]");
  if (shown) shown.textContent = `${Math.round(zoom * 100)} %`;
  return zoom;
}

function step(frame, named) {
  const seen = frame.getBoundingClientRect();
  const middle = [seen.left + frame.clientWidth / 2, seen.top + frame.clientHeight / 2];
  if (named !== "fit") return zoomTo(frame, zoomOf(frame) * (named === "in" ? ZOOM.step : 1 / ZOOM.step), ...middle);
  delete here.zoom;
  apply(frame, readable(frame), ...middle);
  reveal(frame);
}

// Wide enough that the quotation can be read, and not so wide that its lines leave the frame, unless they were tiny.
function readable(frame) {
  const page = frame.firstElementChild;
  const now = zoomOf(frame);
  const boxes = [...page.querySelectorAll(".pp-box")];
  const high = boxes.map((box) => box.offsetHeight / now).sort((one, other) => one - other)[boxes.length >> 1];
  const point = page.offsetWidth / now / (parseFloat(page.dataset.points) || 612);
  const line = high || 11 * point; // a line of 10-point type where nothing is marked
  const across = boxes.length ? (right(boxes) - left(boxes)) / now + 24 : page.offsetWidth / now;
  const fits = frame.clientWidth / across;
  return Math.max(1, Math.min(READABLE / line, fits), SMALLEST / line);
}

function left(boxes) { return Math.min(...boxes.map((box) => box.offsetLeft)); }
function right(boxes) { return Math.max(...boxes.map((box) => box.offsetLeft + box.offsetWidth)); }

// The first line of the quotation goes to where it is seen without scrolling the window.
function reveal(frame) {
  const boxes = [...frame.querySelectorAll(".pp-box")];
  if (!boxes.length) return;
  const top = Math.min(...boxes.map((box) => box.offsetTop));
  const foot = Math.max(...boxes.map((box) => box.offsetTop + box.offsetHeight));
  const seen = Math.min(frame.clientHeight, Math.max(window.innerHeight - frame.getBoundingClientRect().top, 120));
  const spare = Math.max(seen - (foot - top), 0);
  frame.scrollTop = top - Math.max(Math.min(spare / 3, seen / 3), 8);
  frame.scrollLeft = left(boxes) - Math.max((frame.clientWidth - (right(boxes) - left(boxes))) / 2, 12);
}

function settleAll() {
  for (const frame of document.querySelectorAll(UNSETTLED)) {
    if (!frame.clientWidth) continue; // folded: when it is opened
    frame.dataset.settled = "";
    if (frame.classList.contains("pp-page-scroll")) {
      apply(frame, here.zoom ?? readable(frame), 0, 0);
      reveal(frame);
      continue;
    }
    const mark = frame.querySelector("mark");
    if (mark) frame.scrollTop += mark.getBoundingClientRect().top - frame.getBoundingClientRect().top - AROUND;
  }
}
