// newcomer.mjs CLONE: what benchmarks/newcomer/run says
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chromium } from '../../itests/harness/node_modules/playwright-core/index.mjs';

const clone = process.argv[2];
const TRY = 'http://localhost:8181/try';
const PATIENCE = 300_000;

const seconds = since => `${((performance.now() - since) / 1000).toFixed(1)} s`;
const shown = text => [...document.querySelectorAll('#alice-1 .text')].some(element => element.textContent === text);

async function answers(url) {
    return fetch(url).then(answer => answer.ok, () => false);
}

if (await answers(TRY)) {
    throw new Error(`something answers at ${TRY} already`);
}
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage();
page.setDefaultTimeout(PATIENCE);

const start = performance.now();
const gatepost = spawn('./run', { cwd: clone, stdio: ['ignore', 'pipe', 'inherit'] });
const ended = once(gatepost, 'exit');
for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => gatepost.kill('SIGTERM'));
}
let printed = '';
gatepost.stdout.on('data', chunk => {
    const ready = printed.includes('Gatepost is ready');
    printed += chunk;
    if (!ready && printed.includes('Gatepost is ready')) {
        console.log(`./run says that it is ready after ${seconds(start)}`);
    }
});
try {
    while (!await answers(TRY)) {
        if (gatepost.exitCode !== null || performance.now() - start > PATIENCE) {
            throw new Error(`there is no page: ${printed}`);
        }
        await new Promise(over => setTimeout(over, 100));
    }
    await page.goto(TRY);
    await page.waitForFunction(shown, 'Welcome, alice!');
    console.log(`from ./run to the welcome in the page: ${seconds(start)}`);

    const ruby = readFileSync(`${clone}/README.md`, 'utf8').match(/```ruby\n([^`]*)```/)[1];
    const startRuby = performance.now();
    const script = spawn('ruby', ['-e', ruby], { stdio: 'inherit' });
    await page.waitForFunction(shown, 'Welcome');
    console.log(`from the README's Ruby to its message in the page: ${seconds(startRuby)}`);
    await (script.exitCode ?? once(script, 'exit'));
} finally {
    await browser.close();
    gatepost.kill('SIGTERM');
    await ended;
}
