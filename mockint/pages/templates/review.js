"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const byId = (id) => document.getElementById(id);
  const audio = byId("audio");
  const words = data.words;
  const wordSpans = [...document.querySelectorAll("[data-word]")]; // in the order of `words`
  const STEP_S = 2;
  const TOUCH_S = 0.005; // a player may stand this little before the time that it was sent to
  const JUST_HEARD_S = 0.5; // "previous" while a filler is being heard means the one before it
  let chosen = null;
  let current = null;
  let following = true;

  document.documentElement.classList.add("js");

  // --- time ---

  const clock = (time) => {
    const tenths = Math.round(time * 10);
    const seconds = String(Math.floor(tenths / 10) % 60).padStart(2, "0");
    return `${Math.floor(tenths / 600)}:${seconds}.${tenths % 10}`;
  };

  /** The last item that begins at or before a time; -1 before the first. */
  const lastFrom = (items, time) => {
    let low = 0;
    let high = items.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (items[middle].start_s <= time + TOUCH_S) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };

  const wordAt = (time) => {
    const index = lastFrom(words, time);
    return index >= 0 && time < words[index].end_s ? index : null;
  };

  // --- playing ---

  /** Give the player a blob of its own: some browsers seek in that only. */
  const blobOf = (url) => {
    const [head, body] = url.split(",");
    const letters = atob(body);
    const bytes = new Uint8Array(letters.length);
    for (let i = 0; i < letters.length; i += 1) bytes[i] = letters.charCodeAt(i);
    return URL.createObjectURL(new Blob([bytes], { type: head.slice(5).split(";")[0] }));
  };

  const seek = (time) => {
    if (!audio) return;
    audio.currentTime = Math.min(Math.max(0, time), data.duration_s);
    following = true;
    show();
  };

  const play = () => audio && audio.play().catch(() => say("The sound could not be played."));

  const playOrPause = () => {
    if (!audio) return;
    if (audio.paused) play();
    else audio.pause();
  };

  const show = () => {
    const time = audio.currentTime;
    byId("now").textContent = clock(time);
    byId("playhead").style.left = `${(100 * time) / data.duration_s}%`;
    byId("seek").value = time;
    byId("seek").setAttribute("aria-valuetext", `${clock(time)} of ${clock(data.duration_s)}`);
    highlight(wordAt(time));
  };

  const highlight = (index) => {
    if (index === current) return;
    if (current !== null) wordSpans[current].classList.remove("now");
    current = index;
    if (index === null) return;
    wordSpans[index].classList.add("now");
    if (following && !audio.paused) bringIntoView(wordSpans[index]);
  };

  const bringIntoView = (span) => {
    const box = span.getBoundingClientRect();
    const floor = innerHeight - byId("bar").offsetHeight;
    const strip = byId("strip").getBoundingClientRect();
    const readingStarted = strip.bottom < 0 || box.bottom > floor;
    if (!readingStarted || (box.top > 0 && box.bottom < floor)) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    scrollBy({ top: box.top - innerHeight / 3, behavior: calm ? "auto" : "smooth" });
  };

  const everyFrame = () => {
    show();
    if (!audio.paused) requestAnimationFrame(everyFrame);
  };

  const showPlaying = () => {
    document.body.classList.toggle("playing", !audio.paused);
    byId("play").setAttribute("aria-label", audio.paused ? "Play" : "Pause");
    everyFrame();
  };

  // --- choosing a word ---

  const fillerOf = (index) => (words[index].filler === null ? null : data.fillers[words[index].filler]);

  const choose = (index) => {
    if (chosen !== null) wordSpans[chosen].classList.remove("chosen");
    chosen = index;
    wordSpans[index].classList.add("chosen");
    tellAbout();
  };

  const tellAbout = () => {
    if (chosen === null || !audio) return;
    const filler = fillerOf(chosen);
    const disputed = filler !== null && has("not_a_filler", filler.start_s);
    const added = has("filler_added", words[chosen].start_s);
    const bold = document.createElement("b");
    bold.textContent = wordSpans[chosen].textContent;
    let what = "";
    if (added) what = "a filler, as you say";
    else if (disputed) what = "no filler, as you say";
    else if (filler) what = `${data.kind_names[filler.kind]}, ${filler.percent}\u00a0% sure, noticed ${filler.noticed}`;
    else if (words[chosen].hedge) what = data.kind_names.hedge;
    byId("about-text").replaceChildren(bold, ` at ${clock(words[chosen].start_s)}${what ? `: ${what}` : ""}`);
    byId("dispute").hidden = filler === null || disputed;
    byId("add-filler").hidden = added || (filler !== null && !disputed);
    byId("about").hidden = false;
    if (byId("filler-place")) {
      const place = filler === null ? "\u2013" : words[chosen].filler + 1;
      byId("filler-place").textContent = `${place} of ${data.fillers.length}`;
    }
  };

  const goToWord = (index) => {
    choose(index);
    seek(words[index].start_s);
    bringChosenIntoView();
  };

  const bringChosenIntoView = () => {
    const box = wordSpans[chosen].getBoundingClientRect();
    if (box.top < 0 || box.bottom > innerHeight - byId("bar").offsetHeight) {
      wordSpans[chosen].scrollIntoView({ block: "center" });
    }
  };

  const stepWord = (by) => {
    const from = chosen ?? lastFrom(words, audio.currentTime);
    const to = Math.min(Math.max(0, from + by), words.length - 1);
    if (words.length) goToWord(to);
  };

  const stepFiller = (by) => {
    const fillers = data.fillers;
    const time = audio ? audio.currentTime : 0;
    const here = chosen === null ? null : words[chosen].filler;
    const isHere = here !== null && Math.abs(fillers[here].start_s - time) <= TOUCH_S;
    const justHeard = time - (audio.paused ? TOUCH_S : JUST_HEARD_S);
    let next;
    if (isHere) next = here + by < fillers.length ? here + by : -1;
    else if (by > 0) next = fillers.findIndex((filler) => filler.start_s >= time - TOUCH_S);
    else next = fillers.findLastIndex((filler) => filler.start_s < justHeard);
    if (next < 0) {
      say(fillers.length ? `There is no ${by > 0 ? "later" : "earlier"} filler.` : "There are no fillers.");
      return;
    }
    const index = words.findIndex((word) => word.filler === next);
    if (index >= 0) goToWord(index);
    seek(fillers[next].start_s);
    say(`${fillers[next].text}, ${clock(fillers[next].start_s)}`);
  };

  const say = (sentence) => {
    byId("status").textContent = sentence;
  };

  // --- corrections ---

  let corrections = [];
  let saved = true;

  const has = (kind, start) => corrections.some((each) => each.kind === kind && each.start_s === start);

  const correct = (kind, place, oldText, newText) => {
    corrections = corrections.filter((each) => !(each.kind.startsWith("word_") && kind.startsWith("word_") && each.start_s === place.start_s));
    corrections.push({ take: data.take, kind, start_s: place.start_s, end_s: place.end_s, old_text: oldText, new_text: newText });
    saved = false;
    showCorrections();
  };

  const inWords = (each) => {
    if (each.kind === "not_a_filler") return `\u201c${each.old_text}\u201d is not a filler`;
    if (each.kind === "filler_added") return `\u201c${each.new_text}\u201d is a filler`;
    if (each.kind === "word_deleted") return `\u201c${each.old_text}\u201d was not said`;
    return `\u201c${each.old_text}\u201d was \u201c${each.new_text}\u201d`;
  };

  const showCorrections = () => {
    words.forEach((word, index) => {
      const span = wordSpans[index];
      const change = corrections.find((each) => each.kind.startsWith("word_") && each.start_s === word.start_s);
      span.textContent = change && change.new_text ? change.new_text : word.text;
      span.classList.toggle("corrected", Boolean(change && change.new_text) || has("filler_added", word.start_s));
      span.classList.toggle("gone", Boolean(change && !change.new_text));
    });
    document.querySelectorAll("[data-filler]").forEach((mark) => {
      const disputed = has("not_a_filler", data.fillers[mark.dataset.filler].start_s);
      mark.classList.toggle("disputed", disputed);
      mark.querySelector(".kind").hidden = disputed;
    });
    byId("correction-list").replaceChildren(...corrections.map(correctionItem));
    byId("corrections").hidden = corrections.length === 0;
    tellAbout();
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
    const content = { [data.format]: data.format_version, corrections };
    const url = URL.createObjectURL(new Blob([`${JSON.stringify(content, null, 1)}\n`], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = `mockint-corrections-take-${data.take}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
    saved = true;
    say("Saved.");
  };

  const openCorrection = () => {
    if (chosen === null) return;
    audio.pause();
    byId("heard").textContent = words[chosen].text;
    byId("said").value = wordSpans[chosen].classList.contains("gone") ? "" : wordSpans[chosen].textContent;
    byId("correction").showModal();
    byId("said").select();
  };

  const keepCorrection = () => {
    const text = byId("said").value.trim();
    const word = words[chosen];
    byId("correction").close();
    if (text === wordSpans[chosen].textContent) return;
    correct(text ? "word_changed" : "word_deleted", word, word.text, text || null);
    say("Corrected. Save your corrections when you are done.");
  };

  // --- keys ---

  const openHelp = () => byId("help").showModal();

  const LETTERS = {
    n: () => stepFiller(1),
    p: () => stepFiller(-1),
    c: () => openCorrection(),
    "?": () => openHelp(),
  };

  const onKey = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const on = event.target;
    if (on.matches("input[type=text], select")) return;
    const arrow = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const letter = byId("letters").checked ? LETTERS[event.key] : undefined;
    if (arrow && audio) {
      if (event.shiftKey) stepWord(arrow);
      else seek(audio.currentTime + arrow * STEP_S);
    } else if (event.key === " " && audio && !on.matches("button, summary, input[type=checkbox]")) playOrPause();
    else if (letter && (audio || event.key === "?")) letter();
    else return;
    event.preventDefault();
  };

  // --- beginning ---

  addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    const close = event.target.closest("[data-close]");
    if (close) byId(close.dataset.close).close();
    const moment = event.target.closest("[data-time]");
    if (moment) {
      seek(Number(moment.dataset.time));
      play();
    }
  });
  addEventListener("beforeunload", (event) => {
    if (!saved) event.preventDefault();
  });
  if (!audio) return;
  audio.src = blobOf(audio.getAttribute("src"));
  audio.preload = "auto";
  audio.removeAttribute("controls");
  ["controls", "seek", "playhead"].forEach((id) => { byId(id).hidden = false; });
  byId("transcript").addEventListener("click", (event) => {
    const span = event.target.closest("[data-word]");
    if (!span) return;
    choose(Number(span.dataset.word));
    seek(words[chosen].start_s);
    play();
  });
  byId("play").addEventListener("click", playOrPause);
  byId("seek").addEventListener("input", () => seek(Number(byId("seek").value)));
  byId("speed").addEventListener("change", () => { audio.playbackRate = Number(byId("speed").value); });
  byId("help-open").addEventListener("click", openHelp);
  byId("previous")?.addEventListener("click", () => stepFiller(-1));
  byId("next")?.addEventListener("click", () => stepFiller(1));
  byId("dispute").addEventListener("click", () => {
    correct("not_a_filler", fillerOf(chosen), fillerOf(chosen).text, null);
    byId("add-filler").focus();
  });
  byId("add-filler").addEventListener("click", () => {
    const disputed = fillerOf(chosen);
    const before = corrections.length;
    if (disputed) corrections = corrections.filter((each) => !(each.kind === "not_a_filler" && each.start_s === disputed.start_s));
    if (corrections.length === before) correct("filler_added", words[chosen], null, wordSpans[chosen].textContent);
    else showCorrections();
    byId("correct").focus();
  });
  byId("correct").addEventListener("click", openCorrection);
  byId("correction-keep").addEventListener("click", keepCorrection);
  byId("said").addEventListener("keydown", (event) => {
    if (event.key === "Enter") keepCorrection();
  });
  byId("save").addEventListener("click", save);
  ["wheel", "touchmove"].forEach((kind) => addEventListener(kind, () => { following = false; }, { passive: true }));
  ["play", "pause", "ended"].forEach((kind) => audio.addEventListener(kind, showPlaying));
  ["seeked", "loadedmetadata"].forEach((kind) => audio.addEventListener(kind, show));
  show();
})();
