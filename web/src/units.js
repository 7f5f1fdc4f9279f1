// SPDX-License-Identifier: MIT
// Numbers as people read them. The engine speaks SI; here it becomes metric or imperial text, written
// as the sport writes it and the same in every country: no locale is asked. Missing is a dash.

const MILE_M = 1609.344;
const FOOT_M = 0.3048;
const KEPT = 'harrier.units';
const NONE = '–';
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
export const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

let imperial = localStorage.getItem(KEPT) === 'imperial';

export function system() {
    return imperial ? 'imperial' : 'metric';
}

export function setSystem(name) {
    imperial = name === 'imperial';
    localStorage.setItem(KEPT, name);
}

const missing = (x) => x === null || x === undefined || Number.isNaN(x);

/** 12852.4 -> '12,852'; with digits 1: '12,852.4'. A minus is a real one. */
export function number(x, digits = 0) {
    if (missing(x)) return NONE;
    const [whole, part] = Math.abs(x).toFixed(digits).split('.');
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
    const text = part ? `${grouped}.${part}` : grouped;
    return x < 0 && Number(text.replace(/,/g, '')) !== 0 ? `\u2212${text}` : text;
}

/** With its sign, for differences: '+3', '−4', '0'. */
export function signed(x, digits = 0) {
    const text = number(x, digits);
    return x > 0 && Number(text.replace(/,/g, '')) !== 0 ? `+${text}` : text;
}

export const percent = (x, digits = 0) => (missing(x) ? NONE : `${number(x, digits)} %`);

/* --- distances ------------------------------------------------------------------ */

export const longUnit = () => (imperial ? 'mi' : 'km');
export const longUnitM = () => (imperial ? MILE_M : 1000);
export const heightUnit = () => (imperial ? 'ft' : 'm');
export const heightUnitM = () => (imperial ? FOOT_M : 1);

/** 12852 m -> '12.9' (km), or '8.0' (mi); the unit beside it is longUnit(). */
export const long = (m, digits = 1) => (missing(m) ? NONE : number(m / longUnitM(), digits));
export const distance = (m, digits = 1) => (missing(m) ? NONE : `${long(m, digits)} ${longUnit()}`);

/** Climbs and altitudes. */
export const height = (m) => (missing(m) ? NONE : number(m / heightUnitM()));
export const climb = (m) => (missing(m) ? NONE : `${height(m)} ${heightUnit()}`);

export const celsius = (c, digits = 0) => {
    if (missing(c)) return NONE;
    return imperial ? `${number(c * 1.8 + 32, digits)} °F` : `${number(c, digits)} °C`;
};

export const warmthUnit = () => (imperial ? '°F' : '°C');
/** A temperature as it stands on an axis of that unit, and back. */
export const warmth = (c) => (imperial ? c * 1.8 + 32 : c);
export const celsiusOf = (shown) => (imperial ? (shown - 32) / 1.8 : shown);

/** What can be typed: its unit, what a value of the engine's is in that, and back. */
export const typed = {
    warmth: { unit: warmthUnit, shown: warmth, kept: celsiusOf },
    height: { unit: heightUnit, shown: (m) => m / heightUnitM(), kept: (x) => x * heightUnitM() },
    wind: {
        unit: () => (imperial ? 'mph' : 'm/s'),
        shown: (mps) => (imperial ? (mps * 3600) / MILE_M : mps),
        kept: (x) => (imperial ? (x * MILE_M) / 3600 : x),
    },
};

/** How much a course falls: '10.3 m/km', '54 ft/mi'. */
export const fall = (mPerKm) => (imperial ? `${number((mPerKm * MILE_M) / 1000 / FOOT_M)} ft/mi` : `${number(mPerKm, 1)} m/km`);

/** The engine's sentences are metric: '28.6 km on 2024-01-14' -> '17.8 mi on 2024-01-14'. */
export const inUnits = (text) => (imperial ? text.replace(/(\d+(?:\.\d+)?) km\b/g, (_, km) => distance(km * 1000)) : text);

/** What a length is called on a track or road: '1000 m', '5 km', '10 mi'; never converted. */
export function lengthName(m) {
    if (missing(m)) return NONE;
    for (const [unit, size] of [['km', 1000], ['mi', MILE_M]]) {
        const n = m / size;
        if (n > (unit === 'km' ? 5 : 1) - 1e-3 && Math.abs(n - Math.round(n)) < 1e-3) return `${number(n)} ${unit}`;
    }
    return `${number(m, m % 1 ? 1 : 0)} m`;
}

/** A place in a race: '400 m', '5 km', '21.1 km'; never converted, as laps are what they are. */
export function placeName(m) {
    if (missing(m)) return NONE;
    if (m >= 1000 && m % 1000 === 0) return `${number(m / 1000)} km`;
    return m < 3000 ? `${number(m, m % 1 ? 1 : 0)} m` : `${number(m / 1000, 1)} km`;
}

/** How `--every` is told that splits are in miles; kilometres need not be told. */
export const splitEvery = () => (imperial ? 'mile' : null);
export const longWord = () => (imperial ? 'mile' : 'kilometre');

/** Where a split of those ends: '5 km', '3 mi', '13.1 mi'. */
export function splitName(m) {
    if (!imperial) return placeName(m);
    const miles = m / MILE_M;
    return `${number(miles, Math.abs(miles - Math.round(miles)) < 1e-3 ? 0 : 1)} mi`;
}

