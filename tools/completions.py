#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Completions for bash, zsh and fish from the table of commands.

    tools/completions.py TABLE.json FOLDER        writes harrier.bash, _harrier, harrier.fish

TABLE.json is what the program `table` prints. The three scripts find out in the same way where
the cursor stands: words that are no options and no values of options lead down a tree of
commands; what is left are operands.
"""
import json
import pathlib
import re
import sys

ABOUT = "# SPDX-License-Identifier: MIT\n# Made from the table of commands by tools/completions.py.\n"


class Table:
    def __init__(self, path):
        table = json.loads(pathlib.Path(path).read_text())
        self.commands = {row["name"]: row for row in table["commands"]}
        self.options = table["options"]
        self.shared = set.intersection(*(set(row["options"]) for row in table["commands"]))
        # Where words may lead: from "db" to "verify", with what each is.
        self.tree = {"": {}}
        for name, row in self.commands.items():
            words = name.split(" ")
            for i, word in enumerate(words):
                place, whole = " ".join(words[:i]), i + 1 == len(words)
                known = self.tree.setdefault(place, {})
                if whole or word not in known:
                    known[word] = row["help"] if whole else self.group_help(words[:i + 1])
                self.tree.setdefault(" ".join(words[:i + 1]), {})
        self.tree[""]["help"] = "examples and options of a command"

    def group_help(self, words):
        start = " ".join(words) + " "
        return ", ".join(name[len(start):] for name in self.commands if name.startswith(start))

    def options_at(self, place):
        taken = self.commands[place]["options"] if place in self.commands else self.shared
        return [option for option in self.options if option["name"] in taken]

    def takes_files(self, place):
        return place in self.commands and self.commands[place]["files"]


def choices(option):
    """The words of "auto|always|never"; none where they are names of values."""
    words = (option["value"] or "").split("|")
    good = len(words) > 1 and all(re.fullmatch(r"[a-z0-9][a-z0-9-]*|[A-Z]", word)
                                  for word in words)
    return words if good else []


def cases(pairs, indent):
    """Branches of a `case`, those with the same body together."""
    bodies = {}
    for name, body in pairs:
        if body:
            bodies.setdefault(body, []).append(name)
    return "".join(f"{indent}{'|'.join(names)}) {body} ;;\n" for body, names in bodies.items())


def quoted(text):
    return "'" + text.replace("'", "'\\''") + "'"


# --- bash ---------------------------------------------------------------------------------

BASH = r"""
# What may follow a place in the tree of commands.
_harrier_next() {
    case $1 in
@NEXT@    esac
}

_harrier_options() {
    case $1 in
@OPTIONS@    esac
}

_harrier_values() {
    case $1 in
@VALUES@    esac
}

_harrier_complete() { # words to choose from, what there is of one
    local word
    COMPREPLY=()
    for word in $1; do
        [[ $word == "$2"* ]] && COMPREPLY+=("$word")
    done
    return 0
}

_harrier_files() {
    local IFS=$'\n'
    compopt -o filenames 2>/dev/null
    COMPREPLY=($(compgen -f -- "$1"))
}

