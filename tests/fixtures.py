#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes tests/files/: small watch files, sound and damaged, whose names say the point.

    tests/fixtures.py [FOLDER]

Every byte is made here, by formulas; no file of a real watch or runner is behind them.
What Harrier says of each lies beside it: NAME.json, and
NAME.err where there was something to complain about (`make bless` writes them).
"""
import gzip
import io
import math
import pathlib
import struct
import sys
import time

FIT_EPOCH = 631065600  # 1989-12-31T00:00:00Z
START = 1767603600  # 2026-01-05T09:00:00Z, a Monday
DAY = 86400
LAT, LON = 52.0, 5.0

# name -> (base type number, struct letter, invalid value)
TYPES = {
    "enum": (0x00, "B", 0xFF),
    "sint8": (0x01, "b", 0x7F),
    "uint8": (0x02, "B", 0xFF),
    "sint16": (0x83, "h", 0x7FFF),
    "uint16": (0x84, "H", 0xFFFF),
    "sint32": (0x85, "i", 0x7FFFFFFF),
    "uint32": (0x86, "I", 0xFFFFFFFF),
    "string": (0x07, "s", None),
    "float32": (0x88, "f", None),
    "uint8z": (0x0A, "B", 0),
    "uint32z": (0x8C, "I", 0),
    "byte": (0x0D, "B", 0xFF),
}

FILE_ID = [(0, "enum"), (1, "uint16"), (2, "uint16"), (3, "uint32z"), (4, "uint32")]
EVENT = [(253, "uint32"), (0, "enum"), (1, "enum")]
RECORD = [(253, "uint32"), (0, "sint32"), (1, "sint32"), (2, "uint16"), (5, "uint32"),
          (6, "uint16"), (3, "uint8"), (4, "uint8")]
LAP = [(253, "uint32"), (2, "uint32"), (7, "uint32"), (8, "uint32"), (9, "uint32"),
       (15, "uint8"), (23, "enum"), (24, "enum")]
SESSION = [(253, "uint32"), (2, "uint32"), (5, "enum"), (6, "enum"), (7, "uint32"),
           (8, "uint32"), (9, "uint32"), (22, "uint16"), (25, "uint16"), (26, "uint16")]
COURSE = [(4, "enum"), (5, "string", 16)]
COURSE_LAP = [(253, "uint32"), (2, "uint32"), (3, "sint32"), (4, "sint32"), (5, "sint32"),
              (6, "sint32"), (7, "uint32"), (8, "uint32"), (9, "uint32")]
COURSE_POINT = [(254, "uint16"), (1, "uint32"), (2, "sint32"), (3, "sint32"), (4, "uint32"),
                (5, "enum"), (6, "string", 16)]
ACTIVITY = [(253, "uint32"), (0, "uint32"), (1, "uint16"), (5, "uint32")]


def crc16(data):
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc


def semicircles(degrees):
    return round(degrees * 2 ** 31 / 180)


class Fit:
    """A FIT file as it grows: define a message, then add data for it."""

    def __init__(self, big_endian=False, header_size=14):
        self.order = ">" if big_endian else "<"
        self.header_size = header_size
        self.body = bytearray()
        self.known = {}

    def define(self, local, number, fields, developer=()):
        """`fields` are (number, type) or (number, type, count); `developer` are
        (number, size, index)."""
        fields = [(*field, 1)[:3] for field in fields]
        self.known[local] = fields
        big = self.order == ">"
        self.body += struct.pack("BBB", 0x40 | (0x20 if developer else 0) | local, 0, big)
        self.body += struct.pack(self.order + "HB", number, len(fields))
        for field, kind, count in fields:
            size = struct.calcsize("=" + TYPES[kind][1]) * count
            self.body += bytes([field, size, TYPES[kind][0]])
        if developer:
            self.body += bytes([len(developer)])
            for row in developer:
                self.body += bytes(row)

    def add(self, local, *values, extra=b"", header=None):
        """One message; None is the type's invalid value."""
        self.body.append(local if header is None else header)
        for (_, kind, count), value in zip(self.known[local], values):
            _, letter, invalid = TYPES[kind]
            if kind == "string":
                self.body += value.ljust(count, b"\0")[:count]
            else:
                many = value if isinstance(value, (list, tuple)) else [value] * count
                for one in many:
                    self.body += struct.pack(self.order + letter,
                                             invalid if one is None else one)
        self.body += extra

    def bytes(self, size=None, crc=None):
        """The whole file; `size` and `crc` lie if they are given."""
        size = len(self.body) if size is None else size
        head = struct.pack("<BBHI4s", self.header_size, 0x20, 2132, size, b".FIT")
        if self.header_size == 14:
            head += struct.pack("<H", crc16(head))
        whole = head + bytes(self.body)
        return whole + struct.pack("<H", crc16(whole) if crc is None else crc)


