// SPDX-License-Identifier: MIT
// With the keyboard alone: everything is reached, in order and visibly, and works.
import { Visitor } from './visitor.mjs';

function must(good, why) {
    if (!good) throw new Error(why);
}

export async function keyboardTests(tap, browser, site, addresses) {
    const visitor = await Visitor.arrive(browser, site);
    const { page } = visitor;
    const press = async (...keys) => {
        for (const key of keys) await page.keyboard.press(key);
    };
    const focused = (what) => page.evaluate((name) => document.activeElement?.[name] ?? '', what);
    /* Tab until the focus is on what the selector means. */
    const tabTo = async (selector, most = 80) => {
        for (let i = 0; i < most; i++) {
            await press('Tab');
            if (await page.evaluate((s) => document.activeElement?.matches(s), selector)) return;
        }
        throw new Error(`${selector} is not reached`);
    };

    await tap.test('keyboard: the first stop skips to the content', async () => {
        await visitor.go('/');
        await press('Tab');
        must(/skip/i.test(await focused('textContent')), `the first stop is ${await focused('outerHTML')}`);
        await press('Enter');
        must((await focused('id')) === 'main', `Enter leads to ${await focused('outerHTML')}`.slice(0, 200));
    });
    for (const address of addresses) {
        await tap.test(`keyboard: all of ${address} is reached`, async () => {
            await visitor.go(address);
            const missed = await visitor.unreached(160);
            must(missed.length === 0, missed.slice(0, 8).join('\n'));
        });
    }
    await tap.test('keyboard: letters go from view to view', async () => {
        await visitor.go('/');
        for (const [letter, part] of [['p', '/predict'], ['c', '/pace'], ['l', '/lists'], ['q', '/squad'], ['a', '/activities']]) {
            await press('g', letter);
            await visitor.drawn();
            must(new URL(page.url()).pathname === part, `g ${letter} leads to ${page.url()}`);
            must((await focused('tagName')) === 'H1', `g ${letter}: the focus is on ${await focused('tagName')}`);
        }
        await press('?');
        await visitor.drawn();
        must(page.url().endsWith('/help'), page.url());
        await press('/');
        must((await focused('type')) === 'search', '/ does not lead to the search');
    });
    await tap.test('keyboard: the cursor of a chart moves and is heard', async () => {
        await visitor.go('/predict?date=2024-04-01');
        await tabTo('figure.chart .plot');
        const heard = async () => {
            const before = await page.locator('figure.chart [aria-live]').first().textContent();
            await press('ArrowRight');
            await page.waitForFunction((old) => document.querySelector('figure.chart [aria-live]').textContent !== old, before);
            return page.locator('figure.chart [aria-live]').first().textContent();
        };
        const first = await heard();
        const second = await heard();
        must(/800 m/.test(first) && /could be run/.test(first), first);
        must(/1000 m/.test(second), second);
    });
    await tap.test('keyboard: the table behind a chart opens', async () => {
        await tabTo('figure.chart summary');
        await press('Enter');
        const rows = page.locator('figure.chart details table tbody tr');
        await rows.first().waitFor();
        must((await rows.count()) >= 10, `${await rows.count()} rows`);
    });
    await tap.test('keyboard: why a number is what it is', async () => {
        await visitor.go('/predict?date=2024-04-01');
        await tabTo('button.why');
        await press('Enter');
        const panel = page.locator('.why-panel:popover-open');
        await panel.waitFor();
        const text = await panel.innerText();
        must(/Model/.test(text) && /curve\/1/.test(text) && /marks/.test(text), text);
        await press('Escape');
        await panel.waitFor({ state: 'hidden' });
    });
    await tap.test('keyboard: a question is asked in a form', async () => {
        await visitor.go('/predict?date=2024-04-01');
        await tabTo('input[name=event]');
        await page.keyboard.type('12km');
        await press('Enter');
        await page.waitForURL(/event=12km/);
        await visitor.drawn();
        must(/12\s?k/i.test(await visitor.text('main .tile')), await visitor.text('main .tile'));
    });
    await tap.test('keyboard: a filter is chosen, and stands in the address', async () => {
        await visitor.go('/lists/rank?event=1500');
        await tabTo('select[name=sex]');
        await page.keyboard.type('women');
        await page.waitForURL(/sex=F/);
        await visitor.drawn();
        must((await visitor.text()).includes('Eve FOX'), await visitor.text());
    });
    await visitor.leave();
}
