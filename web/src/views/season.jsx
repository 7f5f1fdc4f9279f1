// SPDX-License-Identifier: MIT
import { Heading } from '../heading.jsx';

export function Season() {
    return <Heading title="Season" />;
}
