// SPDX-License-Identifier: MIT
// node dev.mjs PAGE HARRIER [PORT]
//
// For those who work on the page: serves the built folder PAGE and answers /api/v1/ by running HARRIER
// for each question, as `harrier serve` would, but without its token and its guards. The store is the
// one of $HARRIER_DB. On loopback only; the real server is `harrier serve`.

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const [page, harrier, port = '8088'] = process.argv.slice(2);

const ROOMS = new Set(['race', 'camp', 'season', 'results', 'who', 'wellness', 'course', 'workout', 'db']);
const ALONE = new Set(['shoes']);
/* Where the body of a POST goes: an option, or the last operand. */
const BODY_AS = { load: '--project', pace: '--course' };
const STATUS = { 0: 200, 1: 500, 2: 400, 3: 200, 4: 404, 5: 422, 6: 503 };
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const POLICY = "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

function run(args) {
    return new Promise((resolve) => {
        execFile(harrier, args, { maxBuffer: 1 << 28 }, (error, out, said) => {
            resolve({ exit: error ? error.code ?? 1 : 0, out, said: said.trim() });
        });
    });
}

const helps = new Map();

/** Which options of a command take a value, out of its own help: one space before it. */
async function takesValue(words) {
    const name = words.join(' ');
    if (!helps.has(name)) {
        const { out } = await run(['help', ...words]);
        helps.set(name, new Set([...out.matchAll(/^ {2}--([\w-]+) \S/gm)].map(([, option]) => option)));
    }
    return helps.get(name);
}

async function bodyOf(request) {
    const parts = [];
    for await (const part of request) parts.push(part);
    return Buffer.concat(parts);
}

async function filesOf(request, url) {
    const body = await bodyOf(request);
    const type = request.headers['content-type'] ?? '';
    if (!type.startsWith('multipart/form-data')) {
        return body.length ? [[url.searchParams.get('name') ?? 'body', body]] : [];
    }
    const form = await new Response(body, { headers: { 'content-type': type } }).formData();
    const files = [...form.values()].filter((value) => typeof value !== 'string');
    return Promise.all(files.map(async (file) => [file.name, Buffer.from(await file.arrayBuffer())]));
}

async function answer(request, url) {
    const parts = url.pathname.slice('/api/v1/'.length).split('/').filter(Boolean).map(decodeURIComponent);
    const two = ROOMS.has(parts[0]) && parts.length > 1;
    const words = parts.slice(0, two ? 2 : 1);
    if (ALONE.has(parts[0]) && ['add', 'wear', 'retire', 'remove'].includes(parts[1])) words.push(parts[1]);
    const valued = await takesValue(words);
    const csv = (request.headers.accept ?? '').includes('text/csv');
    const args = [...words];
    for (const [name, value] of url.searchParams) {
        if (name === 'name' && request.method === 'POST') continue; /* of the file sent */
        args.push(valued.has(name) || name === 'athlete' ? `--${name}=${value}` : `--${name}`);
    }
    args.push(csv ? '--csv' : '--json', '--', ...parts.slice(words.length));

    const folder = await mkdtemp(join(tmpdir(), 'harrier-dev-'));
    try {
        if (request.method === 'POST') {
            for (const [name, bytes] of await filesOf(request, url)) {
                const file = join(folder, basename(name));
                await writeFile(file, bytes);
                const option = BODY_AS[words.join(' ')];
                if (option) args.splice(words.length, 0, `${option}=${file}`);
                else args.push(file);
            }
        }
        const { exit, out, said } = await run(args);
        if (out && (exit === 0 || exit === 3 || exit === 4)) return { status: 200, type: csv ? 'text/csv' : 'application/json', body: out };
        const detail = said.split('\n').at(-1).replace(/^harrier: /, '');
        const status = STATUS[exit] ?? 500;
        return {
            status, type: 'application/problem+json',
            body: JSON.stringify({ type: 'about:blank', title: `Exit ${exit}`, status, detail, exit }),
        };
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}

async function file(path) {
    const ending = Object.keys(TYPES).find((type) => path.endsWith(type));
    const name = ending ? basename(path) : 'index.html';
    return { status: 200, type: TYPES[ending ?? '.html'], body: await readFile(join(page, name)) };
}

createServer(async (request, response) => {
    const url = new URL(request.url, 'http://localhost');
    const api = url.pathname.startsWith('/api/v1/');
    const { status, type, body } = await (api ? answer(request, url) : file(url.pathname))
        .catch((error) => ({ status: 500, type: 'text/plain', body: String(error) }));
    const tag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`;
    const headers = {
        'Content-Type': type, 'Content-Security-Policy': POLICY, ETag: tag,
        'Cache-Control': /-[A-Z0-9]{8}\.\w+$/.test(url.pathname) ? 'immutable, max-age=31536000' : 'no-cache',
    };
    if (status === 200 && request.headers['if-none-match'] === tag) {
        response.writeHead(304, headers).end();
        return;
    }
    response.writeHead(status, { ...headers, 'Content-Encoding': 'gzip' }).end(gzipSync(body, { level: 1 }));
}).listen(Number(port), '127.0.0.1', () => console.log(`http://127.0.0.1:${port}/`));
