// SPDX-License-Identifier: MIT
// What a mark is worth: points and age grades. Each is a button that asks the engine how it came about.

import { ask } from './api.js';
import { Why } from './why.jsx';
import { eventName, mark, number, percent } from './units.js';

const of = (row) => `${row.mark} over ${eventName(row.event)}`;

/** `row`: {mark, event, sex, points} */
export function Points({ row }) {
    if (row.points === null) return '–';
    return (
        <Why number label={number(row.points)} what={`the points of ${of(row)}`}
            address={row.sex && ask(['points', row.mark, row.event], { sex: row.sex })}
            said={(answer) => [
                ['Points', number(answer.points)], ['Edition', answer.edition], ['Of', answer.sex === 'F' ? 'women' : 'men'],
            ]} />
    );
}

/** `row`: {mark, event, sex, age, age_grade_pct} */
export function AgeGrade({ row }) {
    if (row.age_grade_pct === null) return '–';
    return (
        <Why number label={percent(row.age_grade_pct, 1)} what={`the age grade of ${of(row)} at ${row.age}`}
            address={ask(['agegrade', row.mark, row.event], { sex: row.sex, age: row.age })}
            said={(answer) => [
                ['Age', number(answer.age)], ['Tables', answer.tables], ['Standard', mark(answer.open_standard_s, 2)],
                ['Factor', number(answer.factor, 4)], ['At that age', mark(answer.standard_s, 2)], ['Share', percent(answer.percent, 2)],
            ]} />
    );
}
