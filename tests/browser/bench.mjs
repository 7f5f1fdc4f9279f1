// SPDX-License-Identifier: MIT
// How soon the page is there: lines of `name value`, for bench/bench.py.
//
//     node tests/browser/bench.mjs HARRIER YEARS
//
// Milliseconds from the first request to the frame in which a view stands with its numbers: the season
// of ten years from a server just started and a browser that knows nothing (cold), and again (warm); a
// run of four hours; and what a frame takes while the cursor moves over its charts.
import fs from 'node:fs';
import path from 'node:path';
import { folder, run, serve, startBrowser } from './machine.mjs';
import * as stores from './stores.mjs';

const [harrier, maker] = process.argv.slice(2).map((word) => path.resolve(word));
const HOURS_S = 4 * 3600;
const ROUNDS = 5;

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

/* Noted in the page itself: the first frame after the view stands, as seen from its first request. */
function watch() {
    const stands = () => document.querySelector('main h1') && !document.querySelector('main .loading')
        && document.querySelector('main figure.chart canvas');
    new MutationObserver((_, observer) => {
        if (!stands()) return;
        observer.disconnect();
        requestAnimationFrame(() => (window.stood_ms = performance.now()));
    }).observe(document, { childList: true, subtree: true });
}

async function standing(page, address) {
    await page.goto(address);
    await page.waitForFunction(() => window.stood_ms !== undefined);
    return page.evaluate(() => window.stood_ms);
}

const middle = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];

async function again(page, address) {
    const all = [];
    for (let i = 0; i < ROUNDS; i++) all.push(await standing(page, address));
    return middle(all);
}

/** How long each frame takes while the cursor goes over a chart, one step a frame: the 95th of 100. */
const cursorFrames = (page) => page.evaluate(async () => {
    const over = document.querySelector('figure.chart .u-over');
    const at = over.getBoundingClientRect();
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const taken = [];
    await frame();
    for (let i = 0; i < 200; i++) {
        const begin = performance.now();
        over.dispatchEvent(new MouseEvent('mousemove', { bubbles: true, clientX: at.left + (at.width * i) / 200, clientY: at.top + 20 }));
        await frame();
        taken.push(performance.now() - begin);
    }
    return taken.toSorted((a, b) => a - b)[Math.floor(taken.length * 0.95)];
});

const place = folder();
const store = stores.years(harrier, maker, place);
const long = JSON.parse(run(harrier, ['--db', store, 'import', longRun(place), '--json']));
if (long.imported !== 1) throw new Error(JSON.stringify(long));
const { activities } = JSON.parse(run(harrier, ['--db', store, 'list', '--json']));
const { id } = activities.find((activity) => activity.elapsed_s > HOURS_S - 60);

const browser = await startBrowser();
try {
    const site = await serve(harrier, store);
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    await context.addInitScript(watch);
    const page = await context.newPage();
    const say = (name, value) => console.log(`${name} ${value.toFixed(1)}`);
    say('season_cold_ms', await standing(page, site.address));
    say('season_warm_ms', await again(page, `${site.origin}/`));
    say('activity_cold_ms', await standing(page, `${site.origin}/activity/${id}`));
    say('activity_warm_ms', await again(page, `${site.origin}/activity/${id}`));
    say('cursor_frame_ms', await cursorFrames(page));
    await site.stop();
} finally {
    await browser.close();
}
