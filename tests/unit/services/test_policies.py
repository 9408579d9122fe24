"""Policies as data: what the three files say, what an overlay may do, and how people read them."""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mdt_app.cli import app
from mdt_app.domain.accounts import Role
from mdt_app.domain.alert_table import ALERTS
from mdt_app.domain.errors import BadInput
from mdt_app.domain.gate import CONDITIONS
from mdt_app.domain.policy import Way, policy_lines
from mdt_app.services.policies import load_policy, read_overlay, read_policy
from mdt_app.services.policy_cases import CASES, case_markdown, outcome
from mdt_app.services.policy_overlays import lay_over
from mdt_app.services.policy_tables import difference_markdown

IDS = ("postc", "newtown", "glastonbury")
FOLDER = files("resources").joinpath("policies")
POSTC = FOLDER.joinpath("postc.toml").read_text(encoding="utf-8")
DOCS = Path(__file__).parents[3] / "docs" / "policies.md"
OVERLAY = """[overlay]
id = "trial"
name = "Trial"
operative = 2026-10-01
note = "a test's"
"""


@pytest.fixture(params=IDS)
def policy(request):
    """Each of the three policies in turn."""
    return load_policy(request.param)


def written(folder: Path, text: str) -> Path:
    path = folder / "agency.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_value_stands_with_its_clause(policy):
    """No value of a policy is without a clause, but for the head, which is no rule."""
    bare = {line.key for line in policy_lines(policy) if not line.clause}
    assert bare <= {"policy_id", "name", "version", "effective", "review_due"}
    assert all(policy.clauses[c.name] for c in CONDITIONS)


def test_the_heads_carry_the_dates_of_the_texts():
    """Newtown's and Glastonbury's dates are on the policy; the model policy has none."""
    dates = {i: (load_policy(i).effective, load_policy(i).review_due) for i in IDS}
    told = {i: tuple(day and day.isoformat() for day in pair) for i, pair in dates.items()}
    assert told == {
        "postc": (None, None),
        "newtown": ("2026-04-09", None),
        "glastonbury": ("2023-08-01", "2024-08-01"),
    }


@pytest.mark.clause("PUR-1")
@pytest.mark.parametrize(("policy_id", "section"), [("postc", "POSTC E.a"), ("newtown", "Newtown B")])
def test_the_eleven_purposes_in_the_order_of_the_policy(policy_id, section):
    """The permitted purposes are the section's eleven, in its order; Newtown's first has two lines, one an offense."""
    clauses = list(dict.fromkeys(p.clause for p in load_policy(policy_id).purposes.values()))
    assert clauses == [f"{section}.{n}" for n in range(1, 12)]


@pytest.mark.clause("PUR-1")
def test_only_newtown_includes_motor_vehicle_offenses():
    """Newtown's first purpose names motor vehicle offenses, and no other policy's does."""
    named = {i: [p.clause for p in load_policy(i).purposes.values() if "motor vehicle" in p.words] for i in IDS}
    assert named == {"postc": [], "newtown": ["Newtown B.1"], "glastonbury": []}


def test_facts_in_words_where_the_policy_asks_for_them():
    """Exigent circumstances need facts everywhere that they are a purpose; under Glastonbury every purpose does."""
    assert [k for k, p in load_policy("postc").purposes.items() if p.needs_facts] == ["exigent"]
    assert [k for k, p in load_policy("newtown").purposes.items() if p.needs_facts] == ["exigent"]
    assert all(p.needs_facts for p in load_policy("glastonbury").purposes.values())


@pytest.mark.clause("PUR-2")
def test_civil_immigration_is_lifted_by_three_citations_or_never():
    """POSTC and Newtown name the three citations; Glastonbury refuses civil and criminal without exception."""
    three = tuple(f"C.G.S. 54-192h(b)(1)(A)({n})" for n in ("i", "ii", "iii"))
    for policy_id in ("postc", "newtown"):
        prohibited = load_policy(policy_id).prohibited
        assert prohibited.civil_immigration.unless == three
        assert prohibited.criminal_immigration is None
    strict = load_policy("glastonbury").prohibited
    assert (strict.civil_immigration.unless, strict.criminal_immigration.unless) == ((), ())


def test_what_no_citation_lifts(policy):
    """Health care, harassment, a characteristic alone, personal use and First Amendment have no exception anywhere.

    Nor has recording what is not public, as a reason: a court order makes a deployment of it.
    """
    held = policy.prohibited
    absolute = (
        held.health_care,
        held.harassment,
        held.protected_characteristic,
        held.personal_use,
        held.first_amendment,
        held.invasion_of_privacy,
    )
    assert all(p.unless == () for p in absolute)


@pytest.mark.clause("STP-3")
def test_independent_suspicion_is_no_way_under_glastonbury():
    """The second way to make an alert good stands in POSTC's and Newtown's policy alone, as exigency does."""
    assert {i: load_policy(i).stops.ways.value for i in IDS} == {
        "postc": (Way.VISUAL, Way.INDEPENDENT_SUSPICION),
        "newtown": (Way.VISUAL, Way.INDEPENDENT_SUSPICION),
        "glastonbury": (Way.VISUAL,),
    }
    assert {i: load_policy(i).stops.exigent.value for i in IDS} == {
        "postc": True,
        "newtown": True,
        "glastonbury": False,
    }


