// SPDX-License-Identifier: MIT
import { Heading } from '../heading.jsx';

export function Races() {
    return <Heading title="Races" />;
}
