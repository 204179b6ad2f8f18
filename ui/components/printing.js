// Opens what is folded in an answer while it is printed: paper cannot unfold it. Put behind clicks.js, which starts it.
const FOLDED = ".st-key-asked details:not([open])";

function printing() {
  let opened = [];
  const before = () => {
    opened = [...document.querySelectorAll(FOLDED)].filter((part) => !part.closest("[data-testid=stExpander]"));
    opened.forEach((part) => { part.open = true; });
  };
  const after = () => {
    opened.forEach((part) => { part.open = false; });
    opened = [];
  };
  window.addEventListener("beforeprint", before);
  window.addEventListener("afterprint", after);
  return () => {
    window.removeEventListener("beforeprint", before);
    window.removeEventListener("afterprint", after);
  };
}
