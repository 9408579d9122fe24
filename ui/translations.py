"""Makes resources/translations: gathers every text that can be read on a screen, and builds Qt's files from them.

Texts stand in three places: in tr() calls of `ui`, in tables (alerts, gate, outcomes ...), and in the refusals and
faults of the core and the devices. lupdate sees only the first, so this gathers all of them; lrelease does the rest.
Run `python -m ui.translations` after a change of words: what is new stands in the .ts file as unfinished.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import sysconfig
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from pathlib import Path

from mdt_app.domain.alert_table import ALERTS
from mdt_app.domain.alerts import Feature, Seen
from mdt_app.domain.commands import Ground
from mdt_app.domain.confirmation import ConfirmationAnswer
from mdt_app.domain.debrief import CONDITIONS
from mdt_app.domain.debrief_words import LEFT, NOT_KNOWN, NOTHING
from mdt_app.domain.drills import End, Says
from mdt_app.domain.marking import MISTAKES
from mdt_app.domain.match_kinds import KINDS
from mdt_app.domain.outcomes import OUTCOMES, Disposition, NoStopReason
from mdt_app.domain.privileged import PRIVILEGED
from mdt_app.domain.purposes import prohibited_uses
from mdt_app.domain.records_check import BY_RADIO, CheckAnswer
from mdt_app.domain.unusual import NAMES
from mdt_app.services.announcer import EARLIER, TRAINING_WORD, VOICE
from mdt_app.services.code_tables import load_code_tables
from mdt_app.services.curriculum import load_curriculum
from mdt_app.services.policies import load_policy
from mdt_app.services.register_files import load_registers
from mdt_app.services.scenarios import library, load_scenario
from ui import words
from ui.console import words as desk
from ui.console.disputes import STANDS
from ui.console.drill_lines import MARKS
from ui.console.drill_running import BACK, OUT
from ui.console.entry_view import FIELDS
from ui.console.hits import COUNTED as COUNTED_HITS
from ui.console.register_form import HINTS
from ui.console.register_words import texts as register_texts
from ui.console.watch import EVENTS
from ui.console.window import SCREENS
from ui.equipment_words import ASPECTS, BY_EAR, RESULTS, TEST
from ui.key_touch import TROUBLES, WAITS
from ui.owed_words import COUNTED
from ui.searched_words import SOURCES
from ui.statements import STATEMENTS
from ui.widgets.elsewhere import WINDS

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "resources" / "translations"
POLICIES = ("postc", "newtown", "glastonbury")
_CALLS: Mapping[str, tuple[str, tuple[int, ...]]] = {
    "Refused": ("refusals", (1, 2)),
    "StorageFault": ("refusals", (0, 1)),
    "FaultChanged": ("faults", (1, 2)),
    "Condition": ("gate", (2, 3)),
    "UseFault": ("gate", (1, 2)),
    "KindRow": ("gate", (2,)),
    "Unavailable": ("devices", (0,)),
    "SourceLost": ("devices", (0, 1)),
    "change": ("devices", ()),
    "replace": ("devices", ()),
    "DeviceHealth": ("devices", (3,)),
    "LoudnessTold": ("devices", (2,)),
    "Finding": ("findings", (2,)),
    "_nothing": ("findings", (1,)),
    "EquipmentMeasured": ("findings", ()),
    "Noted": ("devices", (1,)),
}
"""What takes words of the core or of a device: its context of translation, and which arguments are words."""
_AT_DESK: Mapping[str, tuple[str, tuple[int, ...]]] = {
    "BadInput": ("refusals", (0, 1)),
    "MdtError": ("refusals", (0, 1)),
}
"""The same of what the console refuses itself; elsewhere these are words of the command line."""
_DESKS = (
    ROOT / "mdt_app/sync/desk.py",
    ROOT / "mdt_app/sync/desk_transport.py",
    *(
        ROOT / "mdt_app/wiring" / f"{name}.py"
        for name in ("trainer_bench", "lesson_bench", "training_files", "drill_camera")
    ),
    ROOT / "mdt_app/services/lesson_progress.py",
)
"""What the console and the trainer's desk refuse from outside of `ui`."""
_KEYWORDS = ("detail", "remedy", "trouble")

Source = tuple[str, str]
"""A text to translate: its context and its words."""


