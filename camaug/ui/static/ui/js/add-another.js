// <add-another>: fetches the form again with one more group, keeping what was typed; without it the button posts.
customElements.define("add-another", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const button = event.target.closest("button[name=add], button[name=remove]");
      if (button) this.change(event, button);
    });
  }

  async change(event, button) {
    const form = button.form;
    const typed = new FormData(form, button);
    if (!this.id || [...typed.values()].some((value) => value instanceof File && value.size)) return;
    event.preventDefault();
    try {
      const answer = await fetch(form.action, { method: "POST", body: typed });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(this.id);
      if (!fresh) throw new Error("no such group");
      this.replaceChildren(...fresh.childNodes);
      const fields = this.querySelectorAll(".repeat:last-of-type :is(input, select, textarea)");
      (fields[0] ?? this.querySelector("button[name=add]"))?.focus();
    } catch {
      HTMLFormElement.prototype.requestSubmit.call(form, button);
    }
  }
});
