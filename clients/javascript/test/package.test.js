import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const HERE = fileURLToPath(new URL('..', import.meta.url));
const run = (folder, ...command) => execFileSync(command[0], command.slice(1), { cwd: folder, encoding: 'utf8' });

function inFolder(act) {
    const folder = mkdtempSync(join(tmpdir(), 'gatepost-client-'));
    try {
        return act(folder);
    } finally {
        rmSync(folder, { recursive: true });
    }
}

test('what Gatepost serves is made of what is here', () => inFolder(folder => {
    run(HERE, 'node', 'build.mjs', folder);
    for (const name of ['client.js', 'client-worker.js']) {
        assert.equal(readFileSync(join(HERE, 'dist', name), 'utf8'), readFileSync(join(folder, name), 'utf8'), `dist/${name} is not: npm run build`);
    }
}));

test('all of it, the element with it, is below 12 KB', () => {
    const size = gzipSync(readFileSync(join(HERE, 'dist/client.js')), { level: 9 }).length;
    assert.ok(size < 12 * 1024, `${size} bytes`);
});

test('there is nothing in it that a strict Content-Security-Policy refuses', () => {
    for (const name of readdirSync(join(HERE, 'src'))) {
        const source = readFileSync(join(HERE, 'src', name), 'utf8');
        assert.doesNotMatch(source, /\beval\(|new Function|\bblob:|createObjectURL|createElement\('style'\)|style="/, name);
    }
});

test('it is installed into an empty folder, imported without a window, and its types are right', () => inFolder(folder => {
    const [{ filename, files }] = JSON.parse(run(HERE, 'npm', 'pack', '--json', '--pack-destination', folder));
    const names = files.map(({ path }) => path);
    assert.ok(['LICENSE', 'NOTICE', 'README.md', 'src/index.js', 'src/client-worker.js', 'types/index.d.ts'].every(name => names.includes(name)), names);
    assert.ok(!names.some(name => /^(test|dist|examples)/.test(name)), names);
    writeFileSync(join(folder, 'package.json'), '{ "type": "module", "private": true }');
    run(folder, 'npm', 'install', '--offline', '--no-audit', '--no-fund', `./${filename}`);
    assert.deepEqual(readdirSync(join(folder, 'node_modules')).filter(name => !name.startsWith('.')), ['gatepost']);
    writeFileSync(join(folder, 'use.js'), `
        import { connect, GatepostError } from 'gatepost';
        import { GatepostInbox } from 'gatepost/element';
        const inbox = connect({ session: '/notifications/session' });
        console.log(typeof GatepostInbox, GatepostError.name, JSON.stringify(inbox.getSnapshot()));`);
    assert.equal(run(folder, 'node', 'use.js'),
        'function GatepostError {"connected":false,"state":{"head":0,"seen":0,"unseen":0,"unread":0},"messages":[]}\n');
    writeFileSync(join(folder, 'types.ts'), readFileSync(join(HERE, 'test/types.ts')));
    writeFileSync(join(folder, 'tsconfig.json'), readFileSync(join(HERE, 'tsconfig.json'), 'utf8').replace('test/', ''));
    run(folder, 'node', join(HERE, 'node_modules/typescript/bin/tsc'), '-p', '.');
}));

test('a hook for React is fifteen lines at most', () => {
    const lines = readFileSync(join(HERE, 'examples/use-inbox.js'), 'utf8').trim().split('\n');
    assert.ok(lines.length <= 15, `${lines.length} lines`);
});

test('what the README shows is the text of an example', () => {
    const examples = readdirSync(join(HERE, 'examples')).map(name => readFileSync(join(HERE, 'examples', name), 'utf8'));
    const blocks = [...readFileSync(join(HERE, 'README.md'), 'utf8').matchAll(/```javascript\n(.*?)```/gs)].map(([, text]) => text);
    assert.ok(blocks.length > 0);
    blocks.forEach(block => assert.ok(examples.some(example => example.includes(block)), block));
});
