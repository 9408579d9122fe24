"""Headquarters as a person's desk sees it: one call a route. Each blocks; whatever fails is an MdtError in words."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from mdt_app.domain.drill_results import DrillResult
from mdt_app.sync.account_wire import AccountLines, AccountState, TrainingRecord
from mdt_app.sync.audit_wire import AuditedQueries, PeriodAsked, QueryJudgement
from mdt_app.sync.desk_transport import DeskTransport
from mdt_app.sync.desk_wire import (
    DeskInfo,
    DisputeDecision,
    DisputeOpened,
    DisputeRecords,
    HitLines,
    RecordLines,
    ReliabilityTable,
)
from mdt_app.sync.drill_wire import DrillResultMessage, DrillResults
from mdt_app.sync.entry_wire import (
    EntryAsked,
    EntryChange,
    EntryDecision,
    EntryDetail,
    EntryRecords,
    EntryRemoval,
    EntryRenewal,
)
from mdt_app.sync.field_wire import AlertNotices, CarDuty, CarLines, NewAlertRoute, NewReader, ReaderIssued
from mdt_app.sync.keeping_wire import FlagMessage, FlagReview, Flags
from mdt_app.sync.key_wire import (
    KeyRegistration,
    KeyWishMessage,
    KeyWithdrawal,
    SecurityKeyMessage,
)
from mdt_app.sync.oversight_wire import FindingMessage, FindingReview, Findings, FindingVerdict, SecurityEvents
from mdt_app.sync.overview_wire import AlertProfiles, DueRecords, PolicyInForce
from mdt_app.sync.proved_file import ProvedFile
from mdt_app.sync.register_wire import (
    RecordAct,
    RecordHistory,
    RecordOpened,
    RegisterRecord,
    RegisterRecords,
    RegisterShapes,
)
from mdt_app.sync.search_wire import CaseAsked, CaseFile, SearchAnswer, SearchAsked
from mdt_app.sync.sharing_wire import SHARE, PackageAsked, ShareCheck
from mdt_app.sync.wire import Done

_LONG_S = 20.0
"""A records check waits for the state's switch; lists of millions are read through for a plate."""


