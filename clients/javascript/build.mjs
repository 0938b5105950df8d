// Makes dist/ of src/: what Gatepost serves as /gatepost/client.js and /gatepost/client-worker.js. Its bundle takes it from there.
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

const folder = process.argv[2] ?? fileURLToPath(new URL('./dist', import.meta.url));
const options = { bundle: true, minify: true, target: 'es2022', charset: 'utf8', legalComments: 'none', absWorkingDir: fileURLToPath(new URL('.', import.meta.url)) };
const banner = { js: '// Gatepost\'s client for browsers. Apache-2.0.' };

await build({ ...options, banner, format: 'esm', entryPoints: ['src/client.js'], outfile: `${folder}/client.js` });
await build({ ...options, banner, format: 'esm', entryPoints: ['src/client-worker.js'], outfile: `${folder}/client-worker.js` });
