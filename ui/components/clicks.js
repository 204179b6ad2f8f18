// Carries clicks in drawn text to the app. Mounted once a page; sees [data-pp] and [data-pp-copy] only.
const KEY = "pinpoint-tab";
const WAIT = 5000; // ms in which other tabs may say that a name is theirs
let silence = 0;

// A tab that was duplicated has the name of the first one, which answers that it is taken. Stored with the page, which
// may load this script a second time.
const here = (window.pinpointTab ??= { name: "", page: newName(), others: new BroadcastChannel(KEY) });
here.others.onmessage = ({ data }) => {
  if (data.asked === here.name && data.page !== here.page) here.others.postMessage({ taken: data.asked, page: data.page });
};

export default function ({ data, setStateValue, setTriggerValue }) {
  const plain = (event) => event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

  const onClick = (event) => {
    if (event.target.closest?.("[data-testid=stSkipToContent]")) skip(event);
    const part = event.target.closest?.("[data-pp], [data-pp-copy]");
    if (!part || event.defaultPrevented || !plain(event)) return;
    event.preventDefault();
    if (part.dataset.ppCopy !== undefined) copy(part);
    else setTriggerValue("click", { action: part.dataset.ppDone ?? part.dataset.pp, value: part.dataset.ppValue ?? part.getAttribute("href") });
  };

  const onSay = (event) => say(event.detail);
  const onStatus = (event) => announce(event.detail);

  // The browser would keep what stands in a field for the next time that it is started.
  const onFocus = (event) => {
    if (event.target.matches?.("input, textarea")) event.target.setAttribute("autocomplete", "off");
  };

  // Streamlit runs the page again at a bare "r", which nobody can turn off (WCAG 2.1.4). Fields and lists take what is typed.
  const TYPED_INTO = "input, textarea, select, [contenteditable], [role=combobox], [role=listbox]";
  const onKey = (event) => {
    const bare = event.key === "r" && !(event.ctrlKey || event.metaKey || event.altKey);
    if (bare && !event.target.closest?.(TYPED_INTO)) event.stopPropagation();
  };

  const drawn = new MutationObserver((changes) => {
    if (changes.some((change) => [...change.addedNodes].some((node) => node.nodeType === Node.ELEMENT_NODE))) mark();
  });
  // Streamlit calls this again when its data change, and does not always stop the call before: then all would be heard twice.
  here.stop?.();
  region();
  drawn.observe(document.body, { childList: true, subtree: true });
  mark();
  const stops = [zooming(), printing(), () => drawn.disconnect()];
  const heard = [
    ["click", onClick], ["pinpoint-collected", mark], ["pinpoint-say", onSay], ["pinpoint-status", onStatus],
    ["focusin", onFocus],
  ];
  heard.forEach(([name, hear]) => document.addEventListener(name, hear));
  window.addEventListener("keydown", onKey, true); // before Streamlit, which listens at the document
  const stop = () => {
    window.removeEventListener("keydown", onKey, true);
    stops.forEach((one) => one());
    heard.forEach(([name, hear]) => document.removeEventListener(name, hear));
    if (here.stop === stop) delete here.stop;
  };
  here.stop = stop;
  // Told as a value, which goes along with whatever is done next: the app loses a trigger that comes while it is busy.
  if (!data.known) arrive((name) => setStateValue("arrival", name));
  return stop;
}

// The head of the app lies inside what Streamlit calls the main content: its link leads to the heading behind the head.
function skip(event) {
  const heading = document.querySelector("main h1");
  if (!heading) return;
  event.preventDefault();
  heading.tabIndex = -1;
  heading.focus();
}

