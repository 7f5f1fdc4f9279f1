// SPDX-License-Identifier: MIT
// The views, each with its address. Those with a `key` stand in the navigation, in this order, and `g`
// and the letter lead there.

import { Activities } from './views/activities.jsx';
import { Activity } from './views/activity.jsx';
import { Field } from './views/field.jsx';
import { Help } from './views/help.jsx';
import { Import } from './views/import.jsx';
import { Lists } from './views/lists.jsx';
import { Pace } from './views/pace.jsx';
import { Predict } from './views/predict.jsx';
import { Race } from './views/race.jsx';
import { Races } from './views/races.jsx';
import { Season } from './views/season.jsx';
import { Squad } from './views/squad.jsx';

export const VIEWS = [
    { path: '/', key: 's', title: 'Season', view: Season },
    { path: '/activities', key: 'a', title: 'Activities', view: Activities },
    { path: '/activity/:id', title: 'Activity', under: '/activities', view: Activity },
    { path: '/races', key: 'r', title: 'Races', view: Races },
    { path: '/race/field', title: 'The splits of a field', under: '/races', view: Field },
    { path: '/race/:id', title: 'Race', under: '/races', view: Race },
    { path: '/predict', key: 'p', title: 'Predict', view: Predict },
    { path: '/pace', key: 'c', title: 'Pace', view: Pace },
    { path: '/lists', key: 'l', title: 'Lists', view: Lists },
    { path: '/lists/*', title: 'Lists', under: '/lists', view: Lists },
    { path: '/import', key: 'i', title: 'Import', view: Import },
    { path: '/squad', key: 'q', title: 'Squad', view: Squad },
    { path: '/help', key: 'h', title: 'Help', view: Help },
];

export const NAMED = VIEWS.filter(({ key }) => key);
