// SPDX-License-Identifier: MIT
// Who is who on the page: said with the keyboard, heard by the command line, and taken back.
import { Visitor } from './visitor.mjs';

function must(good, why) {
    if (!good) throw new Error(why);
}

export async function whoTests(tap, browser, site, ask) {
    const visitor = await Visitor.arrive(browser, site);
    const { page } = visitor;
    const doubts = () => JSON.parse(ask('who', 'list', '--json')).doubts;
    const marks = (id) => JSON.parse(ask('athlete', `#${id}`, '--json')).athlete.marks;
    const say = async (name) => {
        await page.getByRole('button', { name }).press('Enter');
        await page.waitForFunction(() => document.querySelector('main [role="status"]').textContent !== '');
        await visitor.drawn();
    };

    await tap.test('who: a doubt is shown with its reason', async () => {
        await visitor.go('/lists/who');
        const [doubt, ...more] = doubts();
        must(doubt && more.length === 0, `${more.length + 1} doubts`);
        const text = await visitor.text('[aria-label="May be one"]');
        must([doubt.a.name, doubt.b.name, doubt.because.slice(1)].every((word) => text.includes(word)), text);
    });
    const [{ a, b }] = doubts();
    await tap.test('who: two are made one, in every list', async () => {
        await say(/^One athlete: Ana/);
        must(doubts().length === 0, 'the doubt is still there');
        must(marks(a.id) === 2 && marks(b.id) === 2, `${marks(a.id)} and ${marks(b.id)} marks`);
        await page.getByText('Nobody is in doubt').waitFor();
        await visitor.go(`/lists/athlete/${encodeURIComponent(`#${b.id}`)}`);
        must((await visitor.text()).includes('2 marks'), await visitor.text());
    });
    await tap.test('who: it is taken back by the numbers, on any later day', async () => {
        await visitor.go('/');
        await visitor.go('/lists/who');
        await page.locator('input[name=a]').fill(String(a.id));
        await page.locator('input[name=b]').fill(`#${b.id}`);
        await say('Take back');
        must(doubts().length === 1, 'nobody is in doubt again');
        must((await visitor.text()).includes('Ana Costa'), await visitor.text());
        must((await visitor.violations()).length === 0, 'axe-core');
    });
    await visitor.leave();
}
