/* The script of the skin "foreign": boxes to choose from, days, switches, drawers, and asking the server. */
(() => {
  "use strict";

  const byId = (id) => document.getElementById(id);
  const all = (root, what) => [...root.querySelectorAll(what)];
  const main = byId("ep-main");
  const app = byId("ep-app");
  const says = document.body.dataset;
  let token = says.token;
  let lastAsked = Date.now();

  /* --- asking the server --------------------------------------------------------------------- */

  let busy = 0;
  let focused = null;
  let bar = null;
  function block() {
    busy += 1;
    if (busy > 1) return;
    focused = document.activeElement;
    app.inert = true;
    bar = document.createElement("div");
    bar.className = "ep-wait";
    bar.setAttribute("role", "progressbar");
    bar.setAttribute("aria-label", says.saysWait);
    bar.innerHTML = "<span></span>";
    document.body.append(bar);
  }
  function unblock() {
    busy = Math.max(0, busy - 1);
    if (busy || !bar) return;
    bar.remove();
    bar = null;
    app.inert = false;
    const over = topmost();
    const wanted = over && !over.contains(focused) ? over.querySelector("[data-yes], h2") : focused;
    if (wanted && wanted.isConnected) wanted.focus({ preventScroll: true });
  }
  function tabKey() {
    let key = sessionStorage.getItem("browserIdKey");
    if (!key) {
      key = `${Date.now()}${Math.floor(Math.random() * 1000)}`;
      sessionStorage.setItem("browserIdKey", key);
    }
    return key;
  }
  function actionUrl(address) {
    const url = new URL(address, location.href);
    url.searchParams.set("_token", token);
    return url;
  }
  const never = new Promise(() => {});
  let linger = 0;
  async function ask(url, options) {
    lastAsked = Date.now();
    const answer = await fetch(url, {
      ...options, credentials: "same-origin", headers: { "X-Requested-With": "XMLHttpRequest" },
    });
    token = answer.headers.get("X-P-Auth") || token;
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
      complain(says.saysFailed);
    } finally {
      if (linger) setTimeout(unblock, linger * 1000);
      else unblock();
      linger = 0;
    }
  }
  const get = (address) => ask(new URL(address, location.href), { method: "GET" });
  function post(address, form) {
    const body = form ? new FormData(form) : new FormData();
    body.set("tab", tabKey());
    return ask(actionUrl(address), { method: "POST", body });
  }
  function postPage(address, form) {
    const carrier = document.createElement("form");
    carrier.method = "post";
    carrier.action = actionUrl(address).href;
    carrier.hidden = true;
    for (const [name, value] of [...(form ? new FormData(form) : []), ["tab", tabKey()]]) {
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

  /* --- what the page says --------------------------------------------------------------------- */

  function made(kind, role, words) {
    const box = document.createElement("div");
    box.className = kind;
    box.setAttribute("role", role);
    const text = document.createElement("p");
    text.textContent = words;
    box.append(text);
    return box;
  }
  function complain(words) {
    const inside = document.querySelector("[data-drawer] .ep-banner");
    if (inside) {
      inside.textContent = words;
      inside.hidden = false;
      inside.closest("form").scrollTop = 0;
      return;
    }
    clearLate();
    const banner = made("ep-banner late", "alert", words);
    main.prepend(banner);
    banner.scrollIntoView({ block: "center" });
  }
  // Read by then, and no longer in the way.
  function letGo() {
    all(main, "[data-toast]").forEach((e) => setTimeout(() => e.remove(), 10000));
  }
  function toast(words) {
    all(main, ".ep-toast").forEach((e) => e.remove());
    main.firstElementChild.prepend(made("ep-toast", "status", words));
    main.querySelector(".ep-toast").dataset.toast = "";
    letGo();
  }
  const clearLate = () => all(main, ".ep-banner.late").forEach((e) => e.remove());

  /* --- what a button does --------------------------------------------------------------------- */

  function put(place, html) {
    place.innerHTML = html;
    letGo();
    arrange();
  }
  const formOf = (b) => (b.dataset.form ? byId(b.dataset.form) : null);
  const closeDrawer = () => { byId("ep-drawers").innerHTML = ""; };
  const deeds = {
    post: (b) => postPage(b.dataset.to, formOf(b)),
    go: (b) => {
      const url = actionUrl(b.dataset.to);
      url.searchParams.set("tab", tabKey());
      block();
      location.assign(url);
    },
    ajax: (b) => asking(async () => put(main, await (await post(b.dataset.to, formOf(b))).text())),
    load: (b) => asking(async () => {
      const url = new URL(b.dataset.to, location.href);
      new FormData(formOf(b)).forEach((value, name) => url.searchParams.set(name, value));
      put(main, await (await get(url)).text());
    }),
    popup: (b) => asking(async () => put(byId("ep-drawers"), await (await get(b.dataset.to)).text())),
    save: (b) => asking(() => save(b)),
    lens: (b) => asking(() => lookUp(b)),
    brn: (b) => asking(() => lookUpNumber(b)),
    "save-form": (b) => asking(() => saveForm(b)),
  };
  const perform = (b) => { if (b.dataset.do) deeds[b.dataset.do](b); };
  function confirmed(box, yes, no) {
    const back = busy ? focused : document.activeElement;
    box.hidden = false;
    box.querySelector("[data-yes]").focus();
    const close = (then) => () => {
      box.hidden = true;
      if (back && back.isConnected) back.focus({ preventScroll: true });
      if (then) then();
    };
    box.querySelector("[data-no]").onclick = close(no);
    box.querySelector("[data-yes]").onclick = close(yes);
  }
  function fold(b) {
    const open = b.getAttribute("aria-expanded") !== "true";
    b.setAttribute("aria-expanded", String(open));
    byId(b.getAttribute("aria-controls")).hidden = !open;
  }
  function showMore(b) {
    const open = b.getAttribute("aria-expanded") !== "true";
    b.setAttribute("aria-expanded", String(open));
    b.nextElementSibling.hidden = !open;
  }
  function addRow(b) {
    const row = document.querySelector(`[data-further="${b.dataset.addRow}"][hidden]`);
    if (!row) return;
    row.hidden = false;
    row.querySelector("input").disabled = false;
    row.querySelector("input").focus();
  }
  function removeRow(b) {
    const row = b.closest("[data-further]");
    row.hidden = true;
    row.querySelector("input").value = "";
    row.querySelector("input").disabled = true;
  }
  const local = {
    close: closeDrawer,
    dismiss: (b) => b.parentElement.remove(),
    hide: (b) => { byId(b.dataset.hide).hidden = true; },
    fold,
    more: showMore,
    addRow,
    removeRow,
    ask: (b) => confirmed(byId(b.dataset.ask), () => perform(b)),
  };
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
    const b = event.target.closest("button");
    if (!b) return;
    if (b.matches("[role=switch]")) turn(b);
    else if (b.matches("[role=radio]")) pick(b);
    const mine = Object.keys(local).find((name) => name in b.dataset);
    if (mine) local[mine](b);
    else perform(b);
  });
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!(field instanceof Element)) return;
    if (field.matches("[role=combobox]") && comboKey(field, event)) return;
    if (field.matches("[role=radio]")) segmentKey(field, event);
    if (event.key === "Escape") escape(field);
    if (event.key === "Tab") keepInside(event);
    if (event.key !== "Enter" || !field.matches("input")) return;
    const form = field.closest("form[data-default]");
    if (!form) return;
    event.preventDefault();
    byId(form.dataset.default).click();
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.getAttribute("method")) event.preventDefault();
  });
  const topmost = () => all(app, "[role=alertdialog]").find((d) => d.offsetParent !== null)
    || app.querySelector("[data-drawer]");
  function escape(field) {
    const box = topmost();
    if (!box) return;
    const no = box.querySelector("[data-no], [data-close]");
    if (no && field) no.click();
  }
  // The focus stays inside what lies over the page.
  function keepInside(event) {
    const box = topmost();
    if (!box) return;
    const stops = all(box, "a[href], button, input, textarea, select")
      .filter((e) => !e.disabled && e.offsetParent !== null);
    const [first, last] = [stops[0], stops[stops.length - 1]];
    if (!box.contains(document.activeElement) || (event.shiftKey && document.activeElement === first)
        || (!event.shiftKey && document.activeElement === last)) {
      event.preventDefault();
      (event.shiftKey ? last : first).focus();
    }
  }

  /* --- switches, segments, days ---------------------------------------------------------------- */

  function tell(field) {
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  function turn(b, on) {
    const now = on === undefined ? b.getAttribute("aria-checked") !== "true" : on;
    b.setAttribute("aria-checked", String(now));
    const field = b.parentElement.querySelector("[type=hidden]");
    field.value = String(now);
    tell(field);
  }
  function pick(b) {
    segment(b.closest("[data-segments]"), b.dataset.value);
  }
  // Nothing is sent where nothing is chosen.
  function segment(group, value) {
    const field = group.querySelector("[type=hidden]");
    field.value = value;
    field.disabled = !value;
    all(group, "[role=radio]").forEach((b) => {
      b.setAttribute("aria-checked", String(b.dataset.value === value));
    });
    tell(field);
  }
  function segmentKey(b, event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const others = all(b.parentElement, "[role=radio]:not(:disabled)");
    const next = others[(others.indexOf(b) + step + others.length) % others.length];
    next.focus();
    pick(next);
  }
  function joinDay(box) {
    const [day, month, year] = all(box, ".ep-three input").map((i) => i.value.trim());
    const two = (n) => (n.length === 1 ? `0${n}` : n);
    box.querySelector("[type=hidden]").value =
      day || month || year ? `${two(day)}/${two(month)}/${year}` : "";
  }
  function setDay(box, value, locked) {
    const parts = value ? value.split("/") : ["", "", ""];
    all(box, ".ep-three input").forEach((input, n) => {
      input.value = parts[n] || "";
      input.readOnly = locked;
    });
    joinDay(box);
  }

  /* --- boxes to choose from ---------------------------------------------------------------------- */

  const comboOf = (e) => e.closest("[data-combo]");
  const boxOf = (combo) => combo.querySelector("[role=combobox]");
  const listOf = (combo) => combo.querySelector("[role=listbox]");
  const fieldOf = (combo) => combo.querySelector("[type=hidden]");
  const optionsOf = (combo) => all(combo, "[role=option]");
  function textOf(combo) {
    const value = fieldOf(combo).value;
    const found = optionsOf(combo).find((o) => o.dataset.value === value && value);
    return found ? found.textContent : "";
  }
  function openList(combo, filter) {
    const box = boxOf(combo);
    if (box.disabled) return;
    const wanted = filter ? box.value.trim().toLowerCase() : "";
    let shown = 0;
    for (const option of optionsOf(combo)) {
      option.hidden = wanted !== "" && !(option.dataset.value && option.textContent.toLowerCase().includes(wanted));
      if (!option.hidden) shown += 1;
    }
    listOf(combo).dataset.empty = shown ? "" : says.saysNoneMatches;
    listOf(combo).hidden = false;
    box.setAttribute("aria-expanded", "true");
    const here = optionsOf(combo).find((o) => !o.hidden && o.getAttribute("aria-selected") === "true");
    listOf(combo).scrollIntoView({ block: "nearest" });
    mark(combo, wanted ? optionsOf(combo).find((o) => !o.hidden) : here);
  }
  function closeList(combo) {
    listOf(combo).hidden = true;
    boxOf(combo).setAttribute("aria-expanded", "false");
    mark(combo, null);
    boxOf(combo).value = textOf(combo);
  }
  function mark(combo, option) {
    optionsOf(combo).forEach((o) => o.classList.toggle("at", o === option));
    if (option) {
      boxOf(combo).setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else boxOf(combo).removeAttribute("aria-activedescendant");
  }
  function setCombo(combo, value, disabled) {
    fieldOf(combo).value = value;
    fieldOf(combo).disabled = disabled;
    boxOf(combo).disabled = disabled;
    optionsOf(combo).forEach((o) => {
      o.setAttribute("aria-selected", String(o.dataset.value === value));
    });
    boxOf(combo).value = textOf(combo);
  }
  function choose(option) {
    const combo = comboOf(option);
    const changed = fieldOf(combo).value !== option.dataset.value;
    setCombo(combo, option.dataset.value, false);
    closeList(combo);
    boxOf(combo).focus();
    if (!changed) return;
    tell(fieldOf(combo));
    if (combo.dataset.do) perform(combo);
    if (combo.dataset.feeds) cascade(combo);
  }
  function comboKey(box, event) {
    const combo = comboOf(box);
    const open = !listOf(combo).hidden;
    const shown = optionsOf(combo).filter((o) => !o.hidden);
    const at = shown.findIndex((o) => o.classList.contains("at"));
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (!open) openList(combo, false);
      else if (shown.length) mark(combo, shown[Math.min(Math.max(at + step, 0), shown.length - 1)]);
      return true;
    }
    if (!open) return false;
    if (event.key === "Escape") {
      closeList(combo);
      return true;
    }
    if (event.key === "Enter") {
      event.preventDefault();
      if (at >= 0) choose(shown[at]);
      return true;
    }
    return false;
  }
  document.addEventListener("mousedown", (event) => {
    if (!(event.target instanceof Element)) return;
    if (event.target.closest("[role=listbox]")) event.preventDefault();  // the box keeps the focus
  });
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.matches("[role=combobox]")) {
      openList(comboOf(event.target), false);
      event.target.select();
    }
  });
  document.addEventListener("focusout", (event) => {
    if (event.target.matches("[role=combobox]")) closeList(comboOf(event.target));
  });
  function fill(combo, choices, enabled) {
    const list = listOf(combo);
    optionsOf(combo).slice(1).forEach((o) => o.remove());
    choices.forEach(({ id, text }, n) => {
      const option = document.createElement("li");
      option.setAttribute("role", "option");
      option.id = `${boxOf(combo).id}-${n + 1}`;
      option.dataset.value = id;
      option.textContent = text;
      list.append(option);
    });
    setCombo(combo, "", !enabled);
  }
  const below = (combo) => (combo.dataset.feeds ? comboOf(byId(combo.dataset.feeds)) : null);
  async function cascade(combo) {
    const next = below(combo);
    for (let each = next; each; each = below(each)) fill(each, [], false);
    const asked = fieldOf(combo).value;
    if (!asked) return;
    const data = combo.closest("form").dataset;
    const url = new URL(data.cascade, location.href);
    url.searchParams.set(data.parentName, asked);
    await asking(async () => {
      const answer = await (await get(url)).json();
      fill(next, answer.options, answer.options.length > 0 || Boolean(answer.again));
      if (!answer.again) return;
      url.searchParams.set(data.againName, "1");
      setTimeout(async () => {
        const late = await (await get(url)).json();
        const still = next.isConnected && fieldOf(combo).value === asked && !fieldOf(next).value;
        if (still) fill(next, late.options, true);
      }, answer.again * 1000);
    });
  }

  /* --- what is typed ----------------------------------------------------------------------------- */

  document.addEventListener("input", (event) => {
    const field = event.target;
    if (field.matches("[role=combobox]")) openList(comboOf(field), true);
    if (field.closest("[data-day]")) joinDay(field.closest("[data-day]"));
    if ("lensField" in field.dataset) forget(field.closest("form"));
    if ("brnField" in field.dataset) forgetNumber(field.form);
    if ("counts" in field.dataset) {
      field.parentElement.querySelector("[data-counted]").textContent =
        `${field.value.length} / ${field.maxLength}`;
    }
  });
  document.addEventListener("change", (event) => {
    const field = event.target;
    const tick = field.closest("[data-tick]");
    if (tick && field.type === "checkbox") tick.querySelector("[type=hidden]").value = String(field.checked);
    arrange();
  });

  /* --- drawers and long forms that save -------------------------------------------------------- */

  function clearErrors(form) {
    all(form, ".ep-wrong").forEach((e) => e.remove());
    all(form, ".has-error").forEach((e) => e.classList.remove("has-error"));
    all(form, "[aria-invalid]").forEach((e) => e.removeAttribute("aria-invalid"));
    form.querySelector(".ep-banner").hidden = true;
    clearLate();
  }
  function showErrors(form, found) {
    for (const { fieldName, errorMsg } of found) {
      const place = form.querySelector(`[name="${fieldName}"]`).closest(".ep-field");
      const words = document.createElement("p");
      words.className = "ep-wrong";
      words.setAttribute("role", "alert");
      words.textContent = errorMsg;
      place.classList.add("has-error");
      all(place, "input:not([type=hidden]), [role=radiogroup]").forEach((e) => e.setAttribute("aria-invalid", "true"));
      place.append(words);
    }
    complain([...new Set(found.map((e) => e.errorMsg))].join(" "));
  }
  async function save(b) {
    const form = formOf(b);
    const answer = await (await post(b.dataset.to, form)).json();
    clearErrors(form);
    if (answer.jsonFieldError) {
      if (answer.jsonFieldError.length) showErrors(form, answer.jsonFieldError);
      else complain(answer.jsonGlobalError.map((e) => e.errorMsg).join(" "));
      return;
    }
    const list = await (await get(b.dataset.then)).text();
    if (answer.closes) setTimeout(() => { if (form.isConnected) closeDrawer(); }, answer.closes * 1000);
    else closeDrawer();
    put(main, list);
    if (answer.message) toast(answer.message);
  }
  async function saveForm(b) {
    const form = formOf(b);
    clearErrors(form);
    const answer = await (await post(b.dataset.to, form)).json();
    if (answer.jsonFieldError.length) showErrors(form, answer.jsonFieldError);
    answer.jsonGlobalError.forEach((e) => complain(e.errorMsg));
    scrollTo(0, 0);
  }

  /* --- looking a person up ---------------------------------------------------------------------- */

  const FILLED = ["nameOfEmployee", "dateOfBirth", "gender", "raceId", "nationalityId", "ssfwNo"];
  const held = (form, name) => form.querySelector(`[data-holds="${name}"]`);
  function isLocked(field) {
    const day = field.closest("[data-day]");
    if (day) return day.querySelector(".ep-three input").readOnly;
    const group = field.closest("[data-segments]");
    if (group) return Boolean(group.querySelector("[role=radio]:disabled"));
    return field.disabled || field.readOnly;
  }
  function set(field, value, locked) {
    const group = field.closest("[data-segments]");
    if (field.closest("[data-day]")) setDay(field.closest("[data-day]"), value, locked);
    else if (group) {
      segment(group, value);
      all(group, "[role=radio]").forEach((b) => { b.disabled = locked && b.dataset.value !== value; });
    } else if (comboOf(field)) setCombo(comboOf(field), value, locked);
    else {
      field.value = value;
      field.readOnly = locked || "fixed" in field.dataset;
    }
  }
  function answered(form, known) {
    const place = form.querySelector(".ep-found");
    const words = known === null ? "" : place.dataset[known ? "known" : "unknown"];
    place.textContent = words;
    place.classList.toggle("yes", known === true);
  }
  function showNewRow(form, shown) {
    const row = form.querySelector('[data-row="registerNewRow"]');
    row.hidden = !shown;
    if (!shown) turn(row.querySelector("[role=switch]"), false);
  }
  function forget(form) {
    answered(form, null);
    showNewRow(form, false);
    held(form, "searched").value = "";
    for (const name of FILLED) {
      const field = held(form, name);
      if (field && isLocked(field)) set(field, field.dataset.first || "", false);
    }
  }
  async function lookUp(b) {
    const form = b.closest("form");
    clearErrors(form);
    forget(form);
    const answer = await (await post(b.dataset.to, form)).json();
    if (answer.jsonFieldError) {
      showErrors(form, answer.jsonFieldError);
      return;
    }
    const number = held(form, "registrationNo").value;
    showPerson(form, number, answer);
    if (!answer.later) return;
    setTimeout(() => {
      if (form.isConnected && held(form, "searched").value === number) {
        showPerson(form, number, answer.later);
      }
    }, answer.after * 1000);
  }
  function showPerson(form, number, answer) {
    forget(form);
    held(form, "searched").value = number;
    answered(form, answer.known);
    showNewRow(form, !answer.known);
    for (const [name, value] of Object.entries(answer.person || {})) {
      const field = held(form, name);
      if (field) set(field, value, true);
    }
  }

  /* --- the employer's form ------------------------------------------------------------------------ */

  // What is hidden follows from what is chosen, ticked and looked up.
  function arrange() {
    all(document, "[data-when]").forEach((part) => {
      const chosen = document.querySelector(`[name="${part.dataset.when}"]:not(:disabled)`);
      part.hidden = !chosen || chosen.value !== part.dataset.whenValue;
    });
    all(document, "form[data-employer]").forEach(arrangeEmployer);
  }
  function arrangeEmployer(form) {
    const chosen = (name) => (held(form, name) || {}).value;
    const others = chosen("businessEntityId") === form.dataset.others;
    all(form, "[data-entity]").forEach((part) => {
      part.hidden = (part.dataset.entity === "others") !== others;
    });
    form.querySelector('[data-part="industryAddress"]').hidden = chosen("samePostalAddress") === "true";
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
      if (!shown && held(form, name).value) segment(row.querySelector("[data-segments]"), "");
    }
  }
  const branch = (form, value) => set(held(form, "registeredAsABranch"), value, false);
  function forgetNumber(form) {
    answered(form, null);
    held(form, "searched").value = "";
    branch(form, "");
    arrange();
  }
  async function lookUpNumber(b) {
    const form = b.closest("form");
    clearErrors(form);
    forgetNumber(form);
    const number = held(form, "registrationNo").value;
    const answer = await (await post(b.dataset.to, form)).json();
    if (answer.jsonFieldError) {
      showErrors(form, answer.jsonFieldError);
      return;
    }
    showNumber(form, number, answer.known);
    if (answer.later) setTimeout(() => showNumber(form, number, answer.later.known), answer.after * 1000);
  }
  function showNumber(form, number, exists) {
    if (!form.isConnected || held(form, "registrationNo").value !== number) return;
    held(form, "searched").value = number;
    answered(form, Boolean(exists));
    arrange();
    const box = main.querySelector(".ep-over-all");  // the form's one question
    box.hidden = true;
    if (exists) confirmed(box, () => branch(form, "Y"), () => branch(form, "N"));
    else branch(form, "N");
  }

  /* --- the session -------------------------------------------------------------------------------- */

  const idle = Number(says.idle);
  const banner = byId("ep-session");
  function watch() {
    const left = idle - (Date.now() - lastAsked) / 1000;
    banner.hidden = left > Math.min(60, idle / 2);
    banner.querySelector("button").hidden = left <= 0;
    const two = (n) => String(Math.floor(n)).padStart(2, "0");
    const clock = `${two(left / 3600)}:${two((left / 60) % 60)}:${two(left % 60)}`;
    const minutes = String(Math.max(1, Math.round(idle / 60)));
    banner.querySelector("span").textContent = left <= 0
      ? says.saysExpired
      : says.saysExpires.replace("{clock}", clock).replace("{minutes}", minutes);
  }
  if (idle) {
    setInterval(watch, 500);
    banner.querySelector("button").addEventListener("click", async () => {
      await ask(new URL(says.stay, location.href), { method: "POST" });
      watch();
    });
  }

  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  letGo();
  arrange();
  const asked = topmost();  // a question that came with the page
  if (asked) asked.querySelector("button").focus();
})();
