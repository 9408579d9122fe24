"""English and Spanish: no text without its translation, no placeholder lost, and what is built is what is written."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from mdt_app.domain.debrief_words import PHRASES
from mdt_app.domain.errors import BadInput
from mdt_app.services.curriculum import load_curriculum
from mdt_app.services.register_files import load_registers
from mdt_app.sync.register_wire import FieldShape, RegisterShape, StateShape
from mdt_app.wiring.lesson_bench import Lessons
from mdt_app.wiring.trainer_bench import TrainerBench
from tests.fakes.cab import Cab, qapp
from ui.console.drill_desk import DrillDesk
from ui.console.drill_lesson import DrillLesson
from ui.console.register_form import RecordForm
from ui.console.register_words import in_own_words, value_said
from ui.language import LANGUAGES, speak, translator
from ui.translations import FOLDER, ROOT, read_ts, release, sources
from ui.words import translated

TS = FOLDER / "mdt_es.ts"
SAME_IN_BOTH = 60
"""Texts that are the same in both languages at most: NIC, GPS, Color, citations of statutes."""

NAMES = {"CJIS/NCIC", "Patrol MDT"}
"""What is said in every language as it is."""
SHOWN = {
    **dict.fromkeys(
        ("label", "setText", "setWindowTitle", "setAccessibleName", "setPlaceholderText", "QPushButton"), 0
    ),
    **dict.fromkeys(("Column", "filled", "ask", "say", "_say", "tell"), 0),
    **dict.fromkeys(("Act", "DeskTable", "DrillLines", "Choice"), 1),
}
"""What puts words on a screen, and at which place it takes them."""


def untranslated(path: Path) -> Iterator[str]:
    """The English words that a module puts on a screen without tr() or a table of translated texts."""
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name | ast.Attribute):
            name = call.func.id if isinstance(call.func, ast.Name) else call.func.attr
            for argument in call.args[SHOWN.get(name, 99) :][:1]:
                yield from (f"{path.name}:{call.lineno} {said}" for said in literals(argument))


def literals(node: ast.expr) -> Iterator[str]:
    """The words in a text as it is written: alone, with values in it, or on either side of a condition."""
    match node:
        case ast.Constant(value=str() as text) if re.search(r"[A-Za-z]{3,}", text) and text not in NAMES:
            yield text
        case ast.JoinedStr(values=parts):
            yield from (said for part in parts for said in literals(part))
        case ast.IfExp(body=body, orelse=other):
            yield from (*literals(body), *literals(other))


def marks(text: str) -> list[str]:
    return sorted(re.findall(r"%\d|\n", text))


def test_every_text_has_a_spanish_one_and_no_more():
    """What can be said and what is translated are the same texts (`python -m ui.translations` adds new ones)."""
    known, said = read_ts(TS), set(sources())
    assert said - known.keys() == set()
    assert known.keys() - said == set()


def test_no_screen_shows_words_that_no_translation_reaches():
    """No literal in a call that shows words, on any screen of the car, the console or the trainer's desk."""
    assert [said for path in sorted((ROOT / "ui").rglob("*.py")) for said in untranslated(path)] == []


def test_the_trainers_desk_speaks_spanish(qtbot: QtBot, tmp_path: Path):
    """Drills with their stories, lessons with how far one is, and each phrase of a debrief are in Spanish."""
    speak(qapp(), "es")
    desk = DrillDesk(TrainerBench(loud=False, reports=tmp_path), Lessons(tmp_path / "lessons"))
    qtbot.addWidget(desk)
    desk.choice.choose("3-read-as-7")
    desk.learn()
    words = "\n".join(part.text() for part in desk.findChildren(QLabel))
    for said in (
        "Un 3 leído como 7",
        "Correcto: 5SOW750: sin parada",
        "Temas: verificación visual",
        "Puesto del instructor",
    ):
        assert said in words
    assert desk.lessons.table.view.model().index(0, 5).data() == "sin empezar"
    assert translated("Vehicle, make: cant see", "drills") == "Vehículo, la marca: no se ve"
    assert translated("Alert: Stolen vehicle, AB123 CT; read as A8123", "drills").startswith(
        "Alerta: Vehículo robado, AB123"
    )
    for phrase, _ in PHRASES.values():
        assert translated(re.sub(r"%\d", "7", phrase), "drills") != re.sub(r"%\d", "7", phrase)


