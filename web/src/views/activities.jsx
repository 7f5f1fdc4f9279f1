// SPDX-License-Identifier: MIT
import { Heading } from '../heading.jsx';

export function Activities() {
    return <Heading title="Activities" />;
}
