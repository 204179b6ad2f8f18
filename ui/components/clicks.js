// Carries clicks in drawn text to the app. Mounted once a page; sees [data-pp] and [data-pp-copy] only.
const KEY = "pinpoint-tab";
let silence = 0;

export default function ({ data, setTriggerValue }) {
  const plain = (event) => event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

  const onClick = (event) => {
    const part = event.target.closest?.("[data-pp], [data-pp-copy]");
    if (!part || event.defaultPrevented || !plain(event)) return;
    event.preventDefault();
    if (part.dataset.ppCopy !== undefined) copy(part);
    else setTriggerValue("click", { action: part.dataset.pp, value: part.dataset.ppValue ?? part.getAttribute("href") });
  };

  const onSay = (event) => say(event.detail);

  // The browser would keep what stands in a field for the next time that it is started.
  const onFocus = (event) => {
    if (event.target.matches?.("input, textarea")) event.target.setAttribute("autocomplete", "off");
  };

  document.addEventListener("click", onClick);
  document.addEventListener("pinpoint-say", onSay);
  document.addEventListener("focusin", onFocus);
  if (!data.known) setTriggerValue("arrival", tab());
  return () => {
    document.removeEventListener("click", onClick);
    document.removeEventListener("pinpoint-say", onSay);
    document.removeEventListener("focusin", onFocus);
  };
}

// A name for this tab that says nothing of what is done in it, so that a reload finds its work again.
function tab() {
  let name = sessionStorage.getItem(KEY);
  if (!name) {
    name = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    sessionStorage.setItem(KEY, name);
  }
  return name;
}

async function copy(button) {
  const text = button.dataset.ppCopy;
  try {
    await navigator.clipboard.writeText(text);
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