@pytest.mark.clause("TRN-1")
def test_a_lesson_is_read_and_answered_in_spanish(qtbot: QtBot, tmp_path: Path):
    """Page, question, answers and the reason are Spanish; the answer that is given counts as in English."""
    speak(qapp(), "es")
    lesson, shown = load_curriculum()["access"], DrillLesson(Lessons(tmp_path), print, print, lambda: None)
    qtbot.addWidget(shown)
    shown.take(lesson, "rdoe")
    words = "\n".join(part.text() for part in shown.findChildren(QLabel))
    assert "Una persona, una cuenta" in words
    assert "Usted se identifica dos veces" in words
    for _ in lesson.pages:
        next(act for act in shown.acts() if act.name == "next").do()
    words = "\n".join(part.text() for part in shown.findChildren(QLabel))
    assert "El autenticador de su compañero está en casa." in words
    assert "Inicio sesión una vez y los dos contestamos alertas." in words
    right = list(shown.choices.keys).index(lesson.questions[0].right)
    QTest.keyClick(shown, Qt.Key(Qt.Key.Key_1 + right))
    words = "\n".join(part.text() for part in shown.findChildren(QLabel))
    assert "✓ Correcto." in words
    assert "Cada acto lleva el nombre de una persona." in words
    assert Lessons(tmp_path).held("rdoe", lesson).right == {0}


def test_placeholders_stay_in_every_translation():
    """%1, %2 and line ends stand in the Spanish text as often as in the English one."""
    wrong = {source: said for (_, source), said in read_ts(TS).items() if marks(source) != marks(said)}
    assert wrong == {}


def test_few_texts_are_the_same_in_both_languages():
    """A translation that repeats its source is an abbreviation or a name, not a text that was forgotten."""
    same = [source for (_, source), said in read_ts(TS).items() if source == said]
    assert len(same) <= SAME_IN_BOTH, same


def test_the_built_file_says_what_the_source_file_says(tmp_path: Path):
    """lrelease makes the very file that is shipped, and Qt finds each text in it."""
    built = tmp_path / "mdt_es.qm"
    release(TS, built)
    assert built.read_bytes() == (FOLDER / "mdt_es.qm").read_bytes()
    loaded = translator("es")
    for (context, source), said in read_ts(TS).items():
        assert loaded.translate(context, source) == said


def test_the_window_speaks_spanish_from_sign_in_to_the_alert(cab_under):
    """The notice, the alert, the gate and a refusal of the core are all in Spanish; state names stay as on plates."""
    cab: Cab = cab_under("newtown", language="es")
    assert "Solo uso oficial" in cab.words
    cab.load()
    cab.sign_in("wrong")
    cab.until(lambda: "Usuario, contraseña o código equivocado." in cab.words)
    cab.sign_in()
    cab.begin()
    cab.raise_hit()
    for words in ("VEHÍCULO ROBADO", "= coincidencia exacta", "CONNECTICUT", "negro, sedán 4 puertas"):
        assert words in cab.words
    assert "PRECAUCIÓN: armado y peligroso" in cab.words
    cab.open_verification()
    assert "PARADA: cerrada" in cab.words
    assert "Placa sin confirmar. Escriba lo que ve en el vehículo." in cab.words


def test_texts_with_values_are_found_by_their_template(qapp: QApplication):
    """The core's 'Facts missing: ...' comes in Spanish, with the purpose in it in Spanish, too."""
    speak(qapp, "es")
    assert translated("Facts missing: Personal use.", "gate") == "Faltan los hechos: Uso personal."
    assert translated("No picture for 5 s", "devices") == "Sin imagen por 5 s"
    speak(qapp, "en")
    assert translated("Facts missing: Personal use.", "gate") == "Facts missing: Personal use."


def test_a_language_that_is_not_there_is_refused(qapp: QCoreApplication):
    """The refusal names those that are."""
    with pytest.raises(BadInput, match=", ".join(LANGUAGES)):
        speak(qapp, "fr")


def test_a_register_speaks_spanish_and_its_choices_stay_what_headquarters_knows(qtbot: QtBot):
    """Name, fields, states and moves are in Spanish; what is chosen leaves as the value of the register's file."""
    speak(qapp(), "es")
    foi = load_registers()["foi"]
    field = foi.fields["answer"]
    known = {"kind": field.kind, "choices": field.choices}
    asked = FieldShape(name="answer", words=field.words, required=True, hint="", **known)
    shape = RegisterShape(
        register_id="foi",
        name=foi.name,
        about=foi.about,
        clauses=foi.clauses,
        title=foi.title,
        columns=foi.columns,
        fields=(asked,),
        states=tuple(StateShape(name=name, words=s.words, open=s.open) for name, s in foi.states.items()),
        moves=(),
        may_open=True,
        may_change=True,
        open=0,
        overdue=0,
    )
    told = in_own_words(shape)
    assert (told.name, told.fields[0].words, told.states[0].words) == (
        "Solicitudes de información pública",
        "Respuesta",
        "recibida",
    )
    form = RecordForm()
    qtbot.addWidget(form)
    form.show_record(told, {"answer": "deny"}, enabled=True)
    assert form.fields["answer"].currentText() == "negar"
    assert form.values() == {"answer": "deny"}
    assert value_said(told, "answer", "deny") == "negar"