/* --- times ---------------------------------------------------------------------- */

function parts(s, digits) {
    const scale = 10 ** digits;
    let units = Math.round(Math.abs(s) * scale);
    const fraction = digits ? `.${String(units % scale).padStart(digits, '0')}` : '';
    units = Math.floor(units / scale);
    return { h: Math.floor(units / 3600), m: Math.floor(units / 60) % 60, s: units % 60, fraction };
}

const two = (n) => String(n).padStart(2, '0');

/** How long something took: '3:27', '58:03', '1:02:09'. */
export function clock(s, digits = 0) {
    if (missing(s)) return NONE;
    const at = parts(s, digits);
    const sign = s < 0 ? '\u2212' : '';
    if (at.h) return `${sign}${at.h}:${two(at.m)}:${two(at.s)}${at.fraction}`;
    return `${sign}${at.m}:${two(at.s)}${at.fraction}`;
}

/** A mark as the sport writes it: minutes up to a hundred of them ('61:17', '95:40'), then hours;
 *  hundredths where the sport takes them: under half an hour on a track. */
export function mark(s, digits = 0) {
    if (missing(s)) return NONE;
    if (s >= 6000) return clock(s, digits);
    const at = parts(s, digits);
    if (!at.h && !at.m) return `${at.s}${at.fraction || '.0'}`;
    return `${at.h * 60 + at.m}:${two(at.s)}${at.fraction}`;
}

/** Hours of training: '9:05 h'. */
export function hours(s) {
    if (missing(s)) return NONE;
    const minutes = Math.round(s / 60);
    return `${number(Math.floor(minutes / 60))}:${two(minutes % 60)} h`;
}

/* --- speeds --------------------------------------------------------------------- */

export const paceUnit = () => (imperial ? '/mi' : '/km');

/** Seconds over one km or mile. */
export const paceSeconds = (mps) => longUnitM() / mps;

/** 4.03 m/s -> '4:08'; slower than an hour a unit is standing still. */
export function pace(mps) {
    if (missing(mps) || mps <= 0 || paceSeconds(mps) > 3600) return NONE;
    return clock(paceSeconds(mps));
}

export const paceText = (mps) => {
    const text = pace(mps);
    return text === NONE ? NONE : `${text} ${paceUnit()}`;
};

/** Speed of a distance covered in a time, or NaN. */
export const speedOf = (m, s) => (m > 0 && s > 0 ? m / s : NaN);

/* --- days ----------------------------------------------------------------------- */

/** '2024-03-31' -> days since 1970; the axis of every chart of days. */
export const dayNumber = (date) => Math.round(Date.parse(`${date.slice(0, 10)}T00:00:00Z`) / 86400e3);
export const dayDate = (n) => new Date(n * 86400e3).toISOString().slice(0, 10);

/** The Monday on or before a day. */
export const mondayOf = (n) => n - ((((n + 3) % 7) + 7) % 7);

export function today() {
    const now = new Date();
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** '2024-03-31' -> 'Sun 31 Mar 2024'. */
export function dayName(date, { year = true, weekday = true } = {}) {
    if (!date) return NONE;
    const at = new Date(`${date.slice(0, 10)}T00:00:00Z`);
    const day = `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}`;
    return `${weekday ? `${DAYS[at.getUTCDay()]} ` : ''}${day}${year ? ` ${at.getUTCFullYear()}` : ''}`;
}

/** '25 to 31 Mar 2024', '29 Jan to 4 Feb 2024'. */
export function span(from, to) {
    if (from === to) return dayName(from);
    const short = from.slice(0, 7) === to.slice(0, 7) ? String(Number(from.slice(8, 10)))
        : dayName(from, { weekday: false, year: from.slice(0, 4) !== to.slice(0, 4) });
    return `${short} to ${dayName(to, { weekday: false })}`;
}

/** The local time of day out of an ISO instant with its offset. */
export const timeOfDay = (local) => (local ? local.slice(11, 16) : NONE);

/* --- events --------------------------------------------------------------------- */

const EVENTS = {
    MILE: 'Mile', '2MILE': '2 miles', '3000SC': '3000 m steeplechase', '5K': '5 km', '10K': '10 km',
    '15K': '15 km', '10M': '10 miles', '20K': '20 km', HM: 'Half marathon', '25K': '25 km',
    '30K': '30 km', MAR: 'Marathon', '50K': '50 km', '100K': '100 km',
};

/** 'HM' -> 'Half marathon', '3000i' -> '3000 m, short track'. */
export function eventName(code) {
    if (!code) return NONE;
    const indoor = code.endsWith('i');
    const plain = indoor ? code.slice(0, -1) : code;
    const name = EVENTS[plain] ?? (/^\d+$/.test(plain) ? `${plain} m` : plain);
    return indoor ? `${name}, short track` : name;
}

/** Whether an event is run on the road, where signs count kilometres or miles. */
export const isRoad = (event) => /^(HM|MAR|\d+[KM])$/.test(event);

/** A predicted time with as much of it as can be meant: whole seconds on the road and over an hour. */
export const foretold = (event, s) => mark(s, isRoad(event) || s > 3600 ? 0 : 1);
