// <row-keys>: j and k, or the arrows from within, walk from row to row; Enter opens, since the row's link has the focus;
// x ticks the row.
const STEPS = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 };
customElements.define("row-keys", class extends HTMLElement {
  connectedCallback() {
    this.ear = (event) => this.walk(event);
    document.addEventListener("keydown", this.ear);
  }
  disconnectedCallback() {
    document.removeEventListener("keydown", this.ear);
  }
  walk(event) {
    const step = STEPS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input:not([type=checkbox]), textarea, select")) return;
    if (event.key === "x") this.tick();
    if (!step) return;
    if (event.key.startsWith("Arrow") && !this.contains(event.target)) return;
    const links = [...this.querySelectorAll("tbody tr td:first-child a")];
    const here = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
    const next = links[here < 0 ? (step > 0 ? 0 : links.length - 1) : here + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.closest("tr").scrollIntoView({ block: "nearest" });
  }
  tick() {
    document.activeElement.closest("tr")?.querySelector("input[type=checkbox]")?.click();
  }
});
