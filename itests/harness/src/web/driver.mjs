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
/** How long anything in a page may take, milliseconds. */
const PATIENCE = 30_000;
const modules = new URL(process.env.NODE_MODULES_URL);
let axe;
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

    /** Opens a page in a profile of its own, as another user's browser would, or as a further tab beside another page. */
    async open({ page: name, path, beside }) {
        const context = beside ? pages.get(beside).page.context() : await browser.newContext();
        const page = await context.newPage();
        page.setDefaultTimeout(PATIENCE);
        const failures = [];
        const requests = [];
        page.on('pageerror', error => failures.push(String(error)));
        page.on('console', message => /content security policy/i.test(message.text()) && failures.push(message.text()));
        page.on('request', request => requests.push(request.url()));
        page.on('websocket', socket => requests.push(socket.url()));
        pages.set(name, { page, failures, requests });
        await page.goto(new URL(path, `http://localhost:${server.address().port}`).href);
        return null;
    },

    async reload({ page }) {
        await pages.get(page).page.reload();
        return null;
    },

    /** Puts a text into a field, which then has the focus. */
    async type({ page: name, selector, text }) {
        const { page } = pages.get(name);
        await page.focus(selector);
        await page.fill(selector, text);
        return null;
    },

    /** Presses a key where the focus is. */
    async press({ page, key }) {
        await pages.get(page).page.keyboard.press(key);
        return null;
    },

    async click({ page, selector }) {
        await pages.get(page).page.click(selector);
        return null;
    },

    /** As another window, another setting of the system would have it: width in pixels, scheme "light" or "dark". */
    async look({ page: name, width, scheme }) {
        const { page } = pages.get(name);
        await page.setViewportSize({ width: Number(width), height: 900 });
        await page.emulateMedia({ colorScheme: scheme });
        return null;
    },

    /** Cuts the browser of a page off its networks, or no more. */
    async offline({ page, offline }) {
        await pages.get(page).page.context().setOffline(offline === 'true');
        return null;
    },

    /** Writes a picture of the whole page into a file. */
    async picture({ page, file }) {
        await pages.get(page).page.screenshot({ path: file, fullPage: true });
        return null;
    },

    /** What is wrong for those who use a screen reader or a keyboard, or see less: what axe-core finds. */
    async obstacles({ page: name }) {
        const { page } = pages.get(name);
        axe ??= await readFile(new URL('axe-core/axe.min.js', modules), 'utf8');
        await page.evaluate(axe);
        const { violations } = await page.evaluate('axe.run()');
        return violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`);
    },

    /** The addresses that the page has asked for, WebSockets among them. */
    requests: ({ page }) => pages.get(page).requests,

    /** The value of an expression in the page; a promise is awaited. */
    evaluate: ({ page, script }) => pages.get(page).page.evaluate(script),

    /** Waits until an expression in the page is true; asks from outside, as a page's security policy may forbid to evaluate text. */
    async until({ page, script }) {
        const end = Date.now() + PATIENCE;
        while (!await pages.get(page).page.evaluate(script)) {
            if (Date.now() > end) {
                throw new Error(`not true within ${PATIENCE} ms`);
            }
            await new Promise(over => setTimeout(over, 20));
        }
        return null;
    },

    /** What went wrong in the page and was caught by nobody. */
    failures: ({ page }) => pages.get(page).failures,

    async close({ page }) {
        const closing = pages.get(page).page;
        pages.delete(page);
        await closing.close();
        if (closing.context().pages().length === 0) {
            await closing.context().close();
        }
        return null;
    },
};

async function answer(request) {
    let timer;
    const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`nothing came of it within ${PATIENCE} ms`)), PATIENCE);
    });
    try {
        const value = await Promise.race([actions[request.action](request), late]);
        return { value: value ?? null };
    } catch (error) {
        return { error: String(error) };
    } finally {
        clearTimeout(timer);
    }
}

const requests = createInterface({ input: process.stdin });
// whoever steers it may also be gone in the middle of a request: no Chromium stays behind then
requests.on('close', async () => {
    await browser.close();
    process.exit();
});
console.log(JSON.stringify({ value: 'ready' }));
for await (const line of requests) {
    console.log(JSON.stringify(await answer(JSON.parse(line))));
}
