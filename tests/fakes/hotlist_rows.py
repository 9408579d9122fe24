"""Made-up rows of every hot list layout, written from the layouts' columns; no row of a real list is among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Sample:
    """A file of a layout, and what its rows are: (plate, state, category) of each entry, in order."""

    lines: tuple[str, ...]
    entries: tuple[tuple[str, str, str], ...]
    name: str = "list.txt"


def ncic_row(nic: str = "V123456789", plate: str = "AB12345", state: str = "CT", *, tail: str = "", at: int = 0) -> str:
    """Return a row in NCIC's columns; `at` moves the file's letter into the NIC."""
    number = f"{'21'[:at]}{nic[0]}{nic[1:]}"[:10]
    return f"{number:10}{'CT0056700':9}20261101{plate:10}{state:2}2027PC2014F0RDFUS4D{'BLK':7}{tail}"


def ct_row(plate: str, make: str, color: str, state: str) -> str:
    """Return a row of Connecticut's motor vehicle department."""
    words = f"{'PASSENGER':30}{make:30}{'CAMRY':30}{'4D':30}{color:30}"
    return f"{plate:8}{words}2019{'REGULAR':30}20270101{state}"


def comma(*values: str) -> str:
    """Return values with commas between."""
    return ",".join(values)


_NCIC = (
    "EXTRACT 20261122 0600",
    ncic_row(),
    ncic_row("P223456789", "4BXR91", "0H"),
    ncic_row("W323456789", "D0DG1", "NY"),
)
_NCIC_ENTRIES = (
    ("AB12345", "CT", "stolen_vehicle"),
    ("4BXR91", "OH", "stolen_plate"),
    ("D0DG1", "NY", "wanted_person"),
)
_FULL = ("CT0056700", "20261101", "AB12345", "CT", "2027", "PC", "2014", "FORD", "FUS", "4D", "BLK")
_FL_STATE = "A;B;C;D;E;F;NIC;DATE;?;TIME;PLATE;YEAR;STATE;TYPE;TIME"
_IN_PERSON = "1,ANY,NAME,,01/02/1970,1,2 STREET,,TOWN,IN,46000,COUNTY,CARD,STANDING,N,02/21/2027"