def test_the_status_comes_before_the_stop_by_default(policy):
    """No policy file switches 'as soon as practicable' on, and confirmation times are NCIC's."""
    assert policy.stops.status_when_practicable.value is False
    assert (policy.confirmation.urgent_minutes.value, policy.confirmation.routine_minutes.value) == (10, 60)


@pytest.mark.clause("ALR-2")
def test_glastonburys_alert_schedule():
    """A profile may hold what the schedule authorizes, and nothing that it forbids or does not name."""
    policy = load_policy("glastonbury")
    allowed = {category for category in ALERTS if policy.alert_allowed(category)}
    assert allowed == {
        "stolen_vehicle",
        "canadian_vehicle",
        "wanted_person",
        "missing_person",
        "amber_alert",
        "protection_order",
        "agency",
    }
    assert set(ALERTS) - allowed - set(policy.alert_schedule.prohibited.value) == {"felony_vehicle"}
    assert all(load_policy("postc").alert_allowed(category) for category in ALERTS)


@pytest.mark.clause("REC-3")
def test_thirty_days_at_most(policy, tmp_path):
    """Each policy keeps data for 30 days; a file with 31 is refused, one with fewer is taken."""
    assert policy.retention.days.value == 30
    more = POSTC.replace("days = { value = 30", "days = { value = 31")
    with pytest.raises(BadInput, match=r"retention\.days\.value must be 1 to 30"):
        read_policy(written(tmp_path, more))
    fewer = POSTC.replace("days = { value = 30", "days = { value = 7")
    assert read_policy(written(tmp_path, fewer)).retention.days.value == 7


def test_glastonburys_own_rules():
    """Bulk reads, audits, entries and sharing as General Order 41-11 has them."""
    policy = load_policy("glastonbury")
    assert not policy.retention.bulk_reads_at_headquarters.value
    assert (policy.reviews.audit_months.value, policy.reviews.policy_months.value) == (0, 12)
    assert policy.manual_entry.entered_by.value == (Role.SUPERVISOR,)
    assert policy.sharing.immigration_refused.value


def test_eleven_topics_and_the_kinds_of_account(policy):
    """Training has eleven topics, and only the kinds that ACC-2 names may have access."""
    assert len(policy.training) == 11
    assert {Role.TRAINER, Role.AUDITOR}.isdisjoint(policy.access.roles.value)
    assert {Role.OFFICER, Role.CRIME_ANALYST, Role.COMMUNICATIONS} <= set(policy.access.roles.value)


def test_the_connecticut_overlay_is_stricter(policy):
    """Over any of the three, PA 26-14 gives 21 days, three states and a declaration, and marks the version."""
    bound = load_policy(policy.policy_id, ["ct_pa_26_14"])
    assert bound.retention.days.value == 21
    assert bound.sharing.out_of_state.value == ("MA", "NY", "RI")
    assert bound.sharing.written_declaration.value
    assert bound.version == f"{policy.version}+ct_pa_26_14"
    assert bound.overlays[0].note == "to be confirmed by counsel"
    assert "PA 26-14" in bound.retention.days.clause


LAXER = {
    "retention.days": "[retention]\ndays = { value = 22, clause = 'x' }",
    "sharing.out_of_state": "[sharing]\nout_of_state = { value = ['MA', 'VT'], clause = 'x' }",
    "sharing.written_declaration": "[sharing]\nwritten_declaration = { value = false, clause = 'x' }",
}


@pytest.mark.parametrize(("key", "values"), LAXER.items(), ids=LAXER)
def test_a_laxer_overlay_is_refused_by_name(key, values, tmp_path):
    """An overlay that would loosen what already binds is refused with its own name and the value's."""
    overlay = read_overlay(written(tmp_path, f"{OVERLAY}{values}\n"))
    with pytest.raises(BadInput, match=rf"Overlay trial: {re.escape(key)} = .* is laxer than .*PA 26-14"):
        lay_over(load_policy("postc", ["ct_pa_26_14"]), overlay)


def test_any_state_is_wider_than_three(tmp_path):
    """'any' can be narrowed, and nothing that was narrowed becomes 'any' again."""
    overlay = read_overlay(written(tmp_path, f"{OVERLAY}[sharing]\nout_of_state = {{ value = ['any'], clause = 'x' }}"))
    with pytest.raises(BadInput, match="laxer"):
        lay_over(load_policy("postc", ["ct_pa_26_14"]), overlay)


@pytest.mark.parametrize("values", ["[stops]\nexigent = true", "[retention]\ndays = { value = 0, clause = 'x' }"])
def test_an_overlay_has_a_schema_of_its_own(values, tmp_path):
    """An overlay can't set what no row says how to compare, nor a number out of bounds; the line is told."""
    with pytest.raises(BadInput, match=r"agency\.toml, line [67]: "):
        read_overlay(written(tmp_path, f"{OVERLAY}{values}\n"))


