// SPDX-License-Identifier: MIT
import { Heading } from '../heading.jsx';

export function Race() {
    return <Heading title="Race" />;
}
