"""The fault table: each row with its target, the tests that try it, and the tests that prove the trial (controls)."""

from __future__ import annotations

from dataclasses import dataclass

_STORE, _LINK, _GATE = "tests/faults/store", "tests/faults/link", "tests/faults/gate/test_gate_bypass.py"
_CUTS, _STEPS = f"{_STORE}/test_kill_and_power_cut.py", f"{_STORE}/test_crashed_migrations.py"
_ERRORS, _FILES = f"{_STORE}/test_system_errors.py", f"{_STORE}/test_files_and_keys.py"
_TRAIL, _CLOCKS = f"{_STORE}/test_trail_attacks.py", f"{_STORE}/test_retention_and_clocks.py"
_FAULTS, _CONTROLS = f"{_LINK}/test_link_faults.py", f"{_LINK}/test_link_controls.py"
_BAD, _MANY = f"{_LINK}/test_bad_links.py", f"{_LINK}/test_many_cars.py"
_GUESS, _CAMERA = "tests/faults/sign_in/test_guessing.py", "tests/faults/devices/test_camera_faults.py"
_FEEDS, _PLACES = "tests/faults/devices/test_feed_faults.py", "tests/faults/devices/test_position_faults.py"
_STATEFUL, _START = "tests/stateful/test_no_stop_without_decision.py", "tests/e2e/test_start_path.py"
_SHIFT, _PARTS = "tests/faults/devices/test_long_shift.py", "tests/faults/supply/test_tampered_parts.py"
_DELTAS = "tests/unit/hotlists/test_list_deltas.py"
FOUND = "found"
RECORDS, NOTICED = ("lost", "doubled"), (FOUND,)
"""What a row is about, besides its tries: records that must stand once, or something that must be noticed."""
_AROUND = ("a_crash", "kill_at_random", "a_check", "a_clock", "a_direct", "no_route", "stops_sent")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table. `tests` and `controls`: a file, or a file and a test's name beginning, by '::'."""

    number: int
    fault: str
    target: str
    tests: tuple[str, ...]
    controls: tuple[str, ...] = ()
    figures: tuple[str, ...] = NOTICED
    control_inside: bool = False
    """Whether its tests have their controls in them."""
    at_once: int = 1
    """How many processes share its tests: more than one where nothing is timed."""
    open: str = ""
    """What the row asks for and nothing here tries."""


