// Opens pages in Firefox: an order in a file, a line of JSON about each page at each width.
// Puppeteer speaks WebDriver BiDi, which Debian's Firefox does; Playwright wants a Firefox of its own.
import { readFileSync } from 'node:fs';
import puppeteer from 'puppeteer-core';

const order = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const browser = await puppeteer.launch({
  browser: 'firefox',
  executablePath: order.firefox,
  extraPrefsFirefox: {
    'ui.systemUsesDarkTheme': order.dark ? 1 : 0,
    // No name is looked up: what asks for the internet fails in the same way everywhere.
    'network.proxy.type': 1,
    'network.proxy.socks': '127.0.0.1',
    'network.proxy.socks_port': 9,
    'network.proxy.socks_remote_dns': true,
    'network.proxy.no_proxies_on': '127.0.0.1',
  },
});
await browser.setCookie(...order.cookies);

const page = await browser.newPage();
let seen = [];
page.setDefaultTimeout(order.patience);
page.on('console', line => line.type() === 'error' && seen.push(`console: ${line.text()}`));
page.on('pageerror', error => seen.push(`page error: ${error.message}`));
page.on('request', request => {
  const { protocol, hostname } = new URL(request.url());
  if (/^(http|ws)/.test(protocol) && hostname !== '127.0.0.1') seen.push(`asked: ${request.url()}`);
});
await page.evaluateOnNewDocument(order.asked);

let calls = 0;
const still = () => page.waitForFunction(`(${order.calm})([${calls++}, 300])`, { polling: 50 });
for (const { address, turn, app, charts, keys, views } of order.pages) {
  for (const [number, { width, rules, picture }] of views.entries()) {
    seen = [];
    await page.setViewport({ width, height: order.height });
    if (!number && turn) await page.evaluate(turn);
    else if (!number) await page.goto(address, { waitUntil: 'domcontentloaded' });
    await page.waitForSelector('h1');
    if (app) await still();
    // On slow cores a page is calm for a moment between a run and the run that takes its place.
    await page.waitForFunction(
      least => document.querySelectorAll('.figure .chart:has(svg)').length >= least, {}, charts);
    if (turn) await page.evaluate(order.top);
    for (const key of keys) await page.keyboard.press(key);
    if (!number && !turn) await page.evaluate(order.axe);
    const found = await page.evaluate(`(${order.look})(${JSON.stringify(rules)})`);
    await page.screenshot({ path: picture });
    console.log(JSON.stringify({ ...found, seen }));
  }
}
await browser.close();