_harrier() {
    local i word place= next= cur=${COMP_WORDS[COMP_CWORD]} option= operands=0
    for ((i = 1; i < COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        case $word in
        @TAKING@)
            # "--db=x" comes as three words, "--db x" as two.
            [[ ${COMP_WORDS[i + 1]} == '=' ]] && ((i++))
            ((i++))
            ((i >= COMP_CWORD)) && option=$word
            ;;
        help | -*) ;;
        *)
            next=" $(_harrier_next "$place") "
            if [[ $operands -eq 0 && $next == *" $word "* ]]; then
                place=${place:+$place }$word
            else
                ((operands++))
            fi
            ;;
        esac
    done
    [[ $cur == '=' ]] && cur=
    if [[ $option ]]; then
        case $(_harrier_values "$option") in
        '') COMPREPLY=() ;;
        FILE) _harrier_files "$cur" ;;
        *) _harrier_complete "$(_harrier_values "$option")" "$cur" ;;
        esac
    elif [[ $cur == -* ]]; then
        _harrier_complete "$(_harrier_options "$place")" "$cur"
    else
        _harrier_complete "$(_harrier_next "$place")" "$cur"
        case $place in
        @FILES@) [[ ${#COMPREPLY[@]} -eq 0 ]] && _harrier_files "$cur" ;;
        esac
    fi
    return 0
}
complete -F _harrier harrier
"""


def bash(table):
    next_words = [(quoted(place), f"echo {quoted(' '.join(words))}" if words else "")
                  for place, words in table.tree.items()]
    options = [(quoted(place), "echo " + quoted(" ".join(
        option["name"] for option in table.options_at(place)))) for place in table.tree]
    values = [(option["name"], "echo FILE" if option["file"] else
               f"echo {quoted(' '.join(choices(option)))}" if choices(option) else "")
              for option in table.options]
    return fill(BASH, NEXT=cases(next_words, "    "), OPTIONS=cases(options, "    "),
                VALUES=cases(values, "    "), **alternatives(table, quoted))


def alternatives(table, written):
    return {"TAKING": " | ".join(option["name"] for option in table.options if option["value"]),
            "FILES": " | ".join(written(place) for place in table.tree
                                if table.takes_files(place))}


def fill(text, **parts):
    for name, part in parts.items():
        text = text.replace(f"@{name}@", part)
    return text


# --- zsh ----------------------------------------------------------------------------------

ZSH = r"""
# The words that may follow a place in the tree of commands, and what they are.
_harrier_next() {
    case $1 in
@NEXT@    esac
}

_harrier_options() {
    case $1 in
@OPTIONS@    esac
}

_harrier_value() {
    case $1 in
@VALUES@    *) _message 'its value' ;;
    esac
}

_harrier() {
    local i word place= cur=${words[CURRENT]} option= operands=0
    local -a reply
    for ((i = 2; i < CURRENT; i++)); do
        word=${words[i]}
        case $word in
        @TAKING@)
            ((++i >= CURRENT)) && option=$word
            ;;
        help | -*) ;;
        *)
            reply=()
            _harrier_next "$place"
            if ((operands == 0 && ${reply[(I)${word}:*]})); then
                place=${place:+$place }$word
            else
                ((operands++))
            fi
            ;;
        esac
    done
    reply=()
    if [[ -n $option ]]; then
        _harrier_value $option
    elif [[ $cur == --*=* ]]; then
        compset -P '*='
        _harrier_value ${cur%%=*}
    elif [[ $cur == -* ]]; then
        _harrier_options "$place"
        _describe -o option reply
    else
        _harrier_next "$place"
        (($#reply)) && _describe command reply
        case $place in
        @FILES@) _files ;;
        esac
    fi
    return 0
}

# Loaded by its name, the file is the function's first call.
[[ $funcstack[1] == _harrier ]] && _harrier "$@"
"""


def described(pairs):
    colon = lambda text: text.replace(":", "\\:")
    return " ".join(quoted(f"{colon(word)}:{colon(told)}") for word, told in pairs)


def zsh(table):
    next_words = [(quoted(place), f"reply=({described(words.items())})" if words else "")
                  for place, words in table.tree.items()]
    options = [(quoted(place), "reply=(" + described(
        (option["name"], option["help"]) for option in table.options_at(place)) + ")")
        for place in table.tree]
    values = [(option["name"], "_files" if option["file"] else
               f"compadd -- {' '.join(choices(option))}" if choices(option) else "")
              for option in table.options]
    return "#compdef harrier\n" + ABOUT + fill(
        ZSH, NEXT=cases(next_words, "    "), OPTIONS=cases(options, "    "),
        VALUES=cases(values, "    "), **alternatives(table, quoted))


# --- fish ---------------------------------------------------------------------------------

FISH = r"""
# Where the words before the cursor have led in the tree of commands.
function __harrier_place
    set -l words (commandline -opc)
    set -e words[1]
    set -l place
    set -l skip 0
    for word in $words
        if test $skip = 1
            set skip 0
            continue
        end
        switch $word
            case @TAKING@
                set skip 1
            case help '-*'
            case '*'
                contains -- "$place $word" @PLACES@; or break
                set place "$place $word"
        end
    end
    echo $place
end

function __harrier_at
    test (__harrier_place) = "$argv[1]"
end

complete -c harrier -f
"""


def fish(table):
    led_to = lambda place: quoted(" " + place if place else "")
    at = lambda place: f"complete -c harrier -n {quoted('__harrier_at ' + led_to(place))}"
    places = " ".join(led_to(place) for place in table.tree if place)
    text = fill(FISH, PLACES=places, TAKING=" ".join(
        option["name"] for option in table.options if option["value"]))
    lines = []
    for place, words in table.tree.items():
        lines += [f"{at(place)} -a {word} -d {quoted(told)}" for word, told in words.items()]
        if table.takes_files(place):
            lines.append(f"{at(place)} -F")
    for option in table.options:
        value = ""
        if option["value"]:
            named = choices(option)
            value = " -r -F" if option["file"] else f" -x -a {quoted(' '.join(named))}" \
                if named else " -x"
        tail = f"-l {option['name'][2:]}{value} -d {quoted(option['help'])}"
        if option["name"] in table.shared:
            lines.append(f"complete -c harrier {tail}")
        else:
            lines += [f"{at(place)} {tail}" for place in table.commands
                      if option["name"] in table.commands[place]["options"]]
    return ABOUT + text + "\n".join(lines) + "\n"


def main():
    table, folder = Table(sys.argv[1]), pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("harrier.bash", ABOUT + bash(table)), ("_harrier", zsh(table)),
                       ("harrier.fish", fish(table))):
        (folder / name).write_text(text)
        print(name)


if __name__ == "__main__":
    main()
