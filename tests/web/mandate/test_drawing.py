"""Outlines become paths; labels keep out of each other's way."""

from typing import Any
from uuid import UUID

from accord.kernel.keys import new_key
from accord.places.queries import PlaceRow
from accord.web.mandate.drawing import MARGIN, WIDTH, Projection, drawn, rings

SQUARE = {"type": "Polygon", "coordinates": [[[40.0, 30.0], [44.0, 30.0], [44.0, 34.0], [40.0, 34.0], [40.0, 30.0]]]}
NEXT = {"type": "MultiPolygon", "coordinates": [[[[44.0, 30.0], [48.0, 30.0], [48.0, 34.0], [44.0, 30.0]]]]}


def place(name: str, lon: float, lat: float, outline: dict[str, Any] | None = None) -> PlaceRow:
    return PlaceRow(new_key(), name.lower(), "governorate", name, None, "", lat, lon, outline)


def test_the_projection_fits_the_drawing_and_puts_north_on_top() -> None:
    project = Projection.over([SQUARE, NEXT])
    assert project(40.0, 34.0) == (MARGIN, MARGIN)
    assert project(48.0, 34.0)[0] == WIDTH - MARGIN
    assert project(44.0, 33.0)[1] < project(44.0, 31.0)[1]


def test_a_degree_of_longitude_is_shorter_than_one_of_latitude() -> None:
    project = Projection.over([SQUARE, NEXT])
    east = project(41.0, 32.0)[0] - project(40.0, 32.0)[0]
    south = project(40.0, 31.0)[1] - project(40.0, 32.0)[1]
    assert east < south


def test_a_path_is_closed_and_drops_points_that_fall_together() -> None:
    project = Projection.over([SQUARE, NEXT])
    path = project.path(SQUARE)
    assert path.startswith("M")
    assert path.endswith("z")
    close = {"type": "Polygon", "coordinates": [[[40.0, 30.0], [40.0001, 30.0], [44.0, 30.0], [44.0, 34.0]]]}
    wide = {"type": "Polygon", "coordinates": [[[40.0, 30.0], [44.0, 30.0], [44.0, 34.0]]]}
    assert project.path(close) == project.path(wide)


def test_several_outer_rings_are_all_drawn() -> None:
    assert len(rings(NEXT)) == 1
    two = {"type": "MultiPolygon", "coordinates": [*NEXT["coordinates"], SQUARE["coordinates"]]}
    assert Projection.over([two]).path(two).count("M") == 2


def test_nothing_to_draw_is_no_drawing() -> None:
    assert drawn([], [place("Alone", 41, 31)], {}, None) is None


def test_labels_of_neighbours_take_different_sides() -> None:
    areas = [place("North Province", 42, 32, SQUARE), place("South Province", 46, 32, NEXT)]
    sites = [place(name, 42.0 + step / 50, 31.0) for step, name in enumerate(("Alpha", "Bravo", "Carol"))]
    states: dict[UUID, str] = {s.id: "in_force" for s in sites}
    picture = drawn(areas, sites, states, None)
    assert picture is not None
    assert len({s["side"] for s in picture["sites"]}) == 3


def test_a_site_far_away_is_not_drawn_and_the_headquarters_is_marked() -> None:
    areas = [place("North Province", 42, 32, SQUARE), place("South Province", 46, 32, NEXT)]
    here, far = place("Here", 42, 31), place("Far", 14, 40)
    picture = drawn(areas, [here, far], {}, here.id)
    assert picture is not None
    assert [(s["name"], s["state"]) for s in picture["sites"]] == [("Here", "hq")]


def test_an_area_named_like_its_city_is_labelled_once() -> None:
    areas = [place("Anbar Province", 42, 32, SQUARE), place("Basra Province", 46, 32, NEXT)]
    picture = drawn(areas, [place("Basra", 47, 31)], {}, None)
    assert picture is not None
    assert [a["name"] for a in picture["areas"]] == ["Anbar", "Basra"]
    assert ["label_x" in a for a in picture["areas"]] == [True, False]
