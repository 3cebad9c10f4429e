"""A map drawn by the server: outlines in degrees become paths in the units of the drawing."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from accord.places.queries import PlaceRow

WIDTH = 700
MARGIN = 12
LETTER = 7.4  # mean width of a letter of the labels, in units
LINE = 15
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Projection:
    """Equirectangular, with degrees of longitude shortened as at the middle latitude: true enough for one country."""

    west: float
    north: float
    shorten: float
    scale: float
    height: int

    @classmethod
    def over(cls, outlines: Iterable[Mapping[str, Any]]) -> "Projection":
        points = [p for outline in outlines for ring in rings(outline) for p in ring]
        lons, lats = [p[0] for p in points], [p[1] for p in points]
        shorten = math.cos(math.radians((min(lats) + max(lats)) / 2))
        scale = (WIDTH - 2 * MARGIN) / ((max(lons) - min(lons)) * shorten)
        height = math.ceil((max(lats) - min(lats)) * scale) + 2 * MARGIN
        return cls(min(lons), max(lats), shorten, scale, height)

    def __call__(self, lon: float, lat: float) -> tuple[int, int]:
        return (
            round((lon - self.west) * self.shorten * self.scale) + MARGIN,
            round((self.north - lat) * self.scale) + MARGIN,
        )

    def path(self, outline: Mapping[str, Any]) -> str:
        """Whole units, each step relative to the last: light, and no eye sees the difference."""
        return "".join(self._ring(ring) for ring in rings(outline))

    def _ring(self, ring: list[list[float]]) -> str:
        points = [self(lon, lat) for lon, lat in ring]
        x, y = points[0]
        words = [f"M{x} {y}l"]
        for nx, ny in points[1:]:
            if (nx, ny) != (x, y):
                words.append(f"{nx - x} {ny - y} ".replace(" -", "-"))
                x, y = nx, ny
        return "".join(words).rstrip() + "z"


def rings(outline: Mapping[str, Any]) -> list[list[list[float]]]:
    """The outer rings of a polygon or of several; holes do not matter at this size."""
    coordinates = outline.get("coordinates", [])
    return [coordinates[0]] if outline.get("type") == "Polygon" else [polygon[0] for polygon in coordinates]


def drawn(
    outlined: Iterable[PlaceRow],
    sites: Iterable[PlaceRow],
    states: Mapping[UUID, str],
    headquarters: UUID | None,
) -> dict[str, Any] | None:
    """Arguments of the map macro; None where there is no outline to draw."""
    outlined = list(outlined)
    if not outlined:
        return None
    project = Projection.over([p.outline for p in outlined if p.outline])
    inside = [s for s in sites if s.latitude is not None and s.longitude is not None and _near(s, project)]
    areas = [_area(place, project, states) for place in outlined]
    _name_areas(areas, {s.name for s in inside})
    return {
        "viewbox": f"0 0 {WIDTH} {project.height}",
        "areas": areas,
        "sites": _labelled(inside, project, states, headquarters, [_box_of(a) for a in areas if "label_x" in a]),
    }


def _name_areas(areas: list[dict[str, Any]], said: set[str]) -> None:
    """Drop the words every name has ("Governorate"), and the label of an area whose city already says it."""
    in_all = set[str].intersection(*(set(a["name"].split()) for a in areas)) if len(areas) > 1 else set()
    for area in areas:
        area["name"] = " ".join(w for w in area["name"].split() if w not in in_all) or area["name"]
        if area["name"] in said:
            area.pop("label_x", None)


def _box_of(area: Mapping[str, Any]) -> Box:
    half = len(area["name"]) * LETTER / 2
    return (area["label_x"] - half, area["label_y"] - LINE, area["label_x"] + half, area["label_y"])


def _near(site: PlaceRow, project: Projection) -> bool:
    x, y = project(site.longitude or 0, site.latitude or 0)
    return 0 <= x <= WIDTH and 0 <= y <= project.height


def _area(place: PlaceRow, project: Projection, states: Mapping[UUID, str]) -> dict[str, Any]:
    state = states.get(place.id, "out")
    area: dict[str, Any] = {"name": place.name, "state": state, "d": project.path(place.outline or {})}
    if place.latitude is not None and place.longitude is not None:
        x, y = project(place.longitude, place.latitude)
        area |= {"label_x": x, "label_y": y}
    return area


def _labelled(
    sites: list[PlaceRow],
    project: Projection,
    states: Mapping[UUID, str],
    headquarters: UUID | None,
    taken: list[Box],
) -> list[dict[str, Any]]:
    """Sites in force first, each label on the side where it covers the least of the others."""
    found = []
    for site in sorted(sites, key=lambda s: (s.id != headquarters, states.get(s.id) != "in_force", s.name)):
        x, y = project(site.longitude or 0, site.latitude or 0)
        boxes = _boxes(x, y, len(site.name) * LETTER)
        side = min(boxes, key=lambda name: sum(_overlap(boxes[name], other) for other in taken))
        taken += [boxes[side], (x - 5, y - 5, x + 5, y + 5)]
        state = "hq" if site.id == headquarters else "in_force" if states.get(site.id) == "in_force" else "out"
        found.append({"name": site.name, "x": x, "y": y, "state": state, "side": side})
    return found


def _boxes(x: int, y: int, width: float) -> dict[str, Box]:
    return {
        "end": (x + 9, y - LINE / 2, x + 9 + width, y + LINE / 2),
        "start": (x - 9 - width, y - LINE / 2, x - 9, y + LINE / 2),
        "top": (x - width / 2, y - 9 - LINE, x + width / 2, y - 9),
        "below": (x - width / 2, y + 6, x + width / 2, y + 6 + LINE),
    }


def _overlap(a: Box, b: Box) -> float:
    return max(0, min(a[2], b[2]) - max(a[0], b[0])) * max(0, min(a[3], b[3]) - max(a[1], b[1]))
