/* ASSIST, front end. Everything is delegated from the document, so that parts of a page that come
   later work at once. */
"use strict";
(() => {
  const settings = JSON.parse(document.getElementById("app-settings").textContent);
  const say = settings.words;
  const view = () => document.getElementById("view");
  const sheetRoot = () => document.getElementById("sheet-root");
  const el = (tag, attributes = {}, ...inside) => {
    const made = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) {
      if (value === true) made.setAttribute(key, "");
      else if (value !== false && value !== null) made.setAttribute(key, value);
    }
    made.append(...inside);
    return made;
  };
  let serial = 0;
  const newId = () => `_r_${(serial += 1).toString(32)}s_`;

  function translated(text) {
    if (settings.messages[text]) return settings.messages[text];
    for (const [shape, words] of settings.shapes) {
      const found = new RegExp(`^${shape}$`);
      if (found.test(text)) return text.replace(found, words);
    }
    return text;
  }

  /* --- asking the server -------------------------------------------------------------------- */

  const tokenTag = document.querySelector('meta[name="csrf-token"]');
  let lastAsked = Date.now();
  let waiting = 0;
  let linger = 0;
  const forever = new Promise(() => {});

  function wait(on) {
    waiting = Math.max(0, waiting + (on ? 1 : -1));
    document.getElementById("busy").hidden = waiting === 0;
    document.getElementById("main").setAttribute("aria-busy", String(waiting > 0));
  }
  function tabId() {
    let id = sessionStorage.getItem("assist-tab");
    if (!id) {
      id = crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random()}`;
      sessionStorage.setItem("assist-tab", id);
    }
    return id;
  }
  async function call(address, options) {
    lastAsked = Date.now();
    const answer = await fetch(address, {
      credentials: "same-origin", ...options, headers: { "X-Requested-With": "XMLHttpRequest" },
    });
    const { headers } = answer;
    if (headers.has("X-P-Auth")) tokenTag.content = headers.get("X-P-Auth");
    if (headers.has("X-Portal-Overlay")) linger = Number(headers.get("X-Portal-Overlay"));
    if (headers.has("X-Portal-Location")) {
      wait(true);
      location.assign(headers.get("X-Portal-Location"));
      await forever;
    }
    if (headers.has("X-Portal-Page")) {
      const page = await answer.text();
      document.open();
      document.write(page);
      document.close();
      await forever;
    }
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    return answer;
  }
  const withToken = (address) => {
    const url = new URL(address, location.href);
    url.searchParams.set(settings.token, tokenTag.content);
    return url;
  };
  function send(address, form) {
    const body = form ? new FormData(form) : new FormData();
    body.set(settings.tab, tabId());
    return call(withToken(address), { method: "POST", body });
  }
  function sendPage(address, form) {
    const made = el("form", { method: "post", action: withToken(address).href, hidden: true });
    const pairs = form ? [...new FormData(form)] : [];
    for (const [name, value] of [...pairs, [settings.tab, tabId()]]) {
      if (typeof value === "string") made.append(el("input", { type: "hidden", name, value }));
    }
    document.body.append(made);
    wait(true);
    made.submit();
  }
  async function during(work) {
    wait(true);
    try {
      await work();
    } catch (trouble) {
      if (!(trouble instanceof TypeError) && !/^HTTP /.test(trouble.message)) throw trouble;
      alarm(say.failed);
    } finally {
      const end = () => wait(false);
      if (linger) setTimeout(end, linger * 1000);
      else end();
      linger = 0;
    }
  }
  function show(html) {
    view().innerHTML = html;
    enliven(view());
  }

  /* --- what is said --------------------------------------------------------------------------- */

  function alertBox(words) {
    return el("div", { class: "callout callout-danger", role: "alert" }, el("div", {}, words));
  }
  function alarm(words) {
    const place = sheetRoot().querySelector(".form-alert") || document.querySelector(".page-alerts");
    if (!place) return;
    place.hidden = false;
    place.replaceChildren(alertBox(words));
    place.scrollIntoView({ block: "center" });
  }
  function toast(words) {
    const made = el("li", { class: "toast", role: "status" }, el("span", {}, words));
    document.getElementById("toasts").append(made);
    setTimeout(() => made.remove(), 6000);
  }
  function clearErrors(form) {
    form.querySelectorAll("[data-made]").forEach((one) => one.remove());
    form.querySelectorAll(".has-error").forEach((one) => one.classList.remove("has-error"));
    form.querySelectorAll("[aria-invalid]").forEach((one) => {
      one.removeAttribute("aria-invalid");
      if (!one.matches("textarea")) one.removeAttribute("aria-describedby");
    });
    const place = form.querySelector(".form-alert");
    if (place) { place.replaceChildren(); place.hidden = true; }
    const pageAlerts = view().querySelector(".page-alerts");
    if (pageAlerts && !sheetRoot().contains(form)) pageAlerts.replaceChildren();
  }
  function showErrors(form, errors) {
    const list = el("ul");
    for (const { fieldName, errorMsg } of errors) {
      const control = form.querySelector(`[name="${CSS.escape(fieldName)}"]`);
      const words = translated(errorMsg);
      const field = control && control.closest(".field");
      if (!field) { list.append(el("li", {}, words)); continue; }
      const id = newId();
      field.classList.add("has-error");
      field.append(el("p", { class: "field-error", id, "data-made": true }, words));
      const shown = field.querySelector(".picker, .input, .checkbox, .switch, .file-input");
      if (shown) {
        shown.setAttribute("aria-invalid", "true");
        shown.setAttribute("aria-describedby", id);
      }
      const label = field.querySelector("label, .label");
      const name = label ? label.firstChild.textContent.trim() : "";
      list.append(el("li", {}, `${name}: ${words}`));
      const fold = field.closest(".fold-body");
      if (fold && fold.hidden) setFold(document.querySelector(`[aria-controls="${fold.id}"]`), true);
    }
    const place = (form.querySelector(".form-alert") || view().querySelector(".page-alerts"));
    place.hidden = false;
    place.replaceChildren(el("div", { class: "callout callout-danger", role: "alert" },
      el("div", {}, el("strong", {}, say.errors), list)));
    place.scrollIntoView({ block: "center" });
  }

  /* --- what a button does --------------------------------------------------------------------- */

  const formOf = (what) => (what.dataset.of ? document.getElementById(what.dataset.of) : null);
  const deeds = {
    send: (what) => sendPage(what.dataset.to, formOf(what)),
    visit: (what) => {
      const url = withToken(what.dataset.to);
      url.searchParams.set(settings.tab, tabId());
      wait(true);
      location.assign(url);
    },
    fetch: (what) => during(async () => {
      show(await (await send(what.dataset.to, formOf(what))).text());
      scrollTo(0, 0);
    }),
    refresh: (what) => during(async () => {
      const url = new URL(what.dataset.to, location.href);
      new FormData(formOf(what)).forEach((value, name) => url.searchParams.set(name, value));
      show(await (await call(url)).text());
    }),
    sheet: (what) => during(async () => {
      sheetRoot().innerHTML = await (await call(what.dataset.to)).text();
      enliven(sheetRoot());
      document.body.classList.add("has-sheet");
      const sheet = sheetRoot().querySelector(".sheet");
      if (sheet) sheet.focus();
    }),
    store: (what) => during(() => storeSheet(what)),
    person: (what) => during(() => lookUpPerson(what)),
    firm: (what) => during(() => lookUpFirm(what)),
    keep: (what) => during(() => keepForm(what)),
  };
  const perform = (what) => deeds[what.dataset.on](what);

  function closeSheet() {
    closePopover();
    sheetRoot().replaceChildren();
    document.body.classList.remove("has-sheet");
  }
  async function storeSheet(what) {
    const form = formOf(what);
    const answer = await (await send(what.dataset.to, form)).json();
    clearErrors(form);
    if (answer.jsonFieldError) {
      if (answer.jsonFieldError.length) showErrors(form, answer.jsonFieldError);
      else alarm(answer.jsonGlobalError.map((one) => translated(one.errorMsg)).join(" "));
      return;
    }
    const list = await (await call(what.dataset.then)).text();
    if (answer.closes) setTimeout(() => { if (form.isConnected) closeSheet(); }, answer.closes * 1000);
    else closeSheet();
    show(list);
    if (answer.message) toast(translated(answer.message));
  }
  async function keepForm(what) {
    const form = formOf(what);
    clearErrors(form);
    const answer = await (await send(what.dataset.to, form)).json();
    if (answer.jsonFieldError.length) showErrors(form, answer.jsonFieldError);
    else answer.jsonGlobalError.forEach((one) => alarm(translated(one.errorMsg)));
  }
  function askFirst(what) {
    const dialog = document.getElementById(what.dataset.confirm);
    dialog.hidden = false;
    const no = dialog.querySelector("[data-no]");
    no.onclick = () => { dialog.hidden = true; what.focus(); };
    dialog.querySelector("[data-yes]").onclick = () => {
      dialog.hidden = true;
      perform(what);
    };
    no.focus();
  }
  async function checkFirst(what) {
    const answer = await (await call(what.dataset.precheck)).json();
    if (answer.refused) alarm(answer.refused.split(/(?<=\.) (?=[A-Z])/).map(translated).join(" "));
    else askFirst(what);
  }

  /* --- menus and folds ------------------------------------------------------------------------ */

  function setMenu(button, open) {
    const list = button.nextElementSibling;
    button.setAttribute("aria-expanded", String(open));
    list.hidden = !open;
    if (!open) return;
    const place = button.getBoundingClientRect();
    list.style.top = `${place.bottom + 4}px`;
    list.style.right = `${Math.max(8, document.documentElement.clientWidth - place.right)}px`;
  }
  function closeMenus(but) {
    document.querySelectorAll('[data-menu][aria-expanded="true"]').forEach((one) => {
      if (one !== but) setMenu(one, false);
    });
  }
  function setFold(button, open) {
    button.setAttribute("aria-expanded", String(open));
    document.getElementById(button.getAttribute("aria-controls")).hidden = !open;
  }

  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const what = event.target.closest("button, [data-on]");
    const menu = event.target.closest("[data-menu]");
    closeMenus(menu);
    if (popover && !popover.box.contains(event.target) && what !== popover.owner) closePopover();
    if (!what || what.disabled || what.matches("select")) return;
    const data = what.dataset;
    if ("menu" in data) setMenu(what, what.getAttribute("aria-expanded") !== "true");
    else if ("fold" in data) setFold(what, what.getAttribute("aria-expanded") !== "true");
    else if ("nav" in data) {
      const open = document.body.classList.toggle("has-nav");
      what.setAttribute("aria-expanded", String(open));
    } else if ("close" in data) closeSheet();
    else if ("putAway" in data) what.closest(".alert-dialog").hidden = true;
    else if ("tick" in data) setTick(what, what.getAttribute("aria-checked") !== "true");
    else if ("calendar" in data) openCalendar(what);
    else if ("add" in data) addRow(what);
    else if ("less" in data) removeRow(what);
    else if ("phraseMine" in data) showPassword();
    else if (what.matches(".picker")) togglePicker(what);
    else if (data.precheck) during(() => checkFirst(what));
    else if (data.confirm) askFirst(what);
    else if (data.on) perform(what);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (popover) { const { owner } = popover; closePopover(); owner.focus(); return; }
      if (document.querySelector('[data-menu][aria-expanded="true"]')) { closeMenus(); return; }
      const dialog = document.querySelector(".alert-dialog:not([hidden]) [data-no]");
      if (dialog) dialog.click();
      else if (sheetRoot().firstElementChild) closeSheet();
      return;
    }
    if (event.target.matches(".picker") && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      if (!popover) togglePicker(event.target);
      return;
    }
    if (event.key !== "Enter" || !event.target.matches("input")) return;
    const form = event.target.closest("form");
    if (!form || !view().contains(form) && !sheetRoot().contains(form)) return;
    if (form.method === "post") return;
    event.preventDefault();
    if (form.dataset.enter) document.getElementById(form.dataset.enter).click();
  });
  document.addEventListener("change", (event) => {
    const { target } = event;
    if (target.matches("[data-day]")) target.value = tidyDay(target.value);
    if (target.matches(".file-input")) {
      const name = target.closest(".dropzone").querySelector(".file-name");
      name.textContent = target.files.length ? target.files[0].name : say.nofile;
    }
    if (target.matches("select[data-on]")) perform(target);
    arrange();
  });
  document.addEventListener("input", (event) => {
    const { target } = event;
    if ("count" in target.dataset) {
      const left = target.parentElement.querySelector(".hint span");
      left.textContent = String(target.maxLength - target.value.length);
    }
    if (target.dataset.lookedUp === "person") forgetPerson(target.form);
    if (target.dataset.lookedUp === "firm") forgetFirm(target.form);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") event.preventDefault();
  });

  /* --- what shows only sometimes -------------------------------------------------------------- */

  const named = (form, name) => [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
  function arrange() {
    document.querySelectorAll("[data-when]").forEach((part) => {
      const chosen = document.querySelector(`[name="${CSS.escape(part.dataset.when)}"]:checked`);
      part.hidden = !chosen || chosen.value !== part.dataset.is;
    });
    document.querySelectorAll("form[data-firm-form]").forEach(arrangeFirm);
  }
  function arrangeFirm(form) {
    const value = (name) => (named(form, name)[0] || {}).value;
    const others = value("entiti") === form.dataset.others;
    form.querySelectorAll("[data-entity]").forEach((part) => {
      part.hidden = (part.dataset.entity === "others") !== others;
    });
    const premises = form.querySelector('[data-part="premis"]');
    if (premises) premises.hidden = value("premisSama") === "true";
    const checked = Boolean(value("disemak"));
    const without = (form.dataset.unregistered || "").split(" ");
    const wanted = {
      ssm: checked && !others && !without.includes(value("entitiSub")), cawangan: checked,
    };
    for (const [name, on] of Object.entries(wanted)) {
      const row = form.querySelector(`[data-question="${name}"]`);
      if (!row) continue;
      row.hidden = !on;
      if (!on) named(form, name).forEach((radio) => { radio.checked = false; });
    }
  }
  function setTick(button, on) {
    button.setAttribute("aria-checked", String(on));
    button.closest(".field").querySelector('input[type="hidden"]').value = String(on);
    arrange();
  }
  function addRow(button) {
    const row = [...document.querySelectorAll(`[data-more="${button.dataset.add}"]`)]
      .find((one) => one.hidden);
    if (!row) return;
    row.hidden = false;
    const input = row.querySelector("input");
    input.disabled = false;
    input.focus();
  }
  function removeRow(button) {
    const row = button.closest("[data-more]");
    const input = row.querySelector("input");
    input.value = "";
    input.disabled = true;
    row.hidden = true;
  }
  function showPassword() {
    document.querySelector("[data-phrase-ask]").hidden = true;
    const rest = document.querySelector("[data-phrase-rest]");
    rest.hidden = false;
    rest.querySelector("input").focus();
  }

  /* --- looking a person or a firm up ---------------------------------------------------------- */

  const PERSON = {
    nameOfEmployee: "namaPekerja", dateOfBirth: "tarikhLahir", gender: "jantina",
    raceId: "bangsa", nationalityId: "warganegara", ssfwNo: "noKeselamatan",
  };
  function lock(control, value, locked) {
    if (control.type === "radio") {
      control.checked = control.value === value;
      control.disabled = locked && !control.checked;
    } else if (control.matches("select")) {
      control.value = value;
      control.disabled = locked;
      paint(control);
    } else {
      control.value = "day" in control.dataset ? tidyDay(value) : value;
      control.readOnly = locked || "alwaysLocked" in control.dataset;
      const opener = control.parentElement.querySelector("[data-calendar]");
      if (opener) opener.disabled = locked;
    }
  }
  const isLocked = (control) => control.disabled || control.readOnly;
  function forgetPerson(form) {
    form.querySelector("[data-verdict]").replaceChildren();
    const row = form.querySelector("[data-tick-row]");
    row.hidden = true;
    setTick(row.querySelector("[data-tick]"), false);
    named(form, "disemak")[0].value = "";
    for (const name of Object.values(PERSON)) {
      const controls = named(form, name);
      if (!controls.some(isLocked)) continue;
      const usual = controls[0].options
        ? [...controls[0].options].find((one) => one.defaultSelected) : null;
      controls.forEach((control) => lock(control, usual ? usual.value : "", false));
    }
  }
  async function lookUpPerson(what) {
    const form = what.closest("form");
    clearErrors(form);
    forgetPerson(form);
    const answer = await (await send(what.dataset.to, form)).json();
    if (answer.jsonFieldError) { showErrors(form, answer.jsonFieldError); return; }
    const number = named(form, "noDaftar")[0].value;
    showPerson(form, number, answer);
    if (!answer.later) return;
    setTimeout(() => {
      if (form.isConnected && named(form, "disemak")[0].value === number) {
        showPerson(form, number, answer.later);
      }
    }, answer.after * 1000);
  }
  function verdict(form, known) {
    form.querySelector("[data-verdict]").replaceChildren(
      el("span", { class: `badge badge-${known ? "ok" : "muted"}` }, known ? say.found : say.missing),
    );
  }
  function showPerson(form, number, answer) {
    forgetPerson(form);
    named(form, "disemak")[0].value = number;
    verdict(form, answer.known);
    form.querySelector("[data-tick-row]").hidden = Boolean(answer.known);
    for (const [key, value] of Object.entries(answer.person || {})) {
      if (PERSON[key]) named(form, PERSON[key]).forEach((control) => lock(control, value, true));
    }
  }
  const branch = (form, value) => named(form, "cawangan").find((radio) => radio.value === value);
  function forgetFirm(form) {
    form.querySelector("[data-verdict]").replaceChildren();
    named(form, "disemak")[0].value = "";
    named(form, "cawangan").forEach((radio) => { radio.checked = false; });
    arrange();
  }
  async function lookUpFirm(what) {
    const form = what.closest("form");
    clearErrors(form);
    forgetFirm(form);
    const number = named(form, "noDaftar")[0].value;
    const answer = await (await send(what.dataset.to, form)).json();
    if (answer.jsonFieldError) { showErrors(form, answer.jsonFieldError); return; }
    showFirm(form, number, answer.known);
    if (answer.later) setTimeout(() => showFirm(form, number, answer.later.known), answer.after * 1000);
  }
  function showFirm(form, number, known) {
    if (!form.isConnected || named(form, "noDaftar")[0].value !== number) return;
    named(form, "disemak")[0].value = number;
    verdict(form, known);
    arrange();
    const dialog = document.getElementById("dialog-cawangan");
    dialog.hidden = !known;
    const choose = (value) => () => {
      dialog.hidden = true;
      branch(form, value).checked = true;
    };
    dialog.querySelector("[data-yes]").onclick = choose("Y");
    dialog.querySelector("[data-no]").onclick = choose("N");
    if (known) dialog.querySelector("[data-yes]").focus();
    else branch(form, "N").checked = true;
  }

  /* --- pickers: a button, and a list that comes with it ---------------------------------------- */

  let popover = null;
  const nativeOf = (picker) => document.querySelector(`select[data-picker="${picker.id}"]`);
  function paint(select) {
    const picker = document.getElementById(select.dataset.picker);
    const chosen = select.options[select.selectedIndex];
    const shown = picker.querySelector(".picker-value");
    shown.textContent = chosen ? chosen.text : "";
    shown.classList.toggle("is-empty", !select.value);
    picker.disabled = select.disabled;
  }
  function place(box, owner) {
    const at = owner.getBoundingClientRect();
    const below = innerHeight - at.bottom;
    box.style.left = `${Math.max(8, Math.min(at.left, innerWidth - box.offsetWidth - 8))}px`;
    if (below > box.offsetHeight + 8 || below > at.top) {
      box.style.top = `${at.bottom + 4}px`;
      box.style.maxHeight = `${Math.max(160, below - 16)}px`;
    } else {
      box.style.top = `${Math.max(8, at.top - box.offsetHeight - 4)}px`;
    }
  }
  function closePopover() {
    if (!popover) return;
    popover.owner.setAttribute("aria-expanded", "false");
    popover.owner.removeAttribute("aria-controls");
    popover.box.remove();
    popover = null;
  }
  function togglePicker(picker) {
    if (popover && popover.owner === picker) { closePopover(); return; }
    closePopover();
    const select = nativeOf(picker);
    const listId = newId();
    const list = el("div", {
      role: "listbox", id: listId, class: "options", tabindex: "-1",
      "aria-labelledby": picker.getAttribute("aria-labelledby").split(" ")[0],
    });
    const box = el("div", { class: "popover" });
    box.style.minWidth = `${picker.offsetWidth}px`;
    const many = select.options.length > 8;
    popover = { owner: picker, box, list, select, items: [], marked: -1 };
    if (many) {
      const search = el("input", {
        class: "input options-search", type: "text", role: "combobox", autocomplete: "off",
        placeholder: say.search, "aria-label": say.search, "aria-controls": listId,
        "aria-expanded": "true", "aria-autocomplete": "list",
      });
      search.addEventListener("input", () => listOptions(search.value));
      box.append(search);
    }
    box.append(list);
    box.addEventListener("keydown", pickerKey);
    document.body.append(box);
    picker.setAttribute("aria-expanded", "true");
    picker.setAttribute("aria-controls", listId);
    listOptions("");
    place(box, picker);
    if (many) box.querySelector("input").focus();
    else (popover.items[Math.max(popover.marked, 0)] || { item: list }).item.focus();
  }
  function listOptions(text) {
    const { list, select } = popover;
    const wanted = text.trim().toLowerCase();
    popover.items = [...select.options]
      .filter((option) => option.value || select.value)
      .filter((option) => !wanted || (option.value && option.text.toLowerCase().includes(wanted)))
      .map((option) => {
        const item = el("div", {
          role: "option", id: newId(), class: option.value ? "option" : "option is-clear",
          "aria-selected": String(option.selected), tabindex: "-1",
        }, option.value ? option.text : say.clear);
        item.addEventListener("click", () => choose(option));
        return { option, item };
      });
    list.replaceChildren(...popover.items.map(({ item }) => item));
    if (!popover.items.length) list.append(el("p", { class: "options-none" }, say.nothing));
    const now = popover.items.findIndex(({ option }) => option.selected);
    mark(wanted ? 0 : now);
  }
  function mark(n) {
    popover.marked = n;
    popover.items.forEach(({ item }, here) => item.classList.toggle("is-marked", here === n));
    const marked = popover.items[n];
    const search = popover.box.querySelector(".options-search");
    if (search && marked) search.setAttribute("aria-activedescendant", marked.item.id);
    if (marked) {
      marked.item.scrollIntoView({ block: "nearest" });
      if (!search) marked.item.focus();
    }
  }
  function pickerKey(event) {
    const { items, marked } = popover;
    if (event.key === "ArrowDown") mark(Math.min(marked + 1, items.length - 1));
    else if (event.key === "ArrowUp") mark(Math.max(marked - 1, 0));
    else if (event.key === "Enter" || (event.key === " " && !event.target.matches("input"))) {
      if (items[marked]) choose(items[marked].option);
    } else if (event.key === "Tab") { const { owner } = popover; closePopover(); owner.focus(); return; }
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  function choose(option) {
    const { select, owner } = popover;
    closePopover();
    owner.focus();
    if (select.value === option.value) return;
    select.value = option.value;
    paint(select);
    select.dispatchEvent(new Event("change", { bubbles: true }));
    if (select.dataset.cascade) during(() => fillBelow(select));
  }
  function fill(select, options, open) {
    [...select.options].forEach((one) => { if (one.value) one.remove(); });
    options.forEach(({ id, text }) => select.add(new Option(text, id)));
    select.value = "";
    select.disabled = !open;
    paint(select);
  }
  async function fillBelow(select) {
    const form = select.closest("form");
    const below = named(form, select.dataset.cascade)[0];
    for (let next = below; next; next = next.dataset.cascade && named(form, next.dataset.cascade)[0]) {
      fill(next, [], false);
    }
    if (!select.value) return;
    const url = new URL(form.dataset.options, location.href);
    url.searchParams.set(form.dataset.parent, select.value);
    below.dataset.asked = url.href;
    const answer = await (await call(url)).json();
    fill(below, answer.options, answer.options.length > 0 || Boolean(answer.again));
    if (!answer.again) return;
    setTimeout(async () => {
      const asked = url.href;
      url.searchParams.set(form.dataset.again, "1");
      const late = await (await call(url)).json();
      if (below.isConnected && below.dataset.asked === asked && !below.value) {
        fill(below, late.options, true);
      }
    }, answer.again * 1000);
  }

  /* --- days ------------------------------------------------------------------------------------ */

  const two = (n) => String(n).padStart(2, "0");
  function tidyDay(text) {
    const parts = /^\s*(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})\s*$/.exec(text)
      || /^\s*(\d{2})(\d{2})(\d{4})\s*$/.exec(text);
    return parts ? `${two(parts[1])}-${two(parts[2])}-${parts[3]}` : text.trim();
  }
  function openCalendar(button) {
    if (popover && popover.owner === button) { closePopover(); return; }
    closePopover();
    const input = button.parentElement.querySelector("input");
    const parts = /^(\d\d)-(\d\d)-(\d{4})$/.exec(tidyDay(input.value));
    const start = parts ? new Date(+parts[3], +parts[2] - 1, +parts[1]) : new Date();
    const box = el("div", {
      class: "popover calendar", role: "dialog", "aria-label": button.getAttribute("aria-label"),
    });
    popover = { owner: button, box };
    button.setAttribute("aria-expanded", "true");
    document.body.append(box);
    drawCalendar(box, input, button, start.getFullYear(), start.getMonth());
    place(box, button);
    box.querySelector("select").focus();
  }
  function drawCalendar(box, input, button, year, month) {
    const months = el("select", { class: "input", "aria-label": say.month });
    settings.months.forEach((name, n) => months.add(new Option(name, n, n === month, n === month)));
    const years = el("select", { class: "input", "aria-label": say.year });
    for (let y = year - 70; y <= year + 20; y += 1) years.add(new Option(y, y, y === year, y === year));
    const again = () => {
      drawCalendar(box, input, button, +years.value, +months.value);
      box.querySelector("select").focus();
    };
    months.addEventListener("change", again);
    years.addEventListener("change", again);
    const grid = el("div", { class: "calendar-grid" });
    say.days.split(" ").forEach((day) => grid.append(el("span", { "aria-hidden": "true" }, day)));
    for (let n = 0; n < new Date(year, month, 1).getDay(); n += 1) grid.append(el("span"));
    for (let d = 1; d <= new Date(year, month + 1, 0).getDate(); d += 1) {
      const day = el("button", {
        type: "button", "aria-label": `${d} ${settings.months[month]} ${year}`,
        "aria-pressed": String(input.value === `${two(d)}-${two(month + 1)}-${year}`),
      }, String(d));
      day.addEventListener("click", () => {
        input.value = `${two(d)}-${two(month + 1)}-${year}`;
        closePopover();
        input.focus();
      });
      grid.append(day);
    }
    box.replaceChildren(el("div", { class: "calendar-head" }, months, years), grid);
  }

  /* --- the session ------------------------------------------------------------------------------ */

  function watch() {
    const box = document.getElementById("idle");
    const left = settings.idle - (Date.now() - lastAsked) / 1000;
    box.hidden = left > Math.min(60, settings.idle / 2);
    if (box.hidden) return;
    box.querySelector("button").hidden = left <= 0;
    const time = `${two(Math.floor(Math.max(left, 0) / 60))}:${two(Math.floor(Math.max(left, 0) % 60))}`;
    box.querySelector("p").textContent = left > 0 ? say.idle.replace("{time}", time) : say.over;
  }
  if (settings.idle) {
    setInterval(watch, 500);
    document.querySelector("#idle button").addEventListener("click", async () => {
      await call(settings.extend, { method: "POST" });
      watch();
    });
  }

  function enliven(root) {
    root.querySelectorAll("[data-toast]").forEach((one) => {
      toast(one.dataset.toast);
      one.remove();
    });
    arrange();
  }
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  addEventListener("scroll", () => closeMenus(), true);
  enliven(document);
})();
