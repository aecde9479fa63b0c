/* The portal's own script: overlay, AJAX, popups, Select2-like drop-downs, date fields.
   Everything hangs on data- attributes, so that a screen that came by AJAX works at once. */
(function () {
  "use strict";

  const byId = (id) => document.getElementById(id);
  let lastAsked = Date.now();

  /* --- the grey overlay, and asking the server ------------------------------------------- */

  let busy = 0;
  function block() {
    busy += 1;
    if (busy > 1) return;
    const over = document.createElement("div");
    over.className = "blockUI blockOverlay";
    const message = document.createElement("div");
    message.className = "blockUI blockMsg";
    message.innerHTML = '<i class="spinner"></i>';
    document.body.append(over, message);
  }
  function unblock() {
    busy = Math.max(0, busy - 1);
    if (!busy) document.querySelectorAll(".blockUI").forEach((e) => e.remove());
  }

  function browserKey() {
    let key = sessionStorage.getItem("browserIdKey");
    if (!key) {
      key = String(Date.now()) + String(Math.floor(Math.random() * 1000));
      sessionStorage.setItem("browserIdKey", key);
    }
    return key;
  }
  function keyName(url) {
    return "_" + (url.searchParams.get("p_p_id") || "portal") + "_browserIdKey";
  }
  function actionUrl(address) {
    const url = new URL(address, location.href);
    url.searchParams.set("p_auth", Liferay.authToken);
    return url;
  }

  const never = new Promise(() => {});
  let linger = 0;  // seconds that the overlay stays over the finished screen
  async function ask(url, options) {
    lastAsked = Date.now();
    const answer = await fetch(url, {
      ...options, credentials: "same-origin", headers: { "X-Requested-With": "XMLHttpRequest" },
    });
    if (answer.headers.has("X-P-Auth")) Liferay.authToken = answer.headers.get("X-P-Auth");
    linger = Number(answer.headers.get("X-Portal-Overlay")) || linger;
    if (answer.headers.has("X-Portal-Location")) {
      block();
      location.assign(answer.headers.get("X-Portal-Location"));
      return never;
    }
    if (answer.headers.has("X-Portal-Page")) {
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
    block();
    try {
      await work();
    } catch (error) {
      if (!(error instanceof TypeError) && !/^\d+$/.test(error.message)) throw error;
      complain("Your request failed to complete.");
    } finally {
      if (linger) setTimeout(unblock, linger * 1000);
      else unblock();
      linger = 0;
    }
  }
  const get = (address) => ask(new URL(address, location.href), { method: "GET" });
  function post(address, form) {
    const url = actionUrl(address);
    const body = form ? new FormData(form) : new FormData();
    body.set(keyName(url), browserKey());
    return ask(url, { method: "POST", body });
  }
  function postPage(address, form) {
    const url = actionUrl(address);
    const carrier = document.createElement("form");
    carrier.method = "post";
    carrier.action = url.href;
    const values = form ? [...new FormData(form)] : [];
    for (const [name, value] of [...values, [keyName(url), browserKey()]]) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      carrier.append(field);
    }
    document.body.append(carrier);
    block();
    carrier.submit();
  }
  function complain(words) {
    const strip = document.querySelector("#popupHolder .alert-error");
    if (strip) {
      strip.textContent = words;
      strip.hidden = false;
      strip.scrollIntoView({ block: "nearest" });
      return;
    }
    document.querySelectorAll("#baseMsgDivId .ajaxError").forEach((e) => e.remove());
    const made = document.createElement("div");
    made.className = "alert alert-error ajaxError";
    made.textContent = words;
    byId("baseMsgDivId").prepend(made);
  }
  function put(target, html) {
    target.innerHTML = html;
    upgrade(target);
  }

  /* --- what an anchor does ---------------------------------------------------------------- */

  const formOf = (a) => (a.dataset.form ? byId(a.dataset.form) : null);
  const deeds = {
    post: (a) => postPage(a.dataset.post, formOf(a)),
    go: (a) => {
      const url = actionUrl(a.dataset.go);
      url.searchParams.set(keyName(url), browserKey());
      block();
      location.assign(url);
    },
    ajax: (a) => asking(async () => {
      put(byId("baseMsgDivId"), await (await post(a.dataset.ajax, formOf(a))).text());
    }),
    load: (a) => asking(async () => {
      const url = new URL(a.dataset.load, location.href);
      new FormData(formOf(a)).forEach((value, name) => url.searchParams.set(name, value));
      put(byId("baseMsgDivId"), await (await get(url)).text());
    }),
    popup: (a) => asking(async () => {
      put(byId("popupHolder"), await (await get(a.dataset.popup)).text());
      document.body.classList.add("popup-open");
      scrollTo(0, 0);
    }),
    save: (a) => asking(() => savePopup(a)),
    lens: (a) => asking(() => useLens(a)),
    brn: (a) => asking(() => useBrnLens(a)),
    saveForm: (a) => asking(() => saveForm(a)),
    addRow: (a) => addRow(a),
    removeRow: (a) => removeRow(a),
  };
  function perform(a) {
    const deed = Object.keys(deeds).find((name) => name in a.dataset);
    if (deed) deeds[deed](a);
  }
  function closePopup() {
    closeDropdown();
    closeCalendar();
    byId("popupHolder").innerHTML = "";
    document.body.classList.remove("popup-open");
  }
  function openDialog(dialog, a) {
    dialog.hidden = false;
    dialog.querySelector(".cancel").onclick = () => { dialog.hidden = true; };
    dialog.querySelector(".confirm").onclick = () => {
      dialog.hidden = true;
      perform(a);
    };
  }
  // The server is asked first; what it refuses needs no confirmation.
  async function askIfFree(a) {
    const answer = await (await get(a.dataset.check)).json();
    if (!answer.refused) {
      openDialog(byId(a.dataset.ask), a);
      return;
    }
    document.querySelectorAll("#baseMsgDivId .alert-success").forEach((e) => e.remove());
    complain(answer.refused);
    scrollTo(0, 0);
  }
  // A choice that the page follows at once.
  document.addEventListener("change", (event) => {
    if (event.target.matches("select[data-load], select[data-post]")) perform(event.target);
  });
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const tick = event.target.closest("i[data-tick]");
    if (tick) toggle(tick);
    const a = event.target.closest("a");
    document.querySelectorAll(".dropdown.open").forEach((d) => {
      if (!a || !d.contains(a) || !("drop" in a.dataset)) setDrop(d, false);
    });
    if (!a) return;
    if ("drop" in a.dataset) setDrop(a.parentElement, !a.parentElement.classList.contains("open"));
    else if ("close" in a.dataset) closePopup();
    else if (a.dataset.hide) byId(a.dataset.hide).hidden = true;
    else if (a.dataset.check) asking(() => askIfFree(a));
    else if (a.dataset.ask) openDialog(byId(a.dataset.ask), a);
    else perform(a);
  });
  function setDrop(item, open) {
    item.classList.toggle("open", open);
    item.querySelector("[data-drop]").setAttribute("aria-expanded", String(open));
  }
  document.addEventListener("keydown", (event) => {
    const tick = event.target.closest && event.target.closest("i[data-tick]");
    if (tick && event.key === " ") {
      event.preventDefault();
      toggle(tick);
    }
    if (event.key !== "Enter" || !event.target.closest) return;
    if (event.target.matches("a[role=button]")) return;
    const form = event.target.closest("form[data-default]");
    if (!form || event.target.matches("textarea")) return;
    event.preventDefault();
    byId(form.dataset.default).click();
  });
  // A part that shows only while a radio is chosen.
  function showParts() {
    document.querySelectorAll("[data-when]").forEach((part) => {
      const chosen = document.querySelector(`[name="${part.dataset.when}"]:checked`);
      part.hidden = !chosen || chosen.value !== part.dataset.whenValue;
    });
  }
  document.addEventListener("change", showParts);
  function toggle(icon, on) {
    const ticked = on === undefined ? icon.classList.contains("fa-square-o") : on;
    icon.classList.toggle("fa-square-o", !ticked);
    icon.classList.toggle("fa-check-square-o", ticked);
    icon.setAttribute("aria-checked", String(ticked));
    byId(icon.dataset.tick).value = String(ticked);
  }

  /* --- popups that save, and the lens ------------------------------------------------------ */

  function clearErrors(form) {
    form.querySelectorAll(".error-inline").forEach((e) => e.remove());
    form.querySelectorAll(".error-field").forEach((e) => e.classList.remove("error-field"));
    form.querySelector(".alert-error").hidden = true;
  }
  function showErrors(form, found) {
    for (const { fieldName, errorMsg } of found) {
      const field = form.querySelector(`[name="${fieldName}"]`);
      const words = document.createElement("span");
      words.className = "error-inline";
      words.textContent = errorMsg;
      field.classList.add("error-field");
      field.closest(".controls").append(words);
    }
    complain([...new Set(found.map((e) => e.errorMsg))].join(" "));
  }
  async function savePopup(a) {
    const form = formOf(a);
    const answer = await (await post(a.dataset.save, form)).json();
    clearErrors(form);
    if (answer.jsonFieldError) {
      if (answer.jsonFieldError.length) showErrors(form, answer.jsonFieldError);
      else complain(answer.jsonGlobalError.map((e) => e.errorMsg).join(" "));
      return;
    }
    const list = await (await get(a.dataset.then)).text();
    if (answer.closes) setTimeout(() => { if (form.isConnected) closePopup(); }, answer.closes * 1000);
    else closePopup();
    put(byId("baseMsgDivId"), list);
    if (answer.message) praise(answer.message);
  }
  function praise(words) {
    const made = document.createElement("div");
    made.className = "alert alert-success";
    made.textContent = words;
    byId("baseMsgDivId").querySelector(".portlet").prepend(made);
  }

  const LOCKED = ["nameOfEmployee", "dateOfBirth", "gender", "raceId", "nationalityId", "ssfwNo"];
  function fieldsOf(form, name) {
    return [...form.querySelectorAll(`[name$="_dto.${name}"]`)];
  }
  function setField(field, value, locked) {
    if (field.type === "radio") {
      field.checked = field.value === value;
      field.disabled = locked && !field.checked;
    } else if (field.matches("select")) {
      field.value = value;
      field.disabled = locked;
      render(field);
    } else {
      field.value = value;
      field.readOnly = locked || "fixed" in field.dataset;
    }
  }
  function isLocked(field) {
    return field.type === "radio" ? field.disabled : field.disabled || field.readOnly;
  }
  function forgetPerson(form) {
    byId("lensResult").innerHTML = "";
    byId("registerNewRow").hidden = true;
    toggle(form.querySelector("#registerNewRow i[data-tick]"), false);
    fieldsOf(form, "searched")[0].value = "";
    for (const name of LOCKED) {
      const fields = fieldsOf(form, name);
      if (!fields.some(isLocked)) continue;
      const first = fields[0].options ? [...fields[0].options].find((o) => o.defaultSelected) : null;
      fields.forEach((field) => setField(field, first ? first.value : "", false));
    }
  }
  async function useLens(a) {
    const form = a.closest("form");
    clearErrors(form);
    forgetPerson(form);
    const answer = await (await post(a.dataset.lens, form)).json();
    if (answer.jsonFieldError) {
      showErrors(form, answer.jsonFieldError);
      return;
    }
    const number = fieldsOf(form, "registrationNo")[0].value;
    showPerson(form, number, answer);
    if (!answer.later) return;
    setTimeout(() => {
      if (form.isConnected && fieldsOf(form, "searched")[0].value === number) {
        showPerson(form, number, answer.later);
      }
    }, answer.after * 1000);
  }
  function showPerson(form, number, answer) {
    forgetPerson(form);
    fieldsOf(form, "searched")[0].value = number;
    const [id, picture, words] = answer.known
      ? ["trueImg", "tick", "Record found"] : ["falseImg", "cross", "Record not found"];
    byId("lensResult").innerHTML =
      `<i id="${id}" class="fa fa-${picture}" role="img" aria-label="${words}"></i>`;
    byId("registerNewRow").hidden = answer.known;
    for (const [name, value] of Object.entries(answer.person || {})) {
      fieldsOf(form, name).forEach((field) => setField(field, value, true));
    }
  }
  document.addEventListener("input", (event) => {
    if ("lensField" in event.target.dataset) forgetPerson(event.target.closest("form"));
    if ("counter" in event.target.dataset) {
      const left = event.target.maxLength - event.target.value.length;
      byId(event.target.dataset.counter).textContent = String(left);
    }
  });

  /* --- the employer's form ----------------------------------------------------------------- */

  const branchOf = (form, value) =>
    fieldsOf(form, "registeredAsABranch").find((radio) => radio.value === value);

  // What is hidden follows from what is chosen, ticked and looked up.
  function arrange(form) {
    const chosen = (name) => (fieldsOf(form, name)[0] || {}).value;
    const others = chosen("businessEntityId") === form.dataset.others;
    form.querySelectorAll("[data-entity]").forEach((part) => {
      part.hidden = (part.dataset.entity === "others") !== others;
    });
    byId("industryAddress").hidden = chosen("samePostalAddress") === "true";
    const asked = Boolean(chosen("searched"));
    const unregistered = (form.dataset.unregistered || "").split(" ");
    const rows = {
      registeredWithSsm: asked && !others && !unregistered.includes(chosen("subBusinessEntityId")),
      registeredAsABranch: asked,
    };
    for (const [name, shown] of Object.entries(rows)) {
      const row = form.querySelector(`[data-question="${name}"]`);
      if (!row) continue;
      row.hidden = !shown;
      if (!shown) fieldsOf(form, name).forEach((radio) => { radio.checked = false; });
    }
  }
  function arrangeAround(event) {
    const form = event.target.closest && event.target.closest("form[data-employer]");
    if (form) arrange(form);
  }
  document.addEventListener("change", arrangeAround);
  document.addEventListener("click", arrangeAround);
  document.addEventListener("keyup", arrangeAround);
  document.addEventListener("input", (event) => {
    if ("brnField" in event.target.dataset) forgetBrn(event.target.form);
  });

  function forgetBrn(form) {
    byId("brnResult").innerHTML = "";
    fieldsOf(form, "searched")[0].value = "";
    fieldsOf(form, "registeredAsABranch").forEach((radio) => { radio.checked = false; });
    arrange(form);
  }
  function clearPage(form) {
    clearErrors(form);
    document.querySelectorAll("#baseMsgDivId .ajaxError").forEach((e) => e.remove());
  }
  async function useBrnLens(a) {
    const form = a.closest("form");
    clearPage(form);
    forgetBrn(form);
    const number = fieldsOf(form, "registrationNo")[0].value;
    const answer = await (await post(a.dataset.brn, form)).json();
    if (answer.jsonFieldError) {
      showErrors(form, answer.jsonFieldError);
      return;
    }
    showBrn(form, number, answer.known);
    if (answer.later) {
      setTimeout(() => showBrn(form, number, answer.later.known), answer.after * 1000);
    }
  }
  function showBrn(form, number, exists) {
    if (!form.isConnected || fieldsOf(form, "registrationNo")[0].value !== number) return;
    fieldsOf(form, "searched")[0].value = number;
    const [id, picture, words] = exists
      ? ["trueImg", "tick", "Record found"] : ["falseImg", "cross", "Record not found"];
    byId("brnResult").innerHTML =
      `<i id="${id}" class="fa fa-${picture}" role="img" aria-label="${words}"></i>`;
    arrange(form);
    const dialog = byId("branchDialog");
    dialog.hidden = !exists;
    const answer = (value) => () => {
      dialog.hidden = true;
      branchOf(form, value).checked = true;
    };
    dialog.querySelector(".confirm").onclick = answer("Y");
    dialog.querySelector(".cancel").onclick = answer("N");
    if (!exists) branchOf(form, "N").checked = true;
  }
  async function saveForm(a) {
    const form = formOf(a);
    clearPage(form);
    const answer = await (await post(a.dataset.saveForm, form)).json();
    if (answer.jsonFieldError.length) showErrors(form, answer.jsonFieldError);
    answer.jsonGlobalError.forEach((e) => complain(e.errorMsg));
    scrollTo(0, 0);
  }

  function addRow(a) {
    const rows = [...document.querySelectorAll(`[data-further="${a.dataset.addRow}"]`)];
    const row = rows.find((r) => r.hidden);
    if (!row) return;
    row.hidden = false;
    row.querySelector("input").disabled = false;
    row.querySelector("input").focus();
  }
  function removeRow(a) {
    const row = a.closest("[data-further]");
    row.hidden = true;
    row.querySelector("input").value = "";
    row.querySelector("input").disabled = true;
  }

  /* --- drop-downs in the manner of Select2 ------------------------------------------------- */

  let dropdown = null;
  const boxOf = (select) => select.nextElementSibling;
  const plainId = (select) => "select2-" + select.id.replace(".", "");

  function makeSelect(select) {
    select.classList.add("select2-hidden-accessible");
    select.tabIndex = -1;
    select.setAttribute("aria-hidden", "true");
    const box = document.createElement("span");
    box.className = "select2 select2-container select2-container--bootstrap";
    box.innerHTML =
      '<span class="selection"><span class="select2-selection select2-selection--single"' +
      ' role="combobox" aria-haspopup="true" aria-expanded="false">' +
      '<span class="select2-selection__rendered"></span>' +
      '<span class="select2-selection__arrow" aria-hidden="true"><b></b></span></span></span>';
    const selection = box.querySelector(".select2-selection");
    selection.setAttribute("aria-labelledby", select.id + "_label");
    box.querySelector(".select2-selection__rendered").id = plainId(select) + "-container";
    selection.addEventListener("click", () => {
      if (dropdown && dropdown.select === select) closeDropdown();
      else openDropdown(select);
    });
    selection.addEventListener("keydown", (event) => {
      if (!["Enter", " ", "ArrowDown"].includes(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      openDropdown(select);
    });
    select.after(box);
    render(select);
  }
  function render(select) {
    const chosen = select.options[select.selectedIndex];
    const shown = boxOf(select).querySelector(".select2-selection__rendered");
    shown.textContent = chosen ? chosen.text : "";
    shown.title = shown.textContent;
    const selection = boxOf(select).querySelector(".select2-selection");
    selection.setAttribute("aria-disabled", String(select.disabled));
    selection.tabIndex = select.disabled ? -1 : 0;
    boxOf(select).classList.toggle("select2-container--disabled", select.disabled);
  }
  function openDropdown(select) {
    closeDropdown();
    if (select.disabled) return;
    const element = document.createElement("span");
    element.className = "select2-container select2-container--bootstrap select2-container--open";
    element.innerHTML =
      '<span class="select2-dropdown"><span class="select2-search select2-search--dropdown">' +
      '<input class="select2-search__field" type="search" autocomplete="off"></span>' +
      '<span class="select2-results"><ul class="select2-results__options" role="listbox"></ul>' +
      "</span></span>";
    document.body.append(element);
    const place = boxOf(select).getBoundingClientRect();
    element.style.cssText = `position:absolute;left:${place.left + scrollX}px;` +
      `top:${place.bottom + scrollY}px;width:${place.width}px`;
    element.querySelector("ul").id = plainId(select) + "-results";
    dropdown = { select, element, marked: -1 };
    boxOf(select).querySelector(".select2-selection").setAttribute("aria-expanded", "true");
    const search = element.querySelector("input");
    search.addEventListener("input", listOptions);
    search.addEventListener("keydown", dropdownKey);
    listOptions();
    search.focus();
  }
  function listOptions() {
    const { select, element } = dropdown;
    const wanted = element.querySelector("input").value.trim().toLowerCase();
    const list = element.querySelector("ul");
    list.innerHTML = "";
    const found = [...select.options].filter((o) => o.text.toLowerCase().includes(wanted));
    for (const option of found) {
      const item = document.createElement("li");
      item.className = "select2-results__option";
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", String(option.selected));
      const random = Math.random().toString(36).slice(2, 6);
      item.id = `${plainId(select)}-result-${random}-${option.value}`;
      item.textContent = option.text;
      item.addEventListener("click", () => choose(option));
      list.append(item);
    }
    dropdown.found = found;
    if (!found.length) {
      list.innerHTML = '<li class="select2-results__option" role="alert">No results found</li>';
    }
    mark(wanted && found.length ? 0 : -1);
  }
  function mark(index) {
    dropdown.marked = index;
    [...dropdown.element.querySelectorAll("li")].forEach((item, n) => {
      item.classList.toggle("select2-results__option--highlighted", n === index);
    });
  }
  function dropdownKey(event) {
    const { found, marked, select } = dropdown;
    event.stopPropagation();
    if (event.key === "ArrowDown") mark(Math.min(marked + 1, found.length - 1));
    else if (event.key === "ArrowUp") mark(Math.max(marked - 1, 0));
    else if (event.key === "Enter" && marked >= 0) choose(found[marked]);
    else if (event.key === "Escape" || event.key === "Tab") closeDropdown();
    else return;
    if (event.key === "Tab") boxOf(select).querySelector(".select2-selection").focus();
    else event.preventDefault();
  }
  function choose(option) {
    const { select } = dropdown;
    closeDropdown();
    select.value = option.value;
    render(select);
    boxOf(select).querySelector(".select2-selection").focus();
    select.dispatchEvent(new Event("change", { bubbles: true }));
    if (select.dataset.below) cascade(select);
  }
  function closeDropdown() {
    if (!dropdown) return;
    boxOf(dropdown.select).querySelector(".select2-selection").setAttribute("aria-expanded", "false");
    dropdown.element.remove();
    dropdown = null;
  }
  document.addEventListener("mousedown", (event) => {
    if (!dropdown || dropdown.element.contains(event.target)) return;
    if (!boxOf(dropdown.select).contains(event.target)) closeDropdown();
  });

  function fill(select, choices, enabled) {
    [...select.options].slice(1).forEach((o) => o.remove());
    choices.forEach(({ id, text }) => select.add(new Option(text, id)));
    select.value = "";
    select.disabled = !enabled;
    render(select);
    if (dropdown && dropdown.select === select) listOptions();
  }
  async function cascade(select) {
    let below = byId(select.dataset.below);
    fill(below, [], false);
    for (let next = below; next.dataset.below;) {
      next = byId(next.dataset.below);
      fill(next, [], false);
    }
    if (!select.value) return;
    const data = select.closest("form").dataset;
    const url = new URL(data.cascade, location.href);
    url.searchParams.set(data.parentName, select.value);
    below.dataset.asked = url.href;
    await asking(async () => {
      const answer = await (await get(url)).json();
      // A list that has nothing to choose stays grey.
      fill(below, answer.options, answer.options.length > 0 || Boolean(answer.again));
      if (answer.again) setTimeout(() => late(url, data.againName, select, below), answer.again * 1000);
    });
  }
  async function late(url, againName, select, below) {
    const asked = url.href;
    url.searchParams.set(againName, "1");
    const answer = await (await get(url)).json();
    // Not when another choice was made meanwhile, nor over what is chosen already.
    const current = below.isConnected && select.value && below.dataset.asked === asked;
    if (current && !below.value) fill(below, answer.options, true);
  }

  /* --- date fields in the manner of jQuery UI ---------------------------------------------- */

  let calendar = null;
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  function typedDate(text) {
    const parts = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(text);
    return parts ? new Date(+parts[3], +parts[2] - 1, +parts[1]) : null;
  }
  function openCalendar(input) {
    closeCalendar();
    const element = document.createElement("div");
    element.id = "ui-datepicker-div";
    element.className = "ui-datepicker";
    const start = typedDate(input.value) || new Date();
    calendar = { input, element, month: start.getMonth(), year: start.getFullYear() };
    // Beside the field, where the form has nothing: it must not cover what comes next.
    const place = input.getBoundingClientRect();
    element.style.left = `${place.left + scrollX + 400}px`;
    element.style.top = `${place.top + scrollY - 6}px`;
    document.body.append(element);
    element.addEventListener("mousedown", (event) => {
      if (!event.target.matches("select, option")) event.preventDefault();
    });
    element.addEventListener("focusout", leaveCalendar);
    drawCalendar();
  }
  function drawCalendar() {
    const { element, month, year } = calendar;
    const months = MONTHS.map((m, n) => `<option value="${n}"${n === month ? " selected" : ""}>${m}</option>`);
    const years = Array.from({ length: 101 }, (_, n) => year - 70 + n)
      .map((y) => `<option value="${y}"${y === year ? " selected" : ""}>${y}</option>`);
    const first = new Date(year, month, 1).getDay();
    const cells = [...Array(first).fill("<td></td>")];
    for (let d = 1; d <= new Date(year, month + 1, 0).getDate(); d += 1) {
      cells.push(`<td><a class="ui-state-default" href="javascript:void(0);">${d}</a></td>`);
    }
    const weeks = [];
    while (cells.length) weeks.push(`<tr>${cells.splice(0, 7).join("")}</tr>`);
    element.innerHTML =
      `<div class="ui-datepicker-header"><select class="ui-datepicker-month" aria-label="Month">${months.join("")}</select>` +
      `<select class="ui-datepicker-year" aria-label="Year">${years.join("")}</select></div>` +
      "<table><thead><tr><th>Su</th><th>Mo</th><th>Tu</th><th>We</th><th>Th</th><th>Fr</th><th>Sa</th></tr></thead>" +
      `<tbody>${weeks.join("")}</tbody></table>`;
    element.querySelectorAll("select").forEach((s) => s.addEventListener("change", moveCalendar));
    element.querySelectorAll("a").forEach((a) => a.addEventListener("click", pickDay));
  }
  function moveCalendar() {
    calendar.month = Number(calendar.element.querySelector(".ui-datepicker-month").value);
    calendar.year = Number(calendar.element.querySelector(".ui-datepicker-year").value);
    drawCalendar();
  }
  function pickDay(event) {
    const { input, month, year } = calendar;
    const two = (n) => String(n).padStart(2, "0");
    input.value = `${two(event.target.textContent)}/${two(month + 1)}/${year}`;
    closeCalendar();
  }
  function leaveCalendar(event) {
    if (!calendar) return;
    const next = event.relatedTarget;
    if (next !== calendar.input && !(next && calendar.element.contains(next))) closeCalendar();
  }
  function closeCalendar() {
    if (calendar) calendar.element.remove();
    calendar = null;
  }
  function makeDate(input) {
    input.classList.add("hasDatepicker");
    input.addEventListener("focus", () => { if (!input.readOnly) openCalendar(input); });
    input.addEventListener("blur", leaveCalendar);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape" || event.key === "Tab") closeCalendar();
    });
  }

  /* --- the session banner ------------------------------------------------------------------- */

  function clock(seconds) {
    const two = (n) => String(Math.floor(n)).padStart(2, "0");
    return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
  }
  function watchSession() {
    const banner = byId("sessionBanner");
    const left = Liferay.idle - (Date.now() - lastAsked) / 1000;
    banner.hidden = left > Math.min(60, Liferay.idle / 2);
    banner.querySelector(".btn").hidden = left <= 0;
    const minutes = Math.max(1, Math.round(Liferay.idle / 60));
    banner.querySelector(".text").textContent = left <= 0
      ? "Warning! Due to inactivity, your session has expired."
      : `Warning! Due to inactivity, your session will expire in ${clock(left)}. To extend your ` +
        `session another ${minutes} minute(s), please press the Extend button.`;
  }
  function startSessionWatch() {
    if (!Liferay.idle) return;
    setInterval(watchSession, 500);
    byId("extendBtn").addEventListener("click", async () => {
      await ask(new URL("/c/portal/extend_session", location.href), { method: "POST" });
      watchSession();
    });
  }

  function upgrade(root) {
    root.querySelectorAll("select[data-select2]").forEach(makeSelect);
    root.querySelectorAll("input.datepickerinput").forEach(makeDate);
    root.querySelectorAll("form[data-employer]").forEach(arrange);
  }
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  upgrade(document);
  startSessionWatch();
}());
