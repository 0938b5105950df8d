// Makes dist/ of src/: what Gatepost serves as /gatepost/client.js and /gatepost/client-worker.js. Its bundle takes it from there.
import { build, transform } from 'esbuild';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { minify } from 'terser';
import { STYLE } from './src/style.js';

const folder = process.argv[2] ?? fileURLToPath(new URL('./dist', import.meta.url));

/** What is done with a script is done with a style only where that is by itself. */
const style = {
    name: 'style',
    setup: ({ onLoad }) => onLoad({ filter: /src.style\.js$/ }, async () => {
        const { code } = await transform(STYLE, { loader: 'css', minify: true });
        return { contents: `export const STYLE = ${JSON.stringify(code)};` };
    }),
};

await mkdir(folder, { recursive: true });
for (const name of ['client.js', 'client-worker.js']) {
    const { outputFiles: [{ text }] } = await build({
        entryPoints: [`src/${name}`],
        absWorkingDir: fileURLToPath(new URL('.', import.meta.url)),
        bundle: true,
        minify: true,
        format: 'esm',
        target: 'es2022',
        plugins: [style],
        write: false,
    });
    const { code } = await minify(text, { module: true, ecma: 2022, compress: { passes: 3 }, format: { preamble: '// gatepost 0.1.0, Apache-2.0' } });
    await writeFile(`${folder}/${name}`, `${code}\n`);
}
