// The lists of items below headings of one name with a number behind it (`Case Item 1`): each item
// beside its value, below a further heading or none. Run by rpa/portal/items.py, which gives `names`, the
// heading's words, `most`, and whether there may be `tiles`: a name, a sum and a number with its unit in one
// box. Text that stands there and is none of this is told: then it is not read whole.
(root, { names, most, tiles }) => {
  const squeeze = text => (text || "").replace(/\s+/g, " ").trim();
  const plain = text => squeeze(text).replace(/[\s*:]/g, "").toLowerCase();
  const shown = e => e.getClientRects().length > 0 && getComputedStyle(e).visibility === "visible";
  const level = h => Number(h.getAttribute("aria-level")) || Number(h.tagName[1]) || 9;
  const before = (one, other) => !!(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
  const HEADING = "h1, h2, h3, h4, h5, h6, legend, [role=heading]";
  const APART = `table, button, [role=button], script, style, footer, nav, dialog, ${HEADING}`;

  const heads = [...root.querySelectorAll(HEADING)].filter(shown);
  const mine = heads.filter(h => names.includes(plain(h.textContent).replace(/\d+$/, "")));

  // The two halves of a line: a term and its description, two cells, or the only two things in a box; where
  // what was is struck out, what is to be stands behind it.
  const pairs = e => {
    if (e.tagName === "DT") return e.nextElementSibling?.tagName === "DD" ? [e, ...told(e)] : null;
    const halves = [...e.children], changed = halves.slice(1).map(h => h.tagName).join() === "DEL,INS";
    if (halves.length !== (changed ? 3 : 2) || /^D[LTD]$/.test(halves[0].tagName) || e.closest("table")) return null;
    const whole = plain(e.innerText) === plain(halves.map(h => h.innerText).join(""));
    const leaves = halves.every(h => !h.matches(APART) && !h.querySelector(`${APART}, dl, ul, ol, p + p`));
    return whole && leaves && halves.every(h => h.children.length < 2) ? halves : null;
  };

  // A tile as lines below its name: the sum, which has no name of its own, and the number by its unit.
  const tile = e => {
    const parts = [...e.children];
    if (!tiles || parts.length !== 3 || parts.some(p => p.matches(APART) || p.children.length)) return null;
    const [name, ...others] = parts.map(p => squeeze(p.innerText));
    const [counted, ...more] = others.map(text => /^([\d,]+) (\D+)$/.exec(text)).filter(one => one);
    if (!counted || more.length) return null;
    return [[name, "", others.find(text => text !== counted[0])], [name, counted[2], counted[1]]];
  };

  // All that is said of a term; of several each begins with its own words.
  const told = e => {
    const found = [];
    for (let at = e.nextElementSibling; at?.tagName === "DD"; at = at.nextElementSibling) found.push(at);
    return found;
  };
  const said = e => { // [the words that it begins with, the rest]
    const first = e.children.length === 1 ? squeeze(e.children[0].innerText) : "", all = squeeze(e.innerText);
    return first && all !== first && all.startsWith(first) ? [first, squeeze(all.slice(first.length))] : ["", all];
  };

  return mine.slice(0, most + 1).map(h => {
    const next = heads.find(o => before(h, o) && level(o) <= level(h));
    let room = h.parentElement;
    while (!next && room !== root && room.parentElement && !mine.some(o => o !== h && room.parentElement.contains(o))
      && room.children.length < 2) room = room.parentElement;
    if (next && room.contains(next) || mine.some(o => o !== h && room.contains(o))) room = root;
    const inside = e => before(h, e) && (!next || before(e, next));
    const all = [...room.querySelectorAll("*")].filter(e => inside(e) && shown(e));
    const lines = [], taken = new Set();
    let under = "";
    for (const e of all) {
      if (e.matches(HEADING)) under = squeeze(e.textContent);
      if ([...taken].some(t => t.contains(e))) continue;
      const found = pairs(e), whole = found ? null : tile(e);
      if (whole) { lines.push(...whole); taken.add(e); }
      if (!found) continue;
      found.forEach(half => taken.add(half));
      for (const half of found.slice(1)) {
        const [first, text] = found.length > 2 ? said(half) : ["", squeeze(half.innerText)];
        lines.push([first || under, squeeze(found[0].innerText), text]);
      }
      if (lines.length > most) break;
    }
    let rest = false;
    const walk = document.createTreeWalker(room, NodeFilter.SHOW_TEXT);
    while (!rest && walk.nextNode()) {
      const text = walk.currentNode, e = text.parentElement;
      rest = squeeze(text.data) !== "" && e !== h && !h.contains(e) && inside(e) && shown(e)
        && !e.closest(APART) && ![...taken].some(t => t.contains(e));
    }
    // A table with a name of its own is another thing, unless it stands in the item's own part.
    const other = e => room === root && (e.caption || e.ariaLabel || e.hasAttribute("aria-labelledby"));
    return { lines, rest, table: all.some(e => e.tagName === "TABLE" && !other(e)) };
  });
}
