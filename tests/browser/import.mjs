// SPDX-License-Identifier: MIT
// Files into an empty store: dropped as a desktop drops them, and chosen with the keyboard; good ones
// and a bad one, which says why.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Visitor } from './visitor.mjs';

const FILES = fileURLToPath(new URL('../files/', import.meta.url));

function must(good, why) {
    if (!good) throw new Error(why);
}

/* What the browser gets from a desktop when files are let go over it. */
async function drop(page, files) {
    const debug = await page.context().newCDPSession(page);
    const { x, y, width, height } = await page.locator('.drop').boundingBox();
    const at = { x: x + width / 2, y: y + height / 2, data: { items: [], files, dragOperationsMask: 1 } };
    for (const type of ['dragEnter', 'dragOver', 'drop']) await debug.send('Input.dispatchDragEvent', { type, ...at });
    await debug.detach();
}

const done = (page) => page.getByRole('status').filter({ hasText: 'Done' }).waitFor({ timeout: 60_000 });

export async function importTests(tap, browser, open, season, ask) {
    const visitor = await Visitor.arrive(browser, await open());
    const { page } = visitor;
    /* Listened for from the start: the browser must know before the dialog opens. */
    const asked = new Promise((open) => page.once('filechooser', open));
    const fits = fs.readdirSync(season).filter((name) => name.endsWith('.fit'));
    const row = (name) => page.locator('main tbody tr', { hasText: name });
    const count = () => JSON.parse(ask('list', '--json')).activities.length;

    await tap.test('import: FIT, GPX, TCX and a bad file are dropped', async () => {
        await visitor.go('/import');
        await drop(page, ['easy-run.fit', 'heart-rate.gpx', 'two-laps.tcx.gz', 'not-a-watch-file.fit'].map((name) => FILES + name));
        await done(page);
        for (const name of ['easy-run.fit', 'heart-rate.gpx', 'two-laps.tcx.gz'])
            must(/\bin\b/.test(await row(name).innerText()), await row(name).innerText());
        const bad = await row('not-a-watch-file.fit').innerText();
        const { files } = JSON.parse(ask('import', FILES + 'not-a-watch-file.fit', '--dry-run', '--json'));
        must(bad.includes('not in') && bad.includes(files[0].reason), bad);
        must(count() === 3, `${count()} activities are kept`);
    });
    await tap.test('import: what went wrong can be looked at alone', async () => {
        await page.getByRole('button', { name: /^Not in/ }).click();
        await page.waitForURL(/show=failed/);
        must((await page.locator('main tbody tr').count()) === 1, 'more than the bad file');
        const violations = await visitor.violations();
        must(violations.length === 0, violations.join('\n'));
        must((await page.locator('main a[href="/activities"]').count()) > 0, 'no next step');
    });
    await tap.test('import: a folder is dropped, with its sheet of results', async () => {
        const folder = path.join(season, '..', 'dropped');
        fs.mkdirSync(path.join(folder, 'deeper'), { recursive: true });
        for (const name of fits.slice(0, 30)) fs.copyFileSync(path.join(season, name), path.join(folder, 'deeper', name));
        fs.copyFileSync(path.join(season, 'results.csv'), path.join(folder, 'results.csv'));
        await visitor.go('/import');
        await drop(page, [folder]);
        await done(page);
        must(count() === 33, `${count()} activities are kept`);
        must(/7 marks/.test(await visitor.text()), await visitor.text());
        must(JSON.parse(ask('race', 'list', '--json')).races.length === 7, 'the races are not kept');
    });
    await tap.test('import: files are chosen with the keyboard', async () => {
        await visitor.go('/import');
        for (let i = 0; i < 40 && (await page.evaluate(() => document.activeElement?.type)) !== 'file'; i++) await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        await (await asked).setFiles([path.join(season, fits[40]), path.join(season, fits[0])]);
        await done(page);
        must(/\bin\b/.test(await row(fits[40]).innerText()), await row(fits[40]).innerText());
        must(/known already/.test(await row(fits[0]).innerText()), await row(fits[0]).innerText());
    });
    await tap.test('import: what came in is on the season at once', async () => {
        await page.locator('nav a[href="/activities"]').first().click();
        await visitor.drawn();
        must(!/Nothing|no activit/i.test((await visitor.text()).slice(0, 200)), await visitor.text());
        must(visitor.errors.length === 0, visitor.errors.join('\n'));
    });
    await visitor.leave();
}
