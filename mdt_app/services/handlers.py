"""The one table of commands and their handlers."""

from __future__ import annotations

from collections.abc import Mapping

from mdt_app.domain import commands as c
from mdt_app.domain import drafts, read_search, sound
from mdt_app.domain import entry_requests as q
from mdt_app.domain import equipment as e
from mdt_app.domain import list_delivery as d
from mdt_app.domain import retention as r
from mdt_app.services import (
    on_confirmation,
    on_deliveries,
    on_drafts,
    on_entries,
    on_equipment,
    on_past_reads,
    on_reads,
    on_restart,
    on_search,
    on_session,
    on_sound,
    on_stops,
    on_sync,
    on_verification,
    retention,
)
from mdt_app.services.context import Handler

HANDLERS: Mapping[type, Handler] = {
    c.SignIn: on_session.sign_in,
    c.AskKey: on_session.ask_key,
    c.SignOut: on_session.sign_out,
    c.LockScreen: on_session.lock_screen,
    c.UnlockScreen: on_session.unlock_screen,
    c.ProveIdentity: on_session.prove_identity,
    c.LockCar: on_session.lock_car,
    c.ReleaseAccount: on_session.release_account,
    c.RecordRead: on_reads.record_read,
    c.Redecide: on_stops.redecide,
    c.ResumeRequests: on_restart.resume_requests,
    c.MatchPastReads: on_past_reads.match_past_reads,
    c.MarkSignal: on_reads.mark_signal,
    c.RecordFinding: on_sync.record_finding,
    c.ConfirmAlertShown: on_reads.confirm_alert_shown,
    drafts.KeepDraft: on_drafts.keep_draft,
    c.ConfirmPlate: on_verification.confirm_plate,
    c.TakeBackPlate: on_verification.take_back_plate,
    c.AnswerVehicle: on_verification.answer_vehicle,
    c.AskStatus: on_verification.ask_status,
    c.RecordStatus: on_verification.record_status,
    c.AnswerByRadio: on_verification.answer_by_radio,
    c.RequestConfirmation: on_confirmation.request_confirmation,
    c.RecordConfirmation: on_confirmation.record_confirmation,
    c.TakeConfirmation: on_confirmation.take_confirmation,
    c.StateGround: on_stops.state_ground,
    c.RequestStop: on_stops.request_stop,
    c.RecordDisposition: on_stops.record_disposition,
    c.AskRemoval: on_stops.ask_removal,
    c.Follow: on_stops.follow,
    c.EndWithoutStop: on_stops.end_without_stop,
    c.SetAlertProfile: on_session.set_alert_profile,
    sound.MuteSound: on_sound.mute_sound,
    read_search.SearchReads: on_search.search_reads,
    q.RequestEntry: on_entries.request_entry,
    q.TellEntryRequests: on_entries.tell_entry_requests,
    q.TakeEntryNews: on_entries.take_entry_news,
    read_search.RecordFound: on_search.record_found,
    c.ApplyHotList: on_sync.apply_hotlist,
    d.BeginDelivery: on_deliveries.begin_delivery,
    d.StageDelivery: on_deliveries.stage_delivery,
    d.PutDelivery: on_deliveries.put_delivery,
    d.DropDeliveries: on_deliveries.drop_deliveries,
    d.SweepLists: on_deliveries.sweep_lists,
    c.ApplyListDelta: on_sync.apply_list_delta,
    c.ApplyFalseHits: on_sync.apply_false_hits,
    c.ApplyAccounts: on_sync.apply_accounts,
    c.ConfirmDelivery: on_sync.confirm_delivery,
    c.ParkEvent: on_sync.park_event,
    e.RecordCheck: on_equipment.record_check,
    e.RecordRepair: on_equipment.record_repair,
    e.RegisterCameras: on_equipment.register_cameras,
    r.PurgeExpired: retention.purge_expired,
    r.TellTime: retention.tell_time,
    r.PreserveData: retention.preserve_data,
    r.ReleaseCase: retention.release_case,
}
