// SPDX-License-Identifier: MIT
// The engine's words as sentences.

/** 'nothing was lost' -> 'Nothing was lost' */
export const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);
