// <file-drop>: shows that a file may be dropped, and the names and sizes of those chosen.
customElements.define("file-drop", class extends HTMLElement {
  connectedCallback() {
    const area = this.firstElementChild;
    const field = this.querySelector("input");
    for (const kind of ["dragenter", "dragover"]) area.addEventListener(kind, (event) => this.over(event, area));
    for (const kind of ["dragleave", "drop"]) area.addEventListener(kind, () => delete area.dataset.over);
    area.addEventListener("drop", (event) => {
      if (event.target === field) return;
      event.preventDefault();
      field.files = event.dataTransfer.files;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    field.addEventListener("change", () => this.say(field));
  }

  over(event, area) {
    event.preventDefault();
    area.dataset.over = "yes";
  }

  say(field) {
    const size = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
    this.querySelector(".drop__said").replaceChildren(
      ...[...field.files].map((file) =>
        Object.assign(document.createElement("li"), {
          textContent: `${file.name}, ${size.format(Math.max(file.size / 1048576, 0.1))} MB`,
        }),
      ),
    );
  }
});