class Run:
    """Where a made-up runner is at each second: north at a steady pace, over a low hill."""

    def __init__(self, start=START, seconds=60, speed=3.5):
        self.start, self.seconds, self.speed = start, seconds, speed

    def lat(self, t):
        return LAT + self.distance(t) / 111267.0

    def distance(self, t):
        return self.speed * t

    def altitude(self, t):
        return 20 + 5 * math.sin(self.distance(t) / 300)

    def heart(self, t):
        return round(150 - 40 * math.exp(-t / 45))

    def record(self, t):
        return (self.start + t - FIT_EPOCH, semicircles(self.lat(t)), semicircles(LON),
                round((self.altitude(t) + 500) * 5), round(self.distance(t) * 100),
                round(self.speed * 1000), self.heart(t), 88)

    def clock(self, t):
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self.start + t))


def opening(fit, run, kind=4, records=RECORD):
    fit.define(0, 0, FILE_ID)
    fit.add(0, kind, 1, 2691, 1234567, run.start - FIT_EPOCH)
    fit.define(1, 21, EVENT)
    fit.add(1, run.start - FIT_EPOCH, 0, 0)
    fit.define(2, 20, records)


def closing(fit, run, sub_sport=0, sessions=None):
    end = run.start + run.seconds - FIT_EPOCH
    total = round(run.distance(run.seconds) * 100)
    fit.add(1, end, 0, 4)
    fit.define(3, 19, LAP)
    fit.add(3, end, run.start - FIT_EPOCH, run.seconds * 1000, run.seconds * 1000, total, 140,
            0, 7)
    fit.define(4, 18, SESSION)
    for row in sessions or [(end, run.start - FIT_EPOCH, 1, sub_sport, run.seconds * 1000,
                             run.seconds * 1000, total, 8, 0, 1)]:
        fit.add(4, *row)
    fit.define(5, 34, ACTIVITY)
    fit.add(5, end, run.seconds * 1000, 1, end + 3600)


def whole(run, **settings):
    fit = Fit(**settings)
    opening(fit, run)
    for t in range(run.seconds + 1):
        fit.add(2, *run.record(t))
    closing(fit, run)
    return fit


# --- FIT, sound ---------------------------------------------------------------------------


def easy_run():
    return whole(Run(seconds=480)).bytes()


def big_endian():
    return whole(Run(), big_endian=True).bytes()


def header_12_bytes():
    return whole(Run(), header_size=12).bytes()


def chained_two_runs():
    first, second = Run(START + DAY), Run(START + DAY + 7200, 45, 4.0)
    return whole(first).bytes() + whole(second).bytes()


def compressed_timestamps():
    """Each record's time is five bits in its header, counted from the last full timestamp."""
    run, fit = Run(), Fit()
    opening(fit, run)
    fit.add(2, *run.record(0))
    fit.define(3, 20, RECORD[1:])
    for t in range(1, run.seconds + 1):
        offset = run.start + t - FIT_EPOCH & 31
        fit.add(3, *run.record(t)[1:], header=0x80 | 3 << 5 | offset)
    closing(fit, run)
    return fit.bytes()


