// SPDX-License-Identifier: MIT
// The band for the wrist on paper: alone, on one sheet, as wide as it says.
import { Visitor } from './visitor.mjs';

const BAND_MM = 76;
const A4_PT = [595, 842];

function must(good, why) {
    if (!good) throw new Error(why);
}

export async function bandTests(tap, browser, site) {
    const visitor = await Visitor.arrive(browser, site);
    const { page } = visitor;
    for (const event of ['HM', 'MAR']) {
        await tap.test(`print: the band of ${event} is one sheet`, async () => {
            await visitor.go(`/pace?event=${event}&date=2024-04-01`);
            const pdf = (await page.pdf({ format: 'A4', printBackground: true })).toString('latin1');
            const sheets = pdf.match(/\/Type\s*\/Page\b(?!s)/g) ?? [];
            must(sheets.length === 1, `${sheets.length} sheets`);
            const box = /\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)/.exec(pdf);
            must(box && A4_PT.every((points, i) => Math.abs(points - box[i + 1]) < 2), `a sheet of ${box?.[0]}`);
        });
    }
    await tap.test('print: the band alone is shown, in its size', async () => {
        await visitor.go('/pace?event=MAR&date=2024-04-01');
        await page.emulateMedia({ media: 'print' });
        const seen = await page.evaluate(() => {
            const mm = (px) => (px * 25.4) / 96;
            const at = document.querySelector('.band').getBoundingClientRect();
            const visible = (s) => [...document.querySelectorAll(s)].filter((node) => node.checkVisibility()).length;
            return { width: mm(at.width), height: mm(at.height), others: visible('main table, header, footer, form, button, h1'), rows: visible('.band li') };
        });
        await page.emulateMedia({ media: null });
        must(Math.abs(seen.width - BAND_MM) < 0.5, `${seen.width} mm wide`);
        must(seen.height < 250, `${seen.height} mm high`);
        must(seen.others === 0, `${seen.others} other things are printed`);
        must(seen.rows === 43, `${seen.rows} rows`);
    });
    await tap.test('pace: a course of one\'s own is asked about, and not kept', async () => {
        await visitor.go('/pace?event=5K&date=2024-04-01');
        const flat = await visitor.text('main .tile');
        await page.locator('main input[type=file]').setInputFiles({
            name: 'hill.csv', mimeType: 'text/csv', buffer: Buffer.from('distance_m,altitude_m\n0,10\n1000,20\n2000,70\n3000,40\n5000,10\n'),
        });
        await page.locator('main figure.chart').waitFor();
        await visitor.drawn();
        must((await visitor.text('main .tile')) !== flat, 'a hill costs nothing');
        must((await visitor.violations()).length === 0, 'axe-core');
    });
    await tap.test('pace: the plan goes along as a file for a watch', async () => {
        await visitor.go('/pace?event=HM&date=2024-04-01');
        const [download] = await Promise.all([
            page.waitForEvent('download'), page.getByRole('button', { name: 'workout.fit' }).click(),
        ]);
        const chunks = [];
        for await (const chunk of await download.createReadStream()) chunks.push(chunk);
        const bytes = Buffer.concat(chunks);
        must(bytes.toString('latin1', 8, 12) === '.FIT', `it begins with ${bytes.subarray(0, 14).toString('hex')}`);
    });
    await visitor.leave();
}
