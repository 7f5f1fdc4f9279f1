// SPDX-License-Identifier: MIT
// How soon the page is there: lines of `name value`, for bench/bench.py.
//
//     node tests/browser/bench.mjs HARRIER YEARS
//
// Cold is a server just started and an open browser that knows nothing of it; warm is the same view opened again. From
// the disk is cold when the system has nothing of the store in memory either. Milliseconds from the first request on: to the frame
// in which the first chart stood with its numbers (`first`), to the one in which nothing was waited for
// (`whole`), and to the last answer (`last`: of the season, the plan's days to come). Of a cursor that
// moves with the mouse and with the arrow keys over the charts of a run of four hours: what the page
// works for one frame, and which share of the frames came late; a browser draws 60 of them a second, so
// that the time between two says little. All are middles of some rounds.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { folder, run, serve, startBrowser } from './machine.mjs';
import * as stores from './stores.mjs';

const [harrier, maker] = process.argv.slice(2).map((word) => path.resolve(word));
const HOURS_S = 4 * 3600;
const COLD_ROUNDS = 3;
const WARM_ROUNDS = 5;
const STEPS = 200;
const LATE_MS = 25; /* one and a half of a sixtieth of a second */

/** Four hours along a straight road over gentle hills, a sample a second. */
function longRun(place) {
    const begin = Date.UTC(2024, 3, 2, 7);
    const points = Array.from({ length: HOURS_S }, (_, s) =>
        `<trkpt lat="${(51 + s * 2.7e-5).toFixed(7)}" lon="-0.1"><ele>${(60 + 25 * Math.sin(s / 400)).toFixed(1)}</ele>` +
        `<time>${new Date(begin + s * 1000).toISOString()}</time></trkpt>`);
    const file = path.join(place, 'long.gpx');
    fs.writeFileSync(file, `<?xml version="1.0"?><gpx version="1.1" creator="bench" xmlns="http://www.topografix.com/GPX/1/1"><trk><type>running</type><trkseg>${points.join('')}</trkseg></trk></gpx>`);
    return file;
}

/* Noted in the page itself: the first frame after nothing is waited for, as seen from its first request. */
function watch() {
    const whole = () => document.querySelector('main h1') && !document.querySelector('main .loading')
        && document.querySelector('main figure.chart canvas');
    new MutationObserver((_, observer) => {
        if (!whole()) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => performance.mark('whole')));
    }).observe(document, { childList: true, subtree: true });
}

const middle = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];

/** Opens an address: {first, whole, last} in ms. */
async function opened(page, address) {
    await page.goto(address);
    await page.waitForFunction(() => ['first-chart', 'whole'].every((name) => performance.getEntriesByName(name).length));
    await page.waitForLoadState('networkidle');
    return page.evaluate(() => {
        const at = (name) => performance.getEntriesByName(name)[0].startTime;
        const answers = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/api/'));
        return { first: at('first-chart'), whole: at('whole'), last: Math.max(...answers.map(({ responseEnd }) => responseEnd)) };
    });
}

const say = (name, value) => console.log(`${name} ${value.toFixed(2)}`);

function tell(name, rounds) {
    for (const what of Object.keys(rounds[0])) say(`${name}_${what}`, middle(rounds.map((round) => round[what])));
}

/* What the system keeps of a file in memory goes; where that cannot be asked for, it stays. */
function forget(file) {
    spawnSync('dd', [`of=${file}`, 'oflag=nocache', 'conv=notrunc,fdatasync', 'count=0'], { stdio: 'ignore' });
}

/* An open browser has drawn something before, if nothing of ours, and is at rest. */
const REST_MS = 2000;
const HELLO = 'data:text/html,<h1>Hello</h1><canvas></canvas>';

async function beOpen(page) {
    await page.goto(HELLO);
    await page.evaluate(() => new Promise((done) => {
        document.querySelector('canvas').getContext('2d').fillText('Hello', 9, 9);
        requestAnimationFrame(() => requestAnimationFrame(done));
    }));
}

/** A fresh browser, and then at once a fresh server: `act(page, site, ms until it was ready)`. */
async function fresh(store, act) {
    const browser = await startBrowser();
    try {
        const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
        await context.addInitScript(watch);
        const page = await context.newPage();
        await beOpen(page);
        await page.waitForTimeout(REST_MS);
        const began = performance.now();
        const site = await serve(harrier, store);
        await act(page, site, performance.now() - began).finally(site.stop);
    } finally {
        await browser.close();
    }
}

/** Cold, some times, the last of which goes on as warm; and once from the disk. */
async function coldAndWarm(store, name, where) {
    const cold = [];
    for (let i = 0; i < COLD_ROUNDS; i++) {
        await fresh(store, async (page, site, ready) => {
            const { origin, search } = new URL(site.address);
            cold.push({ ready, ...await opened(page, origin + where + search) });
            if (i < COLD_ROUNDS - 1) return;
            const warm = [];
            for (let n = 0; n < WARM_ROUNDS; n++) warm.push(await opened(page, origin + where));
            tell(`${name}_warm`, warm);
        });
    }
    tell(`${name}_cold`, cold);
    forget(store);
    await fresh(store, async (page, site) => {
        const { origin, search } = new URL(site.address);
        tell(`${name}_disk`, [await opened(page, origin + where + search)]);
    });
}

/** What the page works for each frame while `step(i)` moves the cursor, and the share of late frames. */
async function frames(page, step) {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const worked = async () => {
        const { metrics } = await session.send('Performance.getMetrics');
        return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
    };
    await page.evaluate(() => {
        window.drawn = [];
        const next = (at) => { window.drawn?.push(at); if (window.drawn) requestAnimationFrame(next); };
        requestAnimationFrame(next);
    });
    const before = await worked();
    for (let i = 0; i < STEPS; i++) await step(i);
    const work = (await worked()) - before;
    const drawn = await page.evaluate(() => { const all = window.drawn; window.drawn = null; return all; });
    const between = drawn.slice(1).map((at, i) => at - drawn[i]);
    return { work: work / drawn.length, late: (100 * between.filter((ms) => ms > LATE_MS).length) / between.length };
}

/** Over the first chart; three times, for a machine may be busy with something else. */
async function cursor(page) {
    const at = await page.locator('figure.chart .u-over').first().boundingBox();
    const mouse = (i) => page.mouse.move(at.x + (at.width * i) / STEPS, at.y + 20);
    const keys = (i) => page.keyboard.press(i % 100 < 50 ? 'ArrowRight' : 'ArrowLeft');
    for (const [name, step] of [['mouse', mouse], ['keys', keys]]) {
        await page.locator('figure.chart .plot').first().focus();
        const rounds = [];
        for (let n = 0; n < COLD_ROUNDS; n++) rounds.push(await frames(page, step));
        tell(`cursor_${name}`, rounds);
    }
}

const place = folder();
const store = stores.years(harrier, maker, place);
const long = JSON.parse(run(harrier, ['--db', store, 'import', longRun(place), '--json']));
if (long.imported !== 1) throw new Error(JSON.stringify(long));
const { activities } = JSON.parse(run(harrier, ['--db', store, 'list', '--json']));
const { id } = activities.find((activity) => activity.elapsed_s > HOURS_S - 60);

await coldAndWarm(store, 'season', '/');
await coldAndWarm(store, 'activity', `/activity/${id}`);
await fresh(store, async (page, site) => {
    const { origin, search } = new URL(site.address);
    await opened(page, `${origin}/activity/${id}${search}`);
    await cursor(page);
});
