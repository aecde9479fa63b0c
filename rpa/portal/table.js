// A table's headings and rows, by its elements or its roles; or those of a list of cards: terms and
// descriptions, and a name before a text in a card's heading or in a line that ends it with a colon. Of a
// card's texts without a name, `title` is the heading and `badge` the one beside it: the places of their
// headings, which are empty. Where a list is empty, the one text that says so. What a row offers is told
// without a text of the row that stands behind it.
(t, most) => {
  const CELLS = "td, dd, [role=cell], [role=gridcell], [role=rowheader]";
  const offers = e => {
    const squeeze = text => text.replace(/\s+/g, " ").trim();
    const texts = [...e.querySelectorAll(CELLS)].map(c => squeeze(c.innerText)).filter(text => text);
    return [...e.querySelectorAll("a, button, input[type=button], [role=button]")]
      .map(one => squeeze(one.getAttribute("aria-label") || one.title || one.innerText || one.value || "?"))
      .map(name => name.slice(0, name.length - (texts.find(text => name.endsWith(` ${text}`)) ?? "").length).trim());
  };
  const rowed = t.matches("[role=table], [role=grid]") && !t.rows
    && [...t.querySelectorAll("[role=row]")].filter(r => !r.querySelector("[role=columnheader]"));
  const count = (t.rows || rowed || t.children).length;
  if (count > most + 9) return count;
  if (rowed) return {
    heads: [...t.querySelectorAll("[role=columnheader]")].map(c => c.innerText),
    rows: rowed.map(r => { // one without cells is a remark
      const cells = [...r.querySelectorAll(CELLS)].map(c => c.innerText);
      return cells.length ? cells : [r.innerText];
    }),
    offered: rowed.map(offers),
  };
  if (!t.rows && !t.children.length) return { heads: ["", ""], rows: [[t.innerText]], offered: [[]] };

  if (!t.rows) {
    const HEADS = "h2, h3, h4, h5", PRESS = "a, button, input, [role=button]";
    const said = e => e.innerText.trim();
    // What stands beside the names and values, and is nothing to press: a badge, say.
    const loose = (card, taken) => {
      const found = new Set(), walk = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) {
        const e = walk.currentNode.parentElement;
        const told = walk.currentNode.data.trim() && !e.closest(`dl, ${HEADS}, ${PRESS}, [aria-hidden=true], script, style`);
        if (told && e.getClientRects().length && !taken.some(one => one.contains(e))) found.add(e);
      }
      return [...found].map(said);
    };
    const told = card => {
      const terms = [...card.querySelectorAll("dt")].map(d => [d.innerText, d.nextElementSibling?.innerText ?? ""]);
      const titles = [...card.querySelectorAll(HEADS)].filter(h => h.children.length < 2);
      const lines = [...card.querySelectorAll("p, div")].filter(p => p.children.length === 2
        && !p.querySelector(`${PRESS}, dl, ${HEADS}`) && /[^:\s]\s*:$/.test(p.children[0].textContent.trim())
        && p.textContent.trim().startsWith(p.children[0].textContent.trim()));
      const split = e => [e.children[0].innerText.trim().replace(/\s*:$/, ""), e.children[1].innerText];
      const named = titles.filter(h => h.children.length)
        .map(h => [h.children[0].innerText, h.innerText.replace(h.children[0].innerText, "")]);
      const pairs = [...named, ...lines.map(split), ...terms].map(([name, value]) => [name.trim(), value.trim()]);
      const bare = titles.filter(h => !h.children.length).map(said), others = loose(card, lines);
      const twice = new Set(pairs.map(([name]) => name)).size < pairs.length || bare.length > 1;
      return twice ? null : { pairs: new Map(pairs), title: bare[0] ?? "", badge: others.length === 1 ? others[0] : "" };
    };
    const cards = [...t.children].map(told);
    if (cards.includes(null)) return { heads: ["", ""], rows: [["?"]], offered: [[]] }; // a remark that nobody knows
    const names = [...new Set(cards.flatMap(card => [...card.pairs.keys()]))], bare = {}, heads = [];
    for (const part of ["title", "names", "badge"]) {
      if (part === "names") heads.push(...names);
      else if (cards.some(card => card[part])) { bare[part] = heads.length; heads.push(""); }
    }
    const rows = cards.map(card => [..."title" in bare ? [card.title] : [], ...names.map(name => card.pairs.get(name) ?? ""),
      ..."badge" in bare ? [card.badge] : []]);
    return { heads, ...bare, rows, offered: [...t.children].map(offers) };
  }

  // A table without a head has its headings in the first row, where all of that are such cells.
  const head = [...t.querySelectorAll("thead th")], all = [...t.querySelectorAll("tbody tr")];
  const first = !head.length && [...(all[0]?.cells ?? [])];
  const own = first && first.length && first.every(c => c.tagName === "TH");
  const rows = own ? all.slice(1) : all;
  return {
    heads: (own ? first : head).map(c => c.innerText),
    rows: rows.map(r => [...r.cells].map(c => c.innerText)),
    offered: rows.map(offers),
  };
}
