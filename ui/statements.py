"""What officers are asked to say in their own words: one table for the statement screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from mdt_app.domain.commands import Ground


class Wanted(StrEnum):
    """The kinds of statement. The first three are ways around steps of the gate."""

    SUSPICION = Ground.SUSPICION.value
    EXIGENT = Ground.EXIGENT.value
    STATUS_NOT_POSSIBLE = Ground.STATUS_NOT_POSSIBLE.value
    PURPOSE = "purpose"
    ENFORCEMENT = "enforcement"


@dataclass(frozen=True, slots=True)
class StatementRow:
    """How one kind asks: its title, what to say, and what follows from it. `owed`: steps stay owed after it.

    `phrases` begin a statement at a touch; what makes it this stop's is for the officer to add.
    """

    title: str
    say: str
    follows: str
    owed: bool = False
    phrases: tuple[str, ...] = ()


STATEMENTS: Mapping[Wanted, StatementRow] = {
    Wanted.SUSPICION: StatementRow(
        "Independent reasonable suspicion",
        "What did you see yourself, apart from the reader's alert, that gives reason to stop this vehicle?",
        "It goes around comparing plate, state and vehicle by eye. The status has to be verified all the same.",
        phrases=(
            "I saw the driver",
            "the vehicle left its lane and",
            "it ran the red light at",
            "it fits the description of",
            "a witness told me that",
            "I know the driver, who",
        ),
    ),
    Wanted.EXIGENT: StatementRow(
        "Exigent circumstances",
        "What is happening that can't wait for the steps?",
        "The stop may go first. Each step that it skips stays owed, and a supervisor sees it.",
        owed=True,
        phrases=(
            "shots were fired from the vehicle at",
            "a person in the vehicle is in danger:",
            "the driver flees a crash with injury at",
            "the driver endangers others:",
            "a child was taken, and",
            "waiting would let",
        ),
    ),
    Wanted.STATUS_NOT_POSSIBLE: StatementRow(
        "The status can't be asked now",
        "Why can neither NCIC nor dispatch be asked before the stop?",
        "The stop may go before the status. The status stays owed, in front of you, until it is verified.",
        owed=True,
        phrases=(
            "no link to headquarters since",
            "dispatch does not answer since",
            "the radio is down since",
            "dispatch said that the check takes",
            "the vehicle would leave the state at",
            "waiting would let",
        ),
    ),
    Wanted.PURPOSE: StatementRow(
        "Facts for this purpose",
        "Which facts make this stop serve that purpose?",
        "They go on record with the stop.",
        phrases=(
            "the vehicle was reported stolen by",
            "the person named in the entry",
            "it belongs to the case",
            "dispatch asked me to",
            "a witness told me that",
            "I saw the driver",
        ),
    ),
    Wanted.ENFORCEMENT: StatementRow(
        "Other facts for the arrest or seizure",
        "No person has confirmed the hit. On what else do you act?",
        "The outcome is recorded with these facts, and a supervisor sees that no person had confirmed.",
        phrases=(
            "the driver admitted that",
            "in plain view I saw",
            "there is a warrant for the driver:",
            "the driver resisted when",
            "the vehicle's number is the one of",
            "a witness identified",
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Ask:
    """One statement that is wanted: for which hit, of which kind, under which clause.

    `done` takes the words and goes on from there; `back` names the screen that Esc leads to. `about` says in a word
    what the facts are for.
    """

    hit_id: str
    wanted: Wanted
    clause: str
    done: Callable[[str], None]
    back: str
    about: str = ""
