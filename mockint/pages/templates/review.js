"use strict";
(() => {
  const data = JSON.parse(byId("data").textContent);
  const voice = new Voice(0, data);
  const { words, spans } = voice;
  const INSERTED_WORD_S = 0.3; // as in correction.py

  // --- the chosen word ---

  const tellAbout = () => {
    if (voice.chosen === null) return;
    const chosen = words[voice.chosen];
    const filler = voice.fillerOf(voice.chosen);
    const disputed = filler !== null && has("not_a_filler", filler.start_s);
    const added = has("filler_added", chosen.start_s);
    const bold = document.createElement("b");
    bold.textContent = spans[voice.chosen].textContent;
    let what = "";
    if (added) what = "a filler, as you say";
    else if (disputed) what = "no filler, as you say";
    else if (filler) what = `${data.kind_names[filler.kind]}, ${filler.why}`;
    else if (chosen.hedge) what = data.kind_names.hedge;
    byId("about-text").replaceChildren(bold, ` at ${clock(chosen.start_s)}${what ? `: ${what}` : ""}`);
    byId("dispute").hidden = filler === null || disputed;
    byId("add-filler").hidden = added || (filler !== null && !disputed);
    byId("about").hidden = false;
  };

  // --- corrections ---

  let corrections = [];
  let saved = true;

  const has = (kind, start) => corrections.some((each) => each.kind === kind && each.start_s === start);

  const correct = (kind, place, oldText, newText) => {
    corrections = corrections.filter((each) => !(each.kind.startsWith("word_") && kind.startsWith("word_") && each.start_s === place.start_s));
    corrections.push({ kind, start_s: place.start_s, end_s: place.end_s, old_text: oldText, new_text: newText });
    saved = false;
    showCorrections();
  };

  const inWords = (each) => {
    if (each.kind === "not_a_filler") return `\u201c${each.old_text}\u201d is not a filler`;
    if (each.kind === "filler_added") return `\u201c${each.new_text}\u201d is a filler`;
    if (each.kind === "word_inserted") return `\u201c${each.new_text}\u201d was said here`;
    if (each.kind === "word_deleted") return `\u201c${each.old_text}\u201d was not said`;
    return `\u201c${each.old_text}\u201d was \u201c${each.new_text}\u201d`;
  };

  const showCorrections = () => {
    words.forEach((word, index) => {
      const span = spans[index];
      const change = corrections.find((each) => ["word_changed", "word_deleted"].includes(each.kind) && each.start_s === word.start_s);
      span.textContent = change && change.new_text ? change.new_text : word.text;
      span.classList.toggle("corrected", Boolean(change && change.new_text) || has("filler_added", word.start_s));
      span.classList.toggle("gone", Boolean(change && !change.new_text));
    });
    document.querySelectorAll("[data-filler]").forEach((mark) => {
      const disputed = has("not_a_filler", voice.fillers[mark.dataset.filler].start_s);
      mark.classList.toggle("disputed", disputed);
      mark.querySelector(".kind").hidden = disputed;
    });
    document.querySelectorAll(".inserted").forEach((node) => node.remove());
    corrections.filter((each) => each.kind === "word_inserted").forEach(showInserted);
    byId("correction-list").replaceChildren(...corrections.map(correctionItem));
    byId("corrections").hidden = corrections.length === 0;
    tellAbout();
  };

  const showInserted = (each) => {
    const node = document.createElement("span");
    const note = document.createElement("span");
    node.className = "inserted";
    node.textContent = each.new_text;
    note.className = "hidden";
    note.textContent = " (added by you)";
    node.append(note);
    const index = words.findLastIndex((word) => word.start_s <= each.start_s);
    if (index < 0) {
      (spans[0].closest(".m") ?? spans[0]).before(node, " ");
      return;
    }
    const mark = spans[index].closest(".m");
    const isLast = mark !== null && [...mark.querySelectorAll(".w")].at(-1) === spans[index];
    (isLast ? mark : spans[index]).after(" ", node);
  };

  const correctionItem = (each) => {
    const item = document.createElement("li");
    const text = document.createElement("span");
    text.textContent = `${clock(each.start_s)}  ${inWords(each)}`;
    const undo = document.createElement("button");
    undo.type = "button";
    undo.textContent = "Undo";
    undo.setAttribute("aria-label", `Undo: ${inWords(each)}`);
    undo.addEventListener("click", () => {
      corrections = corrections.filter((other) => other !== each);
      saved = corrections.length === 0;
      showCorrections();
      say("Undone.");
    });
    item.append(text, undo);
    return item;
  };

  const save = () => {
    const content = { [data.format]: data.format_version, take: data.take, corrections };
    const url = URL.createObjectURL(new Blob([`${JSON.stringify(content, null, 1)}\n`], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = `mockint-corrections-take-${data.take.number}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
    saved = true;
    say("Saved.");
  };

  /** What was typed, without what only a machine could have put there. */
  const typed = (id) => byId(id).value.replace(/[\s\p{Z}]+/gu, " ").replace(/\p{C}/gu, "").trim();

  const openCorrection = () => {
    if (voice.chosen === null) return;
    const span = spans[voice.chosen];
    voice.pause();
    byId("heard").textContent = words[voice.chosen].text;
    byId("said").value = span.classList.contains("gone") ? "" : span.textContent;
    byId("correction").showModal();
    byId("said").select();
  };

  const keepCorrection = () => {
    const text = typed("said");
    const word = words[voice.chosen];
    byId("correction").close();
    if (text === spans[voice.chosen].textContent) return;
    correct(text ? "word_changed" : "word_deleted", word, word.text, text || null);
    say("Corrected. Save your corrections when you are done.");
  };

  // --- what is missing ---

  /** Where words go that were said beside the chosen one: after the one before them, and before the next. */
  const placeBeside = (wordCount) => {
    const after = voice.chosen + (document.querySelector("[name=side]:checked").value === "after" ? 1 : 0);
    const [last, next] = [words[after - 1], words[after]];
    const begin = last ? last.end_s : next.start_s - INSERTED_WORD_S;
    const end = next ? next.start_s : data.duration_s;
    const time = voice.time_s;
    let start = begin < time && time < end ? time : begin; // it was heard in the pause where the player stands
    if (start >= end) start = ((last ? last.start_s : 0) + end) / 2; // words may touch and overlap
    start = Math.max(0, start);
    return { start_s: start, end_s: Math.min(start + INSERTED_WORD_S * wordCount, Math.max(end, start + 0.01)), last, next };
  };

  const insertedThere = () => {
    const { last, next } = placeBeside(1);
    return corrections.find((each) => each.kind === "word_inserted" && (!last || each.start_s > last.start_s) && (!next || each.start_s < next.start_s));
  };

  const openInsertion = () => {
    if (!words.length) {
      say("There are no words beside which one could be missing.");
      return;
    }
    if (voice.chosen === null) voice.choose(Math.max(0, words.findLastIndex((word) => word.start_s <= voice.time_s)));
    voice.pause();
    document.querySelectorAll(".beside").forEach((quote) => { quote.textContent = spans[voice.chosen].textContent; });
    const before = document.querySelector("[name=side][value=before]");
    before.disabled = words[voice.chosen].start_s === 0; // nothing is said before the sound begins
    document.querySelector("[name=side][value=after]").checked = true;
    fillInsertion();
    byId("insertion").showModal();
    byId("missing").focus();
  };

  /** Show what was added there before, so that it can be changed. */
  const fillInsertion = () => {
    byId("missing").value = insertedThere()?.new_text ?? "";
  };

  const keepInsertion = () => {
    const text = typed("missing");
    const earlier = insertedThere();
    byId("insertion").close();
    if (text === (earlier?.new_text ?? "")) return;
    corrections = corrections.filter((each) => each !== earlier);
    if (text) correct("word_inserted", placeBeside(text.split(" ").length), null, text);
    else showCorrections();
    say(text ? "Added. Save your corrections when you are done." : "Taken back.");
  };

  // --- beginning ---

  setUpPage([voice]);
  listenToKeys(() => voice, { c: openCorrection, i: openInsertion });
  addEventListener("beforeunload", (event) => {
    if (!saved) event.preventDefault();
  });
  if (!voice.audio) return;
  voice.onChoose = tellAbout;
  byId("dispute").addEventListener("click", () => {
    const filler = voice.fillerOf(voice.chosen);
    correct("not_a_filler", filler, filler.text, null);
    byId("add-filler").focus();
  });
  byId("add-filler").addEventListener("click", () => {
    const disputed = voice.fillerOf(voice.chosen);
    const before = corrections.length;
    if (disputed) corrections = corrections.filter((each) => !(each.kind === "not_a_filler" && each.start_s === disputed.start_s));
    if (corrections.length === before) correct("filler_added", words[voice.chosen], null, spans[voice.chosen].textContent);
    else showCorrections();
    byId("correct").focus();
  });
  byId("correct").addEventListener("click", openCorrection);
  byId("correction-keep").addEventListener("click", keepCorrection);
  byId("said").addEventListener("keydown", (event) => {
    if (event.key === "Enter") keepCorrection();
  });
  byId("insert").addEventListener("click", openInsertion);
  byId("insertion-keep").addEventListener("click", keepInsertion);
  document.querySelectorAll("[name=side]").forEach((side) => side.addEventListener("change", fillInsertion));
  byId("missing").addEventListener("keydown", (event) => {
    if (event.key === "Enter") keepInsertion();
  });
  byId("save").addEventListener("click", save);
})();
