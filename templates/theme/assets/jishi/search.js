/* Cuts what is searched for into the words of the index before the theme's search sees it: that one leaves out the last character of
   a query when it looks for words in it, so that 党员 becomes 党. */
(() => {
  "use strict";

  const SETUP = 0, QUERY = 2, HAN = /\p{Script=Han}+/gu;
  /* The character left out: no text has it. */
  const END = "々";
  /* An unknown character counts as much as so many known words: a cut with fewer of them is better whatever else. */
  const UNKNOWN = 100, LONGEST = 12, INSTEAD = 8;
  let docs = [], words = null;

  function vocabulary() {
    const found = new Set();
    for (const doc of docs) for (const [word] of `${doc.title} ${doc.text}`.matchAll(HAN)) found.add(word);
    return found;
  }

  /* the pieces of a run of characters, as few as may be: [piece, known] */
  function cut(run) {
    const letters = [...run], best = [{cost: 0, length: 0}];
    for (let end = 1; end <= letters.length; end += 1) {
      best.push({cost: best[end - 1].cost + UNKNOWN, length: 1, known: false});
      for (let length = 1; length <= Math.min(end, LONGEST); length += 1) {
        const cost = best[end - length].cost + 1;
        if (cost < best[end].cost && words.has(letters.slice(end - length, end).join(""))) best[end] = {cost, length, known: true};
      }
    }
    const pieces = [];
    for (let end = letters.length; end; end -= best[end].length) {
      const piece = letters.slice(end - best[end].length, end).join("");
      if (!best[end].known && pieces.length && !pieces[0][1]) pieces[0][0] = piece + pieces[0][0];
      else pieces.unshift([piece, best[end].known]);
    }
    return pieces;
  }

  /* words of the index that hold what is none itself, the shortest first */
  const holding = piece => [...words].filter(word => word.includes(piece)).sort((a, b) => a.length - b.length).slice(0, INSTEAD);

  const together = asked => {
    const all = asked.map(word => new RegExp(`(?<!\\p{Script=Han})${word}`, "u"));
    return docs.some(doc => all.every(one => one.test(`${doc.title} ${doc.text}`)));
  };

  /* Several words written as one are looked for together, if some place has them all; what is unknown beside known words is left out. */
  function inWords(run) {
    const pieces = cut(run), known = [...new Set(pieces.filter(piece => piece[1]).map(piece => piece[0]))];
    const asked = known.length ? known : holding(run);
    if (!asked.length) return run;
    const required = known.length > 1 && known.length === pieces.length && together(known);
    return asked.map(word => (required ? `+${word}${END}*` : word + END)).join(" ");
  }

  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (message && message.type === SETUP && message.data && Array.isArray(message.data.docs)) [docs, words] = [message.data.docs, null];
    if (!message || message.type !== QUERY || typeof message.data !== "string" || !docs.length) return post.call(this, message, ...rest);
    words = words || vocabulary();
    return post.call(this, {...message, data: message.data.replace(HAN, run => ` ${inWords(run)} `).trim()}, ...rest);
  };
})();
