// SPDX-License-Identifier: MIT
// The views, each with its address. Those with a `key` stand in the navigation, in this order, and `g`
// and the letter lead there.

import { Activities } from './views/activities.jsx';
import { Activity } from './views/activity.jsx';
import { Help } from './views/help.jsx';
import { Race } from './views/race.jsx';
import { Races } from './views/races.jsx';
import { Season } from './views/season.jsx';

export const VIEWS = [
    { path: '/', key: 's', title: 'Season', view: Season },
    { path: '/activities', key: 'a', title: 'Activities', view: Activities },
    { path: '/activity/:id', title: 'Activity', under: '/activities', view: Activity },
    { path: '/races', key: 'r', title: 'Races', view: Races },
    { path: '/race/:id', title: 'Race', under: '/races', view: Race },
    { path: '/help', key: 'h', title: 'Help', view: Help },
];

export const NAMED = VIEWS.filter(({ key }) => key);
