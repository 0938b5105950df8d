// newcomer.mjs CLONE [FILE]: what benchmarks/newcomer/run says; FILE gets the figures as JSON
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { chromium } from '../../itests/harness/node_modules/playwright-core/index.mjs';

const [clone, file] = process.argv.slice(2);
const TRY = 'http://localhost:8181/try';
const PATIENCE = 300_000;

const figures = { date: new Date().toISOString().slice(0, 10), processors: cpus().length };

// notes how long something has taken, and says so
function took(name, text, since) {
    figures[name] = Number(((performance.now() - since) / 1000).toFixed(1));
    console.log(`${text}: ${figures[name]} s`);
}

// the page shows two tabs of alice, each with a connection of its own
const shown = text => ['alice-1', 'alice-2'].every(tab =>
    [...document.querySelectorAll(`#${tab} .text`)].some(element => element.textContent === text));

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
        took('ready', 'from ./run to its saying that it is ready', start);
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
    took('welcome', 'from ./run to the welcome in two tabs', start);

    const ruby = readFileSync(`${clone}/README.md`, 'utf8').match(/```ruby\n([^`]*)```/)[1];
    const text = ruby.match(/notify\("alice", "([^"]*)"\)/)[1];
    const startRuby = performance.now();
    const script = spawn('ruby', ['-I', `${clone}/clients/ruby/lib`, '-e', ruby], { stdio: 'inherit' });
    await page.waitForFunction(shown, text);
    took('message', "from the README's Ruby to its message in two tabs", startRuby);
    took('all', 'from ./run to that message', start);
    await (script.exitCode ?? once(script, 'exit'));
    if (file) {
        writeFileSync(file, `${JSON.stringify(figures, null, 2)}\n`);
    }
} finally {
    await browser.close();
    gatepost.kill('SIGTERM');
    await ended;
}
