// The error summary is read first; its links go into the field and show its label.
const summary = document.querySelector("[data-focus-first]");
if (summary) summary.focus();
document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".govuk-error-summary a[href^='#']");
  const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field) return;
  event.preventDefault();
  (field.closest("fieldset, .govuk-form-group") ?? field).scrollIntoView();
  field.focus({ preventScroll: true });
});
