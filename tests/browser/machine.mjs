// SPDX-License-Identifier: MIT
// The two programs a test of the page needs, started and surely ended: `harrier serve` on a
// free port, and Chromium. Both are ended by what was started, never by a name.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync',
    '--disable-background-networking', '--disable-component-update', '--disable-dev-shm-usage',
];
const START_MS = 60_000;
/* Of any one program: a machine may be busy with other tests. */
export const LONG_MS = 600_000;

export function chromium() {
    return process.env.CHROMIUM || CHROMIUM.find((name) => fs.existsSync(name));
}

// Playwright, where it is installed; else null.
export async function playwright() {
    try {
        return (await import('playwright-core')).chromium;
    } catch {
        return null;
    }
}

export async function startBrowser() {
    const driver = await playwright();
    return driver.launch({ executablePath: chromium(), args: FLAGS, timeout: START_MS });
}

const ended = new Set();
process.on('exit', () => ended.forEach((end) => end()));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));

// A folder that is gone when the process is.
export function folder() {
    const where = fs.mkdtempSync(path.join(os.tmpdir(), 'harrier-page-'));
    ended.add(() => fs.rmSync(where, { recursive: true, force: true }));
    return where;
}

// Runs the program to its end and gives what it printed. A status that was not foreseen is a
// failure of the test.
export function run(harrier, words, statuses = [0]) {
    const done = spawnSync(harrier, words, { encoding: 'utf8', maxBuffer: 1 << 28, timeout: LONG_MS });
    if (!statuses.includes(done.status))
        throw new Error(`${words.join(' ')}: status ${done.status}: ${done.stderr}`);
    return done.stdout;
}

// The page of one store. `address` is what was printed; it is good once.
export async function serve(harrier, store) {
    const child = spawn(harrier, ['--db', store, 'serve', '--port', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
    const end = () => child.kill('SIGTERM');
    ended.add(end);
    let said = '';
    const address = await new Promise((found, failed) => {
        const late = setTimeout(() => failed(new Error(`serve said no address: ${said}`)), START_MS);
        const read = (text) => {
            said += text;
            const match = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(said);
            if (!match) return;
            clearTimeout(late);
            found(match[0]);
        };
        child.stdout.setEncoding('utf8').on('data', read);
        child.stderr.setEncoding('utf8').on('data', read);
        child.on('exit', (status) => failed(new Error(`serve ended with ${status}: ${said}`)));
    });
    const gone = new Promise((done) => child.on('exit', done));
    const stop = async () => {
        end();
        await Promise.race([gone, new Promise((late) => setTimeout(late, 5000).unref())]);
        if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
        ended.delete(end);
    };
    return { address, origin: new URL(address).origin, pid: child.pid, stop };
}
