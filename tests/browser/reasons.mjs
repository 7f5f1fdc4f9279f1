// SPDX-License-Identifier: MIT
// Every derived number opens its reason: model, inputs, note. Beside each number stands a button, or the
// number is one; what its panel says is what the command line says.
import { Visitor } from './visitor.mjs';

const DAY = '2024-04-01';
const FINAL = `name,400,800,1200,1500
Ash,64.1,2:08.0,3:08.6,3:49.9
Birch,64.3,2:08.3,3:09.0,3:50.8
Cedar,63.9,2:07.8,3:09.9,3:52.6
`;

/* Where numbers are derived: each place of the selector has a reason in it. */
const PLACES = {
    '/': [
        '[aria-label="Last week"]', '[aria-label="Form"]', '[aria-label="Next race"]', '[aria-label="Last race"]',
        'figure.chart', '[aria-labelledby="could"] tbody tr', '#plan', '[aria-labelledby="camps"] tbody tr',
    ],
    '/activities': ['.totals'],
    '/activity/RACE': [
        '.facts > div:has(dt:text-is("Flat pace"))', '.facts > div:has(dt:text-is("Load"))', '[aria-label="In numbers"]',
        'figure.chart:has-text("Pace in")', '#splits', '#bests',
    ],
    '/races': ['[aria-label="Races"] tbody tr', '#pbs', '[aria-labelledby="pbs"] tbody tr'],
    '/race/RACE': [
        '.facts > div:has(dt:text-is("By the watch"))', '.facts > div:has(dt:text-is("Worth"))',
        '.facts > div:has(dt:text-is("Course"))', '.verdict', '#laps', '[aria-labelledby="back"]',
    ],
    [`/predict?date=${DAY}`]: ['main .tile', '#readings', 'figure.chart', '[aria-labelledby="every"] tbody tr', '#rests', '[aria-labelledby="before"]'],
    [`/pace?event=HM&date=${DAY}`]: ['.tiles .tile', '#plan'],
    '/lists/rank?event=1500&sex=F': ['main .note', 'tbody td:nth-of-type(7)'],
    '/lists/records': ['main .note', 'tbody td:last-child'],
    '/lists/records?event=1500&sex=F': ['h2'],
    '/lists/h2h?a=Ann%20Bee&b=Cat%20Doe': ['.headline-number'],
    '/lists/athlete/Eve%20Fox': ['main .note', '[aria-labelledby="bests"] td:nth-of-type(2)', '[aria-labelledby="bests"] td:nth-of-type(3)'],
    '/lists/who': ['[aria-label="May be one"] > li'],
    '/squad?date=2024-01-20': ['.athletes > li'],
};

function must(good, why) {
    if (!good) throw new Error(why);
}

export async function reasonTests(tap, browser, site, ask) {
    const visitor = await Visitor.arrive(browser, site);
    const { page } = visitor;
    const race = JSON.parse(ask('race', 'list', '--json')).races.find(({ event }) => event === 'HM').activity;

    /* What the panel of a button says; it is closed again. */
    const panelOf = async (button) => {
        await button.press('Enter');
        const panel = page.locator('.why-panel:popover-open');
        await panel.locator('dl').waitFor();
        const text = (await panel.innerText()).replace(/\s+/g, ' ');
        await page.keyboard.press('Escape');
        await panel.waitFor({ state: 'hidden' });
        return text;
    };
    const reasonsIn = async (places) => {
        for (const place of places) {
            const all = page.locator(place);
            const bare = all.filter({ hasNot: page.locator('button.why') });
            must(await all.count() > 0, `${place} is not there`);
            must(await bare.count() === 0, `no reason in ${place}: ${(await bare.allInnerTexts())[0]}`);
            const text = await panelOf(all.first().locator('button.why').first());
            must(/Model [a-z-]+\/\d+ Made from \S.* Note \S/.test(text), `${place}: ${text}`);
        }
        must(visitor.errors.length === 0, visitor.errors.join('\n'));
    };
    for (const [address, places] of Object.entries(PLACES)) {
        await tap.test(`reasons: ${address}`, async () => {
            await visitor.go(address.replace('RACE', race));
            await reasonsIn(places);
        });
    }
    await tap.test('reasons: the splits of a field', async () => {
        await visitor.go('/race/field');
        await page.locator('main input[type=file]').setInputFiles({ name: 'final.csv', mimeType: 'text/csv', buffer: Buffer.from(FINAL) });
        await page.locator('figure.chart').first().waitFor();
        await visitor.drawn();
        await reasonsIn(['.verdict', '#laps']);
        must((await visitor.violations()).length === 0, 'axe-core');
    });
    await tap.test('reasons: points and age grades are those of the command line', async () => {
        await visitor.go('/lists/athlete/Eve%20Fox');
        const [points, grade] = [0, 1].map((n) => page.locator('#bests ~ .table button.why').nth(n));
        const worth = JSON.parse(ask('points', '4:06.31', '1500', '--sex', 'F', '--json'));
        const aged = JSON.parse(ask('agegrade', '4:06.31', '1500', '--sex', 'F', '--age', '18', '--json'));
        const number = worth.points.toLocaleString('en');
        must((await points.innerText()) === number, await points.innerText());
        const said = await panelOf(points);
        must(said.includes(`Points ${number}`) && said.includes(`Edition ${worth.edition}`), said);
        const told = await panelOf(grade);
        must([aged.tables, aged.factor.toFixed(4), aged.percent.toFixed(2)].every((word) => told.includes(word)), told);
    });
    await tap.test('reasons: Esc gives the focus back', async () => {
        const button = page.locator('button.why').first();
        await panelOf(button);
        must(await button.evaluate((node) => node === document.activeElement), 'the focus is lost');
    });
    await tap.test('reasons: on paper numbers stay and columns keep their names', async () => {
        await visitor.go('/races');
        await page.emulateMedia({ media: 'print' });
        const seen = await page.evaluate(() => ['[aria-label="Races"] thead th', '[aria-label="Races"] tbody button.why']
            .map((s) => [...document.querySelectorAll(s)].filter((node) => node.checkVisibility()).map((node) => node.innerText.trim())));
        await page.emulateMedia({ media: null });
        must(['Official', 'Worth'].every((name) => seen[0].some((text) => text.includes(name))), seen[0].join());
        must(seen[1].length > 5, `${seen[1].length} numbers`);
    });
    await visitor.leave();
}