def test_show_prints_values_and_clauses():
    """`mdt policy show` gives a line a value, with the overlay's in its place."""
    shown = CliRunner().invoke(app, ["policy", "show", "newtown", "--overlay", "ct_pa_26_14"])
    assert shown.exit_code == 0
    assert re.search(r"^retention\.days +21 +CT PA 26-14", shown.stdout, re.MULTILINE)
    assert re.search(r"^stops\.ways +visual, independent_suspicion +Newtown F\.1\.a$", shown.stdout, re.MULTILINE)
    whole = load_policy("newtown", ["ct_pa_26_14"])
    assert all(re.search(rf"^{re.escape(line.key)} ", shown.stdout, re.MULTILINE) for line in policy_lines(whole))


def test_check_says_ok_or_the_faults(tmp_path):
    """`mdt policy check` takes policies and overlays, goes on after a faulty one, and ends with 1 for it."""
    good, over = tmp_path / "good.toml", tmp_path / "over.toml"
    good.write_text(POSTC, encoding="utf-8")
    over.write_text(OVERLAY, encoding="utf-8")
    bad = written(tmp_path, "odd = 1\n" + POSTC)
    assert CliRunner().invoke(app, ["policy", "check", str(good), str(over)]).exit_code == 0
    mixed = CliRunner().invoke(app, ["policy", "check", str(bad), str(tmp_path / "gone.toml"), str(good)])
    assert mixed.exit_code == 1
    assert "line 1: odd is not known here" in mixed.stderr
    assert "gone.toml can't be read" in mixed.stderr
    assert "good.toml: ok (POSTC Model Policy)" in mixed.stdout


def test_diff_shows_the_values_with_both_clauses():
    """`mdt policy diff` names what differs, gives each policy's value and clause, and leaves out what is the same."""
    told = CliRunner().invoke(app, ["policy", "diff", "postc", "glastonbury"]).stdout
    assert re.search(
        r"^stops\.exigent\n  postc +yes \(POSTC F\.c\.1\)\n  glastonbury +no \(Glastonbury Hits\)$", told, re.M
    )
    assert "retention.days" not in told


def test_an_agency_runs_its_own_file(tmp_path):
    """A path that ends in .toml is read as it is, with a statute's file laid over it."""
    own = tmp_path / "our_town.toml"
    text = files("resources").joinpath("policies", "postc.toml").read_text(encoding="utf-8")
    own.write_text(text.replace('id = "postc"', 'id = "our_town"'), encoding="utf-8")
    assert load_policy(str(own), ["ct_pa_26_14"]).policy_id == "our_town"
    with pytest.raises(BadInput, match="can't be read"):
        load_policy(str(tmp_path / "missing.toml"))


def test_an_overlay_binds_from_its_operative_day():
    """PA 26-14 is operative on 2026-10-01: the day before, the policy stands alone."""
    before, after = (load_policy("postc", ["ct_pa_26_14"], on=date(2026, *day)) for day in ((9, 30), (10, 1)))
    assert (before.retention.days.value, after.retention.days.value) == (30, 21)
    assert (before.overlays, [o.overlay_id for o in after.overlays]) == ((), ["ct_pa_26_14"])


@pytest.mark.parametrize(
    ("made", "lines"),
    [
        ("mdt policy diff --markdown postc newtown glastonbury", difference_markdown),
        ("mdt policy cases postc newtown glastonbury", case_markdown),
    ],
)
def test_the_tables_in_the_docs_are_up_to_date(made, lines):
    """docs/policies.md holds the differences, and what the same hit comes to, as the program has them now."""
    held = re.search(rf"<!-- made by: {made} -->\n(.*?)<!-- end -->", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert held is not None
    assert held.group(1).strip().splitlines() == list(lines([load_policy(i) for i in IDS]))


THREE = {
    "All done, for a motor vehicle offense": ("shut", "open", "shut"),
    "The same, the purpose without facts": ("open", "open", "shut"),
    "Nothing done; exigent circumstances stated": ("open", "open", "shut"),
    "The same, 54-192h(b)(1)(A)(i) cited": ("open", "open", "shut"),
    "All done, the entry is of a stolen plate": ("open", "open", "no alert"),
    "All done, for a personal purpose": ("shut", "shut", "shut"),
    "Plate, state and vehicle seen, record active, purpose with its facts": ("open", "open", "open"),
}


@pytest.mark.clause("PUR-1", "PUR-2", "PUR-6", "STP-3", "STP-5", "ALR-2")
@pytest.mark.parametrize("words", THREE)
def test_the_same_hit_has_the_three_outcomes_that_the_texts_ask_for(words):
    """By hand from the three texts, against what the gate decides."""
    (case,) = [case for case in CASES if case.words == words]
    told = [outcome(case, load_policy(policy_id)).replace("*", "") for policy_id in IDS]
    assert all(said.startswith(wanted) for said, wanted in zip(told, THREE[words], strict=True)), told
