/* SPDX-License-Identifier: MIT */
#ifndef RENDER_RACE_STYLE_H
#define RENDER_RACE_STYLE_H

/* Colours of the drawings of a race, for a page and for a drawing that stands alone. The
 * eight lines are Okabe and Ito's colours, which the colour-blind can tell apart, made
 * darker for white paper; letters never have them. Cells stay pale enough, or dark enough,
 * for letters of the ink. */

/* clang-format off */
static const char race_style[] =
    ":root{--r1:#0072b2;--r2:#c84e00;--r3:#00875f;--r4:#b0508a;--r5:#8a6d00;--r6:#3f8fc4;"
    "--r7:#5b3fa0;--r8:#7a3b12;--rest:#8b96a2;"
    "--f3:#86b8dc;--f2:#b3d3ea;--f1:#dcebf5;--f0:#f4f4f1;--s1:#f8e5cd;--s2:#f0c693;--s3:#e3a25c}\n"
    "@media (prefers-color-scheme:dark){:root{--r1:#56b4e9;--r2:#f08a4b;--r3:#2fc598;--r4:#e08fc0;"
    "--r5:#e6c64a;--r6:#9ccdf0;--r7:#b09af0;--r8:#d39a72;--rest:#5d6874;"
    "--f3:#20608f;--f2:#1b4a6d;--f1:#1b3549;--f0:#242a30;--s1:#453521;--s2:#664319;--s3:#875310}}\n"
    "@media print{:root{--r1:#0072b2;--r2:#c84e00;--r3:#00875f;--r4:#b0508a;--r5:#8a6d00;--r6:#3f8fc4;"
    "--r7:#5b3fa0;--r8:#7a3b12;--rest:#8b96a2;"
    "--f3:#86b8dc;--f2:#b3d3ea;--f1:#dcebf5;--f0:#f4f4f1;--s1:#f8e5cd;--s2:#f0c693;--s3:#e3a25c}}\n"
    ".race text{font-size:12px;fill:var(--quiet)}\n"
    ".race .who{fill:var(--ink)}.race .first{font-weight:600}\n"
    ".race .in{fill:var(--ink);font-size:11px;text-anchor:middle}.race .small{font-size:9px}\n"
    ".race .head{fill:var(--ink);font-size:16px;font-weight:600}\n"
    ".race .end{text-anchor:end}.race .mid{text-anchor:middle}\n"
    ".race .rule{stroke:var(--line);stroke-width:1}\n"
    ".race .even{stroke:var(--quiet);stroke-width:1.5;stroke-dasharray:6 4}\n"
    ".race .band{fill:var(--band);stroke:none}\n"
    ".race polyline{fill:none;stroke:var(--c);stroke-width:2;stroke-linejoin:round}\n"
    ".race .tie{stroke:var(--c);stroke-width:1;opacity:.65}\n"
    ".race circle{fill:var(--c)}.race .out{stroke:var(--c);stroke-width:2;fill:none}\n"
    ".r0{--c:var(--rest)}.r1{--c:var(--r1)}.r2{--c:var(--r2)}.r3{--c:var(--r3)}"
    ".r4{--c:var(--r4)}.r5{--c:var(--r5)}.r6{--c:var(--r6)}.r7{--c:var(--r7)}.r8{--c:var(--r8)}\n"
    ".race .asked{--c:var(--ink)}.race .asked polyline{stroke-width:3.5}.race .asked .who{font-weight:700}\n"
    ".race g:hover>polyline{stroke-width:4}.race g:hover>.who{font-weight:700}\n"
    ".f3{fill:var(--f3)}.f2{fill:var(--f2)}.f1{fill:var(--f1)}.f0{fill:var(--f0)}"
    ".s1{fill:var(--s1)}.s2{fill:var(--s2)}.s3{fill:var(--s3)}\n";
/* clang-format on */

#endif
