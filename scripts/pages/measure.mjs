// Opens pages in Chromium as a phone that has never been here: the bytes that came over the wire, and Lighthouse's marks.
// Reads {chromium, runs, pages: [{name, url, cookies, marks}]} as JSON, prints one line of JSON for each page.
import { text } from "node:stream/consumers";
import lighthouse from "lighthouse";
import puppeteer from "puppeteer-core";

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--accept-lang=vi-VN,vi",
];
const MARKS = ["performance", "accessibility", "best-practices"];
const asked = JSON.parse(await text(process.stdin));
const browser = await puppeteer.launch({ executablePath: asked.chromium, args: FLAGS });

async function visiting(page, visit) {
  const context = await browser.createBrowserContext();
  try {
    await context.setCookie(...page.cookies.map((cookie) => ({ ...cookie, domain: new URL(page.url).hostname, path: "/" })));
    return await visit(await context.newPage());
  } finally {
    await context.close();
  }
}

// `encodedDataLength` is what came over the wire, heads included.
async function weighed(page) {
  return visiting(page, async (tab) => {
    const wire = await tab.createCDPSession();
    const names = new Map();
    const files = {};
    wire.on("Network.requestWillBeSent", ({ requestId, request, redirectResponse }) => {
      if (redirectResponse) files[`${redirectResponse.url} `] = redirectResponse.encodedDataLength;
      names.set(requestId, request.url);
    });
    wire.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      const url = names.get(requestId) ?? "";
      if (url.startsWith("http")) files[url] = encodedDataLength;
    });
    await wire.send("Network.enable");
    const answer = await tab.goto(page.url, { waitUntil: "networkidle0" });
    if (answer.status() !== 200 || answer.url() !== page.url) throw new Error(`${page.url}: ${answer.status()} at ${answer.url()}`);
    return { bytes: Object.values(files).reduce((sum, size) => sum + size, 0), files };
  });
}

// On a busy machine Chromium's trace may lose its beginning; Lighthouse then asks to be run again.
async function marked(page, tries = 3) {
  const { lhr } = await visiting(page, (tab) =>
    lighthouse(page.url, { onlyCategories: MARKS, logLevel: "silent" }, undefined, tab),
  );
  if (lhr.runtimeError && tries > 1) return marked(page, tries - 1);
  if (lhr.runtimeError) throw new Error(`${page.url}: ${lhr.runtimeError.message}`);
  const marks = MARKS.map((name) => [name, Math.round(lhr.categories[name].score * 100)]);
  const lost = MARKS.flatMap((name) =>
    lhr.categories[name].auditRefs.filter(({ id, weight }) => weight && lhr.audits[id].score < 0.9).map(({ id }) => id),
  );
  return { marks: Object.fromEntries(marks), lost };
}

function median(numbers) {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
}

try {
  for (const page of asked.pages) {
    const found = { name: page.name, ...(await weighed(page)) };
    if (page.marks) {
      const runs = [];
      while (runs.length < asked.runs) runs.push(await marked(page));
      found.marks = Object.fromEntries(MARKS.map((name) => [name, median(runs.map(({ marks }) => marks[name]))]));
      found.lost = [...new Set(runs.flatMap(({ lost }) => lost))];
    }
    console.log(JSON.stringify(found));
  }
} finally {
  await browser.close();
}
