/* SPDX-License-Identifier: MIT */
/* Learns the priors of the room `runner` and says how well they foretell.
 *
 *     prior_bench HISTORIES.csv PBS.csv         the table of docs/prediction.md
 *     prior_bench HISTORIES.csv PBS.csv data    also writes data/prior*.tsv
 *
 * HISTORIES: dated results of many athletes (athlete, sex, date, event, mark, eligible).
 * PBS: bests of many recreational runners, undated. The table is out of sample: each
 * quarter of the athletes is foretold by priors, shifts and quantiles learnt from the
 * others. */

#include "judge.h"
#include "learn.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const asking_name[HAR_ASKINGS] = {"race_all",        "race_other",
                                                     "best_all",        "best_other",
                                                     "race_from_bests", "best_from_bests"};
static const char *const kind_name[] = {"track", "short", "steeplechase", "road"};

/* Prints the table, out of sample: four priors, each asked about those it has not seen. And
 * learns the prior of all, whose errors are those that the four made. */
static void study(const struct careers *careers, const struct layout *layout, bool whole,
                  struct har_arena *arena, struct har_prior *out)
{
    struct verdicts verdicts[PROTOCOLS] = {0};
    struct har_prior prior[FOLDS];
    for (unsigned fold = 0; fold < FOLDS; fold++) {
        learn_prior(careers, layout, fold, prior + fold);
        for (int p = 0; p < PROTOCOLS; p++)
            ask_all(careers, layout, fold, (enum protocol)p, prior + fold, arena,
                    verdicts + p);
    }
    for (unsigned fold = 0; fold < FOLDS; fold++)
        set_errors(verdicts, layout, fold, prior + fold);
    for (int p = 0; p < PROTOCOLS; p++)
        if (verdicts[p].count > 0) print_row((enum protocol)p, verdicts + p, prior);
    fflush(stdout);
    if (!whole) return;
    learn_prior(careers, layout, FOLDS, out);
    set_errors(verdicts, layout, FOLDS, out);
}

/* How many of the careers, all their marks known, take the prior that was learnt from them.
 */
static void print_choice(const struct careers *careers, const struct har_prior *own)
{
    size_t right = 0, asked = 0;
    struct har_arena arena = {0};
    for (size_t i = 0; i < careers->count; i++) {
        const struct career *c = careers->career + i;
        struct har_evidence *evidence = HAR_NEW(&arena, struct har_evidence, c->count);
        struct har_curve curve;
        for (size_t k = 0; evidence && k < c->count; k++)
            evidence[k] = careers->mark[c->first + k].evidence;
        if (!evidence || c->count < 2 ||
            har_curve_fit(NULL, c->sex, evidence, c->count, INT64_MAX / 2, &arena, &curve,
                          NULL))
            continue;
        asked++;
        right += curve.prior == own;
        har_arena_reset(&arena);
    }
    har_arena_free(&arena);
    printf("\n%zu of %zu with two marks or more take the prior \"%s\" as it stands.\n",
           right, asked, own->name);
}

static FILE *open_table(const char *folder, const char *name, const char *about)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (!file) {
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
        exit(EXIT_FAILURE);
    }
    fprintf(file,
            "# %s\n"
            "# Source: learnt by bench/prior from careers: elite, dated results of "
            "distance runners of\n"
            "#         the European Championships of 2024 (Apache-2.0); recreational, "
            "personal bests\n"
            "#         of runners of 2015. Numbers about a population; no runner's mark is "
            "in here.\n"
            "# Date: 2026-11-22. Licence: facts.\n",
            about);
    return file;
}

static void write_tables(const char *folder, const struct har_prior *const *prior,
                         size_t count)
{
    FILE *rows = open_table(folder, "prior.tsv",
                            "What runners of a population have in common, in ln seconds "
                            "(har_prior_row in runner.h).");
    FILE *terms = open_table(folder, "prior_terms.tsv",
                             "Memories and limits of each prior (har_prior in runner.h).");
    FILE *errors =
        open_table(folder, "prior_errors.tsv",
                   "Quantiles of the errors out of sample, in sd, by the way of asking.");
    fputs("prior\tcode\tkind\tdistance_m\tmarks\tmen\twomen\tlevel\tbend\town\tdrift\town_"
          "drift\t"
          "form\town_form\tnoise\tshort_track\twinter\tspring",
          rows);
    for (int a = 0; a < HAR_ASKINGS; a++) fprintf(rows, "\t%s", asking_name[a]);
    fputs("\n", rows);
    fputs("prior\tdrift_days\tform_days\tslow\tfast\twindow_days\n", terms);
    fputs("prior\tasking\tq2.5\tq10\tq25\tq75\tq90\tq97.5\n", errors);
    for (size_t i = 0; i < count; i++) {
        const struct har_prior *p = prior[i];
        for (size_t r = 0; r < p->rows; r++) {
            const struct har_prior_row *w = p->row + r;
            fprintf(rows,
                    "%s\t%s\t%s\t%.3f\t%.0f\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\t%."
                    "4f\t%.4f"
                    "\t%.4f\t%.4f\t%.4f\t%.4f",
                    p->name, w->code, kind_name[w->kind], w->distance_m, w->marks, w->men,
                    w->women, w->level, w->bend, w->own, w->drift, w->own_drift, w->form,
                    w->own_form, w->noise, w->short_track, w->winter, w->spring);
            for (int a = 0; a < HAR_ASKINGS; a++) fprintf(rows, "\t%.4f", w->shift[a]);
            fputs("\n", rows);
        }
        fprintf(terms, "%s\t%.0f\t%.1f\t%g\t%g\t%.0f\n", p->name, p->drift_days,
                p->form_days, p->slow, p->fast, p->window_days);
        for (int a = 0; a < HAR_ASKINGS; a++) {
            fprintf(errors, "%s\t%s", p->name, asking_name[a]);
            for (int q = 0; q < HAR_QUANTILES; q++)
                fprintf(errors, "\t%.2f", p->quantile[a][q]);
            fputs("\n", errors);
        }
    }
    if (fclose(rows) || fclose(terms) || fclose(errors)) {
        fprintf(stderr, "%s: %s\n", folder, strerror(errno));
        exit(EXIT_FAILURE);
    }
}

int main(int argc, char **argv)
{
    if (argc < 3 || argc > 4) {
        fprintf(stderr, "use: prior_bench HISTORIES.csv PBS.csv [FOLDER]\n");
        return EXIT_FAILURE;
    }
    struct har_arena arena = {0};
    struct careers elite = read_careers(argv[1], &layout_elite, &arena);
    struct careers recreational = read_careers(argv[2], &layout_recreational, &arena);
    fprintf(stderr, "%zu careers of %zu marks, %zu runners of %zu bests\n", elite.count,
            elite.mark_count, recreational.count, recreational.mark_count);
    puts("| foretold | n | error % | median | bias | within 50 / 80 / 95 % | Riegel | "
         "Cameron | VDOT |\n|---|---|---|---|---|---|---|---|---|");
    static struct har_prior whole[2];
    const struct har_prior *const both[] = {whole, whole + 1};
    study(&elite, &layout_elite, argc == 4, &arena, whole);
    study(&recreational, &layout_recreational, argc == 4, &arena, whole + 1);
    if (argc == 4) write_tables(argv[3], both, 2);
    else {
        print_choice(&elite, &har_prior_elite);
        print_choice(&recreational, &har_prior_recreational);
    }
    har_arena_free(&arena);
    return EXIT_SUCCESS;
}