// Tells a name for this tab that says nothing of what is done in it, so that a reload finds its work again. The copy of
// a tab that is still open has the same; it then takes a name of its own, and tells that of the first behind it.
function arrive(tell) {
  const stored = here.name || sessionStorage.getItem(KEY);
  const asks = stored && stored !== here.name;
  tell(take(stored || newName()));
  if (!asks) return;
  const answers = new BroadcastChannel(KEY);
  answers.onmessage = ({ data }) => {
    if (data.taken !== stored || data.page !== here.page || here.name !== stored) return;
    tell(`${take(newName())} ${stored}`);
  };
  here.others.postMessage({ asked: stored, page: here.page });
  setTimeout(() => answers.close(), WAIT);
}

function take(name) {
  here.name = name;
  sessionStorage.setItem(KEY, name);
  return name;
}

function newName() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Lets the buttons of what is collected say so; pressed again, they take it out. Changed where they stand, so that the
// focus stays on the one that was pressed.
function mark() {
  const collected = new Set(window.pinpointCollected ?? []);
  for (const button of document.querySelectorAll('[data-pp="collect"]')) {
    const is = collected.has(button.dataset.ppValue);
    if (is === (button.dataset.ppDone !== undefined)) continue;
    if (is) {
      const label = button.getAttribute("aria-label");
      button.dataset.ppWords = button.textContent;
      if (label) button.dataset.ppLabel = label;
      button.textContent = "Collected";
      button.setAttribute("aria-label", `Collected${(label ?? "").replace(/^Collect(?=\b)/, "")}. Press to take it out`);
      button.title = "Press to take it out of the collection";
      button.dataset.ppDone = "uncollect";
    } else {
      button.textContent = button.dataset.ppWords;
      if (button.dataset.ppLabel) button.setAttribute("aria-label", button.dataset.ppLabel);
      else button.removeAttribute("aria-label");
      button.removeAttribute("title");
      delete button.dataset.ppDone;
    }
    button.classList.toggle("pp-collected", is);
  }
}

// What is rich goes by the event of the older way to copy, which leaves it as it is. The newer one writes HTML anew (tried
// with Chromium 156): links within it lead to the address of this page then, and conditions become comments, so that no
// program finds the footnote.
function copyRich(text, rich) {
  let taken = false;
  const put = (event) => {
    event.clipboardData.setData("text/plain", text);
    event.clipboardData.setData("text/html", rich);
    event.preventDefault();
    event.stopImmediatePropagation();
    taken = true;
  };
  document.addEventListener("copy", put, { capture: true, once: true });
  const done = document.execCommand("copy");
  document.removeEventListener("copy", put, { capture: true });
  return done && taken;
}

async function copy(button) {
  const text = decodeURIComponent(button.dataset.ppCopy);
  const rich = decodeURIComponent(button.dataset.ppRich ?? "");
  try {
    if (!rich || !copyRich(text, rich)) await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    button.focus();
  }
  say("Copied");
  button.classList.add("pp-done");
  setTimeout(() => button.classList.remove("pp-done"), 1500);
}

// One line that stays on the page, so that screen readers hear what is put into it; it goes after a while.
function say(words) {
  let line = document.getElementById("pp-said");
  if (!line) {
    line = document.createElement("div");
    line.id = "pp-said";
    line.setAttribute("role", "status");
    (document.querySelector("main, [role=main], .stMain") ?? document.body).append(line);
  }
  line.textContent = "";
  clearTimeout(silence);
  setTimeout(() => { line.textContent = words; }, 50);
  silence = setTimeout(() => { line.textContent = ""; }, 6000);
}

// The status region, unseen: there from the start, since screen readers do not hear words that come with their region.
function region() {
  let line = document.getElementById("pp-status");
  if (!line) {
    line = document.createElement("div");
    line.id = "pp-status";
    line.className = "pp-unseen";
    line.setAttribute("role", "status");
    line.setAttribute("aria-live", "polite");
    (document.querySelector("main, [role=main], .stMain") ?? document.body).append(line);
  }
  return line;
}

function announce(words) {
  const line = region();
  line.textContent = "";
  setTimeout(() => { line.textContent = words; }, 50); // the same words again are heard again
}