def developer_fields():
    run, fit = Run(), Fit()
    fit.define(0, 0, FILE_ID)
    fit.add(0, 4, 1, 2691, 1234567, run.start - FIT_EPOCH)
    fit.define(6, 207, [(1, "byte", 16), (3, "uint8")])
    fit.add(6, list(range(16)), 0)
    fit.define(7, 206, [(0, "uint8"), (1, "uint8"), (2, "uint8"), (3, "string", 16),
                        (8, "string", 8)])
    fit.add(7, 0, 0, TYPES["uint16"][0], b"ground_contact", b"ms")
    fit.add(7, 0, 1, TYPES["float32"][0], b"stiffness", b"kN/m")
    fit.define(1, 21, EVENT)
    fit.add(1, run.start - FIT_EPOCH, 0, 0)
    fit.define(2, 20, RECORD, developer=[(0, 2, 0), (1, 4, 0)])
    for t in range(run.seconds + 1):
        fit.add(2, *run.record(t), extra=struct.pack("<Hf", 240 + t % 7, 9.5 + t / 100))
    closing(fit, run)
    return fit.bytes()


def hr_messages():
    """A strap that was out of reach keeps the beats and sends them later, in `hr` messages."""
    run, fit = Run(), Fit()
    no_heart = [field for field in RECORD if field[0] != 3]
    opening(fit, run, records=no_heart)
    for t in range(run.seconds + 1):
        row = run.record(t)
        fit.add(2, *row[:6], row[7])
    fit.define(6, 132, [(253, "uint32"), (0, "uint16"), (9, "uint32"), (6, "uint8")])
    tick = 5000 * 1024
    fit.add(6, run.start - FIT_EPOCH, 0, tick, run.heart(0))
    fit.define(6, 132, [(10, "byte", 12), (6, "uint8", 8)])
    for first in range(1, run.seconds - 7, 8):
        packed, rates = 0, []
        for k in range(8):
            packed |= (tick + (first + k) * 1024 & 0xFFF) << 12 * k
            rates.append(run.heart(first + k))
        fit.add(6, list(packed.to_bytes(12, "little")), rates)
    closing(fit, run)
    return fit.bytes()


def invalid_values():
    """Every other second the watch knows nothing but the time."""
    run, fit = Run(), Fit()
    opening(fit, run)
    for t in range(run.seconds + 1):
        row = run.record(t)
        fit.add(2, *(row if t % 2 == 0 else (row[0],) + (None,) * 7))
    closing(fit, run)
    return fit.bytes()


def paused():
    run, fit = Run(START + 2 * DAY, 90), Fit()
    opening(fit, run)
    for t in range(31):
        fit.add(2, *run.record(t))
    fit.add(1, run.start + 30 - FIT_EPOCH, 0, 4)
    fit.add(1, run.start + 60 - FIT_EPOCH, 0, 0)
    for t in range(60, run.seconds + 1):
        fit.add(2, *run.record(t))
    closing(fit, run)
    return fit.bytes()


def treadmill():
    run, fit = Run(START + 3 * DAY), Fit()
    opening(fit, run, records=[(253, "uint32"), (5, "uint32"), (6, "uint16"), (3, "uint8")])
    for t in range(run.seconds + 1):
        now, _, _, _, distance, speed, heart, _ = run.record(t)
        fit.add(2, now, distance, speed, heart)
    closing(fit, run, sub_sport=1)
    return fit.bytes()


def multisport():
    """A duathlon: run, ride, run, each with its own session."""
    run, fit = Run(START + 4 * DAY, 90), Fit()
    opening(fit, run)
    for t in range(run.seconds + 1):
        fit.add(2, *run.record(t))
    begin = run.start - FIT_EPOCH
    rows = [(begin + 30 * (k + 1), begin + 30 * k, sport, 0, 30000, 30000, 10500, 0, k, 1)
            for k, sport in enumerate((1, 2, 1))]
    closing(fit, run, sessions=rows)
    return fit.bytes()


