// Opens the pages and pictures of a folder in Chromium and counts what is right and what is not.
//   node look.mjs FOLDER CHROMIUM
import { execFileSync } from "node:child_process";
import { readdirSync, statSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { HtmlValidate } from "html-validate";

const [folder, executablePath] = process.argv.slice(2);
const counts = { passed: 0, failed: 0 };
function expect(right, what) {
  counts[right ? "passed" : "failed"]++;
  if (!right) console.log(what);
}

// Runs in the page: the texts of which the contrast with what lies behind them is below 4.5 (3 for large ones), and what sticks out.
function faults() {
  const found = [];
  const channels = (color) => (color.match(/[\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) =>
    [r, g, b].map((c) => ((c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
      .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const over = (front, back, alpha) => front.slice(0, 3).map((c, i) => c * alpha + back[i] * (1 - alpha));
  const dark = matchMedia("(prefers-color-scheme: dark)").matches && getComputedStyle(document.documentElement).colorScheme.includes("dark");
  const canvas = dark ? [18, 18, 18] : [255, 255, 255];
  function behind(element) {
    const layers = [];
    for (let e = element; e; e = e.parentElement) {
      const color = channels(getComputedStyle(e).backgroundColor);
      layers.push(color.length > 3 ? color : [...color, 1]);
      if (layers.at(-1)[3] === 1) break;
    }
    return layers.reverse().reduce((back, layer) => over(layer, back, layer[3]), canvas);
  }
  // Of a text in a picture: the filled shapes drawn before it that lie under its middle.
  function behindInPicture(text) {
    const box = text.getBoundingClientRect(), x = box.left + box.width / 2, y = box.top + box.height / 2;
    let color = behind(text.closest("svg").parentElement || text.closest("svg"));
    for (const shape of text.closest("svg").querySelectorAll("rect,path,circle,polygon")) {
      if (!(shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
      const style = getComputedStyle(shape), b = shape.getBoundingClientRect();
      if (style.fill === "none" || shape.tagName !== "rect" || x < b.left || x > b.right || y < b.top || y > b.bottom) continue;
      color = over(channels(style.fill), color, Number(style.fillOpacity) * Number(style.opacity));
    }
    return color;
  }
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode()); ) {
    const element = node.parentElement, svg = element.closest("svg");
    if (!node.data.trim() || element.closest("style,title,desc,script,head")) continue;
    const box = element.getBoundingClientRect(), style = getComputedStyle(element);
    if (!box.width || style.visibility === "hidden") continue;
    const back = svg ? behindInPicture(element) : behind(element);
    const front = over(channels(svg ? style.fill : style.color), back, svg ? Number(style.fillOpacity) : 1);
    const [a, b] = [light(front), light(back)].sort((p, q) => q - p), contrast = (a + 0.05) / (b + 0.05);
    if (contrast < 4.5) found.push(`contrast ${contrast.toFixed(2)}: ${node.data.trim().slice(0, 40)}`);
    if (svg) {
      const frame = svg.getBoundingClientRect();
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
        found.push(`cut off by the picture: ${node.data.trim().slice(0, 40)}`);
    }
  }
  // Texts of one picture that lie on each other.
  for (const svg of document.querySelectorAll("svg")) {
    const boxes = [...svg.querySelectorAll("text")].filter((t) => t.textContent.trim() && !t.getAttribute("transform"))
      .map((t) => ({ b: t.getBoundingClientRect(), s: t.textContent.trim() }));
    for (let i = 0; i < boxes.length; i++)
      for (let j = 0; j < i; j++) {
        const p = boxes[i].b, q = boxes[j].b;
        const w = Math.min(p.right, q.right) - Math.max(p.left, q.left), h = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
        if (w > 2 && h > 0.35 * Math.min(p.height, q.height)) found.push(`on each other: ${boxes[j].s.slice(0, 30)} | ${boxes[i].s.slice(0, 30)}`);
      }
  }
  if (document.documentElement.scrollWidth > innerWidth) found.push(`${document.documentElement.scrollWidth} pixels wide`);
  return found;
}

const validator = new HtmlValidate({ extends: ["html-validate:standard"], rules: { "no-inline-style": "off", "long-title": "off", "require-sri": "off" } });
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const files = readdirSync(folder).filter((name) => /\.(svg|html)$/.test(name)).sort();
expect(files.length >= 15, `only ${files.length} pages`);
for (const name of files) {
  const path = resolve(folder, name), most = name.endsWith(".svg") ? 60_000 : name === "charts.html" ? 660_000 : 300_000;
  expect(statSync(path).size <= most, `${name}: ${statSync(path).size} bytes`);
  if (name.endsWith(".svg")) {
    let right = true;
    try { execFileSync("xmllint", ["--noout", "--nonet", path]); } catch { right = false; }
    expect(right, `${name}: xmllint`);
  } else if (name !== "charts.html") {
    const report = await validator.validateFile(path);
    for (const { messages } of report.results) for (const m of messages.slice(0, 5)) console.log(`${name}:${m.line}:${m.column} ${m.message}`);
    expect(report.valid, `${name}: html-validate, ${report.errorCount} errors`);
  }
  for (const colorScheme of ["light", "dark"])
    for (const width of [360, 1280]) {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 }, offline: true });
      const page = await context.newPage(), asked = [];
      page.setDefaultTimeout(120_000);
      page.on("request", (request) => { if (!request.url().startsWith("file:")) asked.push(request.url()); });
      page.on("dialog", (dialog) => { asked.push("a dialog"); dialog.dismiss(); });
      await page.goto(pathToFileURL(path).href);
      const found = name.endsWith(".svg") ? [] : await page.evaluate(faults);
      for (const fault of [...new Set(found)].slice(0, 8)) console.log(`${name}, ${colorScheme}, ${width}: ${fault}`);
      expect(found.length === 0, `${name}, ${colorScheme}, ${width}: ${found.length} faults`);
      expect(asked.length === 0, `${name} asks for ${asked[0]}`);
      if (name.endsWith(".html")) await page.screenshot({ path: `${name}.${colorScheme}.${width}.png`, fullPage: true });
      if (colorScheme === "light" && width === 1280 && name.endsWith(".html")) {
        writeFileSync(`${name}.pdf`, await page.pdf({ format: "A4" }));
        await page.emulateMedia({ media: "print", colorScheme: "dark" });
        await page.setViewportSize({ width: 718, height: 1000 }); // A4 between margins of a centimetre
        const printed = (await page.evaluate(faults)).filter((fault) => !fault.startsWith("contrast"));
        for (const fault of [...new Set(printed)].slice(0, 8)) console.log(`${name}, print: ${fault}`);
        expect(printed.length === 0, `${name}, print: ${printed.length} faults`);
        await page.screenshot({ path: `${name}.print.png`, fullPage: true });
      }
      await context.close();
    }
}
await browser.close();
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed ? 1 : 0);
