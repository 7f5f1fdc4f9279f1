/* SPDX-License-Identifier: MIT */
/* Names of sports. The numbers and the plain names are those of the FIT profile; the other
 * spellings are what Garmin Connect, Strava, Polar, Suunto, Runtastic, Keep and the TCX
 * schema write into their files. Our decision: a name is compared by its letters and digits
 * alone, so that "Trail Running", "trail_running" and "TrailRunning" are one word; a name
 * in no list is unknown, never guessed. */

#include "harrier/activity.h"

#include <stdio.h>
#include <string.h>

enum { LONGEST_WORD = 31 };

static const struct sport {
    unsigned number;
    const char *name;
    bool on_foot;
} sports[] = {
    {HAR_SPORT_GENERIC, "generic", false},
    {HAR_SPORT_RUNNING, "running", true},
    {HAR_SPORT_CYCLING, "cycling", false},
    {HAR_SPORT_TRANSITION, "transition", false},
    {HAR_SPORT_FITNESS_EQUIPMENT, "fitness_equipment", false},
    {HAR_SPORT_SWIMMING, "swimming", false},
    {HAR_SPORT_TRAINING, "training", false},
    {HAR_SPORT_WALKING, "walking", true},
    {HAR_SPORT_CROSS_COUNTRY_SKIING, "cross_country_skiing", false},
    {HAR_SPORT_HIKING, "hiking", true},
    {HAR_SPORT_MULTISPORT, "multisport", false},
    {HAR_SPORT_UNKNOWN, "unknown", false},
};
enum { SPORTS = sizeof sports / sizeof *sports };

static const struct sub_sport {
    unsigned number;
    const char *name;
} sub_sports[] = {
    {HAR_SUB_SPORT_GENERIC, "generic"},
    {HAR_SUB_SPORT_TREADMILL, "treadmill"},
    {HAR_SUB_SPORT_STREET, "street"},
    {HAR_SUB_SPORT_TRAIL, "trail"},
    {HAR_SUB_SPORT_TRACK, "track"},
    {HAR_SUB_SPORT_LAP_SWIMMING, "lap_swimming"},
    {HAR_SUB_SPORT_OPEN_WATER, "open_water"},
    {HAR_SUB_SPORT_INDOOR_RUNNING, "indoor_running"},
    {HAR_SUB_SPORT_VIRTUAL_ACTIVITY, "virtual_activity"},
    {HAR_SUB_SPORT_ULTRA, "ultra"},
    {HAR_SUB_SPORT_UNKNOWN, "unknown"},
};
enum { SUB_SPORTS = sizeof sub_sports / sizeof *sub_sports };

/* Words as plain() leaves them. A word that says nothing of the sub-sport has
 * HAR_SUB_SPORT_UNKNOWN. */
