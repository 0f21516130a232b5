// <compact-form>: shows a question only while its condition (data-when, as JSON) holds; without it all are seen.
const number = (text) => Number(text.replace(/[.,\s]/g, ""));

const daysAgo = (text) => {
  const [, day, month, year] = /^(\d{1,2})\D?(\d{1,2})\D?(\d{4})$/.exec(text.trim()) ?? [];
  return year ? Math.floor((Date.now() - new Date(year, month - 1, day)) / 86400000) : -1;
};

const test = (wanted, texts) =>
  (wanted.is === undefined || texts.includes(wanted.is)) &&
  (wanted.in === undefined || texts.some((text) => wanted.in.includes(text))) &&
  (wanted.filled === undefined || texts.length > 0 === wanted.filled) &&
  (wanted.more_days_ago_than === undefined || texts.some((text) => daysAgo(text) > wanted.more_days_ago_than)) &&
  (wanted.over === undefined || texts.some((text) => number(text) > Number(wanted.over)));

const holds = (condition, answers) => {
  if (condition.all) return condition.all.every((part) => holds(part, answers));
  if (condition.any) return condition.any.some((part) => holds(part, answers));
  if (condition.not) return !holds(condition.not, answers);
  return test(condition, answers(condition.field));
};

customElements.define("compact-form", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", () => this.sift());
    this.sift();
  }

  sift() {
    const form = this.closest("form");
    if (!form) return;
    const typed = [...new FormData(form)].filter(([, value]) => typeof value === "string" && value.trim() !== "");
    const at = (path) => typed.filter(([name]) => name === path || name.startsWith(`${path}.`) || name.startsWith(`${path}-`)).map(([, value]) => value);
    for (const question of this.querySelectorAll("[data-when]")) {
      const within = question.dataset.within ?? "";
      const answers = (field) => (within && this.querySelector(`[name^="${within}${field}"]`) ? at(within + field) : at(field));
      question.hidden = !holds(JSON.parse(question.dataset.when), answers);
    }
  }
});