SAMPLES: Mapping[str, Sample] = {
    "ncic": Sample(_NCIC, _NCIC_ENTRIES),
    "pa_psp": Sample(_NCIC, _NCIC_ENTRIES),
    "mi_state": Sample(
        (
            "HEADER",
            ncic_row("M123456789", tail="MISSING PERSON NCIC"),
            ncic_row("V223456789", "4BXR91", "MI", tail="STOLEN VEHICLE MI"),
        ),
        (("AB12345", "CT", "missing_person"), ("4BXR91", "MI", "stolen_vehicle")),
    ),
    "nj_mvc": Sample(
        (
            f"{'S':27}{'ABC12D':10}NJ      1985NIS SEN04BLUE",
            f"{'E':27}{'D34EFG':10}NJ",
        ),
        (("ABC12D", "NJ", "agency"), ("D34EFG", "NJ", "agency")),
    ),
    "wa_ncic": Sample(
        ("HEADER", ncic_row("V01288390", "BN0W111", "WA", at=2)[:45], ncic_row("P01288391", "921RQE", "WA", at=2)),
        (("BN0W111", "WA", "stolen_vehicle"), ("921RQE", "WA", "stolen_plate")),
    ),
    "ny_state": Sample(
        ("HEADER", f"{'KLM1234':10}NYPC VMELRYEL/BLK", f"{'KLM1235':10}ILPC W", f"{'KLM1236':10}NJPC XT0YTBLU"),
        (("KLM1234", "NY", "stolen_vehicle"), ("KLM1235", "IL", "wanted_person"), ("KLM1236", "NJ", "agency")),
    ),
    "co_ccic": Sample(
        (
            "PLATE     STLIST",
            f"{'ABC123':10}CO{'Attempt To Locate':22}2002 FORD FOC BLK",
            f"{'ABC124':10}CO{'Stolen/Car Jacking/Ca':22}2002 FORD FOC BLK",
            f"{'ABC125':10}CO{'Used in Felony or By':22}",
            f"{'ABC126':10}CO{'Used in Misdemeanor or':22}2010 TOYT",
        ),
        (
            ("ABC123", "CO", "agency"),
            ("ABC124", "CO", "stolen_vehicle"),
            ("ABC125", "CO", "felony_vehicle"),
            ("ABC126", "CO", "agency"),
        ),
    ),
    "ca_doj_clew": Sample(
        ("DATE 20261122", "1ABC234 CA1920261101", "2BCD345 CA2020261102", "TOTAL RECORD 0000002"),
        (("1ABC234", "CA", "stolen_vehicle"), ("2BCD345", "CA", "stolen_vehicle")),
        "svs.tbl",
    ),
    "ct_collect": Sample(
        (ct_row("AB12345", "TOYOTA", "BLACK", "CT"), ct_row("1AB-CD2", "F0RD", "RED", "")),
        (("AB12345", "CT", "agency"), ("1ABCD2", "CT", "agency")),
    ),
    "il_leads": Sample(
        (
            "660JEM  WIPCSTOLEN VYR/05 VMA/DODG VMO/MAG VST/4D VCO/RED     DOT/010326 LDS/V16A0661",
            f"660JEN  ILPC{'MISSING':7}{'ANY NAME M W 01/02/1970':58}    M26A0001",
            f"660JEP  ILPC{'WANTED':7}{'OTHER NAME F W 01/02/1980':58}    W26A0001",
        ),
        (
            ("660JEM", "WI", "stolen_vehicle"),
            ("660JEN", "IL", "missing_person"),
            ("660JEP", "IL", "wanted_person"),
        ),
    ),
    "il_sos": Sample(
        ("15386VD  ILFMREVOKED DOT/032926 EXP/0727", "15387VD  ILPCSUSPEND DOT/032926 EXP/0727"),
        (("15386VD", "IL", "agency"), ("15387VD", "IL", "agency")),
    ),
    "oh_leads": Sample(
        (
            "SP2-0734: unknown command beginning",
            "1 ABC123 MI 01/01/2027 04/11/2026 UHAU TL 2015 0NG/WHI M12345678 V987654321",
            f"1 {'D0DG1':10} 0H 01/01/2027 04/11/2026 {'F0RD':24} F0C 2015 {'BLK':7} 0H WARRANT SUPP",
            "1 ABC125 0H 01/01/2027 04/11/2026 0H STOLEN VEHICLE",
        ),
        (("ABC123", "MI", "stolen_vehicle"), ("D0DG1", "OH", "wanted_person"), ("ABC125", "OH", "stolen_vehicle")),
    ),
    "tx_ncic": Sample(
        (comma("V123456789", *_FULL[:5], *_FULL[6:]), comma("P123456789", *_FULL[:2], "17MFM5", "TX", *[""] * 6)),
        (("AB12345", "CT", "stolen_vehicle"), ("17MFM5", "TX", "stolen_plate")),
    ),
    "tx_tcic": Sample(
        ("TW1026325915,17MFM5,TX,2009,FORD,TK,PK,WHI", "TE1026325916,17MFM6,TX,,,,,", "TY1026325917,17MFM7,TX,,,,,"),
        (("17MFM5", "TX", "wanted_person"), ("17MFM6", "TX", "violent_person"), ("17MFM7", "TX", "missing_person")),
    ),
    "mn_ncic": Sample(
        ("NIC,ORI,DATE,LIC,LIS,LIY,LIT,VYR,VMA,VMO,VST,VCO", comma("V123456789", *_FULL)),
        (("AB12345", "CT", "stolen_vehicle"),),
    ),
    "ks_topeka": Sample(
        (comma("V", *_FULL), comma("H", *_FULL)),
        tuple(("AB12345", "CT", c) for c in ("stolen_vehicle", "protection_order")),
    ),
    "al_state": Sample(
        ("4BXR91,,V000000000,CHEV,,RED,1985,Stolen Vehicle or Vehicle Part,WA", "4BXR92,,,,,,,Wanted Person,AL"),
        (("4BXR91", "WA", "stolen_vehicle"), ("4BXR92", "AL", "wanted_person")),
    ),
    "ia_state": Sample(
        ("BMAC272   ,2027,TK,ON,R004163992,CNVP,ON3251500", "ABC123,9999,PC,NE,C1,SOR,NE0000000"),
        (("BMAC272", "ON", "canadian_vehicle"), ("ABC123", "NB", "sex_offender")),
    ),
    "fl_state": Sample(
        (_FL_STATE, "STOLEN VEHICLE;FL0130000;ANY PD;1;2;3;V123456789;11/01/2026;;;ABC123;2027;FL;PC;11/01/2026 11:00"),
        (("ABC123", "FL", "stolen_vehicle"),),
    ),
    "fl_dmv": Sample(
        (
            "PLATE,STATE,CATEGORY,REST",
            "Y83YPH,FL,EXPIRED DRIVER LICENSES - ,G650510522640,05/14/1970,M,W,68,75,2016,WHI,NISS,7/9/2026 6:55:57 PM",
            "Y83YPI,FL,Expired Tag WHI NISS",
            "Y83YPJ,FL,SEXUAL OFFENDERS/PREDATORS,G650510522640,NAME,ANY,05/14/1970,M,W,68,75,2016,WHI,NISS",
        ),
        (("Y83YPH", "FL", "agency"), ("Y83YPI", "FL", "agency"), ("Y83YPJ", "FL", "sex_offender")),
    ),
    "in_dmv": Sample((f"{_IN_PERSON},IN,CENTURY CUSTOM,2021,PC,TR1234ZAL",), (("TR1234ZAL", "IN", "agency"),)),
    "ga_spalding": Sample(
        ("BUC8867 GA#9EXPIRED,FORD,2006,FUSION FUSION,RED  ", "BUC8868 GA#4SUSPENDED,,,,"),
        (("BUC8867", "GA", "agency"), ("BUC8868", "GA", "agency")),
    ),
    "ks_state": Sample(
        (
            "STATE OF KANSAS",
            "ABC123 ONCANADIAN ENTRY - CHECK PC 2015HONDBLKKS0230000 20261101",
            "123ABC KS#3 STOLEN VEHICLE! Check PC 2015HONDBLKKS0230000 20261101",
            "123ABD KS#1AB11/02/2026AB-CD-EF 2015-HOND-CIV-BLKA1234567 WAR-see remarks",
            "123ABE KS#4 Suspended Passenger 2015 Lg # 12 COUNTY",
            "123ABF KS#8 STOLEN PLATE 20261101 2015 HOND CIV PC BLK KSRO KS1234567",
        ),
        (
            ("ABC123", "ON", "canadian_vehicle"),
            ("123ABC", "KS", "stolen_vehicle"),
            ("123ABD", "KS", "wanted_person"),
            ("123ABE", "KS", "agency"),
            ("123ABF", "KS", "stolen_plate"),
        ),
    ),
    "wa_stolen": Sample(
        (
            "LIST,ORI,PLATE,STATE,YEAR,TYPE,VIN",
            "EVS,WA0170600,921RQE,WA,2027,PC,0VIN0,2003,HOND,ELE,4D,SIL,07/31/2026,26-1,CALL FIRST, BOTH PLATES, YES",
        ),
        (("921RQE", "WA", "stolen_vehicle"),),
    ),
    "genetec": Sample(
        ("ABC123;Stolen;NY;2026-01-01;2026-12-31;red", "4BX?9*;Local watch;CT;;;"),
        (("ABC123", "NY", "stolen_vehicle"), ("4BX9", "CT", "agency")),
    ),
    "csv": Sample(
        ("Tag,State,Make,Color,Category", "ab-123,NE,Toyota,Black,AMBER Alert", '"4BX R91",CT,,,"Stolen, local"'),
        (("AB123", "NB", "amber_alert"), ("4BXR91", "CT", "stolen_vehicle")),
    ),
    "simple": Sample(("ABC-123", "4BX?91"), (("ABC123", "", "agency"), ("4BX91", "", "agency"))),
}

PERSONAL = ("G650510522640", "1970", "NAME", "STREET", "0VIN0", "REMARKS", "CALL FIRST", "M26A0001")
"""What stands in these rows of people, and must not come into an entry."""
