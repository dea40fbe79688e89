"""JSON-stat 2 (https://json-stat.org/full/): datasets, collections of them, and version 1's."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ringvirkning.finding import Finding
from ringvirkning.intake.cubes import Category, Cube, CubeCell, Dimension, check_size
from ringvirkning.intake.sheets import Refused
from ringvirkning.intake.sheets.dates import any_period, iso

ROLE_NAMES = ("time", "geo", "metric")
MOST_DATASETS = 20  # of a collection


class NumberText(str):
    """A number as it is written: 12.50 stays so."""


def cubes_of_json(data: bytes, file: str) -> list[Cube]:
    """The datasets of a file. Raises Refused for JSON that is broken, or no JSON-stat."""
    try:
        found = json.loads(
            data.decode("utf-8-sig"),
            parse_float=NumberText,
            parse_int=NumberText,
            parse_constant=str,
        )
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise Refused(Finding("cube_json", file, line)) from None
    datasets = [*datasets_in(found)][:MOST_DATASETS]
    if not datasets:
        raise Refused(Finding("no_json_stat", file))
    return [cube(dataset, file) for dataset in datasets]


def datasets_in(found: Any) -> Iterator[Mapping[str, Any]]:
    """The datasets themselves: what a collection only links to is not fetched."""
    if not isinstance(found, dict):
        return
    if found.get("class") == "collection":
        items = table_in(found, "link").get("item")
        for item in items if isinstance(items, list) else []:
            if isinstance(item, dict) and "dimension" in item and "value" in item:
                yield item
    elif "dimension" in found and "value" in found:
        yield found
    elif isinstance(found.get("dataset"), dict):  # version 1
        yield from datasets_in(found["dataset"])


def table_in(holder: Any, name: str) -> Mapping[str, Any]:
    found = holder.get(name) if isinstance(holder, dict) else None
    return found if isinstance(found, dict) else {}


def text_in(holder: Any, name: str) -> str:
    found = holder.get(name) if isinstance(holder, dict) else None
    return " ".join(found.split()) if isinstance(found, str) else ""


def list_in(holder: Any, name: str) -> list[Any]:
    found = holder.get(name) if isinstance(holder, dict) else None
    return found if isinstance(found, list) else []


def cube(dataset: Mapping[str, Any], file: str) -> Cube:
    inner = table_in(dataset, "dimension")
    told = dataset if "id" in dataset else inner  # version 1 has them inside
    codes = list_in(told, "id")
    sizes = [whole_in_json(size) for size in list_in(told, "size")]
    are_names = all(isinstance(code, str) for code in codes) and len({*codes}) == len(codes)
    if len(codes) != len(sizes) or not are_names:
        found = f"id {len(codes)}, size {len(sizes)}"
        raise Refused(Finding("cube_shape", file, found=found))
    count = check_size(sizes, file)
    dimensions = [
        dimension_of_json(code, table_in(inner, code), size, file)
        for code, size in zip(codes, sizes, strict=True)
    ]
    time, place, measure = (role(told, name, codes) for name in ROLE_NAMES)
    return Cube(
        text_in(dataset, "label"),
        dimensions,
        cells_of(dataset, count, file),
        time=time,
        place=place,
        measure=measure,
        source=text_in(dataset, "source"),
        address=text_in(dataset, "href"),
        updated=iso(text_in(dataset, "updated")[:10]) or "",
    )


def role(told: Mapping[str, Any], name: str, codes: Sequence[str]) -> str:
    """The first dimension that has a role."""
    return next((code for code in list_in(table_in(told, "role"), name) if code in codes), "")


def whole_in_json(text: Any) -> int:
    """A whole number of JSON, 0 for what is none."""
    is_one = isinstance(text, NumberText) and text.isdecimal() and len(text) < 10
    return int(text) if is_one else 0


def dimension_of_json(code: str, told: Mapping[str, Any], size: int, file: str) -> Dimension:
    """A dimension, its categories in their order. Raises Refused where they aren't as many as its
    size says, or two have one place or one name."""
    category = table_in(told, "category")
    labels, units = table_in(category, "label"), table_in(category, "unit")
    index = category.get("index")
    if index is None and len(labels) == 1:  # one alone needs no order
        index = list(labels)
    if isinstance(index, dict):
        places = {whole_in_json(place): name for name, place in index.items()}
        is_order = len(places) == len(index) == size
        index = [places.get(place) for place in range(size)] if is_order else None
    names = index if isinstance(index, list) else []
    are_names = all(isinstance(name, str) for name in names) and len({*names}) == len(names)
    if len(names) != size or not are_names:
        found = f"{len(names)} ({code[:40]})"
        raise Refused(Finding("cube_shape", file, found=found, expected=str(size)))
    categories = [
        Category(
            name,
            label := text_in(labels, name) or name,
            unit=unit_of(units.get(name)),
            period=any_period(name) or any_period(label) or "",
        )
        for name in names
    ]
    return Dimension(code, text_in(told, "label") or code, categories)


def unit_of(unit: Any) -> str:
    return text_in(unit, "base") or text_in(unit, "label") or text_in(unit, "symbol")


def cells_of(dataset: Mapping[str, Any], count: int, file: str) -> dict[int, CubeCell]:
    """The cells by place, from a list or an object of values, and one of signs for them."""
    values, status = dataset["value"], dataset.get("status")
    if isinstance(values, list):
        numbers = by_order(values, count, file)
    else:
        numbers = by_place(values, count, file)
    if isinstance(status, str):
        signs = dict.fromkeys(range(count), status)
    elif isinstance(status, list):
        # One sign alone is that of every cell.
        signs = by_order(status if len(status) != 1 else status * count, count, file)
    else:
        signs = by_place(status or {}, count, file)
    return {
        place: CubeCell(written_in_json(numbers.get(place)), written_in_json(signs.get(place)))
        for place in numbers.keys() | signs.keys()
    }


def by_order(found: Sequence[Any], count: int, file: str) -> dict[int, Any]:
    """A list of what stands in each place. Raises Refused for another number of them."""
    if len(found) != count:
        raise Refused(Finding("cube_count", file, found=str(len(found)), expected=str(count)))
    return dict(enumerate(found))


def by_place(found: Any, count: int, file: str) -> dict[int, Any]:
    """An object whose names are places. Raises Refused for another name."""
    told = found if isinstance(found, dict) else {}
    wrong = next(
        (name for name in told if not (name.isdecimal() and len(name) < 10 and int(name) < count)),
        None,
    )
    if wrong is not None:
        raise Refused(Finding("cube_count", file, found=wrong[:80], expected=f"0–{count - 1}"))
    return {int(name): value for name, value in told.items()}


def written_in_json(value: Any) -> str:
    """A value as its text; one that is no number stays so, and is found."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value)[:80]
