"""Tables that are opened in spreadsheets: nothing in them runs, and what was guarded comes back as it was."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from tests.tips.rules.test_scheme_check import GOOD
from tips.rules.cells import BEGINS_FORMULA, as_meant, harmless, is_plain
from tips.rules.scheme_file import scheme_from
from tips.schemes.exchange import read_schemes, to_csv


@given(st.text(alphabet="'=+-@\t a周", max_size=6))
def test_a_guarded_cell_runs_nothing_and_comes_back(value: str) -> None:
    cell = harmless(value)

    assert not cell.startswith(BEGINS_FORMULA)
    assert as_meant(cell) == value
    assert value.startswith("'") or not is_plain(value) or cell == value


def test_a_scheme_in_a_table_runs_nothing_and_is_read_in_as_it_was() -> None:
    words = {"source": "@文件", "article": "-8"}
    scheme = scheme_from("here", {"title": "=1+1", "title_zh": "'+办法", "versions": [{**GOOD, **words}]})

    table = to_csv([scheme])

    cells = [cell for line in csv.reader(io.StringIO(table)) for cell in line]
    assert not [cell for cell in cells if cell.startswith(BEGINS_FORMULA)]
    row = read_schemes(table, is_csv=True)["here"]
    assert scheme_from("here", row) == scheme
