// SPDX-License-Identifier: MIT
// The engine's words as sentences.

/** 'nothing was lost' -> 'Nothing was lost'; the name of a member, a file or a formula stays as it is. */
export const sentence = (text) => (/^\w+[_(.]\w/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1));
