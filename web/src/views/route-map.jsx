// SPDX-License-Identifier: MIT
// Where it was run, drawn from its own positions: no map tiles, so nobody is told where. North is up; a
// scale, a mark each kilometre or mile, and the chart cursor's place as a dot.

import { useEffect, useMemo, useRef } from 'preact/hooks';
import { nearest, onGroupCursor } from '../chart.jsx';
import * as u from '../units.js';

const EARTH_M_PER_DEG = 111195;
const POINTS = 1500;
const WIDTH = 600;
const MARGIN = 24;
const SCALES = [50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000];

/** Metres east and north of the first position, then fitted into the drawing. */
function project(lat, lon) {
    const known = lat.findIndex((v, i) => v !== null && lon[i] !== null);
    if (known < 0) return null;
    const narrow = Math.cos((lat[known] * Math.PI) / 180);
    const east = lon.map((v) => (v === null ? null : (v - lon[known]) * EARTH_M_PER_DEG * narrow));
    const north = lat.map((v) => (v === null ? null : (v - lat[known]) * EARTH_M_PER_DEG));
    let [west, easternmost, south, northernmost] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let i = 0; i < lat.length; i++) {
        if (east[i] === null || north[i] === null) continue;
        west = Math.min(west, east[i]);
        easternmost = Math.max(easternmost, east[i]);
        south = Math.min(south, north[i]);
        northernmost = Math.max(northernmost, north[i]);
    }
    const across = Math.max(easternmost - west, 20);
    const along = Math.max(northernmost - south, 20);
    const height = Math.max(220, Math.min(620, (along / across) * (WIDTH - 2 * MARGIN) + 2 * MARGIN));
    const scale = Math.min((WIDTH - 2 * MARGIN) / across, (height - 2 * MARGIN) / along);
    const left = (WIDTH - across * scale) / 2;
    const top = (height - along * scale) / 2;
    return {
        height, scale,
        at: (i) => (east[i] === null || north[i] === null ? null
            : [left + (east[i] - west) * scale, top + (northernmost - north[i]) * scale]),
    };
}

/** The line; where positions are missing it is broken. */
function lineOf(map, count) {
    const stride = Math.max(1, Math.floor(count / POINTS));
    let text = '';
    let down = false;
    for (let i = 0; i < count; i += stride) {
        const at = map.at(i);
        if (at) text += `${down ? 'L' : 'M'}${at[0].toFixed(1)} ${at[1].toFixed(1)}`;
        down = at !== null;
    }
    return text;
}

function ticksOf(map, distances) {
    const ticks = [];
    const last = distances.findLast((v) => v !== null) ?? 0;
    const every = [1, 2, 5, 10].find((n) => last / (n * u.longUnitM()) <= 12) ?? 20;
    for (let n = every; n * u.longUnitM() < last; n += every) {
        const i = distances.findIndex((v) => v !== null && v >= n * u.longUnitM());
        const at = i >= 0 && map.at(i);
        if (at) ticks.push({ n, at });
    }
    return ticks;
}

export function RouteMap({ columns, xs, group }) {
    const { lat_deg: lat, lon_deg: lon, distance_m: distances } = columns;
    const dot = useRef(null);
    const map = useMemo(() => project(lat, lon), [lat, lon]);

    useEffect(() => onGroupCursor(group, (x) => {
        const at = x === null ? null : map?.at(nearest(xs, x));
        dot.current?.setAttribute('visibility', at ? 'visible' : 'hidden');
        if (at) dot.current?.setAttribute('transform', `translate(${at[0]} ${at[1]})`);
    }), [map, xs, group]);

    const drawn = useMemo(() => map && {
        line: lineOf(map, lat.length), ticks: distances ? ticksOf(map, distances) : [],
        first: map.at(lat.findIndex((v, i) => map.at(i) !== null)), last: map.at(lat.findLastIndex((v, i) => map.at(i) !== null)),
    }, [map]);
    if (!map) return null;

    const unit = u.longUnitM() / 1000;
    const metres = SCALES.map((m) => m * unit).findLast((m) => m * map.scale < WIDTH / 3) ?? SCALES[0];
    const length = metres / u.longUnitM() >= 1 ? u.distance(metres, 0) : u.longUnit() === 'km' ? `${metres} m` : u.distance(metres, 2);
    return (
        <figure class="route">
            <svg viewBox={`0 0 ${WIDTH} ${map.height}`} role="img" aria-label="The route as a line, north up">
                <path class="route-line" d={drawn.line} />
                {drawn.ticks.map(({ n, at: [x, y] }) => (
                    <g key={n}><circle class="route-tick" cx={x} cy={y} r="3" /><text x={x + 6} y={y - 5}>{n}</text></g>
                ))}
                <circle class="route-start" cx={drawn.first[0]} cy={drawn.first[1]} r="6" />
                <rect class="route-end" x={drawn.last[0] - 5} y={drawn.last[1] - 5} width="10" height="10" />
                <g ref={dot} visibility="hidden"><circle class="route-dot" r="7" /></g>
                <path class="route-scale" d={`M12 ${map.height - 12}v4h${metres * map.scale}v-4`} />
                <text x="14" y={map.height - 14}>{length}</text>
            </svg>
            <figcaption class="quiet">Start is the circle, finish the square; north is up. Drawn from the file alone: no map is fetched.</figcaption>
        </figure>
    );
}
