// <suggest-box data-from="/search/suggestions/">: an HTML list of links while one types, as a combobox. Arrows choose,
// Enter goes there, Escape closes; without it the form searches.
let boxes = 0;
customElements.define("suggest-box", class extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input");
    this.list = Object.assign(document.createElement("div"), { className: "suggestions", id: `suggestions-${++boxes}` });
    this.said = Object.assign(document.createElement("p"), { className: "seen-by-readers" });
    this.said.setAttribute("role", "status");
    this.append(this.list, this.said);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": this.list.id, "aria-expanded": "false" })) this.field.setAttribute(name, value);
    this.field.addEventListener("input", () => this.later());
    this.field.addEventListener("keydown", (event) => this.walk(event));
    this.addEventListener("focusout", (event) => this.contains(event.relatedTarget) || this.close());
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), 180);
  }

  async ask() {
    const words = this.field.value.trim();
    this.asking?.abort();
    if (words.length < 2) return this.close();
    this.asking = new AbortController();
    const url = new URL(this.dataset.from, location.href);
    url.searchParams.set(this.field.name, words);
    try {
      const answer = await fetch(url, { headers: { "HX-Request": "true" }, signal: this.asking.signal });
      if (answer.ok && this.contains(document.activeElement)) this.show(await answer.text());
    } catch {
      this.close();
    }
  }

  show(html) {
    this.close();
    this.list.innerHTML = html;
    this.links = [...this.list.querySelectorAll("a")];
    this.list.querySelector("ul")?.setAttribute("role", "listbox");
    this.list.querySelector("ul")?.setAttribute("aria-label", this.querySelector("label").textContent);
    this.list.querySelectorAll("li").forEach((row) => row.setAttribute("role", "none"));
    this.links.forEach((link, n) => {
      Object.assign(link, { id: `${this.list.id}-${n}`, tabIndex: -1, role: "option" });
      link.setAttribute("aria-selected", "false");
    });
    this.field.setAttribute("aria-expanded", String(this.links.length > 0));
    this.said.textContent = this.links.length ? `${this.links.length}: ${this.links.map((link) => link.textContent).join("; ")}` : this.list.textContent;
  }

  close() {
    this.list.replaceChildren();
    this.links = [];
    this.said.textContent = "";
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }

  walk(event) {
    const chosen = this.links?.findIndex((link) => link.ariaSelected === "true") ?? -1;
    if (event.key === "Escape" && this.list.hasChildNodes()) event.preventDefault(), this.close();
    if (event.key === "Enter" && chosen >= 0) event.preventDefault(), this.links[chosen].click();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !this.links?.length) return;
    event.preventDefault();
    const next = (chosen < 0 && step < 0 ? this.links.length : chosen) + step;
    this.links.forEach((link, n) => link.setAttribute("aria-selected", String(n === next)));
    if (this.links[next]) this.field.setAttribute("aria-activedescendant", this.links[next].id), this.links[next].scrollIntoView({ block: "nearest" });
    else this.field.removeAttribute("aria-activedescendant");
  }
});