class DeskClient(DeskTransport):
    """Headquarters at one desk.

    Each call raises Refused when headquarters says no, with its reason and words, and MdtError when it can't be
    reached or understood.
    """

    def info(self) -> DeskInfo:
        """Who sits here, and the rules of the forms."""
        return self._get("/desk", DeskInfo)

    def entries(self) -> EntryRecords:
        """The entries that this desk may see, the newest request first."""
        return self._get("/entries", EntryRecords)

    def entry(self, entry_id: str) -> EntryDetail:
        """All that is on record of one entry."""
        return self._call("GET", f"/entries/{_part(entry_id)}", None, EntryDetail, _LONG_S)

    def request(self, asked: EntryAsked) -> EntryDetail:
        """Ask for an entry."""
        return self._send("/entries", asked, EntryDetail)

    def check(self, entry_id: str) -> EntryDetail:
        """Have CJIS/NCIC asked about the entry's plate."""
        return self._send(f"/entries/{_part(entry_id)}/check", None, EntryDetail, _LONG_S)

    def decide(self, entry_id: str, decision: EntryDecision) -> EntryDetail:
        """Approve or refuse a version."""
        return self._send(f"/entries/{_part(entry_id)}/decision", decision, EntryDetail)

    def remove(self, entry_id: str, words: str) -> EntryDetail:
        """Take an entry out of every car."""
        return self._send(f"/entries/{_part(entry_id)}/removal", EntryRemoval(words=words), EntryDetail)

    def change(self, entry_id: str, change: EntryChange) -> EntryDetail:
        """Ask for a new version; the ones before are kept."""
        return self._call("PUT", f"/entries/{_part(entry_id)}", change, EntryDetail, _LONG_S)

    def renew(self, entry_id: str, renewal: EntryRenewal) -> EntryDetail:
        """Ask for a later end."""
        return self._send(f"/entries/{_part(entry_id)}/renewal", renewal, EntryDetail)

    def disputes(self) -> DisputeRecords:
        """Every dispute, the newest first."""
        return self._get("/disputes", DisputeRecords)

    def open_dispute(self, opened: DisputeOpened) -> Done:
        """Put on record that a driver says that a stop was wrong."""
        return self._send("/disputes", opened, Done)

    def decide_dispute(self, dispute_id: str, decision: DisputeDecision) -> Done:
        """Uphold or reject a dispute."""
        return self._send(f"/disputes/{_part(dispute_id)}/decision", decision, Done)

    def lift_dispute(self, dispute_id: str, words: str) -> Done:
        """Take a plate off the list of known false hits before its time."""
        return self._send(f"/disputes/{_part(dispute_id)}/lift", EntryRemoval(words=words), Done)

    def flags(self) -> Flags:
        """What a supervisor has to look at."""
        return self._get("/flags", Flags)

    def history(self, subject: str) -> RecordLines:
        """What stands on record of a flagged hit."""
        return self._get(f"/subjects/{_part(subject)}", RecordLines)

    def close_flag(self, position: int, words: str) -> FlagMessage:
        """Close a flag with words."""
        return self._send(f"/flags/{position}/close", FlagReview(words=words), FlagMessage)

    def hits(self) -> HitLines:
        """The newest hits of all cars."""
        return self._get("/hits", HitLines)

    def reliability(self) -> ReliabilityTable:
        """How the hits of each list and entering agency ended."""
        return self._get("/reliability", ReliabilityTable)

    def findings(self) -> Findings:
        """The findings of unusual use that wait for a review."""
        return self._get("/findings", Findings)

    def finding_searches(self, position: int) -> RecordLines:
        """The searches behind a finding."""
        return self._get(f"/findings/{position}/searches", RecordLines)

    def review_finding(self, position: int, verdict: FindingVerdict, words: str) -> FindingMessage:
        """Say what a finding was."""
        review = FindingReview(verdict=verdict, words=words)
        return self._send(f"/findings/{position}/review", review, FindingMessage)

    def security_events(self) -> SecurityEvents:
        """What the Administrator watches for, the newest first."""
        return self._get("/security-events", SecurityEvents)

    def policy(self) -> PolicyInForce:
        """The policy that headquarters enforces."""
        return self._get("/policy", PolicyInForce)

    def alert_profiles(self) -> AlertProfiles:
        """What everybody is alerted of."""
        return self._get("/alert-profiles", AlertProfiles)

    def due(self) -> DueRecords:
        """What is due over all registers."""
        return self._get("/due", DueRecords)

    def accounts(self) -> AccountLines:
        """Every account, without its secrets."""
        return self._get("/accounts", AccountLines)

    def set_state(self, user_id: str, active: bool, reason: str) -> Done:
        """Suspend an account, or put it back in force."""
        state = AccountState(active=active, reason=reason)
        return self._call("PUT", f"/accounts/{_part(user_id)}/state", state, Done, None)

    def release(self, user_id: str) -> Done:
        """Open an account's locks at the cars' next sync."""
        return self._send(f"/accounts/{_part(user_id)}/release", None, Done)

    def ask_new_key(self, user_id: str) -> KeyWishMessage:
        """What is put to a security key that is to be somebody's."""
        return self._send(f"/accounts/{_part(user_id)}/keys/question", None, KeyWishMessage)

    def register_key(self, user_id: str, made: KeyRegistration) -> SecurityKeyMessage:
        """Put a security key of somebody on record."""
        return self._send(f"/accounts/{_part(user_id)}/keys", made, SecurityKeyMessage)

    def withdraw_key(self, user_id: str, withdrawal: KeyWithdrawal) -> Done:
        """End a security key for good."""
        return self._send(f"/accounts/{_part(user_id)}/keys/withdrawal", withdrawal, Done)

    def cars(self) -> CarLines:
        """How every car is."""
        return self._get("/cars", CarLines)

    def notices(self) -> AlertNotices:
        """The hits that designated people are told of."""
        return self._get("/notices", AlertNotices)

    def designate(self, category: str, address: str) -> Done:
        """Have an address told of every hit of a category."""
        return self._send("/alert-routes", NewAlertRoute(category=category, address=address), Done)

    def add_reader(self, reader_id: str, kind: str, area: str, duties: Sequence[str]) -> ReaderIssued:
        """Put a reader on the books; its credential is told this once."""
        new = NewReader(reader_id=reader_id, kind=kind, area=area, duties=tuple(duties))
        return self._send("/readers", new, ReaderIssued)

    def place_car(self, car_id: str, areas: Sequence[str], duty: str) -> Done:
        """Say where a car works and as what."""
        placed = CarDuty(areas=tuple(areas), duty=duty)
        return self._call("PUT", f"/cars/{_part(car_id)}/duty", placed, Done, None)

    def notice_seen(self, position: int) -> Done:
        """Put on record that a notice was seen."""
        return self._send(f"/notices/{position}/seen", None, Done)

    def registers(self) -> RegisterShapes:
        """The registers that this desk may see."""
        return self._get("/registers", RegisterShapes)

    def records(self, register_id: str) -> RegisterRecords:
        """A register's records, what is due first."""
        return self._get(f"/registers/{_part(register_id)}", RegisterRecords)

    def record(self, register_id: str, record_id: str) -> RecordHistory:
        """A record with every version of it."""
        return self._get(f"/registers/{_part(register_id)}/{_part(record_id)}", RecordHistory)

    def open_record(self, register_id: str, opened: RecordOpened) -> RegisterRecord:
        """Open a record."""
        return self._send(f"/registers/{_part(register_id)}", opened, RegisterRecord)

    def act_on_record(self, register_id: str, record_id: str, act: RecordAct) -> RegisterRecord:
        """Change a record, or move it on."""
        return self._send(f"/registers/{_part(register_id)}/{_part(record_id)}", act, RegisterRecord)

    def export_register(self, register_id: str, ending: str) -> ProvedFile:
        """A register as a file ('csv', 'json' or 'pdf') with its proof."""
        return self._file(f"/registers/{_part(register_id)}/export/{ending}", None)

    def share_conditions(self, record_id: str) -> ShareCheck:
        """What stands between a request for data and its answer."""
        return self._get(f"/sharing/{_part(record_id)}/conditions", ShareCheck)

    def share(self, record_id: str, passphrase: str) -> tuple[str, bytes]:
        """Answer a request with a sealed package; the record of what was shared, and the package."""
        asked = PackageAsked(passphrase=passphrase).model_dump_json().encode()
        answer = self._answer("POST", f"/sharing/{_part(record_id)}/package", asked, _LONG_S)
        return answer.headers.get(SHARE, ""), answer.content

    def search(self, asked: SearchAsked) -> SearchAnswer:
        """Search past reads; on record with its count before this returns."""
        return self._send("/searches", asked, SearchAnswer, _LONG_S)

    def into_case(self, search_id: str, asked: CaseAsked) -> CaseFile:
        """Hold reads of a search of this desk for a case; they come signed."""
        return self._send(f"/searches/{_part(search_id)}/case", asked, CaseFile, _LONG_S)

    def further_reads(self, search_id: str, after: str) -> SearchAnswer:
        """The next page of a search of this desk."""
        path = f"/searches/{_part(search_id)}/reads?after={_part(after)}"
        return self._call("GET", path, None, SearchAnswer, _LONG_S)

    def audited(self, record_id: str) -> AuditedQueries:
        """The queries that an audit has drawn."""
        return self._call("GET", f"/audits/{_part(record_id)}/queries", None, AuditedQueries, _LONG_S)

    def judge(self, record_id: str, event_id: str, said: QueryJudgement) -> Done:
        """Judge a query of an audit."""
        return self._send(f"/audits/{_part(record_id)}/queries/{_part(event_id)}", said, Done)

    def audit_report(self, record_id: str) -> ProvedFile:
        """An audit's report as PDF, with its proof."""
        return self._file(f"/audits/{_part(record_id)}/report", None)

    def usage_report(self, period: str) -> ProvedFile:
        """The usage report to the Chief, as PDF."""
        return self._file("/reports/usage", PeriodAsked(period=period))

    def public_page(self, period: str, agency: str) -> ProvedFile:
        """The public page, as HTML."""
        return self._file("/reports/public", PeriodAsked(period=period, agency=agency))

    def roster(self, ending: str) -> ProvedFile:
        """Who is trained in what, as a file with its proof."""
        return self._file(f"/roster/{ending}", None)

    def certificate(self, user_id: str) -> ProvedFile:
        """A person's certificate of the training, as PDF."""
        return self._file(f"/accounts/{_part(user_id)}/certificate", None)

    def record_training(self, user_id: str, done: TrainingRecord) -> Done:
        """Put completed topics of a person's training on record."""
        return self._call("PUT", f"/accounts/{_part(user_id)}/training", done, Done, None)

    def record_drill(self, user_id: str, result: DrillResult) -> Done:
        """Put a drill's result on a person's training record."""
        return self._send(f"/accounts/{_part(user_id)}/drills", DrillResultMessage.of(result), Done)

    def drills(self, user_id: str) -> DrillResults:
        """A person's drills."""
        return self._get(f"/accounts/{_part(user_id)}/drills", DrillResults)


def _part(text: str) -> str:
    return quote(text, safe="")