def sources() -> list[Source]:
    """Every text that can stand on a screen of the car or of the console, in order, each once."""
    found = {*_tables(), *_templates()}
    for path in sorted((ROOT / "ui").rglob("*.py")):
        found.update(_calls(path).on_screens())
    for path in (*(ROOT / "ui" / "console").glob("*.py"), *(ROOT / "ui" / "widgets").glob("*.py"), *_DESKS):
        found.update(_calls(path).in_core(_AT_DESK))
    for room in ("mdt_app", "cache", "devices"):
        for path in sorted((ROOT / room).rglob("*.py")):
            found.update(_calls(path).in_core())
    return sorted(source for source in found if any(map(str.isalpha, source[1])))


def _calls(path: Path) -> _Calls:
    return _Calls(ast.parse(path.read_text(encoding="utf-8")))


class _Calls:
    """The texts in the calls of one module."""

    def __init__(self, tree: ast.Module) -> None:
        self._tree = tree
        self._named: dict[str, list[ast.expr]] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and isinstance(target := node.targets[0], ast.Name):
                self._named.setdefault(target.id, []).append(node.value)

    def on_screens(self) -> Iterator[Source]:
        """The texts of tr(), translate(), translated() and counted()."""
        module = next(self._contexts(), "")
        for scope, call in _scoped(self._tree, ""):
            texts = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            match _name(call), texts:
                case "tr", [text]:
                    yield scope, text
                case "_tr", [text]:
                    yield module, text
                case "tr" | "translate", [context, text]:
                    yield context, text
                case "translated", [text, context]:
                    yield context, text
                case "translated", [text] if len(call.args) == 1:
                    yield "words", text
                case "counted", [*counted]:
                    yield from (("words", text) for text in counted)

    def in_core(self, table: Mapping[str, tuple[str, tuple[int, ...]]] = _CALLS) -> Iterator[Source]:
        """The texts that refusals, faults and devices carry."""
        for _, call in _scoped(self._tree, ""):
            context, places = table.get(_name(call), ("", ()))
            arguments = [arg for number, arg in enumerate(call.args) if number in places]
            arguments += [word.value for word in call.keywords if context and word.arg in _KEYWORDS]
            yield from ((context, text) for arg in arguments for text in self._texts(arg))

    def _contexts(self) -> Iterator[str]:
        """The context that a module's own _tr() uses."""
        for _, call in _scoped(self._tree, ""):
            if _name(call) == "translate" and len(call.args) == 2 and isinstance(call.args[1], ast.Name):
                yield str(ast.literal_eval(call.args[0])) if isinstance(call.args[0], ast.Constant) else ""

    def _texts(self, node: ast.expr) -> Iterator[str]:
        """The plain texts of an argument, through names and conditions; what holds values stands in the templates."""
        match node:
            case ast.Constant(value=str() as text):
                yield text
            case ast.Name(id=name):
                yield from (text for value in self._named.get(name, ()) for text in self._texts(value))
            case ast.IfExp(body=body, orelse=other):
                yield from (*self._texts(body), *self._texts(other))


def _scoped(node: ast.AST, scope: str) -> Iterator[tuple[str, ast.Call]]:
    """Each call with the name of the class around it."""
    for child in ast.iter_child_nodes(node):
        inner = child.name if isinstance(child, ast.ClassDef) else scope
        if isinstance(child, ast.Call):
            yield inner, child
        yield from _scoped(child, inner)


