// <form data-walk>: for those who type all day. Enter ticks a box or a choice and goes to the next field instead of sending
// the form half done, Ctrl+Enter sends it; fields marked data-walk-past are passed over (Tab reaches them).
const FIELDS = "input:not([type=hidden], [type=submit]), select, textarea";
const seen = (field) => !field.disabled && (field.checkVisibility?.() ?? true);
const stops = (form) => {
  const groups = new Set();
  return [...form.querySelectorAll(FIELDS)].filter((field) => {
    if (!seen(field) || field.hasAttribute("data-walk-past")) return false;
    if (field.type !== "radio") return true;
    const chosen = form.querySelector(`input[name="${CSS.escape(field.name)}"]:checked`);
    if (groups.has(field.name) || (chosen && chosen !== field)) return false;
    return groups.add(field.name);
  });
};
const end = (form) => form.querySelector("[data-walk-end]") ?? form.querySelector("button:not([name])");
const empty = (field) => (field.type === "radio" || field.type === "checkbox" ? !field.checked : !field.value.trim());

document.addEventListener("keydown", (event) => {
  const field = event.target;
  const form = field.form;
  if (event.key !== "Enter" || event.defaultPrevented || event.isComposing || !form?.hasAttribute("data-walk")) return;
  if (event.ctrlKey) {
    event.preventDefault();
    return end(form).click();
  }
  if (!field.matches(FIELDS) || field.matches("textarea") || event.altKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (field.matches("[type=checkbox], [type=radio]") && !field.checked) field.click();
  else if (field.matches("input") && field.value !== field.defaultValue) field.dispatchEvent(new Event("change", { bubbles: true }));
  const later = stops(form).filter((stop) => field.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING && !(field.type === "radio" && stop.name === field.name));
  (later[0] ?? end(form)).focus();
  if (later[0]?.matches("input:not([type=checkbox], [type=radio])")) later[0].select();
});

const form = document.querySelector("form[data-walk]");
if (form && seen(form) && !document.querySelector("[data-focus-first]")) stops(form).find(empty)?.focus();
