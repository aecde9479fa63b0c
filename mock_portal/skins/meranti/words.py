"""What meranti says instead of the mock's English texts, in both languages; all invented."""

from __future__ import annotations

from mock_portal.labels import Label

MONTHS = {
    "ms": (
        ("Jan", "Januari"), ("Feb", "Februari"), ("Mac", "Mac"), ("Apr", "April"), ("Mei", "Mei"),
        ("Jun", "Jun"), ("Jul", "Julai"), ("Ogos", "Ogos"), ("Sep", "September"),
        ("Okt", "Oktober"), ("Nov", "November"), ("Dis", "Disember"),
    ),
    "en": (
        ("Jan", "January"), ("Feb", "February"), ("Mar", "March"), ("Apr", "April"),
        ("May", "May"), ("Jun", "June"), ("Jul", "July"), ("Aug", "August"),
        ("Sep", "September"), ("Oct", "October"), ("Nov", "November"), ("Dec", "December"),
    ),
}  # fmt: skip

# English of the mock: Malay, English.
_SHELL = {
    "My Sites": ("Menu", "Menu"),
    "BASE": ("Utama", "Home"),
    "REGISTRATION": ("Urusan saya", "My transactions"),
    "CONTRIBUTION": ("Caruman", "Contributions"),
    "Payment": ("Bayaran", "Payments"),
    "Inspection": ("Pemeriksaan", "Inspection"),
    "Sign Out": ("Log keluar", "Log out"),
    "MyASSIST": ("Urusan saya", "My transactions"),
    "EXTEND": ("Kekalkan sesi", "Stay logged in"),
    "Copyright Social Security Organisation (practice portal)": (
        "© 2027 Pertubuhan Keselamatan Sosial (portal latihan)",
        "© 2027 Social Security Organisation (practice portal)",
    ),
    "Terms & Conditions": ("Terma penggunaan", "Terms of use"),
    "Contribution & Collection Information (ACR)": (
        "Penyata caruman PERKESO (ACR)",
        "SOCSO contribution statements (ACR)",
    ),
    "Contribution & Collection Information EIS (ECR)": (
        "Penyata caruman SIP (ECR)",
        "EIS contribution statements (ECR)",
    ),
    "Your request completed successfully.": (
        "Maklumat telah disimpan.",
        "Your details have been saved.",
    ),
    "Please Select": ("Pilih satu", "Choose one"),
    "Close": ("Tutup", "Close"),
    "Search": ("Cari", "Search"),
    "SEARCH": ("Cari urusan", "Find transactions"),
    "Edit": ("Ubah", "Change"),
    "Remove": ("Padam", "Delete"),
    "View": ("Lihat", "View"),
    "Action": ("Pilihan", "Options"),
    "No.": ("Bil.", "#"),
    "Next": ("Papar lagi", "Show more"),
    "Previous": ("Kembali ke permulaan senarai", "Back to the start of the list"),
    "Record Not Found.": ("Belum ada rekod.", "There are no records yet."),
    "No Record Found.": ("Belum ada rekod.", "There are no records yet."),
    "SAVE": ("Simpan", "Save"),
    "Save": ("Simpan", "Save"),
    "CANCEL": ("Batal", "Cancel"),
    "BACK": ("Kembali", "Back"),
    "Back": ("Guna ID Portal lain", "Use another Portal ID"),
    "SAVE & CONTINUE": ("Simpan dan seterusnya", "Save and next"),
    "CONFIRMATION": ("Sila sahkan", "Please confirm"),
    "CONFIRM": ("Ya, teruskan", "Yes, proceed"),
    "Are you sure you want to delete this record?": (
        "Rekod ini akan dipadam daripada senarai. Padam?",
        "This record will be deleted from the list. Delete it?",
    ),
    "NEXT": ("Seterusnya", "Next"),
    "OK": ("Ke Urusan saya", "Go to My transactions"),
    "Reference ID": ("No. rujukan", "Reference no."),
    "Reference No.": ("No. rujukan", "Reference no."),
    "Request Case Update No.": ("No. rujukan", "Reference no."),
    "Employer Name": ("Nama majikan", "Employer name"),
    "Employer Code": ("Kod majikan", "Employer code"),
    "Code": ("Kod majikan", "Employer code"),
    "Task Status": ("Status urusan", "Transaction status"),
    "Application/Request Status": ("Status urusan", "Transaction status"),
    "Application Status": ("Status", "Status"),
    "Status": ("Status", "Status"),
    "Search by": ("Cari mengikut", "Search by"),
}
_LOGIN = {
    "EMPLOYER LOGIN": ("Log masuk majikan", "Employer log in"),
    "Attention": ("Makluman", "Notices"),
    "Email Address": ("ID Portal (alamat e-mel)", "Portal ID (e-mail address)"),
    "Forgot Password?": ("Lupa kata laluan", "I forgot my password"),
    "Portal ID Registration (First Time User)": (
        "Mohon ID Portal (majikan baharu)",
        "Apply for a Portal ID (new employers)",
    ),
    "Your Security Phrase is": ("Frasa keselamatan anda", "Your security phrase"),
    "Do not proceed if this is not your secure phrase": (
        "Bukan frasa anda? Jangan masukkan kata laluan. Hubungi 1-300-22-8000.",
        "Not your phrase? Do not enter your password. Call 1-300-22-8000.",
    ),
    "Password": ("Kata laluan", "Password"),
    "LOGIN": ("Log masuk", "Log in"),
    "I Agree": ("Saya setuju", "I agree"),
}
_INBOX = {
    "Total Task(s)": ("Jumlah urusan", "Total transactions"),
    "Search Information": ("Cari urusan", "Find a transaction"),
    "Module": ("Perkhidmatan", "Service"),
    "Task Inbox": ("Senarai urusan", "List of transactions"),
    "Date": ("Tarikh", "Date"),
    "Aging": ("Tempoh (hari)", "Age (days)"),
    "Description": ("Perkara", "Subject"),
    "Document Type": ("Jenis dokumen", "Document type"),
    "Workflow ID": ("ID proses", "Process ID"),
    "Registration": ("Pendaftaran", "Registration"),
    "Draft": ("Draf", "Draft"),
    "Approved": ("Diluluskan", "Approved"),
    "Pending for Review": ("Menunggu semakan pegawai", "Awaiting officer's review"),
    "In Progress": ("Sedang diproses", "Being processed"),
    "Under Query": ("Dikembalikan dengan kuiri", "Returned with a query"),
    "Rejected": ("Tidak diluluskan", "Not approved"),
    "Case Will be Routed to Back Office.": (
        "Permohonan ini akan disemak oleh pegawai PERKESO.",
        "A PERKESO officer will review this submission.",
    ),
    "Search For Employer": ("Pilih majikan", "Choose an employer"),
    "Employer(s) Listing": ("Majikan di bawah ID Portal anda", "Employers under your Portal ID"),
    "Name": ("Nama", "Name"),
    "Liability Date": ("Tarikh mula liabiliti", "Liable since"),
    "Status Reason": ("Sebab status", "Reason for status"),
}
_CASE = {
    "Supporting Document(s) Checklist": ("Senarai semak lampiran", "Attachment checklist"),
    "Generated Supporting Document(s)": ("Borang yang dijana sistem", "Forms made by the system"),
    "Upload Supporting Document": ("Lampiran", "Attachments"),
    "Uploaded Supporting Document(s) Listing": (
        "Lampiran yang telah dimuat naik",
        "Uploaded attachments",
    ),
    "Document": ("Nama fail", "File name"),
    "Remarks": ("Catatan", "Notes"),
    "Uploaded Date": ("Dimuat naik pada", "Uploaded on"),
    "ADD DOCUMENT": ("Tambah lampiran", "Add attachment"),
    "Choose File": ("Fail", "File"),
    "Preview": ("Semak dan hantar", "Review and send"),
    "Case Item": ("Rekod", "Record"),
    "Item Name": ("Perkara", "Item"),
    "Current Information": ("Maklumat semasa", "Current details"),
    "New Information": ("Maklumat baharu", "New details"),
    "SUBMIT": ("Hantar kepada PERKESO", "Send to PERKESO"),
    "Proceed for Submission?": (
        "Maklumat yang telah dihantar tidak boleh dipinda. Hantar sekarang?",
        "Details cannot be changed once they are sent. Send now?",
    ),
    "Result": ("Penghantaran diterima", "Submission received"),
    "Letter(s)": ("Surat", "Letters"),
    "Letter of acknowledgement.pdf": ("Surat akuan terima", "Letter of acknowledgement"),
    "Letter of successful update.pdf": (
        "Surat kelulusan kemas kini",
        "Letter of successful update",
    ),
    "Letter of inquiry.pdf": ("Surat kuiri", "Letter of inquiry"),
    "Letter of update rejection.pdf": ("Surat penolakan", "Letter of rejection"),
    "Letter of approval.pdf": ("Surat kelulusan", "Letter of approval"),
    "Form 1.pdf": ("Borang 1", "Form 1"),
    "Form 2.pdf": ("Borang 2", "Form 2"),
    "Form 1 - Employer Registered": (
        "Borang 1 (pendaftaran majikan)",
        "Form 1 (employer registration)",
    ),
    "Form 2 - Employee Registered": (
        "Borang 2 (pendaftaran pekerja)",
        "Form 2 (employee registration)",
    ),
    "Form 3 - Cessation Of Employer": (
        "Borang 3 (berhenti sebagai majikan)",
        "Form 3 (ceasing as an employer)",
    ),
    "Form 8 - Companies Act, 1965": (
        "Borang 8 Akta Syarikat 1965",
        "Form 8, Companies Act 1965",
    ),
    "Form 49 - Companies Act, 1965": (
        "Borang 49 Akta Syarikat 1965",
        "Form 49, Companies Act 1965",
    ),
    "Companies Act 2016 (Section 14) Application For Registration Of Company": (
        "Permohonan pendaftaran syarikat (Seksyen 14 Akta Syarikat 2016)",
        "Application to register a company (Section 14, Companies Act 2016)",
    ),
    "Borang SIP 1": ("Borang SIP 1", "Form SIP 1"),
    "Borang SIP 2": ("Borang SIP 2", "Form SIP 2"),
    "Supporting Document": ("Dokumen sokongan", "Supporting document"),
    "Supporting Document For Cessation": (
        "Bukti pemberhentian perniagaan",
        "Proof that business has ceased",
    ),
    "Letter Of Liquidator": ("Surat pelikuidasi", "Liquidator's letter"),
    "Letter of liquidator": ("Surat pelikuidasi", "Liquidator's letter"),
    "Confirmation Letter From The Agency": (
        "Surat pengesahan agensi",
        "Confirmation letter from the agency",
    ),
    "Letter SSM": ("Surat SSM", "SSM letter"),
    "Foreign Employee(s) Registered": (
        "Pekerja bukan warganegara yang didaftarkan",
        "Non-citizen employees registered",
    ),
    "Social Security No.": ("No. Keselamatan Sosial", "Social Security no."),
    "EXIT": ("Hantar lampiran", "Send attachments"),
    "Pending Case": ("Urusan dengan kuiri", "Transaction with a query"),
    "Pending Case(s) Listing": ("Urusan dengan kuiri", "Transactions with a query"),
    "Document Received Date": ("Tarikh terima", "Date received"),
    "Business Registration No. (BRN)": (
        "No. pendaftaran perniagaan",
        "Business registration no.",
    ),
}
_WORKER = {
    "Employee Information": ("Pekerja", "Employees"),
    "EIS Employee Registration": ("Perlindungan SIP", "EIS cover"),
    "New Employee(s) Listing": (
        "Pekerja tempatan dalam permohonan ini",
        "Local employees in this submission",
    ),
    "New Foreign Employee(s) Listing": (
        "Pekerja bukan warganegara dalam permohonan ini",
        "Non-citizen employees in this submission",
    ),
    "ADD EMPLOYEE": ("Tambah pekerja tempatan", "Add a local employee"),
    "ADD FOREIGN EMPLOYEE": ("Tambah pekerja bukan warganegara", "Add a non-citizen employee"),
    "Add Employee Information": ("Maklumat pekerja tempatan", "Local employee's details"),
    "Add Foreign Employee Information": (
        "Maklumat pekerja bukan warganegara",
        "Non-citizen employee's details",
    ),
    "Update Employee Information": ("Pinda maklumat pekerja", "Amend an employee's details"),
    "Identification Type": ("Jenis pengenalan", "Identity document"),
    "Identification No.": ("No. pengenalan", "Identity no."),
    "Additional Identification No.": ("No. pengenalan tambahan", "Additional identity no."),
    "Old Identification No.": ("No. kad pengenalan lama", "Old identity card no."),
    "Name of Employee": ("Nama seperti dalam dokumen", "Name as in document"),
    "Employee Name": ("Nama seperti dalam dokumen", "Name as in document"),
    "Date of Birth": ("Tarikh lahir", "Date of birth"),
    "Gender (M/F)": ("Jantina", "Sex"),
    "Gender": ("Jantina", "Sex"),
    "Male": ("Lelaki", "Male"),
    "Female": ("Perempuan", "Female"),
    "M": ("Lelaki", "Male"),
    "F": ("Perempuan", "Female"),
    "Yes": ("Ya", "Yes"),
    "No": ("Tidak", "No"),
    "Race": ("Bangsa", "Ethnic group"),
    "Employment Start Date": ("Tarikh mula bekerja", "First working day"),
    "EIS Start Date": ("Mula dilindungi SIP", "EIS cover from"),
    "Occupation (MASCO)": ("Pekerjaan: kumpulan (MASCO)", "Occupation: group (MASCO)"),
    "Sub Occupation": ("Pekerjaan: kumpulan kecil", "Occupation: subgroup"),
    "Sub Occupation List": ("Pekerjaan: jawatan", "Occupation: job title"),
    "Nationality": ("Warganegara", "Citizenship"),
    "Wages Exceed RM3000 Per Month Before 1st Jun 2016": (
        "Gaji melebihi RM3,000 sebulan sebelum 1 Jun 2016",
        "Paid more than RM3,000 a month before 1 June 2016",
    ),
    "i have read and agree to the terms and condition": (
        "Saya telah membaca dan bersetuju dengan terma dan syarat pendaftaran",
        "I have read and agree to the terms and conditions of registration",
    ),
    "Register New Employee": (
        "Daftarkan orang ini sebagai pekerja baharu PERKESO",
        "Register this person with PERKESO as a new employee",
    ),
    "Register New Foreign Employee": (
        "Daftarkan orang ini sebagai pekerja bukan warganegara baharu",
        "Register this person as a new non-citizen employee",
    ),
    "Search Existing Employee": ("Cari rekod sedia ada", "Find an existing record"),
    "Foreign Employee Information": ("Maklumat peribadi", "Personal details"),
    "Passport Validity Period": ("Pasport", "Passport"),
    "Passport Valid From": ("Pasport sah mulai", "Passport valid from"),
    "Passport Valid To": ("Pasport sah hingga", "Passport valid until"),
    "Pass/Permit Validity Period": ("Pas kerja", "Work pass"),
    "Pass/Permit Type": ("Jenis pas kerja", "Type of work pass"),
    "Pass/Permit No.": ("No. pas kerja", "Work pass no."),
    "Pass/Permit Valid From": ("Pas kerja sah mulai", "Work pass valid from"),
    "Pass/Permit Valid To": ("Pas kerja sah hingga", "Work pass valid until"),
    "Next of Kin Details": ("Waris terdekat", "Next of kin"),
    "Next of Kin Name": ("Nama waris", "Name of next of kin"),
    "Relationship": ("Hubungan dengan pekerja", "Relationship to employee"),
    "Next of Kin Telephone No.": ("No. telefon waris", "Phone no. of next of kin"),
    "Next of Kin Address": ("Alamat waris", "Address of next of kin"),
    "Next of Kin Country": ("Negara waris", "Country of next of kin"),
    "Declaration Form for Dependent of Foreign Worker": (
        "Borang Akuan Tanggungan Pekerja Asing",
        "Declaration Form for Dependent of Foreign Worker",
    ),
    "Upload Identification Card": ("Salinan kad pengenalan", "Copy of identity card"),
    "Employee(s) Listing": ("Pekerja berdaftar", "Registered employees"),
    "Employee(s) Information That Had Updated": (
        "Pindaan dalam permohonan ini",
        "Amendments in this submission",
    ),
    "New IC No.": ("MyKad", "MyKad"),
    "New Identification": ("MyKad", "MyKad"),
    "Old Identification": ("Kad pengenalan lama", "Old identity card"),
    "Passport Id": ("Pasport", "Passport"),
    "Army ID": ("Kad tentera", "Army card"),
    "Police ID": ("Kad polis", "Police card"),
    "Social Security Number ID (SSN)": (
        "Nombor Keselamatan Sosial (SSN)",
        "Social Security Number (SSN)",
    ),
    "SSN": ("Nombor Keselamatan Sosial (SSN)", "Social Security Number (SSN)"),
    "New": ("Baharu", "New"),
    "Resigned": ("Sudah berhenti", "Left"),
    "Spouse": ("Suami / isteri", "Spouse"),
    "Father": ("Bapa", "Father"),
    "Mother": ("Ibu", "Mother"),
    "Child": ("Anak", "Child"),
    "Sibling": ("Adik-beradik", "Brother or sister"),
    "Guardian": ("Penjaga", "Guardian"),
    "Visit Pass (Temporary Employment)": (
        "Pas Lawatan (Kerja Sementara)",
        "Visit Pass (Temporary Employment)",
    ),
    "Employment Pass": ("Pas Penggajian", "Employment Pass"),
    "Professional Visit Pass": ("Pas Lawatan Ikhtisas", "Professional Visit Pass"),
    "Residence Pass-Talent": ("Pas Residen-Bakat", "Residence Pass-Talent"),
    "Others": ("Lain-lain", "Others"),
}
_LEAVING = {
    "Employee Selection": ("Siapa yang berhenti?", "Who is leaving?"),
    "All": ("Semua pekerja", "All employees"),
    "Specific": ("Pekerja tertentu", "Certain employees"),
    "Employment Resign Date": ("Tarikh akhir bekerja", "Last working day"),
    "EIS Employment Resign Date": ("Tarikh akhir perlindungan SIP", "Last day of EIS cover"),
    "Employee That Had Added Resigned Date": (
        "Pekerja yang akan dilaporkan berhenti",
        "Employees to be reported as leaving",
    ),
    "UPDATE": ("Guna tarikh ini", "Use this date"),
    "YES": ("Ya, ganti", "Yes, replace it"),
    "NO": ("Tidak, kekalkan", "No, keep it"),
    "Employee Resign Date exceeds the Temporary closure/ No employee From date. Do you want to"
    " replace the latest date?": (
        (
            "Tarikh akhir bekerja lebih lewat daripada tarikh majikan mula tiada pekerja. Ganti"
            " tarikh itu?"
        ),
        (
            "The last working day is later than the day from which there are no employees. Replace"
            " that day?"
        ),
    ),
    "Discontinue Business": ("Pemberhentian perniagaan", "Ceasing business"),
    "Registration Number": ("No. pendaftaran perniagaan", "Business registration no."),
    "Employer Status": ("Status majikan", "Employer status"),
    "Employer Status Reason": ("Sebab status majikan", "Reason for employer status"),
    "EIS Employer Status": ("Status majikan SIP", "EIS employer status"),
    "Change Employer Status To": ("Tukar status majikan kepada", "Change employer status to"),
    "Temporary closure / No employee from": (
        "Tutup atau tiada pekerja mulai",
        "Closed or without employees from",
    ),
    "Till": ("Tutup atau tiada pekerja hingga", "Closed or without employees until"),
    "All Employees below will be updated to the Employment Resigned Date above.": (
        "Tarikh di atas akan direkodkan bagi setiap pekerja dalam senarai di bawah.",
        "The date above will be recorded for each employee in the list below.",
    ),
    "Active": ("Aktif", "Active"),
    "Dormant": ("Dorman", "Dormant"),
    "Winding Up": ("Penggulungan", "Winding up"),
    "Cancel": ("Batal pendaftaran", "Deregistered"),
}
_EMPLOYER = {
    "Employer Information": ("Majikan", "Employer"),
    "Employer's Registration Form": ("Daftar majikan baharu", "Register a new employer"),
    "Business Registration's Information": ("Pendaftaran perniagaan", "Business registration"),
    "Business Entity": ("Jenis entiti", "Type of entity"),
    "Sub-Business Entity": ("Subjenis entiti", "Subtype of entity"),
    "Sub-Business Entity - List": ("Perincian entiti", "Particulars of entity"),
    "Registration Number(BRN)": ("No. pendaftaran perniagaan", "Business registration no."),
    "Registered with SSM": ("Tempoh pendaftaran dengan SSM", "When registered with SSM"),
    "Before February 2017": ("Sebelum Februari 2017", "Before February 2017"),
    "February 2017 Onwards": ("Mulai Februari 2017", "From February 2017"),
    "Registering As A Branch?": ("Daftar sebagai cawangan?", "Registering as a branch?"),
    "This Registration Number(BRN) already exists. Register as a branch?": (
        "Perniagaan ini sudah berdaftar. Daftar sebagai cawangannya?",
        "This business is registered already. Register as a branch of it?",
    ),
    "Registration Employment Insurance System": (
        "Sistem Insurans Pekerjaan (SIP)",
        "Employment Insurance System (EIS)",
    ),
    "I certify that the information given is true and agree to contribute under Act 800": (
        (
            "Saya mengesahkan bahawa maklumat yang diberikan adalah benar dan bersetuju mencarum di"
            " bawah Akta 800"
        ),
        "I certify that the information given is true and agree to contribute under Act 800",
    ),
    "Industry's Information": ("Maklumat perniagaan", "Details of the business"),
    "Industry Name": ("Nama perniagaan", "Name of business"),
    **{
        f"{old} {n}": (f"{bm}: baris {n}", f"{en}: line {n}")
        for old, bm, en in (
            ("Postal Address", "Alamat surat-menyurat", "Mailing address"),
            ("Industry Address", "Alamat premis", "Premises"),
        )
        for n in (1, 2, 3)
    },
    "State": ("Negeri", "State"),
    "City": ("Bandar", "Town"),
    "Postcode": ("Poskod", "Postcode"),
    "P.O. Box": ("Peti surat", "P.O. box"),
    "Locked Bag No.": ("Beg berkunci", "Locked bag"),
    "WDT": ("WDT", "WDT"),
    "SOCSO Office Location": ("Pejabat PERKESO", "SOCSO office"),
    "Industry Address Same As Postal Address": (
        "Premis beralamat sama dengan alamat surat-menyurat",
        "The premises are at the mailing address",
    ),
    "Industry State": ("Premis: negeri", "Premises: state"),
    "Industry City": ("Premis: bandar", "Premises: town"),
    "Industry Postcode": ("Premis: poskod", "Premises: postcode"),
    "Industry P.O. Box": ("Premis: peti surat", "Premises: P.O. box"),
    "Industry Locked Bag No.": ("Premis: beg berkunci", "Premises: locked bag"),
    "Telephone No.": ("No. telefon pejabat", "Office phone"),
    "Mobile No.": ("No. telefon bimbit", "Mobile phone"),
    "Fax No.": ("No. faks", "Fax"),
    "Add": ("Tambah nombor", "Add a number"),
    "Industry Code": ("Bidang perniagaan (MSIC)", "Line of business (MSIC)"),
    "Sub Industry Code List": ("Pecahan bidang perniagaan", "Detailed line of business"),
    "Email": ("E-mel majikan", "Employer's e-mail"),
    "Methods of Contribution Payment": ("Cara membayar caruman", "How contributions are paid"),
    "Service Type": ("Jenis perkhidmatan", "Kind of service"),
    "Induction Information": ("Sesi induksi", "Induction session"),
    "Induction Venue": ("Tempat dan masa induksi", "Induction place and time"),
}
_CONTRIBUTION = {
    "SOCSO + EIS": ("PERKESO dan SIP", "SOCSO and EIS"),
    "SOCSO": ("PERKESO sahaja", "SOCSO only"),
    "EIS": ("SIP sahaja", "EIS only"),
    "Employer Contribution Pending List": (
        "Bulan yang belum dicarum",
        "Months not yet contributed",
    ),
    "Contribution Month": ("Gaji bagi bulan", "Wages for the month of"),
    "Number of Employee(s)": ("Bilangan pekerja", "No. of employees"),
    "Contribution Type": ("Jenis caruman", "Type of contribution"),
    "Monthly": ("Bulanan", "Monthly"),
    "Arrears": ("Tunggakan", "Arrears"),
    "Short": ("Kurang bayar", "Underpaid"),
    "Received Date": ("Tarikh terima", "Date received"),
    "Open": ("Isi jadual", "Fill in schedule"),
    "Unsubmitted Contribution (Draft)": ("Jadual dalam draf", "Draft schedules"),
    "Select": ("Tanda", "Mark"),
    "Remove Draft(s)": ("Padam draf bertanda", "Delete marked drafts"),
    "Arrears Contribution": ("Caruman tunggakan", "Contributions in arrears"),
    "Short Contribution": ("Caruman kurang bayar", "Underpaid contributions"),
    "TEXT FILE": ("Muat naik fail teks", "Upload a text file"),
    "Upload Text File": ("Muat naik fail teks", "Upload a text file"),
    "UPLOAD": ("Muat naik", "Upload"),
    "Upload Error(s)": ("Baris yang ditolak", "Lines refused"),
    "Line": ("Baris", "Line"),
    "Position": ("Kedudukan", "Position"),
    "Message": ("Sebab", "Reason"),
    "Number of Record(s)": ("Baris diterima", "Lines accepted"),
    "Update Contribution": ("Jadual caruman", "Contribution schedule"),
    "Total Record(s)": ("Bilangan dalam senarai", "Entries in the list"),
    "Wages": ("Gaji", "Wages"),
    "SOCSO Employer": ("PERKESO (majikan)", "SOCSO (employer)"),
    "SOCSO Employee": ("PERKESO (pekerja)", "SOCSO (employee)"),
    "SKBBK": ("LINDUNG 24 Jam (pekerja)", "LINDUNG 24 Jam (employee)"),
    "EIS Employer": ("SIP (majikan)", "EIS (employer)"),
    "EIS Employee": ("SIP (pekerja)", "EIS (employee)"),
    "Complete": ("Selesai", "Done"),
    "Incomplete": ("Belum selesai", "Not done"),
    "Update Wages": ("Gaji pekerja", "Employee's wages"),
    "Wages (RM)": ("Gaji sebulan (RM)", "Wages for the month (RM)"),
    "Total Contribution": ("Ringkasan jadual", "Summary of the schedule"),
    "Item": ("Butiran", "Particulars"),
    "Total (RM)": ("Jumlah (RM)", "Amount (RM)"),
    "Grand Total (RM)": ("Jumlah perlu dibayar (RM)", "Amount to pay (RM)"),
    "Total Employee(s)": ("Pekerja dalam jadual", "Employees in the schedule"),
    "SAVE DRAFT": ("Simpan draf", "Save draft"),
    "COMPLETE": ("Tandakan selesai", "Mark as done"),
    "Contribution Submitted": ("Jadual caruman diterima", "Contribution schedule received"),
    "ACR No.": ("No. ACR", "ACR no."),
    "ECR No.": ("No. ECR", "ECR no."),
    "Print ACR": ("Slip ACR (PDF)", "ACR slip (PDF)"),
    "Print ECR": ("Slip ECR (PDF)", "ECR slip (PDF)"),
    "Process to Payment": ("Terus ke Bayaran", "Go to Payments"),
    "Contribution Payment Information": ("Senarai penyata", "List of statements"),
    "ACR Record": ("Penyata ACR", "ACR statement"),
    "ECR Record": ("Penyata ECR", "ECR statement"),
    "Amount": ("Amaun (RM)", "Amount (RM)"),
    "Paid Amount": ("Telah dibayar (RM)", "Paid (RM)"),
    "Payment Status": ("Status bayaran", "Payment status"),
    "Unpaid": ("Belum dibayar", "Not paid"),
    "Partially Paid": ("Dibayar sebahagian", "Partly paid"),
    "Paid": ("Sudah dibayar", "Paid in full"),
    "Receipt No.": ("No. resit", "Receipt no."),
    "Payment Date": ("Tarikh bayaran", "Date paid"),
    "Late Payment Interest (FCLB)": (
        "Faedah caruman lewat bayar (FCLB)",
        "Late payment interest (FCLB)",
    ),
    "Employer Share": ("Syer majikan", "Employer's share"),
    "Employee Share": ("Syer pekerja", "Employee's share"),
    "Total": ("Jumlah", "Total"),
}
# Titles of the procedures; the sentence after a filing is made of them.
_TITLES = {
    "Update Add New Employee": (
        "Daftar pekerja baharu (Borang 2)",
        "Register new employees (Form 2)",
    ),
    "Form 2 - Employee's Registration Form": (
        "Daftar pekerja baharu (Borang 2)",
        "Register new employees (Form 2)",
    ),
    "Update Add Employee Resigned Date": ("Lapor pekerja berhenti", "Report employees leaving"),
    "Update Employer Information": ("Pinda maklumat majikan", "Amend the employer's details"),
    "Update Employee Information (by Employer)": (
        "Pinda maklumat pekerja",
        "Amend an employee's details",
    ),
    "Update Employee Information (by Employee)": (
        "Pindaan oleh pekerja sendiri",
        "Amendments by the employee",
    ),
    "Update Director/Owner Information": (
        "Pengarah dan pemilik",
        "Directors and owners",
    ),
    "Update Add Supporting Document": ("Lampiran susulan", "Further attachments"),
    "Search Pending Case For Add Supporting Document": (
        "Jawab kuiri dengan lampiran",
        "Answer a query with attachments",
    ),
    "Form 1A - Cessation As Employer (Discontinue Business)": (
        "Berhenti sebagai majikan (Borang 1A)",
        "Cease as an employer (Form 1A)",
    ),
    "Form 3 EIS - Cessation as Employer": (
        "Berhenti sebagai majikan SIP (Borang 3)",
        "Cease as an EIS employer (Form 3)",
    ),
    "Employer Registration": ("Daftar majikan baharu", "Register a new employer"),
}
_REFUSALS = {
    "This field cannot be blank.": ("Sila isi ruangan ini.", "Please fill this in."),
    "Invalid Email Address": (
        "Tiada ID Portal dengan alamat e-mel ini.",
        "There is no Portal ID with this e-mail address.",
    ),
    "Invalid Email Address or Password.": (
        "Kata laluan tidak tepat. Cuba lagi.",
        "The password is not right. Try again.",
    ),
    "Your account has been locked.": (
        "ID Portal anda telah dikunci. Hubungi 1-300-22-8000.",
        "Your Portal ID is locked. Call 1-300-22-8000.",
    ),
    "Invalid One-Time Password.": ("Kod tidak tepat.", "The code is not right."),
    "The passwords you entered do not match.": (
        "Kedua-dua kata laluan tidak sama.",
        "The two passwords differ.",
    ),
    "Please make any change before process to next page.": (
        "Belum ada pindaan. Pinda sekurang-kurangnya satu maklumat.",
        "Nothing has been amended yet. Amend at least one detail.",
    ),
    "This case has already been submitted.": (
        "Permohonan ini sudah dihantar.",
        "This has been sent already.",
    ),
    "Please save draft before submit.": (
        "Simpan draf dahulu sebelum menghantar.",
        "Save the draft before you send it.",
    ),
    "There are incomplete record(s).": (
        "Masih ada pekerja yang belum selesai.",
        "Some employees are not done yet.",
    ),
    "No contribution to submit.": ("Tiada caruman untuk dihantar.", "There is nothing to send."),
    "Contribution has been submitted.": (
        "Jadual ini sudah dihantar.",
        "This schedule has been sent already.",
    ),
    "Contribution month is already submitted.": (
        "Jadual bagi bulan ini sudah dihantar.",
        "The schedule of this month has been sent already.",
    ),
    "Wages cannot be less than submitted.": (
        "Gaji tidak boleh kurang daripada yang telah dihantar.",
        "Wages cannot be less than those already sent.",
    ),
    "Please select at least one draft.": (
        "Tanda sekurang-kurangnya satu draf.",
        "Mark at least one draft.",
    ),
    "Please search the Registration Number(BRN) first.": (
        "Semak no. pendaftaran perniagaan dahulu.",
        "Look up the business registration no. first.",
    ),
    "This Registration Number(BRN) is already registered.": (
        "Perniagaan ini sudah berdaftar.",
        "This business is registered already.",
    ),
    "Please select a valid value.": ("Sila buat pilihan.", "Please make a choice."),
    "Please tick the acknowledgement.": (
        "Sila tandakan pengesahan ini.",
        "Please tick this statement.",
    ),
    "Only digits are allowed.": ("Masukkan angka sahaja.", "Enter digits only."),
    "Email is not valid.": ("Alamat e-mel tidak sah.", "This is not an e-mail address."),
    "Date is not valid.": ("Tarikh tidak sah.", "This is not a valid date."),
    "Date is not valid for some employee": (
        "Tarikh ini tidak sah bagi sebahagian pekerja.",
        "This date is not valid for some employees.",
    ),
    "Only PDF, JPG and PNG files are allowed.": (
        "Fail mestilah PDF, JPG atau PNG.",
        "The file must be PDF, JPG or PNG.",
    ),
    "The file exceeds 5 MB.": ("Fail melebihi 5 MB.", "The file is larger than 5 MB."),
    "This employee is already registered under this employer.": (
        "Orang ini sudah berdaftar sebagai pekerja majikan ini.",
        "This person is already registered as this employer's employee.",
    ),
    "This employee is active under another employer.": (
        "Orang ini masih bekerja dengan majikan lain.",
        "This person still works for another employer.",
    ),
    "This employee is already in the list.": (
        "Orang ini sudah ada dalam senarai.",
        "This person is in the list already.",
    ),
    "The record does not match the Immigration Department's record.": (
        "Rekod tidak sepadan dengan rekod Jabatan Imigresen.",
        "The record does not match that of the Immigration Department.",
    ),
    "Identification No. must be 12 digits.": (
        "No. pengenalan mestilah 12 angka.",
        "The identity no. must have 12 digits.",
    ),
    "Please search the Identification No. first.": (
        "Semak no. pengenalan dahulu.",
        "Look up the identity no. first.",
    ),
    "Please agree to the terms and condition.": (
        "Anda perlu bersetuju dengan terma dan syarat.",
        "You must agree to the terms and conditions.",
    ),
    "Only New Identification can be registered here.": (
        "Hanya MyKad boleh didaftarkan di sini.",
        "Only a MyKad can be registered here.",
    ),
    "Name of Employee must not contain numbers.": (
        "Nama tidak boleh mengandungi angka.",
        "A name cannot contain digits.",
    ),
    "Date of Birth must be before Employment Start Date.": (
        "Tarikh lahir mestilah sebelum tarikh mula bekerja.",
        "The date of birth must be before the first working day.",
    ),
    "Employment Start Date cannot be later than today.": (
        "Tarikh mula bekerja tidak boleh selepas hari ini.",
        "The first working day cannot be after today.",
    ),
    "Please tick Register New Employee.": (
        "Tandakan bahawa orang ini didaftarkan sebagai pekerja baharu.",
        "Tick that this person is registered as a new employee.",
    ),
    "Please tick Register New Foreign Employee.": (
        "Tandakan bahawa orang ini didaftarkan sebagai pekerja bukan warganegara baharu.",
        "Tick that this person is registered as a new non-citizen employee.",
    ),
    "Please upload Identification Card.": (
        "Muat naik salinan kad pengenalan.",
        "Upload a copy of the identity card.",
    ),
    "Invalid amount.": ("Amaun tidak sah.", "This is not a valid amount."),
    "Invalid contribution month.": (
        "Bulan tidak sah. Guna BB/TTTT.",
        "This is not a month. Use MM/YYYY.",
    ),
    "Contribution month cannot be in the future.": (
        "Bulan belum tiba.",
        "The month lies in the future.",
    ),
    "Invalid record length.": ("Panjang baris salah.", "The line has the wrong length."),
    "File format is no longer accepted.": (
        "Format fail ini tidak lagi diterima.",
        "This file format is no longer accepted.",
    ),
    "Invalid employer code.": ("Kod majikan salah.", "The employer code is wrong."),
    "Employee is not registered under this employer.": (
        "Bukan pekerja berdaftar majikan ini.",
        "Not a registered employee of this employer.",
    ),
    "Employee name does not match.": ("Nama tidak sepadan.", "The name does not match."),
    "Duplicate identification number.": (
        "No. pengenalan berulang.",
        "The identity no. is repeated.",
    ),
    "Invalid character.": ("Aksara tidak dibenarkan.", "A character is not allowed."),
    "Incorrect SOCSO contribution amount.": (
        "Amaun caruman PERKESO salah.",
        "The SOCSO contribution is wrong.",
    ),
    "Incorrect SKBBK contribution amount.": (
        "Amaun caruman LINDUNG 24 Jam salah.",
        "The LINDUNG 24 Jam contribution is wrong.",
    ),
    "Incorrect EIS contribution amount.": (
        "Amaun caruman SIP salah.",
        "The EIS contribution is wrong.",
    ),
    "The file exceeds 20 MB.": ("Fail melebihi 20 MB.", "The file is larger than 20 MB."),
    "Employer is not active.": ("Majikan tidak aktif.", "The employer is not active."),
    "Temporary closure / No employee from cannot be later than today.": (
        "Tarikh ini tidak boleh selepas hari ini.",
        "This date cannot be after today.",
    ),
    "Till must be after Temporary closure / No employee from.": (
        "Tarikh hingga mestilah selepas tarikh mula.",
        "The end must be after the beginning.",
    ),
    "Not allow to change Dormant EIS to Active.": (
        "Majikan SIP yang dorman tidak boleh diaktifkan di sini.",
        "A dormant EIS employer cannot be made active here.",
    ),
    "Registration Number(BRN) contains characters that are not allowed.": (
        "No. pendaftaran mengandungi aksara yang tidak dibenarkan.",
        "The registration no. contains characters that are not allowed.",
    ),
    "No employer with this Registration Number(BRN) exists to be a branch of.": (
        "Tiada majikan dengan nombor ini untuk dijadikan induk cawangan.",
        "There is no employer with this number to be a branch of.",
    ),
    "The portal is already open in another window.": (
        "Portal sudah dibuka di tetingkap lain.",
        "The portal is open in another window already.",
    ),
    "You do not have permission to access this page.": (
        "Anda tidak dibenarkan membuka halaman ini.",
        "You may not open this page.",
    ),
    "The requested page does not exist.": (
        "Halaman yang diminta tiada.",
        "The page asked for does not exist.",
    ),
    "Text file is rejected.": ("Fail teks ditolak.", "The text file was refused."),
    "Your Request Has Been Submited Successfully!": (
        "Lampiran anda telah diterima.",
        "Your attachments have been received.",
    ),
    "Your request failed to complete.": (
        "Permintaan tidak dapat diselesaikan. Cuba sebentar lagi.",
        "The request could not be completed. Try again in a while.",
    ),
    "Access Denied": ("Akses tidak dibenarkan", "Access not allowed"),
    "Page Not Found 404": ("Halaman tidak dijumpai (404)", "Page not found (404)"),
    "Internal Server Error": ("Ralat pelayan", "Server error"),
    "System Under Maintenance": ("Sistem sedang diselenggara", "System under maintenance"),
    "Portlet is temporarily unavailable.": (
        "Perkhidmatan ini tidak tersedia buat sementara waktu.",
        "This service is not available at the moment.",
    ),
    "Payment is made outside this practice portal. / Bayaran dibuat di luar portal latihan ini.": (
        "Bayaran dibuat di luar portal latihan ini.",
        "Payment is made outside this practice portal.",
    ),
}
# What only the skin's own parts say.
_OWN = {
    "check": ("Semak nombor", "Look up"),
    "found": ("Rekod dijumpai", "Record found"),
    "not found": ("Tiada rekod bagi nombor ini", "No record for this number"),
    "optional": ("pilihan", "optional"),
    "all needed": (
        "Semua ruangan perlu diisi kecuali yang bertanda (pilihan).",
        "Fill in every box unless it is marked (optional).",
    ),
    "choose employer": ("Urus majikan ini", "Manage this employer"),
    "mark leaving": ("Lapor berhenti", "Report leaving"),
    "employee": ("Pekerja", "Employee"),
    "keyword": ("Kata kunci", "Keyword"),
    "now": ("Semasa:", "Current:"),
    "then": ("Baharu:", "New:"),
    "continue": ("Seterusnya", "Next"),
    "day hint": ("Contoh: 5 Mac 2027 atau 05/03/2027", "For example: 5 Mar 2027 or 05/03/2027"),
    "calendar": ("Kalendar", "Calendar"),
    "previous month": ("Bulan sebelumnya", "Previous month"),
    "next month": ("Bulan berikutnya", "Next month"),
    "list hint": ("Taip untuk menapis senarai", "Type to filter the list"),
    "not in list": ("Pilih satu daripada senarai.", "Choose one from the list."),
    "not a day": ("Tulis tarikh seperti 5 Mac 2027.", "Write a date such as 5 Mar 2027."),
    "of": ("Muka {0} daripada {1}", "Page {0} of {1}"),
    "wait": ("Sila tunggu…", "Please wait…"),
    "received": ("sudah ada", "provided"),
    "missing": ("belum ada", "not provided"),
    "stage": ("Langkah", "Step"),
    "back to list": ("Kembali tanpa menyimpan", "Back without saving"),
    "file hint": ("PDF, JPG atau PNG; paling besar 5 MB", "PDF, JPG or PNG; 5 MB at most"),
    "characters left": ("aksara lagi", "characters left"),
    "show password": ("Tunjuk kata laluan", "Show password"),
    "session": ("Sesi anda akan tamat dalam", "Your session ends in"),
    "session over": (
        "Sesi anda telah tamat. Sila log masuk semula.",
        "Your session has ended. Log in again.",
    ),
    "practice": (
        "Portal latihan. Apa-apa yang dihantar di sini tidak sampai kepada PERKESO.",
        "Practice portal. Nothing sent here reaches PERKESO.",
    ),
    "common": ("Urusan lazim", "Common tasks"),
    "employees": ("Pekerja", "Employees"),
    "employer": ("Majikan", "Employer"),
    "contributions": ("Caruman", "Contributions"),
    "attachments": ("Lampiran", "Attachments"),
    "statements": ("Penyata dan bayaran", "Statements and payments"),
    "account": ("Akaun", "Account"),
    "you are here": ("Anda di sini", "You are here"),
    "skip": ("Langkau ke kandungan", "Skip to content"),
    "help": ("Bantuan: 1-300-22-8000", "Help: 1-300-22-8000"),
    "keep number": (
        "Simpan nombor ini. Anda boleh menyemak statusnya di Urusan saya.",
        "Keep this number. You can check its status in My transactions.",
    ),
    "legal clock": (
        "Pekerja mesti didaftarkan dalam tempoh 30 hari dari tarikh mula bekerja.",
        "Employees must be registered within 30 days of their first working day.",
    ),
    "due": (
        "Caruman mesti dibayar selewat-lewatnya pada 15 hari bulan berikutnya.",
        "Contributions are due by the 15th of the following month.",
    ),
    "details of case": ("Butiran urusan", "Transaction details"),
    "schedule sent": (
        "Jadual caruman telah dihantar kepada PERKESO.",
        "The contribution schedule has been sent to PERKESO.",
    ),
    "unavailable": ("Perkhidmatan tidak tersedia", "Service not available"),
    "notice": ("Notis", "Notice"),
    "notice text": (
        (
            "Portal ini diselenggara setiap Ahad dari 12 tengah malam hingga 6 pagi. Simpan draf"
            " anda sebelum waktu itu."
        ),
        (
            "This portal is maintained every Sunday from midnight to 6 a.m. Save your drafts before"
            " then."
        ),
    ),
    "understood": ("Faham", "Understood"),
    "close menu": ("Tutup menu", "Close menu"),
    "notice 1": (
        "No. kad pengenalan 12 angka diperlukan bagi setiap pekerja.",
        "The 12-digit identity card no. is needed for every employee.",
    ),
    "notice 2": (
        "Caruman menggunakan Lampiran 1 tidak lagi diterima.",
        "Contributions by Lampiran 1 are no longer accepted.",
    ),
    "terms of use": ("Terma penggunaan", "Terms of use"),
    "terms text": (
        "Portal latihan ini adalah untuk pembelajaran sahaja.",
        "This practice portal is for learning only.",
    ),
    "new password": ("Kata laluan baharu", "New password"),
    "password again": ("Ulang kata laluan baharu", "Repeat the new password"),
    "choose password": ("Tetapkan kata laluan baharu", "Set a new password"),
    "reminder": ("Soalan keselamatan", "Security question"),
    "question": ("Soalan", "Question"),
    "answer word": ("Jawapan", "Answer"),
    "one code": ("Kod sekali guna", "One-time code"),
    "refused": (
        "Log masuk tidak berjaya. Semak butiran anda.",
        "Log in failed. Check your details.",
    ),
}

