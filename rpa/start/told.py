"""What each field is, in both languages, for people: the models say it in English, for a schema.

`TOLD` has the words for every description of a model that a new job or table shows;
tests/cli/test_new.py wants each of them to be there, and no other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rpa.errors import Words
from rpa.rules.record import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic.fields import FieldInfo

    from rpa.rules.record import Column

_OF_PORTAL = Words("Seperti dalam senarai portal.", "In the portal's words.")
_LAST_NAME = Words("Seperti dalam kad pengenalan.", "As on the identity card.")
_NO_MORE: Final = Words("", "")
_MONTH_BM = "Bulan gaji, BB/TTTT dalam tanda petik."

TOLD: Final[Mapping[str, Words]] = {
    # --- of a job ---
    "Only when several portal IDs could file this.": Words(
        "E-mel ID portal; hanya jika beberapa ID portal boleh memfailkannya.",
        "The portal ID's e-mail; only when several portal IDs could file this.",
    ),
    "Employer code: letter, ten digits, letter.": Words(
        "WAJIB. Kod majikan anda: satu huruf, sepuluh digit, satu huruf.",
        "MANDATORY. Your employer code: letter, ten digits, letter.",
    ),
    "The case under query.": Words("Kes yang disoal (kuiri).", "The case under query."),
    # --- of a portal ID ---
    "The employer, and who shall hold the ID.": Words(
        "Majikan, dan siapa yang akan memegang ID portal. Frasa keselamatan tidak ditulis di sini.",
        "The employer, and who shall hold the portal ID. The security phrase is not written here.",
    ),
    "The papers that go with it; type: signed form, signed letter, identity card, registration, "
    "other.": Words(
        "Kertas yang disertakan: PDF, JPG atau PNG, di sebelah fail ini. 'type' salah satu:\n"
        "signed form, signed letter, identity card, registration, other.",
        "The papers that go with it: PDF, JPG or PNG, beside this file. 'type' is one of:\n"
        "signed form, signed letter, identity card, registration, other.",
    ),
    "In the words of PERKESO's form; its choices are not known.": Words(
        "Seperti pada borang PERKESO; pilihannya tidak diketahui.",
        "In the words of PERKESO's form; its choices are not known.",
    ),
    "Where PERKESO has given one already: letter, ten digits, letter.": Words(
        "Jika PERKESO sudah memberinya: satu huruf, sepuluh digit, satu huruf.",
        "Where PERKESO has given one already: letter, ten digits, letter.",
    ),
    "The employer's.": Words("Nama majikan.", "The employer's name."),
    "Of who shall hold the portal ID.": Words(
        "Nama orang yang akan memegang ID portal.", "Of who shall hold the portal ID."
    ),
    "New Identification (NRIC), or another kind of number.": Words(
        "New Identification (No. KPPN), atau jenis nombor lain.",
        "New Identification (NRIC), or another kind of number.",
    ),
    "In quotes.": Words("Dalam tanda petik.", "In quotes."),
    "It becomes the portal ID; the password comes to it.": Words(
        "Ia menjadi ID portal; kata laluan dihantar kepadanya.",
        "It becomes the portal ID; the password comes to it.",
    ),
    "Whether the employer is one of a group of companies.": Words(
        "Sama ada majikan ini sebahagian daripada kumpulan syarikat.",
        "Whether the employer is one of a group of companies.",
    ),
    # --- of a list of self-employed people ---
    "The agency or association that gives the list.": Words(
        "WAJIB. Agensi atau persatuan yang mengemukakan senarai.",
        "MANDATORY. The agency or association that gives the list.",
    ),
    "Whom PERKESO may ask: name and telephone, for the mail.": Words(
        "Siapa yang PERKESO boleh hubungi: nama dan telefon, untuk e-mel.",
        "Whom PERKESO may ask: name and telephone, for the mail.",
    ),
    "Papers of the whole list, such as the agency's letter.": Words(
        "Dokumen bagi seluruh senarai, misalnya surat agensi: PDF, JPG atau PNG, di sebelah fail\n"
        "ini. 'type' ialah apa dokumen itu.",
        "Papers of the whole list, such as the agency's letter: PDF, JPG or PNG, beside this\n"
        "file. 'type' is what the paper is.",
    ),
    "citizen or permanent resident; nobody else may be listed.": Words(
        "Warganegara atau pemastautin tetap; orang lain tidak boleh disenaraikan.",
        "Citizen or permanent resident; nobody else may be listed.",
    ),
    "One of the twenty sectors.": Words(
        "Salah satu daripada dua puluh sektor.", "One of the twenty sectors."
    ),
    "The number of the plan.": Words(
        "SPS Padanan Caruman: 2. SPS Khidmat: mengikut kumpulan.",
        "SPS Padanan Caruman: 2. SPS Khidmat: as the group has it.",
    ),
    "Copy of the identity card: PDF, JPG or PNG, relative to the job file.": Words(
        "Salinan kad pengenalan: PDF, JPG atau PNG, di sebelah fail kerja.",
        "Copy of the identity card: PDF, JPG or PNG, beside the job file.",
    ),
    "Licence, driver's card, profile at a platform or an association's letter: PDF, JPG or PNG, "
    "relative to the job file.": Words(
        "Lesen, kad pemandu, profil platform atau surat persatuan: PDF, JPG atau PNG.",
        "Licence, driver's card, profile at a platform or an association's letter: PDF, JPG or "
        "PNG.",
    ),
    "The group for which SPS Khidmat is.": Words(
        "Kumpulan sasar SPS Khidmat.", "The group for which SPS Khidmat is."
    ),
    "Letter of appointment or confirmation of the work: PDF, JPG or PNG, relative to the job "
    "file.": Words(
        "Surat pelantikan atau pengesahan kerja: PDF, JPG atau PNG.",
        "Letter of appointment or confirmation of the work: PDF, JPG or PNG.",
    ),
    "The form, and what it says.": Words("Borang dan isinya.", "The form, and what it says."),
    "How many, when, and whose.": Words(
        "Berapa orang, bila, dan majikan mana.", "How many, when, and whose."
    ),
    "The private employer.": Words("Majikan persendirian.", "The private employer."),
    "The employer, as Form 1 asks.": Words(
        "Majikan, seperti dalam Borang 1.", "The employer, as Form 1 asks."
    ),
    "Only what changes.": Words(
        "Hanya yang berubah: buang tanda # pada barisnya dan isikan.",
        "Only what changes: take the # from its line and fill it in.",
    ),
    "Rows sent under one HANTAR.": Words(
        "Bilangan baris yang dihantar dengan satu HANTAR.", "Rows sent under one HANTAR."
    ),
    "How `assist-rpa due` files the rows on their days.": Words(
        "Cara `assist-rpa due` memfailkan baris pada harinya.",
        "How `assist-rpa due` files the rows on their days.",
    ),
    "A day on which nothing ran: file late, skip with the reason, or ask.": Words(
        "Hari yang terlepas: late (fail lewat), skip (langkau) atau ask (tanya).",
        "A day on which nothing ran: late (file late), skip, or ask.",
    ),
    "So many days after the row's own date.": Words(
        "Berapa hari selepas tarikh baris itu.", "So many days after the row's own date."
    ),
    "On rest days and holidays: file, or wait for the next working day.": Words(
        "Pada hari rehat dan cuti: file, atau next (hari bekerja berikutnya).",
        "On rest days and holidays: file, or next (working day).",
    ),
    'The month of the wages, "MM/YYYY".': Words(
        f"WAJIB. {_MONTH_BM}", 'MANDATORY. The month of the wages, "MM/YYYY" in quotes.'
    ),
    "both: SOCSO + EIS; socso: an ACR alone; eis: an ECR alone.": Words(
        "both: PERKESO + SIP; socso: ACR sahaja; eis: ECR sahaja.",
        "both: SOCSO + EIS; socso: an ACR alone; eis: an ECR alone.",
    ),
    "Upload a text file, or type each worker's wages.": Words(
        "text_file: muat naik fail teks; rows: gaji setiap pekerja ditaip.",
        "text_file: upload a text file; rows: type each worker's wages.",
    ),
    "month: the whole month, in time or in arrears; short: what is missing of a month that was "
    "submitted, each row with his full wages.": Words(
        "month: bulan penuh, tepat masa atau tertunggak;\nshort: kekurangan bulan yang sudah "
        "dihantar, setiap baris dengan gaji penuh.",
        "month: the whole month, in time or in arrears;\nshort: what is missing of a month that "
        "was submitted, each row with his full wages.",
    ),
    "What the payroll program says the month adds up to.": Words(
        "Jumlah bulan itu menurut program gaji; yang berbeza menghentikan kerja.",
        "What the payroll program says the month adds up to; a difference stops the job.",
    ),
    "Workers with wages.": Words("Pekerja bergaji.", "Workers with wages."),
    "All contributions together.": Words("Semua caruman.", "All contributions together."),
    "The SSM number; blanks without.": Words(
        "No. SSM; kosong jika tiada.", "The SSM number; blank without one."
    ),
    # --- of a worker ---
    "local or domestic local; in a table also Tempatan, Domestik Tempatan.": Words(
        "Kosong bermaksud Tempatan.", "Empty means local."
    ),
    "foreign or domestic foreign; in a table also Asing, Domestik Asing.": Words(
        "Kosong bermaksud Tempatan.", "Empty means local."
    ),
    "local (Malaysians, permanent and temporary residents), foreign, domestic local or domestic "
    "foreign; in a table also Tempatan, Asing, Domestik …": Words(
        "Kosong bermaksud Tempatan: warganegara, pemastautin tetap dan sementara.",
        "Empty means local: Malaysians, permanent and temporary residents.",
    ),
    "NRIC: 12 digits in quotes, or with dashes as in YYMMDD-PB-####.": _NO_MORE,
    "NRIC in quotes or with dashes, or passport number.": Words(
        "Di sebelah nama, isi sekurang-kurangnya satu: nombor ini, no. keselamatan sosial atau "
        "tarikh mula.",
        "Beside the name at least one of: this number, social security number, start date.",
    ),
    "NRIC: 12 digits in quotes or with dashes; of a foreign worker the SSFW or SSFDW number, "
    "never the passport's.": Words(
        "Pekerja asing: nombor SSFW atau SSFDW, bukan pasport.",
        "Of a foreign worker the SSFW or SSFDW number, never the passport's.",
    ),
    "The worker's NRIC in quotes or with dashes, or passport number.": Words(
        "Pekerja yang berubah maklumatnya; nombor ini sendiri tidak diubah.",
        "Whose details change; this number itself is not changed.",
    ),
    "As on the identity card.": _LAST_NAME,
    "yyyy-mm-dd or dd/mm/yyyy.": _NO_MORE,
    "Male or Female; in a table also M, F, L, P, Lelaki, Perempuan.": _NO_MORE,
    "Male or Female.": _NO_MORE,
    "In the portal's words.": _OF_PORTAL,
    "First of the three MASCO lists, in the portal's words.": Words(
        "Senarai MASCO pertama, seperti dalam portal.",
        "First of the three MASCO lists, in the portal's words.",
    ),
    "Second MASCO list.": Words(
        "Senarai MASCO kedua; perlukan yang pertama.", "Second MASCO list; needs the first."
    ),
    "Third MASCO list.": Words(
        "Senarai MASCO ketiga; perlukan yang kedua.", "Third MASCO list; needs the second."
    ),
    "The country in English, as the portal lists it.": Words(
        "Nama negara dalam bahasa Inggeris. Kosong bermaksud Malaysia, bagi pekerja tempatan.",
        "The country in English. Empty means Malaysia, of a local worker.",
    ),
    "The country in English.": Words(
        "Nama negara dalam bahasa Inggeris.", "The country in English."
    ),
    "Number of the old identity card, in quotes.": Words(
        "Nombor kad pengenalan lama.", "Number of the old identity card."
    ),
    "Another number of this person, in quotes.": Words(
        "Nombor lain bagi orang ini.", "Another number of this person."
    ),
    "true or false; in a table also Yes, No, Ya, Tidak.": _NO_MORE,
    "true or false.": _NO_MORE,
    "A paper about this worker: PDF, JPG or PNG, relative to the job file.": Words(
        "Dokumen tentang pekerja ini; isi juga jenisnya.",
        "A paper about this worker; fill in its type as well.",
    ),
    "The type of that paper in the portal's words.": Words(
        "Jenis dokumen itu, seperti dalam senarai portal.",
        "The type of that paper in the portal's words.",
    ),
    "As in the passport.": Words("Seperti dalam pasport.", "As in the passport."),
    "Pass or permit, in the portal's words.": Words(
        "Pas atau permit, seperti dalam senarai portal.", "Pass or permit, in the portal's words."
    ),
    "Number of the pass or permit, in quotes.": Words(
        "Nombor pas atau permit.", "Number of the pass or permit."
    ),
    "In quotes; it may be abroad.": Words("Boleh di luar negara.", "It may be abroad."),
    "The declaration form for dependents, filled and signed. PDF, JPG or PNG, relative to the job "
    "file.": Words(
        "Borang perakuan orang tanggungan, diisi dan ditandatangani.",
        "The declaration form for dependents, filled and signed.",
    ),
    "The passport's front page. PDF, JPG or PNG, relative to the job file.": Words(
        "Muka depan pasport.", "The passport's front page."
    ),
    "The valid pass or permit. PDF, JPG or PNG, relative to the job file.": Words(
        "Pas atau permit yang sah.", "The valid pass or permit."
    ),
    # --- of a leaver, of a change ---
    "Social security number, in quotes; of foreign workers SSFW, SSFDW.": Words(
        "Pekerja asing: SSFW atau SSFDW.", "Of foreign workers SSFW, SSFDW."
    ),
    "yyyy-mm-dd or dd/mm/yyyy, as the portal lists it.": Words(
        "Seperti dalam senarai portal.", "As the portal lists it."
    ),
    "The last day; one to come is filed when it has come.": Words(
        "Hari terakhir; yang belum tiba difailkan apabila tiba.",
        "The last day; one to come is filed when it has come.",
    ),
    "Needs the identification card.": Words(
        "Nama yang diubah memerlukan salinan kad pengenalan.",
        "A changed name needs a copy of the identification card.",
    ),
    "Needed with a changed name. PDF, JPG or PNG, relative to the job file.": Words(
        "Perlu jika nama diubah.", "Needed with a changed name."
    ),
    "The day of the change: it tells this change from an equal, later one.": Words(
        "Hari perubahan: membezakannya daripada perubahan yang sama kemudian.",
        "The day of the change: it tells this change from an equal, later one.",
    ),
    # --- of a payroll ---
    "All wages of the month in ringgit, allowances included.": Words(
        "Semua gaji bulan itu, termasuk elaun.", "All wages of the month, allowances included."
    ),
    "Only where there is no NRIC to tell it. yyyy-mm-dd or dd/mm/yyyy.": Words(
        "Hanya jika tiada No. KPPN.", "Only where there is no NRIC to tell it."
    ),
    "To PERKESO, under any employer; needed from 55 to 59. yyyy-mm-dd or dd/mm/yyyy.": Words(
        "Kepada PERKESO, di bawah mana-mana majikan; perlu bagi umur 55 hingga 59.",
        "To PERKESO, under any employer; needed from 55 to 59.",
    ),
    "true for a local worker whose opt-out PERKESO has.": Words(
        "Ya bagi pekerja tempatan yang pengecualiannya ada pada PERKESO.",
        "Yes for a local worker whose opt-out PERKESO has.",
    ),
    "true for a worker who receives an invalidity pension.": Words(
        "Ya bagi pekerja yang menerima pencen ilat.",
        "Yes for a worker who receives an invalidity pension.",
    ),
    "true for a local worker outside EIS: contract staff of a statutory body or local authority; "
    "from 57 on without EIS before.": Words(
        "Ya bagi pekerja tempatan tanpa SIP: kakitangan kontrak badan berkanun atau pihak berkuasa "
        "tempatan; 57 tahun ke atas tanpa SIP sebelumnya.",
        "Yes for a local worker outside EIS: contract staff of a statutory body or local "
        "authority; from 57 on without EIS before.",
    ),
    "Only compared with the kind of worker.": Words(
        "Hanya dibandingkan dengan jenis pekerja.", "Only compared with the kind of worker."
    ),
    "Only compared with the NRIC.": Words(
        "Hanya dibandingkan dengan No. KPPN.", "Only compared with the NRIC."
    ),
    "Only compared with the month that the table is for.": Words(
        "Hanya dibandingkan dengan bulan jadual ini.",
        "Only compared with the month that the table is for.",
    ),
    "How much of the wages is allowances, for the register; never added.": Words(
        "Bahagian elaun dalam gaji, untuk daftar pekerja; tidak ditambah.",
        "How much of the wages is allowances, for the register; never added.",
    ),
    "For the register of employees; in the employer's own words.": Words(
        "Untuk daftar pekerja; dalam perkataan majikan.",
        "For the register of employees; in the employer's own words.",
    ),
    "Start or end in this month; only the old text files hold it. yyyy-mm-dd or dd/mm/yyyy.": Words(
        "Mula atau berhenti dalam bulan ini; untuk fail teks lama sahaja.",
        "Start or end in this month; only the old text files hold it.",
    ),
    "B new, H left, M died, S sick leave, T unpaid leave; old files only.": Words(
        "Untuk fail teks lama sahaja.", "Old text files only."
    ),
    # --- of an employer, a case, an end ---
    "The case number.": Words("Nombor kes, seperti dalam surat.", "The case number."),
    "Date of the letter of inquiry.": Words(
        "Tarikh surat pertanyaan.", "Date of the letter of inquiry."
    ),
    "Form 1A, or Form 3 EIS.": _NO_MORE,
    "The employer code typed a second time.": Words(
        "Kod majikan, ditaip sekali lagi.", "The employer code typed a second time."
    ),
    "How many active workers the portal lists; exactly.": Words(
        "Berapa pekerja aktif disenaraikan oleh portal; tepat.",
        "How many active workers the portal lists; exactly.",
    ),
    "Form 1A only: Dormant, Winding Up or Cancel.": Words("Form 1A sahaja.", "Form 1A only."),
    "Form 1A only: the first day without workers.": Words(
        "Form 1A sahaja: hari pertama tanpa pekerja.",
        "Form 1A only: the first day without workers.",
    ),
    "Form 1A only: the last such day, where it is known.": Words(
        "Form 1A sahaja: hari terakhir begitu, jika diketahui.",
        "Form 1A only: the last such day, where it is known.",
    ),
    "The workers' last day; of Form 3 the day on which EIS ends.": Words(
        "Hari terakhir pekerja; bagi Form 3 hari SIP tamat.",
        "The workers' last day; of Form 3 the day on which EIS ends.",
    ),
    "Everybody's last day.": Words("Hari terakhir semua pekerja.", "Everybody's last day."),
    "Only for some of the entity Others.": Words(
        "Hanya bagi sesetengah entiti Others.", "Only for some of the entity Others."
    ),
    "NRIC: 12 digits in quotes or with dashes; else the passport's number.": _NO_MORE,
    "When it was registered with SSM.": Words(
        "Bila didaftarkan dengan SSM.", "When it was registered with SSM."
    ),
    "true for a branch of a business that PERKESO knows already.": Words(
        "true bagi cawangan perniagaan yang sudah dikenali PERKESO.",
        "true for a branch of a business that PERKESO knows already.",
    ),
    "true: the employer certifies and agrees to contribute under Act 800.": Words(
        "true: majikan mengakui dan bersetuju mencarum di bawah Akta 800. Tanya majikan.",
        "true: the employer certifies and agrees to contribute under Act 800. Ask him.",
    ),
    "Five digits, in quotes.": Words("Lima digit.", "Five digits."),
    "false needs the industry address below.": Words(
        "false memerlukan alamat industri di bawah.", "false needs the industry address below."
    ),
    "The portal's whole text, or its first part where only one begins so.": Words(
        "Teks portal sepenuhnya, atau bahagian pertamanya jika hanya satu bermula begitu.",
        "The portal's whole text, or its first part where only one begins so.",
    ),
    "The country in English; it decides whom the law lets you employ.": Words(
        "Nama negara dalam bahasa Inggeris; menentukan siapa boleh digaji.",
        "The country in English; it decides whom the law lets you employ.",
    ),
    "true for a permanent resident of Malaysia.": Words(
        "true bagi pemastautin tetap Malaysia.", "true for a permanent resident of Malaysia."
    ),
    "The BRN, in quotes.": Words("No. pendaftaran perniagaan.", "The BRN."),
    "The portal's whole text, its code, or its words.": Words(
        "Teks portal sepenuhnya, kodnya, atau perkataannya.",
        "The portal's whole text, its code, or its words.",
    ),
}
_ID = Words("12 digit, atau bersengkang YYMMDD-PB-####", "12 digits, or dashed as YYMMDD-PB-####")
_OTHER_ID = Words("atau nombor pasport", "or a passport number")
_PAPER = Words("nama fail PDF, JPG atau PNG", "name of a PDF, JPG or PNG file")
_FORMS: Final[Mapping[Kind, Words]] = {
    Kind.NRIC: _ID,
    Kind.IDENTITY: Words(f"{_ID.bm}, {_OTHER_ID.bm}", f"{_ID.en}, {_OTHER_ID.en}"),
    Kind.DATE: Words("tarikh: hh/bb/tttt", "date: dd/mm/yyyy"),
    Kind.COUNT: Words("nombor bulat", "whole number"),
    Kind.PHONES: Words("+60 dan 7 hingga 11 digit", "+60 and 7 to 11 digits"),
    Kind.MONEY: Words("ringgit, dua tempat perpuluhan", "ringgit, two decimals"),
}


def told(info: FieldInfo) -> Words:
    """What a field is; nothing where its heading and its form say all."""
    return TOLD.get(info.description or "", _NO_MORE)


def in_table(column: Column) -> Words:
    """How a cell of a table is written."""
    if column.kind is Kind.CHOICE:
        return Words("pilih daripada senarai", "pick from the list")
    if column.kind is Kind.YES_NO:
        return Words("Ya atau Tidak", "Yes or No (Ya, Tidak)")
    if column.kind is Kind.FILE:
        return Words(
            f"{_PAPER.bm}, di sebelah fail kerja", f"{_PAPER.en}, which lies beside the job file"
        )
    return column.written or _FORMS.get(column.kind) or _text(column)


def in_job(column: Column) -> Words:
    """How a value is written in the job file."""
    if column.kind is Kind.CHOICE:
        values = ", ".join(dict.fromkeys(column.choices.values()))
        return Words(f"salah satu: {values}", f"one of: {values}")
    if column.kind is Kind.YES_NO:
        return Words("true (ya) atau false (tidak)", "true (yes) or false (no)")
    words = (
        column.written
        or _FORMS.get(column.kind)
        or (_PAPER if column.kind is Kind.FILE else _text(column))
    )
    if column.kind in {Kind.NRIC, Kind.IDENTITY, Kind.PHONES}:
        return Words(f"{words.bm}, dalam tanda petik", f"{words.en}, in quotes")
    return words


def _text(column: Column) -> Words:
    return Words(
        f"teks, paling banyak {column.length} aksara", f"text, at most {column.length} characters"
    )
