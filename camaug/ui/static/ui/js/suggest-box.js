// <suggest-box data-from="/search/suggestions/">: fetches an HTML list of links while one types; arrows walk, Escape closes.
customElements.define("suggest-box", class extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input");
    this.list = Object.assign(document.createElement("div"), { className: "suggestions" });
    this.list.setAttribute("aria-live", "polite");
    this.append(this.list);
    this.field.addEventListener("input", () => this.later());
    this.addEventListener("keydown", (event) => this.walk(event));
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
      if (answer.ok) this.list.innerHTML = await answer.text();
    } catch {
      this.close();
    }
  }

  close() {
    this.list.replaceChildren();
  }

  walk(event) {
    if (event.key === "Escape") this.close();
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const places = [this.field, ...this.list.querySelectorAll("a")];
    const next = places.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    if (!places[next]) return;
    event.preventDefault();
    places[next].focus();
  }
});