static const struct word {
    const char *word;
    unsigned sport, sub_sport;
} words[] = {
    {"generic", HAR_SPORT_GENERIC, HAR_SUB_SPORT_UNKNOWN},
    {"other", HAR_SPORT_GENERIC, HAR_SUB_SPORT_UNKNOWN},
    {"running", HAR_SPORT_RUNNING, HAR_SUB_SPORT_UNKNOWN},
    {"run", HAR_SPORT_RUNNING, HAR_SUB_SPORT_UNKNOWN},
    {"jogging", HAR_SPORT_RUNNING, HAR_SUB_SPORT_UNKNOWN},
    {"jog", HAR_SPORT_RUNNING, HAR_SUB_SPORT_UNKNOWN},
    {"obstaclerun", HAR_SPORT_RUNNING, HAR_SUB_SPORT_UNKNOWN},
    {"streetrunning", HAR_SPORT_RUNNING, HAR_SUB_SPORT_STREET},
    {"roadrunning", HAR_SPORT_RUNNING, HAR_SUB_SPORT_STREET},
    {"trailrunning", HAR_SPORT_RUNNING, HAR_SUB_SPORT_TRAIL},
    {"trailrun", HAR_SPORT_RUNNING, HAR_SUB_SPORT_TRAIL},
    {"trackrunning", HAR_SPORT_RUNNING, HAR_SUB_SPORT_TRACK},
    {"trackrun", HAR_SPORT_RUNNING, HAR_SUB_SPORT_TRACK},
    {"treadmillrunning", HAR_SPORT_RUNNING, HAR_SUB_SPORT_TREADMILL},
    {"treadmillrun", HAR_SPORT_RUNNING, HAR_SUB_SPORT_TREADMILL},
    {"treadmill", HAR_SPORT_RUNNING, HAR_SUB_SPORT_TREADMILL},
    {"indoorrunning", HAR_SPORT_RUNNING, HAR_SUB_SPORT_INDOOR_RUNNING},
    {"indoorrun", HAR_SPORT_RUNNING, HAR_SUB_SPORT_INDOOR_RUNNING},
    {"virtualrunning", HAR_SPORT_RUNNING, HAR_SUB_SPORT_VIRTUAL_ACTIVITY},
    {"virtualrun", HAR_SPORT_RUNNING, HAR_SUB_SPORT_VIRTUAL_ACTIVITY},
    {"ultrarunning", HAR_SPORT_RUNNING, HAR_SUB_SPORT_ULTRA},
    {"ultrarun", HAR_SPORT_RUNNING, HAR_SUB_SPORT_ULTRA},
    {"cycling", HAR_SPORT_CYCLING, HAR_SUB_SPORT_UNKNOWN},
    {"biking", HAR_SPORT_CYCLING, HAR_SUB_SPORT_UNKNOWN},
    {"bike", HAR_SPORT_CYCLING, HAR_SUB_SPORT_UNKNOWN},
    {"ride", HAR_SPORT_CYCLING, HAR_SUB_SPORT_UNKNOWN},
    {"roadbiking", HAR_SPORT_CYCLING, HAR_SUB_SPORT_UNKNOWN},
    {"roadcycling", HAR_SPORT_CYCLING, HAR_SUB_SPORT_UNKNOWN},
    {"mountainbiking", HAR_SPORT_CYCLING, HAR_SUB_SPORT_UNKNOWN},
    {"mountainbikeride", HAR_SPORT_CYCLING, HAR_SUB_SPORT_UNKNOWN},
    {"gravelcycling", HAR_SPORT_CYCLING, HAR_SUB_SPORT_UNKNOWN},
    {"gravelride", HAR_SPORT_CYCLING, HAR_SUB_SPORT_UNKNOWN},
    {"indoorcycling", HAR_SPORT_CYCLING, HAR_SUB_SPORT_UNKNOWN},
    {"ebikeride", HAR_SPORT_CYCLING, HAR_SUB_SPORT_UNKNOWN},
    {"virtualride", HAR_SPORT_CYCLING, HAR_SUB_SPORT_VIRTUAL_ACTIVITY},
    {"transition", HAR_SPORT_TRANSITION, HAR_SUB_SPORT_UNKNOWN},
    {"fitnessequipment", HAR_SPORT_FITNESS_EQUIPMENT, HAR_SUB_SPORT_UNKNOWN},
    {"elliptical", HAR_SPORT_FITNESS_EQUIPMENT, HAR_SUB_SPORT_UNKNOWN},
    {"stairclimbing", HAR_SPORT_FITNESS_EQUIPMENT, HAR_SUB_SPORT_UNKNOWN},
    {"swimming", HAR_SPORT_SWIMMING, HAR_SUB_SPORT_UNKNOWN},
    {"swim", HAR_SPORT_SWIMMING, HAR_SUB_SPORT_UNKNOWN},
    {"lapswimming", HAR_SPORT_SWIMMING, HAR_SUB_SPORT_LAP_SWIMMING},
    {"poolswimming", HAR_SPORT_SWIMMING, HAR_SUB_SPORT_LAP_SWIMMING},
    {"poolswim", HAR_SPORT_SWIMMING, HAR_SUB_SPORT_LAP_SWIMMING},
    {"openwaterswimming", HAR_SPORT_SWIMMING, HAR_SUB_SPORT_OPEN_WATER},
    {"openwaterswim", HAR_SPORT_SWIMMING, HAR_SUB_SPORT_OPEN_WATER},
    {"training", HAR_SPORT_TRAINING, HAR_SUB_SPORT_UNKNOWN},
    {"workout", HAR_SPORT_TRAINING, HAR_SUB_SPORT_UNKNOWN},
    {"cardio", HAR_SPORT_TRAINING, HAR_SUB_SPORT_UNKNOWN},
    {"indoorcardio", HAR_SPORT_TRAINING, HAR_SUB_SPORT_UNKNOWN},
    {"strengthtraining", HAR_SPORT_TRAINING, HAR_SUB_SPORT_UNKNOWN},
    {"weighttraining", HAR_SPORT_TRAINING, HAR_SUB_SPORT_UNKNOWN},
    {"yoga", HAR_SPORT_TRAINING, HAR_SUB_SPORT_UNKNOWN},
    {"walking", HAR_SPORT_WALKING, HAR_SUB_SPORT_UNKNOWN},
    {"walk", HAR_SPORT_WALKING, HAR_SUB_SPORT_UNKNOWN},
    {"casualwalking", HAR_SPORT_WALKING, HAR_SUB_SPORT_UNKNOWN},
    {"speedwalking", HAR_SPORT_WALKING, HAR_SUB_SPORT_UNKNOWN},
    {"nordicwalking", HAR_SPORT_WALKING, HAR_SUB_SPORT_UNKNOWN},
    {"crosscountryskiing", HAR_SPORT_CROSS_COUNTRY_SKIING, HAR_SUB_SPORT_UNKNOWN},
    {"nordicski", HAR_SPORT_CROSS_COUNTRY_SKIING, HAR_SUB_SPORT_UNKNOWN},
    {"hiking", HAR_SPORT_HIKING, HAR_SUB_SPORT_UNKNOWN},
    {"hike", HAR_SPORT_HIKING, HAR_SUB_SPORT_UNKNOWN},
    {"multisport", HAR_SPORT_MULTISPORT, HAR_SUB_SPORT_UNKNOWN},
    {"triathlon", HAR_SPORT_MULTISPORT, HAR_SUB_SPORT_UNKNOWN},
    {"duathlon", HAR_SPORT_MULTISPORT, HAR_SUB_SPORT_UNKNOWN},
};
enum { WORDS = sizeof words / sizeof *words };