def _name(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _templates() -> Iterator[Source]:
    return ((context, text) for context, texts in words.TEMPLATES.items() for text in texts)


def _tables() -> Iterator[Source]:
    plain = (words.STEPS, words.FELL, words.GROUNDS, words.FEATURES, words.ANSWERS, words.ENTRY_STATES, SOURCES)
    others = (words.DEVICE_STATES, words.STATE_AGREEMENTS, ASPECTS)
    yield from (("words", text) for table in (*plain, *others) for text in table.values())
    yield from (("words", said) for said, _ in RESULTS.values())
    yield from (("words", row.words) for row in OUTCOMES.values())
    yield from (("words", text) for names in COUNTED for text in names)
    yield from (("alerts", row.words) for row in ALERTS.values())
    yield from (("matches", row.mark) for row in KINDS.values())
    yield from (
        ("statements", text) for row in STATEMENTS.values() for text in (row.title, row.say, row.follows, *row.phrases)
    )
    yield from (("devices", name) for name in ("Sound", "Voice", "Position", "Signals", "Feeds"))
    yield from (("keys", text) for table in (WAITS, TROUBLES) for text in table.values())
    yield from (("findings", text) for text in ("right", "left", "down", "up", *BY_EAR.values()))
    yield from ((VOICE, text) for text in (EARLIER, TEST, TRAINING_WORD))
    yield from (("winds", wind) for wind in WINDS)
    yield from (("policy", act) for act in PRIVILEGED.values())
    yield from (("words", text) for text in _console_tables())
    yield from (("registers", text) for text in register_texts(load_registers()) if not text.isupper())
    yield from (("drills", text) for text in _drill_tables())
    yield from (("lessons", text) for lesson in load_curriculum().values() for text in lesson.texts)
    codes = load_code_tables()
    for table in (codes.colors, codes.styles, codes.plate_types, codes.cautions):
        yield from (("codes", text) for text in table.values())
    yield "codes", "%1 over %2"
    for policy in map(load_policy, POLICIES):
        yield from (("policy", purpose.words) for purpose in policy.purposes.values())
        for prohibition in prohibited_uses(policy).values():
            yield from (("policy", text) for text in (prohibition.words, *prohibition.unless))


def _console_tables() -> Iterator[str]:
    yield from (*desk.STEPS.values(), *desk.ROLES.values(), *desk.FLAGS.values(), *desk.ENDS.values())
    yield from (*FIELDS.values(), *NAMES.values())
    yield from (words for named in (EVENTS, STANDS) for words, _ in named.values())
    yield from (screen[0] for screen in SCREENS.values())
    yield from COUNTED_HITS
    yield from HINTS.values()


_IN_DEBRIEFS = (*NoStopReason, *Disposition, *CheckAnswer, *Ground, *Seen, *Feature, *ConfirmationAnswer)
"""What stands in a debrief's phrases."""


def _drill_tables() -> Iterator[str]:
    """The trainer's desk: mistakes, answers, ends, and the titles and stories of drills and lessons."""
    yield from (*(mistake.words for mistake in MISTAKES.values()), LEFT, NOT_KNOWN, NOTHING)
    yield from (*filter(None, MARKS.values()), *OUT.values(), *BACK.values(), *Says, *End, BY_RADIO)
    yield from (reason.value.replace("_", " ") for reason in _IN_DEBRIEFS)
    yield from (name.replace("_", " ") for name in CONDITIONS.values())
    for drill in map(load_scenario, library()):
        yield from (drill.title, drill.story, drill.source, drill.road.light, drill.road.weather)
    yield from (lesson.title for lesson in load_curriculum().values())


def read_ts(path: Path) -> dict[Source, str]:
    """The finished translations of a .ts file."""
    if not path.exists():
        return {}
    found: dict[Source, str] = {}
    for context in ET.parse(path).getroot().iter("context"):  # noqa: S314 - a file of our own
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is not None and translation.text and translation.get("type") != "unfinished":
                found[context.findtext("name", ""), message.findtext("source", "")] = translation.text
    return found


def write_ts(path: Path, language: str, texts: list[Source], known: Mapping[Source, str]) -> None:
    """Write every text with its translation, or as unfinished."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en_US")
    contexts: dict[str, ET.Element] = {}
    for context, text in texts:
        if context not in contexts:
            contexts[context] = ET.SubElement(root, "context")
            ET.SubElement(contexts[context], "name").text = context
        message = ET.SubElement(contexts[context], "message")
        ET.SubElement(message, "source").text = text
        said = ET.SubElement(message, "translation", {} if (context, text) in known else {"type": "unfinished"})
        said.text = known.get((context, text), "")
    ET.indent(root)
    body = ET.tostring(root, encoding="unicode")
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")


def release(ts: Path, qm: Path) -> None:
    """Build what the program loads, by Qt's own tool. Raises CalledProcessError."""
    tool = Path(sysconfig.get_path("scripts")) / "pyside6-lrelease"
    subprocess.run([tool, "-silent", ts, "-qm", qm], check=True, capture_output=True)  # noqa: S603 - Qt's own tool


def main() -> int:
    """Bring the Spanish files up to date; return how many texts still want a translation."""
    ts = FOLDER / "mdt_es.ts"
    texts, known = sources(), read_ts(ts)
    write_ts(ts, "es_US", texts, known)
    release(ts, FOLDER / "mdt_es.qm")
    missing = [source for source in texts if source not in known]
    sys.stdout.write(f"{len(texts)} texts, {len(missing)} without a translation\n")
    return len(missing)


if __name__ == "__main__":
    raise SystemExit(min(1, main()))
