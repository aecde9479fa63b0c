/* The script of the skin "modern": asks the server, opens dialogs, and leaves the rest to the browser. */
(function () {
  "use strict";

  const byId = (id) => document.getElementById(id);
  const main = byId("x-main");
  let ticket = document.body.dataset.ticket;
  let lastAsked = Date.now();

  /* --- asking the server --------------------------------------------------------------------- */

  let busy = 0;
  let veil = null;
  function block() {
    busy += 1;
    if (busy > 1) return;
    veil = document.createElement("div");
    veil.className = "veil";
    veil.popover = "manual";  // above an open dialog, too
    veil.setAttribute("aria-busy", "true");
    document.body.append(veil);
    veil.showPopover();
  }
  function unblock() {
    busy = Math.max(0, busy - 1);
    if (busy || !veil) return;
    veil.remove();
    veil = null;
  }
  function windowKey() {
    let key = sessionStorage.getItem("browserIdKey");
    if (!key) {
      key = String(Date.now()) + String(Math.floor(Math.random() * 1000));
      sessionStorage.setItem("browserIdKey", key);
    }
    return key;
  }
  function actionUrl(address) {
    const url = new URL(address, location.href);
    url.searchParams.set("ticket", ticket);
    return url;
  }
  const never = new Promise(() => {});
  let linger = 0;
  async function ask(url, options) {
    lastAsked = Date.now();
    const answer = await fetch(url, {
      ...options, credentials: "same-origin", headers: { "X-Requested-With": "XMLHttpRequest" },
    });
    ticket = answer.headers.get("X-P-Auth") || ticket;
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
    const body = form ? new FormData(form) : new FormData();
    body.set("window", windowKey());
    return ask(actionUrl(address), { method: "POST", body });
  }
  function postPage(address, form) {
    const carrier = document.createElement("form");
    carrier.method = "post";
    carrier.action = actionUrl(address).href;
    for (const [name, value] of [...(form ? new FormData(form) : []), ["window", windowKey()]]) {
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
  function strip(words, kind) {
    const made = document.createElement("div");
    made.className = `strip ${kind}`;
    made.setAttribute("role", "alert");
    made.textContent = words;
    return made;
  }
  function complain(words) {
    const inside = document.querySelector("dialog.window .strip.bad");
    if (inside) {
      inside.textContent = words;
      inside.hidden = false;
      inside.scrollIntoView({ block: "nearest" });
      return;
    }
    main.querySelectorAll(".strip.late").forEach((e) => e.remove());
    main.prepend(strip(words, "bad late"));
  }

  /* --- what a button does --------------------------------------------------------------------- */

  function put(place, html) {
    place.innerHTML = html;
    upgrade(place);
  }
  const formOf = (b) => (b.dataset.form ? byId(b.dataset.form) : null);
  const deeds = {
    post: (b) => postPage(b.dataset.post, formOf(b)),
    go: (b) => {
      const url = actionUrl(b.dataset.go);
      url.searchParams.set("window", windowKey());
      block();
      location.assign(url);
    },
    ajax: (b) => asking(async () => put(main, await (await post(b.dataset.ajax, formOf(b))).text())),
    load: (b) => asking(async () => {
      const url = new URL(b.dataset.load, location.href);
      new FormData(formOf(b)).forEach((value, name) => url.searchParams.set(name, value));
      put(main, await (await get(url)).text());
    }),
    popup: (b) => asking(async () => put(byId("x-window"), await (await get(b.dataset.popup)).text())),
    save: (b) => asking(() => save(b)),
    lens: (b) => asking(() => lookUp(b)),
    brn: (b) => asking(() => lookUpNumber(b)),
    saveForm: (b) => asking(() => saveForm(b)),
    addRow: (b) => {
      const row = document.querySelector(`[data-further="${b.dataset.addRow}"][hidden]`);
      if (!row) return;
      row.hidden = false;
      row.querySelector("input").disabled = false;
      row.querySelector("input").focus();
    },
    removeRow: (b) => {
      const row = b.closest("[data-further]");
      row.hidden = true;
      row.querySelector("input").value = "";
      row.querySelector("input").disabled = true;
    },
  };
  function perform(b) {
    const deed = Object.keys(deeds).find((name) => name in b.dataset);
    if (deed) deeds[deed](b);
  }
  function confirmed(dialog, yes, no) {
    dialog.showModal();
    dialog.querySelector("[data-no]").onclick = () => { dialog.close(); if (no) no(); };
    dialog.querySelector("[data-yes]").onclick = () => { dialog.close(); yes(); };
  }
  const closeWindow = () => { byId("x-window").innerHTML = ""; };
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    document.querySelectorAll("details[data-drop][open]").forEach((d) => {
      if (!d.contains(event.target)) d.open = false;
    });
    const b = event.target.closest("button");
    if (!b) return;
    if ("close" in b.dataset) closeWindow();
    else if (b.dataset.hide) byId(b.dataset.hide).close();
    else if (b.dataset.ask) confirmed(byId(b.dataset.ask), () => perform(b));
    else perform(b);
  });
  document.addEventListener("change", (event) => {
    const field = event.target;
    if (field.matches("select[data-load], select[data-post]")) perform(field);
    if (field.matches("select[data-below]")) cascade(field);
    if (field.matches("[data-tick]")) field.closest(".box").querySelector("[type=hidden]").value = String(field.checked);
    arrange();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input")) return;
    const form = event.target.closest("form[data-default]");
    if (!form) return;
    event.preventDefault();
    byId(form.dataset.default).click();
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.method || event.target.method === "get") event.preventDefault();
  });
  document.addEventListener("input", (event) => {
    if ("lensField" in event.target.dataset) forget(event.target.closest("form"));
    if ("brnField" in event.target.dataset) forgetNumber(event.target.form);
  });

  /* --- windows that save ------------------------------------------------------------------------ */

  function clearErrors(form) {
    form.querySelectorAll(".says").forEach((e) => e.remove());
    form.querySelectorAll(".wrong").forEach((e) => e.classList.remove("wrong"));
    form.querySelector(".strip.bad").hidden = true;
    main.querySelectorAll(".strip.late").forEach((e) => e.remove());
  }
  function showErrors(form, found) {
    for (const { fieldName, errorMsg } of found) {
      const box = form.querySelector(`[name="${fieldName}"]`).closest(".field");
      const words = document.createElement("p");
      words.className = "says";
      words.setAttribute("role", "alert");
      words.textContent = errorMsg;
      box.classList.add("wrong");
      box.querySelector(".box").append(words);
    }
    complain([...new Set(found.map((e) => e.errorMsg))].join(" "));
  }
  async function save(b) {
    const form = formOf(b);
    const answer = await (await post(b.dataset.save, form)).json();
    clearErrors(form);
    if (answer.jsonFieldError) {
      if (answer.jsonFieldError.length) showErrors(form, answer.jsonFieldError);
      else complain(answer.jsonGlobalError.map((e) => e.errorMsg).join(" "));
      return;
    }
    const list = await (await get(b.dataset.then)).text();
    if (answer.closes) setTimeout(() => { if (form.isConnected) closeWindow(); }, answer.closes * 1000);
    else closeWindow();
    put(main, list);
    if (answer.message) main.firstElementChild.prepend(strip(answer.message, "good"));
  }
  async function saveForm(b) {
    const form = formOf(b);
    clearErrors(form);
    const answer = await (await post(b.dataset.saveForm, form)).json();
    if (answer.jsonFieldError.length) showErrors(form, answer.jsonFieldError);
    answer.jsonGlobalError.forEach((e) => complain(e.errorMsg));
    scrollTo(0, 0);
  }

  /* --- the lens ---------------------------------------------------------------------------------- */

  const LOCKED = ["nameOfEmployee", "dateOfBirth", "gender", "raceId", "nationalityId", "ssfwNo"];
  const fieldsOf = (form, name) => [...form.querySelectorAll(`[data-holds="${name}"]`)];
  const isLocked = (f) => f.disabled || f.readOnly;
  function set(field, value, locked) {
    if (field.type === "radio") {
      field.checked = field.value === value;
      field.disabled = locked && !field.checked;
    } else if (field.matches("select")) {
      field.value = value;
      field.disabled = locked;
    } else {
      field.value = field.type === "date" ? value.split("/").reverse().join("-") : value;
      field.readOnly = locked || "fixed" in field.dataset;
    }
  }
  function answered(form, words) {
    form.querySelector("output.found").textContent = words;
  }
  function showNewRow(form, shown) {
    const row = byId("x-register-new-row");
    row.hidden = !shown;
    if (shown) return;
    row.querySelector("[data-tick]").checked = false;
    row.querySelector("[type=hidden]").value = "false";
  }
  function forget(form) {
    answered(form, "");
    showNewRow(form, false);
    fieldsOf(form, "searched")[0].value = "";
    for (const name of LOCKED) {
      const fields = fieldsOf(form, name);
      if (!fields.some(isLocked)) continue;
      const first = fields[0].options ? [...fields[0].options].find((o) => o.defaultSelected) : null;
      fields.forEach((field) => set(field, first ? first.value : "", false));
    }
  }
  async function lookUp(b) {
    const form = b.closest("form");
    clearErrors(form);
    forget(form);
    const answer = await (await post(b.dataset.lens, form)).json();
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
    forget(form);
    fieldsOf(form, "searched")[0].value = number;
    answered(form, answer.known ? "Record found" : "Record not found");
    showNewRow(form, !answer.known);
    for (const [name, value] of Object.entries(answer.person || {})) {
      fieldsOf(form, name).forEach((field) => set(field, value, true));
    }
  }

  /* --- the employer's form ------------------------------------------------------------------------- */

  // What is hidden follows from what is chosen, ticked and looked up.
  function arrange() {
    document.querySelectorAll("[data-when]").forEach((part) => {
      const chosen = document.querySelector(`[name="${part.dataset.when}"]:checked`);
      part.hidden = !chosen || chosen.value !== part.dataset.whenValue;
    });
    document.querySelectorAll("form[data-employer]").forEach(arrangeEmployer);
  }
  function arrangeEmployer(form) {
    const chosen = (name) => (fieldsOf(form, name)[0] || {}).value;
    const others = chosen("businessEntityId") === form.dataset.others;
    form.querySelectorAll("[data-entity]").forEach((part) => {
      part.hidden = (part.dataset.entity === "others") !== others;
    });
    byId("x-industry-address").hidden = chosen("samePostalAddress") === "true";
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
  function branch(form, value) {
    fieldsOf(form, "registeredAsABranch").find((radio) => radio.value === value).checked = true;
  }
  function forgetNumber(form) {
    answered(form, "");
    fieldsOf(form, "searched")[0].value = "";
    fieldsOf(form, "registeredAsABranch").forEach((radio) => { radio.checked = false; });
    arrange();
  }
  async function lookUpNumber(b) {
    const form = b.closest("form");
    clearErrors(form);
    forgetNumber(form);
    const number = fieldsOf(form, "registrationNo")[0].value;
    const answer = await (await post(b.dataset.brn, form)).json();
    if (answer.jsonFieldError) {
      showErrors(form, answer.jsonFieldError);
      return;
    }
    showNumber(form, number, answer.known);
    if (answer.later) setTimeout(() => showNumber(form, number, answer.later.known), answer.after * 1000);
  }
  function showNumber(form, number, exists) {
    if (!form.isConnected || fieldsOf(form, "registrationNo")[0].value !== number) return;
    fieldsOf(form, "searched")[0].value = number;
    answered(form, exists ? "Record found" : "Record not found");
    arrange();
    const dialog = byId("x-branch-dialog");
    if (dialog.open) dialog.close();
    if (exists) confirmed(dialog, () => branch(form, "Y"), () => branch(form, "N"));
    else branch(form, "N");
  }

  /* --- choices that hang on another ------------------------------------------------------------------ */

  function fill(select, choices, enabled) {
    [...select.options].slice(1).forEach((o) => o.remove());
    choices.forEach(({ id, text }) => select.add(new Option(text, id)));
    select.value = "";
    select.disabled = !enabled;
  }
  async function cascade(select) {
    const below = byId(select.dataset.below);
    for (let next = below; next; next = next.dataset.below && byId(next.dataset.below)) fill(next, [], false);
    if (!select.value) return;
    const data = select.closest("form").dataset;
    const url = new URL(data.cascade, location.href);
    url.searchParams.set(data.parentName, select.value);
    const asked = select.value;
    await asking(async () => {
      const answer = await (await get(url)).json();
      fill(below, answer.options, answer.options.length > 0 || Boolean(answer.again));
      if (!answer.again) return;
      url.searchParams.set(data.againName, "1");
      setTimeout(async () => {
        const late = await (await get(url)).json();
        if (below.isConnected && select.value === asked && !below.value) fill(below, late.options, true);
      }, answer.again * 1000);
    });
  }

  /* --- the session ------------------------------------------------------------------------------------ */

  const idle = Number(document.body.dataset.idle);
  function watch() {
    const banner = byId("x-session");
    const left = idle - (Date.now() - lastAsked) / 1000;
    banner.hidden = left > Math.min(60, idle / 2);
    banner.querySelector("button").hidden = left <= 0;
    const two = (n) => String(Math.floor(n)).padStart(2, "0");
    const clock = `${two(left / 3600)}:${two((left / 60) % 60)}:${two(left % 60)}`;
    const minutes = Math.max(1, Math.round(idle / 60));
    banner.querySelector("span").textContent = left <= 0
      ? "Warning! Due to inactivity, your session has expired."
      : `Warning! Due to inactivity, your session will expire in ${clock}. To extend your ` +
        `session another ${minutes} minute(s), please press the Extend button.`;
  }
  if (idle) {
    setInterval(watch, 500);
    byId("x-session").querySelector("button").addEventListener("click", async () => {
      await ask(new URL(document.body.dataset.stay, location.href), { method: "POST" });
      watch();
    });
  }

  function upgrade(root) {
    root.querySelectorAll("dialog[data-open]").forEach((dialog) => {
      dialog.showModal();
      dialog.addEventListener("cancel", (event) => event.preventDefault());
    });
    arrange();
  }
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  upgrade(document);
}());