def unterminated_string():
    run, fit = Run(), Fit()
    opening(fit, run)
    for t in range(run.seconds + 1):
        fit.add(2, *run.record(t))
    fit.define(6, 12, [(0, "enum"), (3, "string", 8)])
    fit.add(6, 1, b"Interval")
    closing(fit, run)
    return fit.bytes()


def settings_not_an_activity():
    fit = Fit()
    fit.define(0, 0, FILE_ID)
    fit.add(0, 2, 1, 2691, 1234567, START - FIT_EPOCH)
    fit.define(1, 3, [(1, "enum"), (2, "uint8")])
    fit.add(1, 1, 30)
    return fit.bytes()


def place(lat, lon):
    return semicircles(lat), semicircles(lon)


def fit_course(name, line, pace, timed=True):
    """A course as an editor writes it: the lap before the records, a point at each kilometre.
    `line` has (metres, latitude, longitude, altitude); without times it leaves out all of them
    but the lap's, which a watch wants."""
    fit, begin = Fit(), START - FIT_EPOCH
    total, end = line[-1][0], begin + round(line[-1][0] * pace)
    clock = [(253, "uint32")] if timed else []
    fit.define(0, 0, FILE_ID)
    fit.add(0, 6, 255, 1, 7, begin)
    fit.define(1, 31, COURSE)
    fit.add(1, 1, name)
    fit.define(2, 19, COURSE_LAP)
    fit.add(2, end, begin, *place(*line[0][1:3]), *place(*line[-1][1:3]), (end - begin) * 1000,
            (end - begin) * 1000, total * 100)
    if timed:
        fit.define(3, 21, EVENT)
        fit.add(3, begin, 0, 0)
    fit.define(4, 20, clock + [(0, "sint32"), (1, "sint32"), (2, "uint16"), (5, "uint32")])
    for metres, lat, lon, altitude in line:
        when = [begin + round(metres * pace)] if timed else []
        fit.add(4, *when, *place(lat, lon), round((altitude + 500) * 5), metres * 100)
    if timed:
        fit.add(3, end, 0, 9)
    fit.define(5, 32, COURSE_POINT)
    marks = [point for point in line if point[0] % 1000 == 0 and 0 < point[0] < total]
    for index, (metres, lat, lon, _) in enumerate(marks):
        fit.add(5, index, begin + round(metres * pace) if timed else None, *place(lat, lon),
                metres * 100, 0, b"km %d" % (metres // 1000))
    return fit.bytes()


def course_out_and_back():
    """5 km over one hill and back the same way."""
    line = []
    for metres in range(0, 5001, 50):
        out = min(metres, 5000 - metres)
        line.append((metres, LAT + out / 111267.0, LON, 20 + 12 * math.sin(out / 2500 * math.pi)))
    return fit_course(b"Over the hill", line, 0.24)


def course_without_times():
    """10 km straight to the north, 60 m down, drawn by a program that knows no pace."""
    line = [(metres, LAT + metres / 111267.0, LON, 90 - 0.006 * metres)
            for metres in range(0, 10001, 100)]
    return fit_course(b"Down the river", line, 0.3, timed=False)


# --- FIT, damaged -------------------------------------------------------------------------


def bad_crc():
    return whole(Run()).bytes(crc=0x1234)


def truncated_at_record():
    data = whole(Run()).bytes()
    return data[:len(data) // 2]


def size_0_header():
    """The watch crashed before it went back to fill in the size: no session, no CRC."""
    run, fit = Run(), Fit()
    opening(fit, run)
    for t in range(run.seconds + 1):
        fit.add(2, *run.record(t))
    return fit.bytes(size=0)[:-2]


def trailing_bytes():
    return whole(Run()).bytes() + b"HRM data of another kind" * 4


def undefined_local_type():
    run, fit = Run(), Fit()
    opening(fit, run)
    for t in range(31):
        fit.add(2, *run.record(t))
    fit.body += b"\x0f\x00\x00"
    for t in range(31, run.seconds + 1):
        fit.add(2, *run.record(t))
    closing(fit, run)
    return fit.bytes()


def no_session():
    """Everything but the summary: the samples themselves must do."""
    run, fit = Run(), Fit()
    opening(fit, run)
    for t in range(run.seconds + 1):
        fit.add(2, *run.record(t))
    return fit.bytes()


def header_only():
    return whole(Run()).bytes()[:14]


def time_runs_backward():
    run, fit = Run(), Fit()
    opening(fit, run)
    for t in list(range(31)) + [20, 20, 30] + list(range(31, run.seconds + 1)):
        fit.add(2, *run.record(t))
    closing(fit, run)
    return fit.bytes()


# --- XML ----------------------------------------------------------------------------------

GPX = ('<?xml version="1.0" encoding="UTF-8"?>\n'
       '<gpx version="1.1" creator="Harrier fixtures"'
       ' xmlns="http://www.topografix.com/GPX/1/1"'
       ' xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">\n')


def gpx_points(run, seconds, extension=""):
    return "".join(
        f'<trkpt lat="{run.lat(t):.7f}" lon="{LON:.7f}"><ele>{run.altitude(t):.1f}</ele>'
        f'<time>{run.clock(t)}</time>{extension.replace("@", str(run.heart(t)))}</trkpt>\n'
        for t in seconds)


def heart_rate():
    extension = ("<extensions><gpxtpx:TrackPointExtension><gpxtpx:hr>@</gpxtpx:hr>"
                 "<gpxtpx:cad>88</gpxtpx:cad></gpxtpx:TrackPointExtension></extensions>")
    return (GPX + "<trk><name>Morning run</name><type>running</type><trkseg>\n" +
            gpx_points(Run(START + 5 * DAY), range(61), extension) +
            "</trkseg></trk></gpx>\n").encode()


def two_segments():
    run = Run(seconds=90)
    return (GPX + "<trk><trkseg>\n" + gpx_points(run, range(31)) + "</trkseg><trkseg>\n" +
            gpx_points(run, range(60, 91)) + "</trkseg></trk></gpx>\n").encode()


def version_1_0():
    run = Run()
    points = "".join(
        f'<trkpt lat="{run.lat(t):.7f}" lon="{LON:.7f}"><ele>{run.altitude(t):.1f}</ele>'
        f"<time>{run.clock(t)}</time><speed>{run.speed}</speed></trkpt>\n" for t in range(61))
    return ('<?xml version="1.0"?>\n<gpx version="1.0" creator="Harrier fixtures"'
            ' xmlns="http://www.topografix.com/GPX/1/0">\n<trk><trkseg>\n' + points +
            "</trkseg></trk></gpx>\n").encode()


def undeclared_prefix():
    text = heart_rate().decode()
    return text.replace(
        ' xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1"',
        "").encode()


def no_points():
    return (GPX + "<trk><name>Nothing</name><trkseg></trkseg></trk></gpx>\n").encode()


def cut_in_a_tag():
    data = heart_rate()
    return data[:data.index(b"<time>2026-01-10T09:00:40Z") + 12]


def entity_bomb():
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">\n' for n in range(1, 10))
    return ('<?xml version="1.0"?>\n<!DOCTYPE gpx [\n<!ENTITY l0 "ha">\n' + levels +
            "]>\n<gpx><trk><name>&l9;</name></trk></gpx>\n").encode()


def tcx(run, laps):
    text = ('<?xml version="1.0" encoding="UTF-8"?>\n<TrainingCenterDatabase'
            ' xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2">\n'
            f'<Activities><Activity Sport="Running"><Id>{run.clock(0)}</Id>\n')
    for first, last in laps:
        text += (f'<Lap StartTime="{run.clock(first)}"><TotalTimeSeconds>{last - first}'
                 f"</TotalTimeSeconds><DistanceMeters>{run.distance(last - first):.1f}"
                 "</DistanceMeters><Calories>5</Calories><Intensity>Active</Intensity>"
                 "<TriggerMethod>Manual</TriggerMethod><Track>\n")
        for t in range(first, last + 1):
            text += (f"<Trackpoint><Time>{run.clock(t)}</Time><Position><LatitudeDegrees>"
                     f"{run.lat(t):.7f}</LatitudeDegrees><LongitudeDegrees>{LON:.7f}"
                     "</LongitudeDegrees></Position><AltitudeMeters>"
                     f"{run.altitude(t):.1f}</AltitudeMeters><DistanceMeters>"
                     f"{run.distance(t):.1f}</DistanceMeters><HeartRateBpm><Value>"
                     f"{run.heart(t)}</Value></HeartRateBpm><Extensions><TPX"
                     ' xmlns="http://www.garmin.com/xmlschemas/ActivityExtension/v2"><Speed>'
                     f"{run.speed}</Speed><RunCadence>88</RunCadence></TPX></Extensions>"
                     "</Trackpoint>\n")
        text += "</Track></Lap>\n"
    return text + "</Activity></Activities></TrainingCenterDatabase>\n"


def two_laps():
    return tcx(Run(START + 6 * DAY), [(0, 30), (31, 60)]).encode()


def space_before_declaration():
    return b"          " + tcx(Run(), [(0, 60)]).encode()


def zero_distance_lap():
    return tcx(Run(), [(0, 59), (60, 60)]).encode()


def packed():
    out = io.BytesIO()
    with gzip.GzipFile("", "wb", 9, out, mtime=0) as file:
        file.write(two_laps())
    return out.getvalue()


# --- neither ------------------------------------------------------------------------------

FILES = {
    "easy-run.fit": easy_run,
    "big-endian.fit": big_endian,
    "header-12-bytes.fit": header_12_bytes,
    "chained-two-runs.fit": chained_two_runs,
    "compressed-timestamps.fit": compressed_timestamps,
    "developer-fields.fit": developer_fields,
    "hr-messages.fit": hr_messages,
    "invalid-values.fit": invalid_values,
    "paused.fit": paused,
    "treadmill.fit": treadmill,
    "multisport-run-ride-run.fit": multisport,
    "unterminated-string.fit": unterminated_string,
    "settings-not-an-activity.fit": settings_not_an_activity,
    "course-out-and-back.fit": course_out_and_back,
    "course-without-times.fit": course_without_times,
    "bad-crc.fit": bad_crc,
    "truncated-at-record.fit": truncated_at_record,
    "size-0-header.fit": size_0_header,
    "trailing-bytes.fit": trailing_bytes,
    "undefined-local-type.fit": undefined_local_type,
    "no-session.fit": no_session,
    "header-only.fit": header_only,
    "time-runs-backward.fit": time_runs_backward,
    "heart-rate.gpx": heart_rate,
    "two-segments.gpx": two_segments,
    "version-1.0-with-speed.gpx": version_1_0,
    "undeclared-prefix.gpx": undeclared_prefix,
    "no-points.gpx": no_points,
    "cut-in-a-tag.gpx": cut_in_a_tag,
    "entity-bomb.gpx": entity_bomb,
    "two-laps.tcx": two_laps,
    "two-laps.tcx.gz": packed,
    "space-before-declaration.tcx": space_before_declaration,
    "zero-distance-lap.tcx": zero_distance_lap,
    "empty.fit": lambda: b"",
    "not-a-watch-file.fit": lambda: b"Dear diary, today I ran. My watch was at home.\n",
}


def main():
    folder = pathlib.Path(sys.argv[1]) if sys.argv[1:] else \
        pathlib.Path(__file__).resolve().parent / "files"
    folder.mkdir(exist_ok=True)
    for name, make in FILES.items():
        (folder / name).write_bytes(make())
    print(f"{len(FILES)} files in {folder}")


if __name__ == "__main__":
    main()
