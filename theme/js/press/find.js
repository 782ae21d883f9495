// The piece that answers a question: what kit/src/find.rs does, with the same whole numbers, so that the
// press room and `cargo shelf kit --for` choose alike.
(() => {
  "use strict";

  const { wordsOf } = window.shelfPress;

  // A function from a question to the pieces that fit, best first: slug, score, sure, because.
  window.shelfPress.finderOf = (index) => {
    const { words, stem, stems, slips, isCommon } = wordsOf(index);

    // Each stem: how much it tells, and what it weighs in each piece that has it.
    const known = new Map();
    for (const [name, [rarity, ...numbers]] of Object.entries(index.stems)) {
      const posts = new Map();
      let fields = 0;
      for (let at = 0; at < numbers.length; at += 3) {
        posts.set(numbers[at], { weight: numbers[at + 1], fields: numbers[at + 2] });
        fields |= numbers[at + 2];
      }
      known.set(name, { rarity, posts, isTold: (fields & index.told) !== 0 });
    }

    // The stem that a word was meant to have, if one slip stands between them.
    function meant(word) {
      const typed = stem(word);
      let best;
      for (const [name, { posts, isTold }] of known) {
        if (!isTold || !slips(word, typed, name)) continue;
        const isBetter = !best || posts.size > best.size || (posts.size === best.size && name < best.name);
        if (isBetter) best = { name, size: posts.size };
      }
      return best?.name;
    }

    // Two words that the pieces know as one, such as "start TLS".
    function joined(word, next) {
      if (!next || word.parts.length > 1 || next.parts.length > 1) return undefined;
      const parts = [word.parts[0], next.parts[0]];
      if (parts.some(isCommon)) return undefined;
      const whole = stem(parts.join(""));
      if (!known.has(whole)) return undefined;
      return { typed: `${word.typed} ${next.typed}`, ways: [[whole], stems(parts)], isMended: false };
    }

    function single({ typed, parts }) {
      const own = stems(parts);
      const ways = parts.length > 1 ? [[stem(parts.join(""))]] : [];
      if (own.length > 0) ways.push(own);
      if (ways.length === 0) return undefined;
      if (parts.length === 1 && !ways.flat().some((name) => known.has(name))) {
        const name = meant(parts[0]);
        if (name !== undefined) return { typed, ways: [[name]], isMended: true };
      }
      return { typed, ways, isMended: false };
    }

    // The words of a question that tell something, each once.
    function askedIn(question) {
      const typed = words(question);
      const asked = new Map();
      for (let at = 0; at < typed.length; at += 1) {
        const pair = joined(typed[at], typed[at + 1]);
        const one = pair ?? single(typed[at]);
        if (pair) at += 1;
        if (!one) continue;
        const name = JSON.stringify(one.ways);
        if (!asked.has(name)) asked.set(name, one);
      }
      return [...asked.values()];
    }

    // What a piece has of a word, by the way that weighs most.
    function hitOf(piece, { ways }) {
      let best = { weight: 0, fields: 0 };
      for (const way of ways) {
        const hit = { weight: 0, fields: 0 };
        for (const name of way) {
          const post = known.get(name)?.posts.get(piece);
          hit.weight += post?.weight ?? 0;
          hit.fields |= post?.fields ?? 0;
        }
        if (hit.weight > best.weight) best = hit;
      }
      return best;
    }

    function rarityOf({ ways }) {
      const told = ways.flat().filter((name) => known.has(name));
      return told.length > 0 ? Math.max(...told.map((name) => known.get(name).rarity)) : index.unknown;
    }

    function scoreOf(piece, asked, whole) {
      let [sum, had, hits, fields] = [0, 0, 0, 0];
      for (const word of asked) {
        const hit = hitOf(piece, word);
        if (hit.weight === 0) continue;
        hits += 1;
        sum += hit.weight;
        had += rarityOf(word);
        fields |= hit.fields;
      }
      const share = Math.floor((had * 100) / whole);
      const score = Math.floor((sum * (100 + share)) / 200);
      const least = hits === 1 ? index.alone : index.some;
      const isOffered = (fields & index.told) !== 0 && share >= least && score >= index.floor;
      return isOffered ? { piece, score, share } : undefined;
    }

    const where = (fields) => index.fields[[...index.fields.keys()].find((at) => fields & (1 << at))] ?? "";

    function because(piece, asked) {
      const hits = asked.map((word) => ({ ...word, ...hitOf(piece, word) })).filter(({ weight }) => weight > 0);
      hits.sort((one, other) => other.weight - one.weight);
      const places = new Map();
      for (const { typed, isMended, fields } of hits.slice(0, index.reasons)) {
        const place = where(fields);
        places.set(place, [...(places.get(place) ?? []), typed + (isMended ? index.mended : "")]);
      }
      return [...places].map(([place, words]) => `${words.join(", ")}: ${place}`);
    }

    return (question) => {
      const asked = askedIn(question);
      const whole = asked.map(rarityOf).reduce((sum, rarity) => sum + rarity, 0);
      if (whole === 0) return [];
      const found = [...index.pieces.keys()].map((piece) => scoreOf(piece, asked, whole)).filter(Boolean);
      found.sort((one, other) => other.score - one.score || one.piece - other.piece);
      const [first, second] = found;
      const isSure = first?.share >= index.enough && first.score * 100 >= (second?.score ?? 0) * index.ahead;
      return found.slice(0, index.most).map(({ piece, score }, at) => ({
        slug: index.pieces[piece],
        score,
        sure: isSure && at === 0,
        because: because(piece, asked),
      }));
    };
  };
})();
