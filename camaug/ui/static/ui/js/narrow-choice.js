// <narrow-choice data-from="/places/">: a choice in one list fills the next, typed words bring suggestions;
// without it the buttons between the lists fetch the page again.
customElements.define("narrow-choice", class extends HTMLElement {
  connectedCallback() {
    this.lists = [...this.querySelectorAll("select")];
    this.addEventListener("change", (event) => this.narrow(this.lists.indexOf(event.target)));
    this.addEventListener("input", (event) => event.target.list && this.later(event.target));
    this.offer(false);
  }

  offer(shown) {
    for (const button of this.querySelectorAll("button[name=choose]")) button.hidden = !shown;
  }

  async narrow(place) {
    if (place < 0) return;
    for (const below of this.lists.slice(place + 1)) below.replaceChildren(below.options[0]);
    const next = this.lists[place + 1];
    if (next && this.lists[place].value) await this.fill(next, { parent: this.lists[place].value });
  }

  later(field) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => field.value.trim().length > 1 && this.fill(field.list, { words: field.value }), 180);
  }

  async fill(list, asked) {
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      const url = new URL(this.dataset.from, location.href);
      url.search = new URLSearchParams(asked);
      const answer = await fetch(url, { signal: this.asking.signal });
      if (!answer.ok) throw new Error(answer.statusText);
      list.innerHTML = await answer.text();
    } catch (reason) {
      if (reason.name !== "AbortError") this.offer(true);
    }
  }
});
