/* SPDX-License-Identifier: MIT */
/* The page and the drawings of `harrier race analyse`.
 *
 * A page has all races of the sheet; a drawing is of one, the first, and says so where
 * there are more: --name chooses. */

#include "analyse.h"

#include "harrier/archive.h"

#include <string.h>

bool asks_pictures(const struct request *request)
{
    return is_asked(request, OPT_HTML) || is_asked(request, OPT_SVG);
}

bool read_figure(const struct request *request, enum har_race_figure *figure,
                 const char **path)
{
    static const struct {
        const char *name;
        enum har_race_figure figure;
    } rows[] = {{"gap=", HAR_RACE_GAPS},
                {"position=", HAR_RACE_POSITIONS},
                {"laps=", HAR_RACE_LAPS}};
    *figure = HAR_RACE_GAPS;
    *path = request->value[OPT_SVG];
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t length = strlen(rows[i].name);
        if (strncmp(*path, rows[i].name, length) != 0) continue;
        *figure = rows[i].figure;
        *path += length;
        break;
    }
    if (**path && (*path != request->value[OPT_SVG] || !strchr(*path, '='))) return true;
    complain(request, "--svg takes gap=FILE, position=FILE or laps=FILE, not \"%s\"",
             request->value[OPT_SVG]);
    return false;
}

int write_picture(const struct request *request, const char *path,
                  const struct har_text *text)
{
    struct har_error why = {0};
    struct har_bytes bytes = {(const uint8_t *)text->data, text->size};
    if (text->failed) {
        complain(request, "not enough memory");
        return HAR_EXIT_FAILED;
    }
    if (strcmp(path, "-") == 0) {
        put_text(request, text);
        return HAR_EXIT_DONE;
    }
    if (har_write_file(path, bytes, &why) != HAR_OK) return fail(request, &why);
    note(request, "wrote %s", path);
    return HAR_EXIT_DONE;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* The title of a page or a drawing: what is told, else the race's name, else the file's. */
static const char *picture_title(const struct request *request, const struct races *races,
                                 size_t race)
{
    const char *told = request->value[OPT_TITLE], *name = races->fields.field[race].name;
    if (told) return told;
    return name && races->fields.count == 1 ? name : base_name(races->file);
}

static int draw_page(const struct request *request, const struct races *races)
{
    struct har_text text = {.arena = request->arena};
    struct har_race_view *view =
        HAR_NEW(request->arena, struct har_race_view, races->fields.count);
    text.failed = !view;
    for (size_t i = 0; view && i < races->fields.count; i++)
        view[i] = (struct har_race_view){.name = races->fields.field[i].name,
                                         .field = &races->fields.field[i],
                                         .analysis = &races->analysis[i],
                                         .shown = (size_t)races->limit,
                                         .asked = races->asked[i]};
    if (view)
        har_render_race_html(&text, picture_title(request, races, 0), view,
                             races->fields.count);
    return write_picture(request, request->value[OPT_HTML], &text);
}

static int draw_one(const struct request *request, const struct races *races,
                    enum har_race_figure figure, const char *path)
{
    struct har_text text = {.arena = request->arena};
    const struct har_field *field = &races->fields.field[0];
    const char *told = request->value[OPT_TITLE];
    struct har_race_view view = {.name = told          ? told
                                         : field->name ? field->name
                                                       : base_name(races->file),
                                 .field = field,
                                 .analysis = &races->analysis[0],
                                 .shown = (size_t)races->limit,
                                 .asked = races->asked[0]};
    if (races->fields.count > 1)
        note(request, "the drawing is of \"%s\", the first of %zu races; --name chooses",
             field->name ? field->name : "", races->fields.count);
    har_render_race_svg(&text, &view, figure);
    return write_picture(request, path, &text);
}

int draw_races(const struct request *request, const struct races *races)
{
    enum har_race_figure figure;
    const char *path;
    if (is_asked(request, OPT_SVG) && !read_figure(request, &figure, &path))
        return HAR_EXIT_USAGE;
    int status = is_asked(request, OPT_HTML) ? draw_page(request, races) : HAR_EXIT_DONE;
    if (status == HAR_EXIT_DONE && is_asked(request, OPT_SVG))
        status = draw_one(request, races, figure, path);
    return status;
}
