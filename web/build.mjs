// SPDX-License-Identifier: MIT
// node build.mjs [FOLDER [DEPFILE]]
//
// The page from its sources: one script and the few lines before it, one style sheet and one icon with their hashes in their
// names, so that a browser may keep them for ever, and index.html, which names them. No script or
// style stands inside index.html: the server's content security policy forbids both.
// DEPFILE is told, as make reads it, what was read. Fails if all together is over 100 kB gzipped.

import { build } from 'esbuild';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const LIMIT_BYTES = 100_000;

const here = dirname(fileURLToPath(import.meta.url));
const [folder = join(here, '..', 'build', 'page'), depfile] = process.argv.slice(2);
const out = resolve(folder);

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

const bundled = (entryPoints, format) => build({
    absWorkingDir: here,
    entryPoints,
    format,
    outdir: out,
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    metafile: true,
    target: ['es2022', 'chrome123', 'firefox120', 'safari17.5'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.svg': 'copy' },
    legalComments: 'none',
    logLevel: 'warning',
});

const builds = [
    await bundled({ early: 'src/early.js' }, 'iife'),
    await bundled({ app: 'src/main.jsx', icon: 'src/icon.svg' }, 'esm'),
];
const made = builds.flatMap(({ metafile }) => Object.keys(metafile.outputs)).map((path) => join(here, path));
const address = (name, ending) => {
    const files = made.map((path) => basename(path));
    return `/${files.find((file) => file.startsWith(`${name}-`) && file.endsWith(ending))}`;
};

const index = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Harrier</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<script src="${address('early', '.js')}"></script>
<link rel="stylesheet" href="${address('app', '.css')}">
<script type="module" src="${address('app', '.js')}"></script>
<link rel="icon" href="${address('icon', '.svg')}" type="image/svg+xml">
</head>
<body>
<div id="app"></div>
<noscript><p>This page needs JavaScript. The same numbers, without: <code>harrier report</code>.</p></noscript>
</body>
</html>
`;
await writeFile(join(out, 'index.html'), index);
if (depfile) {
    const inputs = new Set(builds.flatMap(({ metafile }) => Object.keys(metafile.inputs)));
    const read = [...inputs].map((path) => resolve(here, path).replaceAll(' ', '\\ '));
    await writeFile(depfile, `${folder}: ${read.join(' ')}\n`);
}

let total = 0;
for (const path of [join(out, 'index.html'), ...made]) {
    const gzipped = gzipSync(await readFile(path), { level: 9 }).length;
    total += gzipped;
    console.log(`${String(gzipped).padStart(7)}  ${basename(path)}`);
}
console.log(`${String(total).padStart(7)}  bytes gzipped, of at most ${LIMIT_BYTES}`);
if (total > LIMIT_BYTES) {
    console.error('The page has become too large.');
    process.exit(1);
}
