// Carries clicks in drawn text to the app. Mounted once a page; sees [data-pp] and [data-pp-copy] only.
const KEY = "pinpoint-tab";

export default function ({ data, setTriggerValue }) {
  const plain = (event) => event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

  const onClick = (event) => {
    const part = event.target.closest?.("[data-pp], [data-pp-copy]");
    if (!part || event.defaultPrevented || !plain(event)) return;
    event.preventDefault();
    if (part.dataset.ppCopy !== undefined) copy(part);
    else setTriggerValue("click", { action: part.dataset.pp, value: part.dataset.ppValue ?? part.getAttribute("href") });
  };

  document.addEventListener("click", onClick);
  if (!data.known) setTriggerValue("arrival", tab());
  return () => document.removeEventListener("click", onClick);
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

function say(words) {
  let region = document.getElementById("pp-said");
  if (!region) {
    region = document.createElement("div");
    region.id = "pp-said";
    region.className = "pp-unseen";
    region.setAttribute("role", "status");
    (document.querySelector("main, [role=main], .stMain") ?? document.body).append(region);
  }
  region.textContent = "";
  setTimeout(() => { region.textContent = words; }, 50);
}
