// SPDX-License-Identifier: MIT
// One engine, two faces: what the page shows is what the command line says.
import { Visitor } from './visitor.mjs';

const DAY = '2024-04-01';

function has(text, wanted, where) {
    const lacking = wanted.filter((word) => !text.includes(word));
    if (lacking.length > 0) throw new Error(`${where} lacks ${lacking.join(', ')}: ${text.slice(0, 600)}`);
}

export async function numberTests(tap, browser, site, ask) {
    const visitor = await Visitor.arrive(browser, site);
    const shown = async (address) => {
        await visitor.go(address);
        return (await visitor.text()).replace(/\s+/g, ' ');
    };
    await tap.test('numbers: predictions are those of `harrier predict`', async () => {
        const said = ask('predict', '--date', DAY).split('\n').filter((line) => / - /.test(line) && /^ {2}\S/.test(line));
        const times = said.slice(0, 10).map((line) => line.trim().split(/\s+/)[1]);
        if (times.length !== 10) throw new Error(said.join('\n'));
        has(await shown(`/predict?date=${DAY}`), times, '/predict');
    });
    await tap.test('numbers: a plan is that of `harrier pace`', async () => {
        const plan = JSON.parse(ask('pace', 'MAR', '--target', '2:20:00', '--date', DAY, '--json'));
        const said = ask('pace', 'MAR', '--target', '2:20:00', '--date', DAY).split('\n');
        const times = said.filter((line) => /^ +\d+ +\d+:/.test(line)).map((line) => line.trim().split(/\s+/)[1]);
        if (times.length !== plan.splits.length) throw new Error(said.join('\n'));
        const text = await shown(`/pace?event=MAR&target=2:20:00&date=${DAY}`);
        has(text, [...times, `${Math.round(plan.chance_pct)} %`], '/pace');
    });
    await tap.test('numbers: the squad is that of `harrier squad`', async () => {
        const [athlete] = JSON.parse(ask('squad', '--date', '2024-01-20', '--json')).athletes;
        has(await shown('/squad?date=2024-01-20'), [
            String(Math.round(athlete.load)), `${Math.round(athlete.distance_m / 1000)} km`,
            ...athlete.attention.map(({ because }) => because.slice(1)),
        ], '/squad');
    });
    await tap.test('numbers: a list is that of `harrier rank`', async () => {
        const { ranks } = JSON.parse(ask('rank', '1500', '--sex', 'F', '--all-marks', '--json'));
        has(await shown('/lists/rank?event=1500&sex=F&all-marks=1'), ranks.flatMap((row) => [row.mark, row.name]), '/lists/rank');
    });
    await tap.test('numbers: activities are those of `harrier list`', async () => {
        const { activities } = JSON.parse(ask('list', '--json'));
        const last = [...activities].sort((a, b) => (a.start < b.start ? 1 : -1)).slice(0, 5);
        has(await shown('/activities'), last.map((run) => (run.distance_m / 1000).toFixed(1)), '/activities');
    });
    await tap.test('numbers: races are those of `harrier race list`', async () => {
        const { races } = JSON.parse(ask('race', 'list', '--json'));
        if (races.length === 0) throw new Error('no races');
        has(await shown('/races'), races.map((race) => race.mark), '/races');
    });
    await tap.test('numbers: imperial units turn kilometres into miles', async () => {
        await visitor.page.evaluate(() => localStorage.setItem('harrier.units', 'imperial'));
        const text = await shown('/squad?date=2024-01-20');
        await visitor.page.evaluate(() => localStorage.clear());
        has(text, [' mi'], '/squad');
    });
    await tap.test('numbers: in miles, splits are those of `harrier show --every mile`', async () => {
        const race = JSON.parse(ask('race', 'list', '--json')).races.find(({ event }) => event === 'HM').activity;
        const { splits } = JSON.parse(ask('show', String(race), '--every', 'mile', '--json')).activity;
        const { laps } = JSON.parse(ask('race', 'analyse', String(race), '--every', 'mile', '--json')).athletes[0];
        const plan = JSON.parse(ask('pace', 'HM', '--date', DAY, '--every', 'mile', '--json')).splits;
        await visitor.page.evaluate(() => localStorage.setItem('harrier.units', 'imperial'));
        const clock = (s) => `${Math.floor(s / 60)}:${String(Math.round(s) % 60).padStart(2, '0')}`;
        const rows = async (section) => (await visitor.page.locator(`[aria-labelledby="${section}"] tbody tr`).allInnerTexts())
            .map((text) => text.replace(/\s+/g, ' '));
        const same = async (section, wanted) => {
            const got = await rows(section);
            if (got.length !== wanted.length || wanted.some(([name, text], i) => !got[i].startsWith(name) || !got[i].includes(text)))
                throw new Error(`${section}: ${got.join('; ')} and not ${wanted.join('; ')}`);
        };
        try {
            await visitor.go(`/activity/${race}`);
            await same('splits', splits.map((s, i) => [i < splits.length - 1 ? `${i + 1} mi` : '13.1 mi', clock(1609.344 * s.time_s / (s.to_m - s.from_m))]));
            await visitor.go(`/race/${race}`);
            await same('laps', laps.map((lap, i) => [i < laps.length - 1 ? `${i + 1} mi` : '13.1 mi', clock(1609.344 * lap.lap_s / lap.lap_m)]));
            await visitor.go(`/pace?event=HM&date=${DAY}`);
            await same('plan', plan.map((s, i) => [i < plan.length - 1 ? `${i + 1} mi` : 'Finish', ' ']));
        } finally {
            await visitor.page.evaluate(() => localStorage.clear());
        }
    });
    await tap.test('numbers: what is typed in feet, miles an hour and degrees Fahrenheit is asked in metres', async () => {
        await visitor.page.evaluate(() => localStorage.setItem('harrier.units', 'imperial'));
        try {
            await visitor.go(`/pace?event=HM&date=${DAY}&altitude=1524&wind=2&wbgt=20`);
            for (const [label, seen] of [['Altitude, ft', '5000'], ['Wind against, mph', '4.5'], ['Wet bulb globe, °F', '68']]) {
                const value = await visitor.page.getByLabel(label).inputValue();
                if (value !== seen) throw new Error(`${label}: ${value} and not ${seen}`);
            }
            await visitor.page.getByLabel('Altitude, ft').fill('6000');
            await visitor.page.getByLabel('Altitude, ft').press('Enter');
            await visitor.page.waitForFunction(() => location.search.includes('altitude=1828.8'));
            const query = new URL(visitor.page.url()).searchParams;
            if (query.get('wind') !== '2' || query.get('wbgt') !== '20') throw new Error(`others changed: ${query}`);
        } finally {
            await visitor.page.evaluate(() => localStorage.clear());
        }
    });
    await visitor.leave();
}
