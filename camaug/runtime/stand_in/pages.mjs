// What the stand-in for VNeID shows. Each page says that it is none of the Ministry's.
const plain = (text) => String(text).replace(/[&<>"']/g, (letter) => `&#${letter.codePointAt(0)};`);
const STYLE = `
  body { margin: 0; font: 1.125rem/1.5 system-ui, sans-serif; color: #1d1d1f; background: #f4f5f7 }
  main { max-width: 32rem; margin: 0 auto; padding: 1rem 1rem 3rem }
  .stand-in { margin: 0 0 1.5rem; padding: .75rem 1rem; border-left: .5rem solid #b45309; background: #fff7e6 }
  h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem } h2 { font-size: 1.125rem; margin: 2rem 0 .5rem }
  button { width: 100%; min-height: 3rem; margin: 0 0 .5rem; padding: .5rem 1rem; font: inherit; text-align: left;
    color: inherit; background: #fff; border: 1px solid #6b7280; border-radius: .25rem; cursor: pointer }
  button.main { color: #fff; background: #1d4ed8; border-color: #1d4ed8; text-align: center; margin-top: .5rem }
  button small { display: block; font-size: 1rem; color: #4b5563 }
  label { display: block; margin: .75rem 0 .25rem } input { width: 100%; box-sizing: border-box; min-height: 3rem;
    padding: .5rem; font: inherit; border: 1px solid #4b5563; border-radius: .25rem }
  :focus-visible { outline: 3px solid #f59e0b; outline-offset: 2px }`;
const page = (title, body) => `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style></head><body><main>
<p class="stand-in"><strong>Đây là bản mô phỏng, không phải VNeID.</strong> Chỉ dùng để chạy thử: ai cũng có thể đăng nhập
bằng bất kỳ tên nào.</p><h1>${title}</h1>${body}</main></body></html>`;

export function choose(context, citizens) {
  const one = ({ number, name }) => `<button name="who" value="${plain(`${number} ${name}`)}">${plain(name)}
<small>Số định danh ${plain(number)}</small></button>`;
  context.type = "html";
  context.body = page("Bạn muốn đăng nhập với tên ai?", `
<form method="post">${citizens.map(one).join("")}</form>
<h2>Người khác</h2>
<form method="post"><label for="number">Số định danh cá nhân</label>
<input id="number" name="number" inputmode="numeric" pattern="[0-9]{12}" autocomplete="off" required>
<label for="name">Họ và tên</label><input id="name" name="name" autocomplete="off" required>
<button class="main">Đăng nhập</button></form>`);
}

export function ask(context, form) {
  context.body = page("Đăng xuất khỏi bản mô phỏng VNeID?", `${form}
<button class="main" form="op.logoutForm" name="logout" value="yes">Đăng xuất</button>
<button form="op.logoutForm">Không đăng xuất</button>`);
}

export function gone(context) {
  context.body = page("Bạn đã đăng xuất", "<p>Các hệ thống đã đăng nhập bằng phiên này được báo để đăng xuất theo.</p>");
}

export async function read(request) {
  let body = "";
  for await (const part of request) body += part;
  return new URLSearchParams(body);
}
