// SPDX-License-Identifier: MIT
import { Heading } from '../heading.jsx';

export function Activity() {
    return <Heading title="Activity" />;
}
