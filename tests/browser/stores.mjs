// SPDX-License-Identifier: MIT
// The stores that the page is shown with: nothing, one run, a season, ten years. Everything
// in them is made by the project itself.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { LONG_MS, run } from './machine.mjs';

export const MANY = 3000;

// Who ran what in a county that does not exist: enough for a list, a record that fell three
// times, and two rivals.
export const MARKS = `athlete,nation,born,sex,date,event,mark,place,round,competition,venue
Ann BEE,GBR,1990-05-01,F,2019-06-01,1500,4:12.00,1,f,Northern Games,York
Cat DOE,IRL,1992-07-02,F,2019-06-01,1500,4:12.50,2,f,Northern Games,York
Ann BEE,GBR,1990-05-01,F,2020-06-01,1500,4:10.50,2,f,City Mile Night,Leeds
Cat DOE,IRL,1992-07-02,F,2020-06-01,1500,4:10.40,1,f,City Mile Night,Leeds
Eve FOX,GBR,2003-09-03,F,2020-06-01,1500,4:10.50,3,f,City Mile Night,Leeds
Eve FOX,GBR,2003-09-03,F,2021-02-01,1500,4:09.80i,1,f,Winter Cup,Glasgow
Eve FOX,GBR,2003-09-03,F,2022-06-11,1500,4:06.31,1,f,Northern Games,York
Ida JAY,SWE,1995,F,2021-07-11,1500,4:14.2h,4,f,Kvällsloppet,Malmö
`;

// Two whose births are not told, in two sheets: they may be one.
const DOUBTFUL = ['Ana COSTA,POR,,F,2023-05-01,5000,15:40.00,,,,Porto', 'Ana Costa,POR,,F,2024-05-01,5000,15:31.10,,,,Lisboa'];
const OTHERS = ['Bea DIAS,POR,1999,F,2023-05-01,5000,15:51.10,,,,Porto', 'Bea DIAS,POR,1999,F,2024-05-01,5000,15:49.20,,,,Lisboa'];

const PLAN = `date,kind,name,event,importance,altitude_m,to
2024-05-05,race,,5000,B,,
2024-04-08,camp,Font Romeu,,,1850,2024-04-28
2024-06-16,race,City run,10K,A,,
`;

function write(where, text) {
    fs.writeFileSync(where, text);
    return where;
}

// The demonstration's season as files, once for all.
export function season(harrier, folder) {
    const where = path.join(folder, 'season');
    if (!fs.existsSync(where)) run(harrier, ['demo', where, '--quiet']);
    return where;
}

export function empty(folder) {
    return path.join(folder, 'empty.db');
}

export function one(harrier, folder) {
    const store = path.join(folder, 'one.db');
    const file = fs.readdirSync(season(harrier, folder)).find((name) => name.endsWith('.fit'));
    run(harrier, ['--db', store, 'import', path.join(season(harrier, folder), file), '--quiet']);
    return store;
}

// A season with its races, lists and plan: what a runner has after a winter.
export function winter(harrier, folder) {
    const store = path.join(folder, 'winter.db');
    const files = season(harrier, folder);
    run(harrier, ['--db', store, 'import', files, '--quiet']);
    finish(harrier, folder, store, files);
    return store;
}

// Ten years: the season again and again, each a year earlier.
export function years(harrier, maker, folder) {
    const store = path.join(folder, 'years.db');
    const files = path.join(folder, 'years');
    fs.mkdirSync(files);
    const made = spawnSync(maker, [files, String(MANY)], { timeout: LONG_MS });
    if (made.status !== 0) throw new Error(`${maker}: status ${made.status}`);
    run(harrier, ['--db', store, 'import', files, '--quiet']);
    fs.rmSync(files, { recursive: true });
    finish(harrier, folder, store, season(harrier, folder));
    return store;
}

function finish(harrier, folder, store, files) {
    run(harrier, ['--db', store, 'results', 'import', path.join(files, 'results.csv'), '--quiet']);
    run(harrier, ['--db', store, 'results', 'import', write(path.join(folder, 'marks.csv'), MARKS), '--quiet']);
    const sheets = DOUBTFUL.map((row, i) => write(
        path.join(folder, `porto-${i}.csv`), `${MARKS.split('\n', 1)[0]}\n${row}\n${OTHERS[i]}\n`));
    run(harrier, ['--db', store, 'results', 'import', ...sheets, '--quiet']);
    const plan = write(path.join(folder, 'plan.csv'), PLAN);
    run(harrier, ['--db', store, 'season', 'plan', plan, '--date', '2024-04-01', '--quiet']);
}

// Two athletes in one store, for their coach.
export function squad(harrier, folder) {
    const store = path.join(folder, 'squad.db');
    const other = path.join(folder, 'other');
    run(harrier, ['demo', other, '--seed', '2', '--quiet']);
    run(harrier, ['--db', store, '--athlete', 'Ada Ash', 'import', season(harrier, folder), '--quiet']);
    run(harrier, ['--db', store, '--athlete', 'Bo Birk', 'import', other, '--quiet']);
    return store;
}