_BOOKS = (
    _SHELL, _LOGIN, _INBOX, _CASE, _WORKER, _LEAVING, _EMPLOYER, _CONTRIBUTION, _TITLES, _REFUSALS,
    _OWN,
)  # fmt: skip
LABELS = {words: Label(*said) for book in _BOOKS for words, said in book.items()} | {
    f"Your Request {title} Has Been Submitted Successfully.": Label(
        f"{bm}: permohonan anda telah dihantar.", f"{en}: your submission has been sent."
    )
    for title, (bm, en) in _TITLES.items()
}
# Sentences with something in them: how the mock says it, what is said instead.
PATTERNS = {
    r'Please upload "(.+)" before preview page\.': Label(
        "Muat naik “{0}” dahulu.", "Upload “{0}” first."
    ),
    r'"(.+)" has been successfully uploaded\.': Label("“{0}” dimuat naik.", "“{0}” uploaded."),
    r"At most ([0-9]+) characters are allowed\.": Label(
        "Paling banyak {0} aksara.", "{0} characters at most."
    ),
    r"Employee must be at least ([0-9]+) years old at Employment Start Date\.": Label(
        "Pekerja mestilah sekurang-kurangnya {0} tahun pada tarikh mula bekerja.",
        "The employee must be {0} or older on the first working day.",
    ),
    r"The Passport has expired\.": Label(
        "Pasport telah tamat tempoh.", "The passport has expired."
    ),
    r"The Pass/Permit has expired\.": Label(
        "Pas kerja telah tamat tempoh.", "The work pass has expired."
    ),
    r"Passport Valid To must be after Passport Valid From\.": Label(
        "Pasport mestilah sah hingga selepas tarikh mula sahnya.",
        "The passport must be valid until after it begins to be.",
    ),
    r"Pass/Permit Valid To must be after Pass/Permit Valid From\.": Label(
        "Pas kerja mestilah sah hingga selepas tarikh mula sahnya.",
        "The work pass must be valid until after it begins to be.",
    ),
    r"The Case Is Under Query\. ?(.*)": Label(
        "PERKESO memerlukan maklumat lanjut. {0}", "PERKESO needs more information. {0}"
    ),
    r"This Case has been Rejected\. ?(.*)": Label(
        "Permohonan ini tidak diluluskan. {0}", "This submission was not approved. {0}"
    ),
    r"Text file is rejected\. There (?:are|is) (.+) errors?\.": Label(
        "Fail teks ditolak: {0} ralat.", "The text file was refused: {0} errors."
    ),
}
