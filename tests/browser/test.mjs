// SPDX-License-Identifier: MIT
// The page in a real browser, as those meet it who use it: with an empty store, with one run, with ten
// years; by mouse, by keyboard alone, on a phone, on paper.
//
//     node tests/browser/test.mjs HARRIER YEARS SCREENSHOTS
//
// HARRIER is the program, YEARS what makes ten years of runs (years.c), SCREENSHOTS a folder that keeps
// how every view looked. Without Chromium, playwright-core and axe-core
// (`npm ci --prefix tests/browser --ignore-scripts`), or without a built page, all is skipped.
import path from 'node:path';
import { chromium, folder, playwright, run, serve, startBrowser } from './machine.mjs';
import { Tap } from './tap.mjs';
import * as stores from './stores.mjs';
import { DESK, PHONE, Visitor, WALL } from './visitor.mjs';
import { bandTests } from './band.mjs';
import { importTests } from './import.mjs';
import { keyboardTests } from './keyboard.mjs';
import { numberTests } from './numbers.mjs';
import { reasonTests } from './reasons.mjs';
import { whoTests } from './who.mjs';

const [harrier, maker, screenshots] = process.argv.slice(2).map((word) => path.resolve(word));
const tap = new Tap();

const VIEWS = {
    season: '/', activities: '/activities', activity: '/activity/1', races: '/races', race: '/race/1',
    predict: '/predict', pace: '/pace?event=HM&target=64:00', rank: '/lists/rank?event=1500&sex=F',
    records: '/lists/records', h2h: '/lists/h2h?a=Ann%20Bee&b=Cat%20Doe', athlete: '/lists/athlete/Eve%20Fox', who: '/lists/who',
    import: '/import', squad: '/squad', help: '/help',
};

function empty(list, what) {
    if (list.length > 0) throw new Error(`${what}:\n${list.join('\n')}`);
}

/* The same view in another store has the same colours: one of them is looked at in the dark too. */
async function look(visitor, name, address, thorough) {
    await visitor.go(address);
    const text = await visitor.text();
    const shoot = (size) => !name.startsWith('one') && visitor.shoot(screenshots, `${name}-${size}`);
    const odd = ['undefined', 'NaN', '[object', 'null'].filter((word) => text.includes(word));
    empty(odd, `words that nobody wrote, in ${text.slice(0, 400)}`);
    empty(await visitor.violations(), 'axe-core, light');
    await shoot('1280');
    await visitor.size(PHONE);
    empty(await visitor.sidewaysScroll(), 'wider than a screen of 360 px');
    empty(await visitor.smallTargets(), 'smaller than a finger asks');
    await shoot('360');
    if (thorough) {
        await visitor.size(WALL);
        await shoot('2560');
        await visitor.size(DESK);
        await visitor.scheme('dark');
        empty(await visitor.violations(), 'axe-core, dark');
        await shoot('1280-dark');
        await visitor.scheme('light');
    }
    await visitor.size(DESK);
    empty(visitor.errors.splice(0), 'the console');
}

/** Every view of one store; what is special about the store comes as `more`. */
async function views(browser, site, name, more) {
    const visitor = await Visitor.arrive(browser, site);
    for (const [view, address] of Object.entries(VIEWS))
        await tap.test(`${name}: ${view}`, () => look(visitor, `${name}-${view}`, address, name === 'years'));
    if (more) await more(visitor);
    await tap.test(`${name}: nobody but this server is asked`, async () => {
        empty([...visitor.requests].filter((origin) => origin !== site.origin && origin !== 'null'), 'asked');
    });
    await visitor.leave();
}

async function emptyStates(visitor) {
    await tap.test('an empty store tells the next step', async () => {
        for (const address of ['/', '/activities', '/races', '/predict', '/pace', '/lists', '/squad']) {
            await visitor.go(address);
            const links = await visitor.page.locator('main a[href="/import"]').count();
            if (links === 0) throw new Error(`${address} does not lead to the import: ${await visitor.text()}`);
        }
    });
}

