/* The script of meranti: what is asked of the server, and the boxes, lists and pages in between. */
(function () {
  "use strict";

  const set = JSON.parse(document.getElementById("meranti").textContent);
  const byId = (id) => document.getElementById(id);
  const one = (selector, root) => (root || document).querySelector(selector);
  const all = (selector, root) => [...(root || document).querySelectorAll(selector)];
  const english = document.documentElement.lang === "en";
  const MONTHS = english
    ? ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
    : ["Januari", "Februari", "Mac", "April", "Mei", "Jun", "Julai", "Ogos", "September", "Oktober", "November", "Disember"];
  const SHORT = MONTHS.map((m) => (m === "Ogos" ? m : m.slice(0, 3)));
  const WEEK = english
    ? ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"] : ["Is", "Se", "Ra", "Kh", "Ju", "Sa", "Ah"];
  let lastAsked = Date.now();

  /* --- asking the server -------------------------------------------------------------------- */

  let busy = 0;
  let linger = 0;
  function veil() {
    busy += 1;
    if (busy > 1) return;
    const made = document.createElement("div");
    made.className = "tirai";
    made.setAttribute("role", "status");
    made.textContent = set.kata.tunggu;
    document.body.append(made);
    document.body.setAttribute("aria-busy", "true");
  }
  function unveil() {
    busy = Math.max(0, busy - 1);
    if (busy) return;
    all(".tirai").forEach((e) => e.remove());
    document.body.removeAttribute("aria-busy");
  }
  function windowKey() {
    const key = sessionStorage.getItem("browserIdKey") || `${Date.now()}${Math.floor(Math.random() * 1000)}`;
    sessionStorage.setItem("browserIdKey", key);
    return key;
  }
  function actionUrl(address) {
    const url = new URL(address, location.href);
    url.searchParams.set("csrf", set.kunci);
    return url;
  }
  const never = new Promise(() => {});
  async function ask(url, options) {
    lastAsked = Date.now();
    const answer = await fetch(url, {
      ...options, credentials: "same-origin", headers: { "X-Requested-With": "XMLHttpRequest" },
    });
    const told = (name) => answer.headers.get(name);
    set.kunci = told("X-P-Auth") || set.kunci;
    linger = Number(told("X-Portal-Overlay")) || linger;
    if (told("X-Portal-Location")) {
      veil();
      location.assign(told("X-Portal-Location"));
      return never;
    }
    if (told("X-Portal-Page")) {
      const page = await answer.text();
      document.open();
      document.write(page);
      document.close();
      return never;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    return answer;
  }
  async function asking(work) {
    veil();
    try {
      await work();
    } catch (error) {
      if (!(error instanceof TypeError) && !/^\d+$/.test(error.message)) throw error;
      complain(set.kata.gagal);
    } finally {
      if (linger) setTimeout(unveil, linger * 1000);
      else unveil();
      linger = 0;
    }
  }
  const get = (address) => ask(new URL(address, location.href), { method: "GET" });
  function post(address, form) {
    const body = form ? new FormData(form) : new FormData();
    body.set("tetingkap", windowKey());
    return ask(actionUrl(address), { method: "POST", body });
  }
  function postPage(address, form) {
    const carrier = document.createElement("form");
    carrier.method = "post";
    carrier.action = actionUrl(address).href;
    const values = form ? [...new FormData(form)] : [];
    for (const [name, value] of [...values, ["tetingkap", windowKey()]]) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      carrier.append(field);
    }
    document.body.append(carrier);
    veil();
    carrier.submit();
  }
  function put(target, html) {
    target.innerHTML = html;
    upgrade(target);
  }

  /* --- what is said ------------------------------------------------------------------------- */

  function worded(words) {
    if (set.ayat.tepat[words]) return set.ayat.tepat[words];
    for (const [pattern, said] of set.ayat.corak) {
      const found = new RegExp(`^(?:${pattern})$`).exec(words);
      if (found) return said.replace(/\{(\d)\}/g, (_, n) => found[Number(n) + 1]);
    }
    return words;
  }
  function complain(words) {
    one("p", byId("snek")).textContent = words;
    byId("snek").hidden = false;
  }
  function hush() {
    byId("snek").hidden = true;
  }
  function praise(words) {
    const made = document.createElement("div");
    made.className = "makluman baik";
    made.setAttribute("role", "status");
    made.append(document.createElement("p"));
    made.firstChild.textContent = worded(words);
    one("[data-halaman]", byId("isi")).prepend(made);
  }
  function clearErrors(form) {
    hush();
    all(".salah", form).forEach((e) => { e.textContent = ""; });
    all("[aria-invalid]", form).forEach((e) => e.removeAttribute("aria-invalid"));
  }
  function blame(control, words) {
    const box = control.closest("[data-medan]");
    const id = `${control.id}_SALAH`;
    const made = byId(id) || document.createElement("p");
    made.className = "salah";
    made.id = id;
    made.textContent = words;
    control.setAttribute("aria-invalid", "true");
    box.append(made);
  }
  function forgive(control) {
    // Its line stays, lest a button moves away below the pointer.
    const said = byId(`${control.id}_SALAH`);
    if (said) said.textContent = "";
    control.removeAttribute("aria-invalid");
  }
  function showErrors(form, found) {
    for (const { fieldName, errorMsg } of found) {
      const field = form.elements.namedItem(fieldName);
      const first = field instanceof RadioNodeList ? field[0] : field;
      if (first) blame(seen(first), worded(errorMsg));
    }
    complain([...new Set(found.map((e) => worded(e.errorMsg)))].join(" "));
  }

  /* --- boxes: what is seen and what is sent ------------------------------------------------- */

  const seen = (field) =>
    one(`[data-pilih="${field.id}"], [data-tarikh="${field.id}"], [data-tanda="${field.id}"]`) || field;
  const sent = (control) =>
    byId(control.dataset.pilih || control.dataset.tarikh || control.dataset.tanda) || control;
  const fieldsOf = (form, name) =>
    [...form.elements].filter((e) => e.name && e.name.replace(/^P\d+_/, "") === name);

  const DATE = /^(\d{1,2})[\s/.-]+(\d{1,2}|[a-z]+)[\s/.-]+(\d{4})$/i;
  function readDay(text) {
    const parts = DATE.exec(text.trim());
    if (!parts) return null;
    const named = (month) => month.toLowerCase().startsWith(parts[2].toLowerCase().slice(0, 3));
    const month = /\d/.test(parts[2]) ? Number(parts[2]) : MONTHS.findIndex(named) + 1;
    const day = new Date(Number(parts[3]), month - 1, Number(parts[1]));
    return month && day.getMonth() === month - 1 && day.getDate() === Number(parts[1]) ? day : null;
  }
  const two = (n) => String(n).padStart(2, "0");
  const slashed = (day) => `${two(day.getDate())}/${two(day.getMonth() + 1)}/${day.getFullYear()}`;
  const written = (day) => `${day.getDate()} ${SHORT[day.getMonth()]} ${day.getFullYear()}`;
  function takeDay(control, over) {
    const day = readDay(control.value);
    sent(control).value = day ? slashed(day) : control.value.trim();
    if (!over) return;
    if (day) control.value = written(day);
    if (day || !control.value.trim()) forgive(control);
    else blame(control, set.kata.bukanTarikh);
  }
  function takeChoice(control, over) {
    const text = control.value.trim().toLowerCase();
    const found = [...control.list.options].find((o) => o.value.toLowerCase() === text);
    const code = found ? found.dataset.kod : "";
    const changed = sent(control).value !== code;
    sent(control).value = code;
    if (found && over) control.value = found.value;
    if (found || !text) forgive(control);
    else if (over) blame(control, set.kata.bukanSenarai);
    if (changed && control.dataset.below) cascade(control);
  }
  function giveValue(field, value, locked) {
    const control = seen(field);
    if (field.type === "radio") {
      field.checked = field.value === value;
      field.disabled = locked && !field.checked;
    } else if (control.dataset.pilih) {
      const found = [...control.list.options].find((o) => o.dataset.kod === value);
      control.value = found ? found.value : "";
      field.value = value;
      control.disabled = field.disabled = locked;
    } else if (control.dataset.tarikh) {
      const day = readDay(value);
      control.value = day ? written(day) : value;
      field.value = value;
      control.readOnly = locked;
      one("[data-kalendar]", control.parentElement).hidden = locked;
    } else if (field.matches("select")) {
      field.value = value;
      field.disabled = locked;
    } else {
      field.value = value;
      field.readOnly = locked || "tetap" in field.dataset;
    }
  }
  const isLocked = (field) => {
    const control = seen(field);
    return control.disabled || (field.type !== "radio" && control.readOnly === true);
  };

  /* --- lists that follow a choice ----------------------------------------------------------- */

  function fill(control, choices, enabled) {
    const native = control.matches("select");
    const options = native ? [...control.options].slice(1) : [...control.list.children];
    options.forEach((o) => o.remove());
    choices.forEach(({ id, text }) => {
      const option = new Option(native ? text : "", native ? id : text);
      option.dataset.kod = id;
      (native ? control : control.list).append(option);
    });
    control.value = "";
    sent(control).value = "";
    control.disabled = sent(control).disabled = !enabled;
  }
  async function cascade(control) {
    const below = byId(control.dataset.below);
    for (let next = below; next; next = next.dataset.below && byId(next.dataset.below)) fill(next, [], false);
    const chosen = sent(control).value;
    if (!chosen) return;
    const data = control.form.dataset;
    const url = new URL(data.lata, location.href);
    url.searchParams.set(data.induk, chosen);
    below.dataset.ditanya = url.href;
    await asking(async () => {
      const answer = await (await get(url)).json();
      fill(below, answer.options, answer.options.length > 0 || Boolean(answer.again));
      if (answer.again) setTimeout(() => late(url, data.lagi, below), answer.again * 1000);
    });
  }
  async function late(url, again, below) {
    const asked = url.href;
    url.searchParams.set(again, "1");
    const answer = await (await get(url)).json();
    const current = below.isConnected && below.dataset.ditanya === asked;
    if (current && !sent(below).value) fill(below, answer.options, true);
  }

  /* --- a person, a business ----------------------------------------------------------------- */

  const PERSON = {
    nameOfEmployee: "NAMA", dateOfBirth: "TARIKH_LAHIR", gender: "JANTINA", raceId: "BANGSA",
    nationalityId: "WARGANEGARA", ssfwNo: "NO_KESELAMATAN_SOSIAL",
  };
  function answerOf(kind, known) {
    const place = one(`[data-dapatan="${kind}"]`);
    place.textContent = known === undefined ? "" : known ? set.kata.dijumpai : set.kata.tiada;
    if (known === undefined) delete place.dataset.ada;
    else place.dataset.ada = known ? "1" : "0";
  }
  function firstValue(field) {
    if (field.matches("select")) {
      const usual = [...field.options].find((o) => o.defaultSelected);
      return usual ? usual.value : "";
    }
    const control = seen(field);
    if (!control.dataset.pilih) return "";
    const usual = [...control.list.options].find((o) => o.value === control.defaultValue);
    return usual ? usual.dataset.kod : "";
  }
  function forgetPerson(form) {
    answerOf("orang");
    const row = one("[data-baris-baharu]", form);
    row.hidden = true;
    setTick(one("[data-tanda]", row), false);
    fieldsOf(form, "SUDAH_DISEMAK")[0].value = "";
    for (const name of Object.values(PERSON)) {
      const fields = fieldsOf(form, name);
      if (fields.some(isLocked)) fields.forEach((field) => giveValue(field, firstValue(field), false));
    }
  }
  function showPerson(form, number, answer) {
    forgetPerson(form);
    fieldsOf(form, "SUDAH_DISEMAK")[0].value = number;
    answerOf("orang", Boolean(answer.known));
    one("[data-baris-baharu]", form).hidden = answer.known;
    for (const [own, value] of Object.entries(answer.person || {})) {
      fieldsOf(form, PERSON[own]).forEach((field) => giveValue(field, value, true));
    }
  }
  async function lookUp(a) {
    const form = a.closest("form");
    clearErrors(form);
    forgetPerson(form);
    const answer = await (await post(a.dataset.semak, form)).json();
    if (answer.jsonFieldError) {
      showErrors(form, answer.jsonFieldError);
      return;
    }
    const number = fieldsOf(form, "NO_PENGENALAN")[0].value;
    showPerson(form, number, answer);
    if (!answer.later) return;
    setTimeout(() => {
      const same = form.isConnected && fieldsOf(form, "SUDAH_DISEMAK")[0].value === number;
      if (same) showPerson(form, number, answer.later);
    }, answer.after * 1000);
  }
  function setTick(control, on) {
    control.checked = on;
    sent(control).value = String(on);
  }

  // What is asked of an employer follows from what is chosen, ticked and looked up.
  function arrange(form) {
    const chosen = (name) => (fieldsOf(form, name)[0] || {}).value;
    const others = chosen("ENTITI") === form.dataset.lain;
    all("[data-entiti]", form).forEach((part) => {
      part.hidden = (part.dataset.entiti === "others") !== others;
    });
    one('[data-bahagian="industryAddress"]', form).hidden = chosen("ALAMAT_SAMA") === "true";
    const asked = Boolean(chosen("SUDAH_DISEMAK"));
    const without = (form.dataset.takDaftar || "").split(" ");
    const shown = {
      registeredWithSsm: asked && !others && !without.includes(chosen("SUB_ENTITI")),
      registeredAsABranch: asked,
    };
    for (const row of all("[data-soalan]", form)) {
      row.hidden = !shown[row.dataset.soalan];
      if (row.hidden) all("[type=radio]", row).forEach((radio) => { radio.checked = false; });
    }
  }
  function forgetBusiness(form) {
    answerOf("ssm");
    fieldsOf(form, "SUDAH_DISEMAK")[0].value = "";
    fieldsOf(form, "CAWANGAN").forEach((radio) => { radio.checked = false; });
    arrange(form);
  }
  async function lookUpBusiness(a) {
    const form = a.closest("form");
    clearErrors(form);
    forgetBusiness(form);
    const number = fieldsOf(form, "NO_PENGENALAN")[0].value;
    const answer = await (await post(a.dataset.semakSsm, form)).json();
    if (answer.jsonFieldError) {
      showErrors(form, answer.jsonFieldError);
      return;
    }
    showBusiness(form, number, answer.known);
    if (answer.later) setTimeout(() => showBusiness(form, number, answer.later.known), answer.after * 1000);
  }
  function showBusiness(form, number, known) {
    if (!form.isConnected || fieldsOf(form, "NO_PENGENALAN")[0].value !== number) return;
    fieldsOf(form, "SUDAH_DISEMAK")[0].value = number;
    answerOf("ssm", Boolean(known));
    arrange(form);
    const branch = (value) => {
      fieldsOf(form, "CAWANGAN").find((radio) => radio.value === value).checked = true;
    };
    const dialog = one("dialog", byId("isi"));
    if (known) openDialog(dialog, () => branch("Y"), () => branch("N"));
    else branch("N");
  }

  /* --- what a press does -------------------------------------------------------------------- */

  const formOf = (a) => (a.dataset.form ? byId(a.dataset.form) : null);
  const deeds = {
    hantar: (a) => postPage(a.dataset.hantar, formOf(a)),
    pergi: (a) => {
      const url = actionUrl(a.dataset.pergi);
      url.searchParams.set("tetingkap", windowKey());
      veil();
      location.assign(url);
    },
    kirim: (a) => asking(async () => {
      put(byId("isi"), await (await post(a.dataset.kirim, formOf(a))).text());
    }),
    muat: (a) => asking(async () => {
      const url = new URL(a.dataset.muat, location.href);
      new FormData(formOf(a)).forEach((value, name) => url.searchParams.set(name, value));
      put(byId("isi"), await (await get(url)).text());
    }),
    buka: (a) => asking(async () => openForm(await (await get(a.dataset.buka)).text())),
    simpan: (a) => asking(() => saveForm(a)),
    semak: (a) => asking(() => lookUp(a)),
    semakSsm: (a) => asking(() => lookUpBusiness(a)),
    simpanBorang: (a) => asking(() => saveLong(a)),
    tambahNombor: (a) => addNumber(a.dataset.tambahNombor),
    buangNombor: (a) => dropNumber(a.closest("[data-lanjut]")),
    tutup: () => closeForm(),
    menu: (a) => setMenu(a.getAttribute("aria-expanded") !== "true"),
    menuTutup: () => setMenu(false),
    tutupSnek: () => hush(),
    tutupTanya: (a) => a.closest("dialog").close(),
    tunjuk: (a) => showPassword(a),
    kalendar: (a) => openCalendar(byId(a.dataset.kalendar), a),
  };
  function perform(a) {
    const deed = Object.keys(deeds).find((name) => name in a.dataset);
    if (deed) deeds[deed](a);
  }
  function openForm(html) {
    hush();
    put(byId("borang"), html);
    byId("isi").hidden = true;
    byId("borang").hidden = false;
    scrollTo(0, 0);
    one("h1", byId("borang")).focus();
  }
  function closeForm() {
    closeCalendar();
    hush();
    byId("borang").innerHTML = "";
    byId("borang").hidden = true;
    byId("isi").hidden = false;
    scrollTo(0, 0);
  }
  async function saveForm(a) {
    const form = formOf(a);
    const answer = await (await post(a.dataset.simpan, form)).json();
    clearErrors(form);
    if (answer.jsonFieldError) {
      if (answer.jsonFieldError.length) showErrors(form, answer.jsonFieldError);
      else complain(answer.jsonGlobalError.map((e) => worded(e.errorMsg)).join(" "));
      return;
    }
    const list = await (await get(a.dataset.kemudian)).text();
    if (answer.closes) setTimeout(() => { if (form.isConnected) closeForm(); }, answer.closes * 1000);
    else closeForm();
    put(byId("isi"), list);
    if (answer.message) praise(answer.message);
  }
  async function saveLong(a) {
    const form = formOf(a);
    clearErrors(form);
    const answer = await (await post(a.dataset.simpanBorang, form)).json();
    if (answer.jsonFieldError.length) showErrors(form, answer.jsonFieldError);
    else complain(answer.jsonGlobalError.map((e) => worded(e.errorMsg)).join(" "));
    const wrong = one("[aria-invalid]", form);
    if (wrong) wrong.focus();
  }
  function addNumber(group) {
    const row = all(`[data-lanjut="${group}"]`).find((r) => r.hidden);
    if (!row) return;
    row.hidden = false;
    one("input", row).disabled = false;
    one("input", row).focus();
  }
  function dropNumber(row) {
    row.hidden = true;
    one("input", row).value = "";
    one("input", row).disabled = true;
  }
  function showPassword(a) {
    const box = byId(a.dataset.tunjuk);
    const shown = box.type === "password";
    box.type = shown ? "text" : "password";
    a.setAttribute("aria-pressed", String(shown));
  }
  function setMenu(open) {
    if (!byId("menuUtama")) return;
    byId("menuUtama").hidden = !open;
    one("[data-menu]").setAttribute("aria-expanded", String(open));
  }
  function openDialog(dialog, yes, no) {
    dialog.showModal();
    one("[data-ya]", dialog).onclick = () => { dialog.close(); yes(); };
    one("[data-tidak]", dialog).onclick = () => { dialog.close(); if (no) no(); };
  }
  async function askIfFree(a) {
    const answer = await (await get(a.dataset.dahulu)).json();
    if (answer.refused) complain(worded(answer.refused));
    else openDialog(byId(a.dataset.ask), () => perform(a));
  }
  async function showMore(a) {
    const nav = a.closest("nav");
    const list = listOf(nav);
    const page = new DOMParser().parseFromString(await (await get(a.href)).text(), "text/html");
    const further = one(`[data-jadual="${list.dataset.jadual}"]`, page);
    one("tbody", list).append(...all("tbody tr", further));
    const next = all("nav.lagi", page).find((n) => listOf(n) === further);
    const more = next && one("[data-papar-lagi]", next);
    if (more) a.href = more.getAttribute("href");
    else a.remove();
    one("span", nav).textContent = one("span", next).textContent;
  }
  function listOf(nav) {
    const before = nav.previousElementSibling;
    const list = before && before.matches(".jumlah") ? before.previousElementSibling : before;
    return list && list.matches("[data-jadual]") ? list : null;
  }

  /* --- the calendar ------------------------------------------------------------------------- */

  let calendar = null;
  function openCalendar(control, button) {
    const was = calendar && calendar.control === control;
    closeCalendar();
    if (was) return;
    const day = readDay(control.value) || new Date();
    const element = document.createElement("div");
    element.className = "kalendar";
    element.setAttribute("role", "dialog");
    element.setAttribute("aria-label", set.kata.kalendar);
    control.parentElement.append(element);
    calendar = { control, button, element, month: new Date(day.getFullYear(), day.getMonth(), 1) };
    drawCalendar();
  }
  function drawCalendar() {
    const { element, month } = calendar;
    const days = new Date(month.getFullYear(), month.getMonth() + 1, 0).getDate();
    const cells = [...Array((month.getDay() + 6) % 7).fill("<td></td>")];
    for (let d = 1; d <= days; d += 1) cells.push(`<td><button type="button" data-hari="${d}">${d}</button></td>`);
    const heads = WEEK.map((d) => `<th scope="col">${d}</th>`).join("");
    const weeks = [];
    while (cells.length) weeks.push(`<tr>${cells.splice(0, 7).join("")}</tr>`);
    const step = (n, words, sign) => `<button type="button" data-langkah="${n}" aria-label="${words}">${sign}</button>`;
    element.innerHTML =
      `<div class="kalendarKepala">${step(-1, set.kata.bulanLepas, "‹")}<b aria-live="polite">` +
      `${MONTHS[month.getMonth()]} ${month.getFullYear()}</b>${step(1, set.kata.bulanDepan, "›")}</div>` +
      `<table><thead><tr>${heads}</tr></thead><tbody>${weeks.join("")}</tbody></table>`;
  }
  function pressCalendar(button) {
    const { control, month } = calendar;
    if (button.dataset.langkah) {
      calendar.month = new Date(month.getFullYear(), month.getMonth() + Number(button.dataset.langkah), 1);
      drawCalendar();
      return;
    }
    control.value = written(new Date(month.getFullYear(), month.getMonth(), Number(button.dataset.hari)));
    takeDay(control, true);
    closeCalendar();
    control.focus();
  }
  function closeCalendar() {
    if (calendar) calendar.element.remove();
    calendar = null;
  }

  /* --- what is heard ------------------------------------------------------------------------ */

  document.addEventListener("click", (event) => {
    const a = event.target.closest && event.target.closest("button, a");
    if (calendar && a && calendar.element.contains(a)) {
      pressCalendar(a);
      return;
    }
    if (calendar && !calendar.element.contains(event.target) && a !== calendar.button) closeCalendar();
    if (!a) return;
    if ("paparLagi" in a.dataset && listOf(a.closest("nav"))) {
      event.preventDefault();
      asking(() => showMore(a));
    } else if (a.dataset.dahulu) asking(() => askIfFree(a));
    else if (a.dataset.ask) openDialog(byId(a.dataset.ask), () => perform(a));
    else perform(a);
  });
  function showParts() {
    all("[data-bila]").forEach((part) => {
      const chosen = one(`[name="${part.dataset.bila}"]:checked`);
      part.hidden = !chosen || chosen.value !== part.dataset.bilaNilai;
    });
  }
  document.addEventListener("change", (event) => {
    const control = event.target;
    if (control.dataset.tarikh) takeDay(control, true);
    if (control.dataset.pilih) takeChoice(control, true);
    if (control.dataset.tanda) sent(control).value = String(control.checked);
    if (control.matches("select") && control.dataset.below) cascade(control);
    if (control.matches("[data-muat], [data-hantar]")) perform(control);
    showParts();
    if (control.form && "majikan" in control.form.dataset) arrange(control.form);
  });
  document.addEventListener("input", (event) => {
    const control = event.target;
    if (control.dataset.tarikh) takeDay(control, false);
    if (control.dataset.pilih) takeChoice(control, false);
    if ("nombor" in control.dataset) forgetPerson(control.form);
    if ("nomborSsm" in control.dataset) forgetBusiness(control.form);
    if (control.dataset.baki) {
      byId(control.dataset.baki).textContent = String(control.maxLength - control.value.length);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      closeCalendar();
      setMenu(false);
    }
    if (event.key !== "Enter" || !event.target.matches("input:not([type=file])")) return;
    const form = event.target.closest("form[data-default]");
    if (!form) return;
    event.preventDefault();
    event.target.dispatchEvent(new Event("change", { bubbles: true }));
    byId(form.dataset.default).click();
  });

  /* --- the session -------------------------------------------------------------------------- */

  function watchSession() {
    const left = set.diam - (Date.now() - lastAsked) / 1000;
    byId("sesi").hidden = left > Math.min(60, set.diam / 2);
    byId("kekal").hidden = left <= 0;
    const clock = `${Math.floor(left / 60)}:${two(Math.floor(left % 60))}`;
    one("p", byId("sesi")).textContent = left <= 0 ? set.kata.tamat : `${set.kata.sesi} ${clock}`;
  }
  if (set.diam) {
    setInterval(watchSession, 1000);
    byId("kekal").addEventListener("click", async () => {
      await ask(new URL(set.lanjut, location.href), { method: "POST" });
      watchSession();
    });
  }

  function upgrade(root) {
    all("form[data-majikan]", root).forEach(arrange);
    all("dialog[data-terbuka]", root).forEach((dialog) => dialog.showModal());
  }
  // Told once, on the first page after the log-in.
  const notice = one("[data-notis]");
  if (notice && !sessionStorage.getItem("notis")) {
    sessionStorage.setItem("notis", "1");
    notice.showModal();
  }
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  upgrade(document);
}());
