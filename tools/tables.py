#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes tables.c of the rooms attempt, best, mark, sheet and runner from data/*.tsv.

    tools/tables.py           writes them
    tools/tables.py --check   says whether they are what the data give; exit status 1 if not

A table is tab-separated: comment lines (#) that name source, date and licence, one line of
column names, one row an entry. Rows that are out of order, repeated or not numbers stop the
tool: a wrong table must not become a program.
"""
import itertools
import pathlib
import sys
from fractions import Fraction

ROOT = pathlib.Path(__file__).resolve().parent.parent
HEADER = ("Source:", "Date:", "Licence:")
AGES = [str(age) for age in range(5, 101)]
KINDS = {"track": "HAR_EVENT_TRACK", "short": "HAR_EVENT_SHORT_TRACK",
         "steeplechase": "HAR_EVENT_STEEPLECHASE", "road": "HAR_EVENT_ROAD"}
SEXES = {"M": "HAR_MEN", "W": "HAR_WOMEN"}


def stop(text):
    sys.exit(f"tables.py: {text}")


def read(name):
    """The rows of one table, each a dictionary."""
    lines = (ROOT / "data" / name).read_text(encoding="utf-8").splitlines()
    comments = [line for line in lines if line.startswith("#")]
    for word in HEADER:
        if not any(word in line for line in comments):
            stop(f"{name} does not name its {word[:-1].lower()}")
    columns, *rows = [line.split("\t") for line in lines if line and line[0] != "#"]
    for row in rows:
        if len(row) != len(columns):
            stop(f"{name}: {row[0]}: {len(row)} fields, not {len(columns)}")
    return [dict(zip(columns, row)) for row in rows]


def ascending(name, rows, *keys):
    """Stops unless each row is strictly greater than the one before in `keys`."""
    values = [tuple(float(r[k]) if k.endswith(("_m", "_s")) else r[k] for k in keys)
              for r in rows]
    for before, after in zip(values, values[1:]):
        if not before < after:
            stop(f"{name}: {after} does not come after {before}")


def standards(name, column, array):
    rows = read(name)
    ascending(name, rows, column)
    if len({r["name"] for r in rows}) != len(rows):
        stop(f"{name}: a name is repeated")
    body = "".join(f'    {{{r[column]}, "{r["name"]}"}},\n' for r in rows)
    return (f"/* data/{name} */\nconst struct har_standard {array}[] = {{\n{body}}};\n"
            f"const size_t {array}_count = {len(rows)};\n")


def records(name):
    """The fastest of each sex over each distance, whatever the ground."""
    text = f"/* data/{name} */\n"
    rows = sorted((r for r in read(name) if r["kind"] != "steeplechase"),
                  key=lambda r: (float(r["distance_m"]), float(r["time_s"])))
    for sex, array in (("M", "records_men"), ("W", "records_women")):
        own = [next(same) for _, same in
               itertools.groupby((r for r in rows if r["sex"] == sex),
                                 key=lambda r: r["distance_m"])]
        ascending(name, own, "distance_m")
        ascending(name, own, "time_s")
        body = "".join(f'    {{{r["distance_m"]}, {r["time_s"]}}}, '
                       f'/* {r["name"]}, {r["place"]}, {r["date"]} */\n' for r in own)
        text += (f"const struct record {array}[] = {{\n{body}}};\n"
                 f"const size_t {array}_count = {len(own)};\n")
    return text


STANDINGS = {"record": "false", "best": "true"}
FIELDS = {"any": "HAR_COMPANY_ANY", "mixed": "HAR_COMPANY_MIXED", "women": "HAR_COMPANY_WOMEN"}
LEADERS = {"own": "false", "leader": "true"}
RECORD = ("sex", "kind", "event", "field")


def record_splits(name, rows, held):
    """One array a record, and its name by the record."""
    text, arrays = "", {}
    for key, own in itertools.groupby(rows, key=lambda r: tuple(r[c] for c in RECORD)):
        own = list(own)
        ascending(name, own, "at_m")
        ascending(name, own, "time_s")
        record = held.get(key)
        if key in arrays or not record:
            stop(f"{name}: {key} is no record, or its rows lie apart")
        if not (float(own[-1]["at_m"]) < float(record["distance_m"]) and
                float(own[-1]["time_s"]) < float(record["time_s"])):
            stop(f"{name}: {key} passes beyond its finish")
        arrays[key] = ("split_" + "_".join((key[0], key[2], key[3])).lower(), len(own))
        body = "".join(f'    {{{r["at_m"]}, {r["time_s"]}, {LEADERS[r["by"]]}}},\n' for r in own)
        text += f"static const struct har_world_record_split {arrays[key][0]}[] = {{\n{body}}};\n"
    return text, arrays


def held_records(name, splits_name):
    """Every record, with its splits."""
    rows = read(name)
    held = {tuple(r[c] for c in RECORD): r for r in rows}
    if len(held) != len(rows):
        stop(f"{name}: a record is repeated")
    text, arrays = record_splits(splits_name, read(splits_name), held)
    text = f"/* data/{splits_name} */\n{text}/* data/{name} */\n"
    text += "const struct har_world_record har_world_records[] = {\n"
    for key, r in held.items():
        array, count = arrays.get(key, ("NULL", 0))
        text += (f'    {{"{r["event"]}", {event(name, r)}, {SEXES[r["sex"]]}, '
                 f'{FIELDS[r["field"]]}, {STANDINGS[r["standing"]]},\n'
                 f'     {scaled(name, r["time_s"], 1000)}, "{r["name"]}", "{r["date"]}", '
                 f'"{r["place"]}",\n     "{r["source"]}", {array}, {count}}},\n')
    dates = [line.split("Date: ")[1][:10] for line in
             (ROOT / "data" / name).read_text(encoding="utf-8").splitlines()
             if line.startswith("# Date: ")]
    return (f"{text}}};\nconst size_t har_world_record_count = {len(rows)};\n"
            f'const char har_world_records_as_of[] = "{dates[0]}";\n')


def scaled(name, text, unit):
    """`text` as a whole number of `unit`s; stops if it is not one."""
    value = Fraction(text) * unit
    if value.denominator != 1 or value <= 0:
        stop(f"{name}: {text} is not a whole number of 1/{unit}")
    return int(value)


def event(name, row):
    """The two members that say which event a row is about."""
    return f'{KINDS[row["kind"]]}, {scaled(name, row["distance_m"], 1000)}'


def grouped(name, rows, *columns):
    """Rows that agree in `columns`, which must lie together; in each group no event twice."""
    groups = [(key, list(own)) for key, own in
              itertools.groupby(rows, key=lambda r: tuple(r[c] for c in columns))]
    if len({key for key, _ in groups}) != len(groups):
        stop(f"{name}: rows of one group lie apart")
    for key, own in groups:
        if len({event(name, r) for r in own}) != len(own):
            stop(f"{name}: {key}: an event is repeated")
    return groups


def scoring(name):
    """One array an edition and sex, and the table of them."""
    arrays, index = "", ""
    for (edition, sex), own in grouped(name, read(name), "edition", "sex"):
        array = f"scoring_{edition}_{sex.lower()}"
        arrays += f"static const struct scoring {array}[] = {{\n"
        for r in own:
            a_e9, b_ms = scaled(name, r["a"], 10**9), scaled(name, r["b_s"], 1000)
            if a_e9 * b_ms**2 >= 2**64:
                stop(f'{name}: {r["event"]}: a b^2 does not fit into 64 bits')
            arrays += f'    {{{event(name, r)}, {a_e9}, {b_ms}}}, /* {r["event"]} */\n'
        arrays += "};\n"
        index += f"    {{{edition}, {SEXES[sex]}, {array}, {len(own)}}},\n"
    return (f"/* data/{name} */\n{arrays}const struct scoring_table scoring_tables[] = "
            f"{{\n{index}}};\nconst size_t scoring_tables_count = {index.count(chr(10))};\n")


def boundary(name):
    rows = read(name)
    if len({tuple(r.items()) for r in rows}) != len(rows):
        stop(f"{name}: a row is repeated")
    body = "".join(f'    {{{SEXES[r["sex"]]}, {event(name, r)}, '
                   f'{scaled(name, r["time_s"], 1000)}, {r["points"]}}}, '
                   f'/* {r["event"]} */\n' for r in rows)
    return (f"/* data/{name} */\nconst struct boundary boundary_marks[] = {{\n{body}}};\n"
            f"const size_t boundary_marks_count = {len(rows)};\n")


def factors(name, row):
    """The factors of one event in 1/10000; 0 where there is none."""
    values = [0 if row[age] == "-" else scaled(name, row[age], 10000) for age in AGES]
    lines = [", ".join(map(str, values[i:i + 16])) for i in range(0, len(values), 16)]
    return ",\n      ".join(lines)


def age_grades(tables):
    arrays, index = "", ""
    for name, constant in tables:
        for (sex,), own in grouped(name, read(name), "sex"):
            for kind, same in itertools.groupby(own, key=lambda r: r["kind"]):
                ascending(f"{name}: {kind}", list(same), "distance_m")
            array = f"{pathlib.Path(name).stem}_{sex.lower()}"
            arrays += f"/* data/{name} */\nstatic const struct age_row {array}[] = {{\n"
            arrays += "".join(
                f'    {{{event(name, r)}, {scaled(name, r["standard_s"], 1000)}, '
                f'/* {r["event"]} */\n     {{{factors(name, r)}}}}},\n' for r in own)
            arrays += "};\n"
            index += f"    {{{constant}, {SEXES[sex]}, {array}, {len(own)}}},\n"
    return (f"{arrays}const struct age_table age_tables[] = {{\n{index}}};\n"
            f"const size_t age_tables_count = {index.count(chr(10))};\n")


PRIOR_COLUMNS = ["marks", "men", "women", "level", "bend", "own", "drift", "own_drift", "form",
                 "own_form", "noise", "short_track", "winter", "spring"]
ASKINGS = ["race_all", "race_other", "best_all", "best_other", "race_from_bests",
           "best_from_bests"]
QUANTILES = ["q2.5", "q10", "q25", "q75", "q90", "q97.5"]


def numbers(name, row, columns):
    for column in columns:
        try:
            float(row[column])
        except ValueError:
            stop(f"{name}: {row[column]} is no number")
    return ", ".join(row[c] for c in columns)


def priors(rows_name, terms_name, errors_name):
    """One har_prior a population."""
    rows, errors = read(rows_name), read(errors_name)
    text = ""
    for terms in read(terms_name):
        prior = terms["prior"]
        own = [r for r in rows if r["prior"] == prior]
        quantiles = {r["asking"]: r for r in errors if r["prior"] == prior}
        if not own or set(quantiles) != set(ASKINGS):
            stop(f"{prior} is not whole in {rows_name} and {errors_name}")
        for asking in ASKINGS:
            ladder = [float(quantiles[asking][q]) for q in QUANTILES]
            if ladder != sorted(set(ladder)) or not ladder[2] < 0 < ladder[3]:
                stop(f"{errors_name}: {prior}, {asking}: the quantiles do not rise through 0")
        text += (f"/* data/{rows_name} */\nconst struct har_prior har_prior_{prior} = {{\n"
                 f'    "{prior}", {len(own)}, '
                 + numbers(terms_name, terms,
                           ["drift_days", "form_days", "slow", "fast", "window_days"])
                 + ",\n    {"
                 + ",\n     ".join("{" + numbers(errors_name, quantiles[a], QUANTILES) + "}"
                                   for a in ASKINGS) + "},\n    {\n")
        for r in own:
            text += (f'        {{"{r["code"]}", {KINDS[r["kind"]]}, {r["distance_m"]},\n'
                     f"         {numbers(rows_name, r, PRIOR_COLUMNS)},\n"
                     f"         {{{numbers(rows_name, r, ASKINGS)}}}}},\n")
        text += "    }};\n"
    return text


def nations(name):
    rows = read(name)
    codes = [r["code"] for r in rows]
    also = [r["also"] for r in rows if r["also"] != "-"]
    if codes != sorted(set(codes)) or len(set(codes + also)) != len(codes + also):
        stop(f"{name}: codes do not ascend, or one stands for two nations")
    if any(len(code) != 3 or not code.isalpha() or not code.isupper() for code in codes + also):
        stop(f"{name}: a code is no three capital letters")
    body = "".join(f'    {{"{r["code"]}", "{r["also"].strip("-")}", "{r["name"]}"}},\n'
                   for r in rows)
    return (f"/* data/{name} */\nconst struct nation nations[] = {{\n{body}}};\n"
            f"const size_t nations_count = {len(rows)};\n")


def source(door, *parts):
    return "\n".join((
        "/* SPDX-License-Identifier: MIT */\n"
        "/* generated by tools/tables.py from data: edit the tables there, not this file */\n",
        f'#include "{door}"\n',
        "/* clang-format off */\n",
        *parts,
        "/* clang-format on */\n"))


def generated():
    """What each file should hold."""
    return {
        "src/best/tables.c": source(
            "tables.h",
            standards("standard_distances.tsv", "distance_m", "standard_distances"),
            standards("standard_durations.tsv", "duration_s", "standard_durations")),
        "src/mark/tables.c": source(
            "tables.h",
            records("records.tsv"),
            scoring("scoring.tsv"),
            boundary("scoring_boundary.tsv"),
            age_grades([("age_road_2025.tsv", "HAR_AGE_ROAD_2025"),
                        ("age_road_2020.tsv", "HAR_AGE_ROAD_2020"),
                        ("age_track_2023.tsv", "HAR_AGE_TRACK_2023")])),
        "src/sheet/tables.c": source(
            "tables.h",
            nations("nations.tsv")),
        "src/attempt/tables.c": source(
            "harrier/attempt.h",
            held_records("records.tsv", "record_splits.tsv")),
        "src/runner/tables.c": source(
            "harrier/runner.h",
            priors("prior.tsv", "prior_terms.tsv", "prior_errors.tsv")),
    }


def main():
    if sys.argv[1:] not in ([], ["--check"]):
        stop("use: tables.py [--check]")
    for name, text in generated().items():
        out = ROOT / name
        if not sys.argv[1:]:
            out.write_text(text, encoding="utf-8")
        elif not out.exists() or out.read_text(encoding="utf-8") != text:
            stop(f"{name} is not what data/*.tsv give: run tools/tables.py")


if __name__ == "__main__":
    main()