ROWS = (
    Row(
        1,
        "power cut at random, also during recovery",
        "0 acknowledged lost, 0 corrupt; with eatmydata the harness must fail",
        (f"{_CUTS}::test_a_power_cut_loses",),
        (f"{_CUTS}::test_the_power_cut_harness",),
        figures=RECORDS,
    ),
    Row(
        2,
        "kill -9 of car and headquarters at random",
        "0 of what the officer was shown lost, 0 doubled",
        (f"{_CUTS}::test_kill_loses", f"{_GATE}::test_kill_at_random", f"{_FAULTS}::test_killed_in_mid_batch"),
        (f"{_CUTS}::test_the_kill_harness",),
        figures=RECORDS,
        at_once=2,
    ),
    Row(
        3,
        "fsync, write, open, mmap, malloc errors",
        "no crash, clear banner, 0 missing, gate closed",
        (f"{_ERRORS}::test_failing_system_calls",),
        (f"{_ERRORS}::test_the_calls_do_fail",),
        figures=RECORDS,
        at_once=2,
    ),
    Row(
        4,
        "disk full; file system gone",
        "reads go on, 0 lost, gate still refuses, reserve freed",
        (f"{_ERRORS}::test_a_full_disk", f"{_ERRORS}::test_a_store_that_is_gone"),
        (f"{_ERRORS}::test_row_4",),
        figures=RECORDS,
    ),
    Row(
        5,
        "wrong or missing key; the plain driver by mistake",
        "refused, file unchanged",
        (f"{_FILES}::test_a_wrong_key", f"{_FILES}::test_the_plain_driver"),
        (f"{_FILES}::test_row_5",),
    ),
    Row(
        6,
        "planted plate searched in store, log, temporary files, core",
        "0 hits in plain text",
        (f"{_FILES}::test_no_file_shows_a_plate", f"{_FILES}::test_a_crash_leaves_no_core"),
        (f"{_FILES}::test_the_search_finds",),
        figures=(),
    ),
    Row(
        7,
        "bit flips in the file and in its log; an old file put back",
        "found at open or at the next contact",
        (f"{_FILES}::test_a_flipped_bit", f"{_FILES}::test_an_older_store", f"{_TRAIL}::test_a_tail_that_was_cut"),
        (f"{_FILES}::test_without_the_witness", f"{_FILES}::test_an_untouched_store"),
    ),
    Row(
        8,
        "crash at each step of a migration",
        "old or new, never between",
        (f"{_STEPS}::test_a_killed_",),
        (f"{_STEPS}::test_the_migration_harness",),
        figures=(),
    ),
    Row(
        9,
        "keyring absent, locked, changed, plain-text backend",
        "clear words, no plain-text fallback",
        tuple(
            f"{_FILES}::test_{name}"
            for name in ("without_a_keyring", "a_locked_keyring", "another_keyring", "a_real_keyring")
        ),
        (f"{_FILES}::test_row_9",),
    ),
    Row(
        10,
        "reply lost after commit; same id with other content",
        "1 effect; 409 and alarm",
        (f"{_FAULTS}::test_replies_that_are_cut_off", f"{_CONTROLS}::test_row_10_the_alarm"),
        (f"{_CONTROLS}::test_row_10_a_car",),
        figures=RECORDS,
    ),
    Row(
        11,
        "loss 0-20 %, delay, 64 kbit/s, flapping, one-way",
        "drains, 0 stuck, drained within 60 s of healing",
        (f"{_BAD}::test_a_",),
        (f"{_BAD}::test_without_the_cars_retries",),
        figures=RECORDS,
    ),
    Row(12, "half-open socket", "found within 10 s", (f"{_FAULTS}::test_a_half_open",), control_inside=True),
    Row(
        13,
        "headquarters killed in mid batch",
        "0 partial batches",
        (f"{_FAULTS}::test_killed_in_mid_batch",),
        (f"{_CONTROLS}::test_row_13",),
        figures=RECORDS,
    ),
    Row(
        14,
        "a poison event",
        "parked and shown, others flow",
        (
            "tests/contract/headquarters/test_sync_worker.py::test_refused_events_are_parked",
            "tests/contract/headquarters/test_hq_heads.py::test_a_poison_event",
        ),
        (f"{_CONTROLS}::test_row_14",),
        figures=RECORDS,
    ),
    Row(
        15,
        "2,000 cars come back at once",
        "bounded peak, no 5xx storm",
        (f"{_MANY}::test_cars_that_come_back",),
        (f"{_MANY}::test_without_the_bound",),
        figures=RECORDS,
    ),
    Row(
        16,
        "no, foreign, or another car's identity; impostor server",
        "refused and on record",
        tuple(
            f"{_FAULTS}::test_{name}"
            for name in ("an_enrolled_car", "an_impostor", "a_foreign", "the_servers_own", "a_host_name", "noise")
        ),
        (f"{_FAULTS}::test_row_16",),
    ),
    Row(
        17,
        "audit edit, delete, reorder, tail cut, fork, rewrite with a stolen key",
        "located to the row, or refused by the witness",
        (_TRAIL,),
        (f"{_TRAIL}::test_row_17",),
    ),
    Row(
        18,
        "list rollback, mix, freeze, endless, forged, cut at any byte",
        "refused, old list stays live",
        (f"{_LINK}/test_list_word.py", f"{_LINK}/test_news_word.py"),
        (f"{_LINK}/test_list_word.py::test_row_18",),
    ),
    Row(
        19,
        "random deltas against full lists, 10,000",
        "equal digests",
        (f"{_DELTAS}::test_a_full_list",),
        (f"{_DELTAS}::test_a_spoilt", f"{_DELTAS}::test_a_delta_that_is_cut", f"{_DELTAS}::test_a_delta_on_other"),
        figures=(),
    ),
    Row(
        20,
        "gate bypass: every route, key, API, direct write, crash, clock; a check that raises",
        "0 passes without a recorded decision; closed",
        (*(f"{_GATE}::test_{name}" for name in _AROUND), f"{_STATEFUL}::test_no_stop_without"),
        (f"{_STATEFUL}::test_the_campaign_finds", f"{_GATE}::test_the_", f"{_GATE}::test_headquarters_harness"),
        at_once=2,
        figures=(),
    ),
    Row(
        21,
        "password guessing over restarts; replay of a code",
        "locked at 5; second refused",
        (f"{_GUESS}::test_five", f"{_GUESS}::test_guesses", f"{_GUESS}::test_a_"),
        (f"{_GUESS}::test_the_harness",),
    ),
    Row(
        22,
        "clock jumps of 3 years either way",
        "no expiry or retention bypassed",
        (
            f"{_CLOCKS}::test_a_turned_clock",
            f"{_CLOCKS}::test_time_",
            f"{_CLOCKS}::test_trusted",
            f"{_CLOCKS}::test_the",
        ),
        (f"{_CLOCKS}::test_a_naive",),
    ),
    Row(
        23,
        "camera frozen, cut, garbage, 200 reconnects",
        "flagged within 3.5 s, back within 5 s, no leak, app lives",
        (
            f"{_CAMERA}::test_a_fault",
            f"{_CAMERA}::test_broken",
            f"{_CAMERA}::test_many",
            f"{_FEEDS}::test_200",
            f"{_FEEDS}::test_a_killed_listener_is_back",
        ),
        (f"{_CAMERA}::test_a_camera_without", f"{_CAMERA}::test_the_check_finds_a_camera", f"{_FEEDS}::test_the_check"),
    ),
    Row(
        24,
        "position gone, wild, stale",
        "age shown, never live",
        (f"{_PLACES}::test_a_position", f"{_PLACES}::test_a_wild", f"{_PLACES}::test_a_quarter"),
        (f"{_PLACES}::test_a_screen", f"{_PLACES}::test_the_check"),
        figures=(),
    ),
    Row(
        25,
        "screen blocked; native crash; second instance",
        "trace within 0.6 s, restart within 10 s, draft restored; refused",
        (_START, "tests/ui/test_stalls.py", "tests/ui/test_drafts.py::test_what_was_typed"),
        control_inside=True,
    ),
    Row(
        26,
        "tampered dependency; unchecked CVEs",
        "install fails; audit non-zero",
        (f"{_PARTS}::test_a_tampered", f"{_PARTS}::test_an_audit"),
        control_inside=True,
    ),
    Row(
        27,
        "12-hour shift with 4 cameras",
        "memory flat, no thread or handle leak",
        (f"{_SHIFT}::test_a_shift", f"{_CAMERA}::test_memory", f"{_FEEDS}::test_memory"),
        (f"{_SHIFT}::test_the_check", f"{_CAMERA}::test_the_check_finds_a_process"),
        figures=(),
    ),
)