const char *har_sport_name(unsigned sport, char *buffer)
{
    for (size_t i = 0; i < SPORTS; i++)
        if (sports[i].number == sport) return sports[i].name;
    snprintf(buffer, HAR_SPORT_NAME, "sport-%u", sport);
    return buffer;
}

const char *har_sub_sport_name(unsigned sub_sport, char *buffer)
{
    for (size_t i = 0; i < SUB_SPORTS; i++)
        if (sub_sports[i].number == sub_sport) return sub_sports[i].name;
    snprintf(buffer, HAR_SPORT_NAME, "sport-%u", sub_sport);
    return buffer;
}

/* Small letters and digits only. False if that is longer than any word we know. */
static bool plain(struct har_bytes name, char word[LONGEST_WORD + 1])
{
    size_t length = 0;
    for (size_t i = 0; i < name.size; i++) {
        uint8_t c = name.data[i];
        if (c >= 'A' && c <= 'Z') c = (uint8_t)(c - 'A' + 'a');
        bool ignored = c < 0x80 && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9');
        if (ignored) continue;
        if (length == LONGEST_WORD) return false;
        word[length++] = (char)c;
    }
    word[length] = '\0';
    return true;
}

unsigned har_sport_of(struct har_bytes name, unsigned *sub_sport)
{
    char word[LONGEST_WORD + 1];
    if (!plain(name, word)) return HAR_SPORT_UNKNOWN;
    for (size_t i = 0; i < WORDS; i++) {
        if (strcmp(words[i].word, word) != 0) continue;
        if (sub_sport && words[i].sub_sport != HAR_SUB_SPORT_UNKNOWN)
            *sub_sport = words[i].sub_sport;
        return words[i].sport;
    }
    return HAR_SPORT_UNKNOWN;
}

bool har_sport_is_on_foot(unsigned sport)
{
    for (size_t i = 0; i < SPORTS; i++)
        if (sports[i].number == sport) return sports[i].on_foot;
    return false;
}
