// <form data-auto-submit>: a changed choice is sent at once; typed words wait for the button or Enter.
document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form?.hasAttribute("data-auto-submit") && event.target.matches("select, [type=radio], [type=checkbox]")) {
    form.requestSubmit();
  }
});
