// A browser that a test steers: one JSON request per line on the standard input, one JSON answer per line on the standard
// output. Pages are served from this folder on a free port of localhost. It ends, and Chromium with it, when its input ends.
import { chromium } from 'playwright-core';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';

const LIBRARIES = {
    '/lib/jquery.js': 'jquery/dist/jquery.js',
    '/lib/stompjs-2.js': 'stompjs/lib/stomp.js',
    '/lib/stompjs-7.js': '@stomp/stompjs/bundles/stomp.umd.js',
};
const modules = new URL(process.env.NODE_MODULES_URL);
const generated = new Map();
const pages = new Map();

async function content(path) {
    if (generated.has(path)) {
        return generated.get(path);
    }
    if (LIBRARIES[path]) {
        return readFile(new URL(LIBRARIES[path], modules));
    }
    return readFile(new URL('./pages' + path, import.meta.url));
}

const server = createServer(async (request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    try {
        const body = await content(path);
        response.setHeader('Content-Type', path.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8');
        response.end(body);
    } catch {
        response.statusCode = 404;
        response.end();
    }
});
await new Promise(listening => server.listen(0, 'localhost', listening));

const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
        '--disable-component-update', '--disable-sync'],
});

const actions = {
    /** Serves a text that the test made. */
    serve: ({ path, text }) => generated.set(path, text) && null,

    /** Opens a page in a profile of its own, as another user's browser would. */
    async open({ page: name, path }) {
        const page = await browser.newPage();
        page.setDefaultTimeout(20_000);
        const failures = [];
        page.on('pageerror', error => failures.push(String(error)));
        pages.set(name, { page, failures });
        await page.goto(`http://localhost:${server.address().port}${path}`);
        return null;
    },

    /** The value of an expression in the page; a promise is awaited. */
    evaluate: ({ page, script }) => pages.get(page).page.evaluate(script),

    /** Waits until an expression in the page is true. */
    async until({ page, script }) {
        await pages.get(page).page.waitForFunction(script, null, { polling: 20 });
        return null;
    },

    /** What went wrong in the page and was caught by nobody. */
    failures: ({ page }) => pages.get(page).failures,

    async close({ page }) {
        await pages.get(page).page.context().close();
        pages.delete(page);
        return null;
    },
};

console.log(JSON.stringify({ value: 'ready' }));
for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    try {
        const value = await actions[request.action](request);
        console.log(JSON.stringify({ value: value ?? null }));
    } catch (error) {
        console.log(JSON.stringify({ error: String(error) }));
    }
}
await browser.close();
server.close();
