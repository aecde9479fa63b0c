"""What the papers and the mail of an application for a portal ID say."""

from __future__ import annotations

from rpa.errors import Words
from rpa.rules.enrolment import ADDRESS, PHRASE_LENGTH

FORM, LETTER = "signed form", "signed letter"
# What a paper may be: the file's neutral name, what it is, and who asks for it.
PAPERS = {
    FORM: (
        "enrolment-form-signed",
        Words("borang yang ditandatangani", "the form, signed"),
    ),
    LETTER: (
        "authorisation-letter-signed",
        Words("surat kebenaran yang ditandatangani", "the letter of authorisation, signed"),
    ),
    "identity card": (
        "identity",
        Words(
            "salinan kad pengenalan atau pasport (majikan pekerja domestik)",
            "a copy of the identity card or passport (employers of domestic workers)",
        ),
    ),
    "registration": (
        "registration",
        Words("salinan pendaftaran perniagaan", "a copy of the business registration"),
    ),
    "other": ("other", Words("kertas lain", "another paper")),
}
NEEDED = (FORM, LETTER)
MANDATORY = {
    "name", "postal_address_1", "state", "city", "postcode", "full_name", "identification",
    "contact_number", "email",
}  # fmt: skip
SECTIONS = {
    "Application Type": Words("Majikan", "Employer"),
    "Full Name": Words("Pemegang ID portal", "Holder of the portal ID"),
}
CODE_TO_COME = "KOD-MAJIKAN"
TITLE = Words(
    "Borang Permohonan Enrolment Penggunaan Portal ASSIST",
    "Application for enrolment to use the ASSIST portal",
)
LETTER_TITLE = Words("Surat Kebenaran (Letter of Authorization)", "Letter of authorisation")
FORM_NOTE = Words(
    "* wajib diisi. Jika pejabat PERKESO mahukan borangnya sendiri, salin fields-to-copy.txt.",
    "* is mandatory. Where PERKESO's office wants its own form, copy fields-to-copy.txt.",
)
PHRASE = Words(
    f"Frasa Keselamatan (paling banyak {PHRASE_LENGTH} aksara), tulis sendiri *",
    f"Security Phrase (at most {PHRASE_LENGTH} characters), write it by hand",
)
PHRASE_NOTE = Words(
    "Frasa keselamatan tidak ada dalam mana-mana fail atau e-mel pakej ini. Ia tanda bahawa portal "
    "itu betul: tulis sendiri pada borang kertas, atau beri seperti yang diminta oleh PERKESO, dan "
    "jangan imbas bersamanya.",
    "The security phrase stands in no file and no mail of this package. It is your sign that the "
    "portal is the real one: write it on the paper by hand, or give it the way PERKESO asks, and "
    "do not scan the form with it.",
)
SIGNED = Words("Pengesahan pemohon", "Signed by the applicant")
SIGNATURE = (
    (Words("Tandatangan", "Signature"), 34),
    (Words("Tarikh", "Date"), 18),
    (Words("Cop majikan", "Employer's stamp"), 36),
)
AUTHORISED = Words("Diberi kuasa oleh", "Authorised by")
AUTHORITY = (
    (Words("Nama", "Name"), 26),
    (Words("Jawatan", "Position"), 26),
    *SIGNATURE,
)
LETTER_TEXT = Words(
    "Kami, {employer} (kod majikan: {code}; no. pendaftaran: {registration}), memberi kebenaran "
    "kepada {name} ({kind}: {number}) untuk memohon dan memegang ID portal ASSIST dengan e-mel "
    "{email}, dan menggunakan portal ASSIST bagi pihak kami.",
    "We, {employer} (employer code: {code}; registration no.: {registration}), authorise {name} "
    "({kind}: {number}) to apply for and hold the ASSIST portal ID with the e-mail {email}, and to "
    "use the ASSIST portal for us.",
)
COPY = Words(
    "Medan borang rasmi, untuk disalin. Medan bertanda * wajib diisi.",
    "The official form's fields, to be copied. Those with * are mandatory.",
)
CHECKLIST = Words("Senarai semak permohonan ID portal", "Checklist of the portal ID application")
MISSING = Words(
    "Belum ada: {0}. Tambah di bawah 'documents' (type: {1}).",
    "Missing: {0}. Add it under 'documents' (type: {1}).",
)
MAYBE = Words(
    "Mungkin diminta: {0} (type: {1}).",
    "May be asked for: {0} (type: {1}).",
)
TOO_LARGE = Words(
    "Lampiran terlalu besar untuk satu e-mel: hantar fail dalam folder ini mengikut cara pejabat "
    f"PERKESO, atau kecilkan imbasannya. Alamat: {ADDRESS}",
    "The attachments are too large for one mail: send the files of this folder the way PERKESO's "
    f"office asks, or make the scans smaller. Address: {ADDRESS}",
)
SIGN_FIRST = Words(
    "Seterusnya (anda): cetak dan tandatangani borang serta surat, imbas, tambah di bawah "
    "'documents', dan jalankan semula. Tiada apa-apa dihantar oleh alat ini.",
    "Next (you): print and sign form and letter, scan them, add them under 'documents', and run it "
    "again. This tool sends nothing.",
)
SEND = Words(
    f"Seterusnya (anda): buka enrolment.eml, semak, dan hantar ke {ADDRESS}. Alat ini tidak "
    "menghantar apa-apa.",
    f"Next (you): open enrolment.eml, look it through, and send it to {ADDRESS}. This tool sends "
    "nothing.",
)
KIND = Words(
    f"Jenis kertas mesti salah satu: {', '.join(PAPERS)}.",
    f"The kind of paper must be one of: {', '.join(PAPERS)}.",
)
SUBJECT = "Permohonan Enrolment Penggunaan Portal ASSIST"
BODY = """Tuan/Puan,

Bersama-sama ini permohonan ID portal ASSIST bagi majikan di bawah.

Majikan: {employer}
Kod majikan: {code}
Lampiran:
{files}

Frasa keselamatan tidak ditulis dalam e-mel ini. Mohon beritahu cara menyerahkannya.

Sekian, terima kasih.

{name}
{employer}
"""
LINES = """# Baris untuk config/employers.yaml. Jika fail itu belum ada, salin fail ini ke sana;
# jika sudah ada, tambah bahagian '- email' di bawah 'portal_ids' dan nama di bawah 'names'.
# Kata laluan dan frasa tidak ditulis di sini: ini hanya nama pemboleh ubah yang menyimpannya.
# Lines for config/employers.yaml. Where that file is not there yet, copy this one there; where it
# is, add the part '- email' below 'portal_ids' and the name below 'names'.
# Password and phrase are not written here: these are the names of the variables that hold them.
"""
NO_CODE = Words(
    f"Kod majikan belum ada: gantikan {CODE_TO_COME} dalam employers.yaml apabila PERKESO "
    "memberinya.",
    f"There is no employer code yet: replace {CODE_TO_COME} in employers.yaml once PERKESO has "
    "given it.",
)
LOG_IN = Words(
    "Seterusnya (anda): ikut first-login.txt; kata laluan sementara ditukar oleh anda sendiri, "
    "bukan oleh alat ini.",
    "Next (you): follow first-login.txt; the temporary password is changed by you, never by this "
    "tool.",
)
FIRST_LOGIN = """LOG MASUK KALI PERTAMA (dibuat oleh orang, bukan oleh assist-rpa)

1. Buka portal ASSIST dalam pelayar dan semak alamatnya. Masukkan e-mel (ID portal), SETERUSNYA.
2. Semak frasa keselamatan yang ditunjukkan. Jika bukan frasa anda, berhenti dan tanya PERKESO.
3. Masukkan kata laluan sementara daripada e-mel PERKESO, LOG MASUK.
4. Terma penggunaan: baca, kemudian setuju (I Agree) jika anda bersetuju.
5. Kata laluan baharu: taip dua kali, simpan (New Password, Save).
6. Soalan peringatan: pilih soalan, tulis jawapan, simpan (Password Reminder, SAVE).
7. Simpan kata laluan baharu dan frasa di tempat yang dinamakan dalam config/employers.yaml.
8. Padam e-mel dengan kata laluan sementara. Kemudian: assist-rpa doctor

THE FIRST LOG-IN (done by a person, not by assist-rpa)

1. Open the ASSIST portal in a browser and look at its address. Enter the e-mail (portal ID), NEXT.
2. Look at the security phrase that is shown. If it is not yours, stop and ask PERKESO.
3. Enter the temporary password of PERKESO's mail, LOGIN.
4. Terms of Use: read them, then I Agree if you do.
5. New Password: type it twice, Save.
6. Password Reminder: choose a question, write the answer, SAVE.
7. Keep the new password and the phrase where config/employers.yaml says that they are.
8. Delete the mail with the temporary password. Then: assist-rpa doctor

Skrin seperti yang dilihat pada 2018/19; portal hari ini mungkin lain.
The screens are those of 2018/19; today's portal may differ.
"""