async function addresses(browser, site) {
    const visitor = await Visitor.arrive(browser, site);
    const { page } = visitor;
    const title = () => page.locator('main h1').first().innerText();
    await tap.test('an address opened anew shows the same', async () => {
        await visitor.go('/predict?event=10K&date=2024-04-01');
        const before = await visitor.text();
        await page.reload();
        await visitor.drawn();
        if ((await visitor.text()) !== before) throw new Error('another text after reloading');
        if (!before.includes('10 km')) throw new Error(before.slice(0, 300));
    });
    await tap.test('the way back goes through all views', async () => {
        await visitor.go('/');
        const names = [await title()];
        for (const href of ['/activities', '/predict', '/lists']) {
            await page.locator(`nav a[href="${href}"]`).first().click();
            await visitor.drawn();
            names.push(await title());
        }
        if (new Set(names).size !== 4) throw new Error(`one heading twice: ${names}`);
        for (const name of names.slice(0, -1).reverse()) {
            await page.goBack();
            await visitor.drawn();
            if ((await title()) !== name) throw new Error(`${await title()}, not ${name}`);
        }
    });
    await tap.test('what is asked early is what the view asks', async () => {
        for (const [address, units] of [['/', 'metric'], ['/activity/1', 'metric'], ['/activity/1', 'imperial']]) {
            await page.evaluate((name) => localStorage.setItem('harrier.units', name), units);
            const asked = [];
            const note = (request) => request.url().includes('/api/') && asked.push(request.url());
            page.on('request', note);
            await visitor.go(address);
            page.off('request', note);
            const left = await page.evaluate(() => [...globalThis.early.keys()]);
            empty(left, `${address}, ${units}: asked in vain`);
            empty(asked.filter((url, i) => asked.indexOf(url) < i), `${address}, ${units}: asked twice`);
        }
        await page.evaluate(() => localStorage.clear());
    });
    await tap.test('an activity that is none says so', async () => {
        await visitor.go('/activity/999999');
        if (!/999999/.test(await visitor.text())) throw new Error(await visitor.text());
    });
    await tap.test('motion is reduced where that is wished', async () => {
        await page.emulateMedia({ reducedMotion: 'reduce' });
        await visitor.go('/');
        const moving = await page.evaluate(() => document.getAnimations().length);
        if (moving) throw new Error(`${moving} animations`);
    });
    await visitor.leave();
}

async function why_not() {
    if (!chromium()) return 'no chromium here';
    if (!(await playwright())) return 'no playwright-core: npm ci --prefix tests/browser --ignore-scripts';
    const site = await serve(harrier, stores.empty(folder()));
    const answer = await fetch(site.address, { redirect: 'manual' });
    const cookie = answer.headers.get('set-cookie')?.split(';')[0];
    const page = cookie ? await fetch(`${site.origin}/`, { headers: { cookie } }) : answer;
    const text = await page.text();
    await site.stop();
    return text.includes('id="app"') ? null : 'the page is not built: make page';
}

async function all() {
    const place = folder();
    const browser = await startBrowser();
    const sites = [];
    const open = async (store) => {
        sites.push(await serve(harrier, store));
        return sites.at(-1);
    };
    try {
        await views(browser, await open(stores.empty(place)), 'empty', emptyStates);
        await views(browser, await open(stores.one(harrier, place)), 'one');
        await views(browser, await open(stores.years(harrier, maker, place)), 'years');
        const winter = stores.winter(harrier, place);
        const site = async () => open(winter);
        await addresses(browser, await site());
        await numberTests(tap, browser, await site(), (...words) => run(harrier, ['--db', winter, ...words]));
        await reasonTests(tap, browser, await site(), (...words) => run(harrier, ['--db', winter, ...words]));
        await whoTests(tap, browser, await site(), (...words) => run(harrier, ['--db', winter, ...words]));
        await keyboardTests(tap, browser, await site(), Object.values(VIEWS));
        await bandTests(tap, browser, await site());
        await importTests(tap, browser, () => open(path.join(place, 'fresh.db')), stores.season(harrier, place),
            (...words) => run(harrier, ['--db', path.join(place, 'fresh.db'), ...words], [0, 1, 3]));
        const squad = await open(stores.squad(harrier, place));
        const coach = await Visitor.arrive(browser, squad);
        await tap.test('squad: two athletes, each with a way to their season', async () => {
            await coach.go('/squad?date=2024-01-20');
            const text = await coach.text();
            empty(['Ada Ash', 'Bo Birk'].filter((name) => !text.includes(name)), 'not there');
            await coach.page.locator('main a', { hasText: 'Bo Birk' }).click();
            await coach.drawn();
            if (!coach.page.url().includes('athlete=Bo')) throw new Error(coach.page.url());
            empty(await coach.violations(), 'axe-core');
        });
        await coach.leave();
    } finally {
        await browser.close();
        for (const site of sites) await site.stop();
    }
}

const why = await why_not();
if (why) tap.skip('the page in a browser', why);
else await all();
process.exitCode = tap.done();
