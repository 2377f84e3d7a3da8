"use strict";

const byId = (id) => document.getElementById(id);

/** Tell something to those who cannot see it. */
const say = (sentence) => {
  byId("status").textContent = sentence;
};

const clock = (time) => {
  const tenths = Math.round(time * 10);
  const seconds = String(Math.floor(tenths / 10) % 60).padStart(2, "0");
  return `${Math.floor(tenths / 600)}:${seconds}.${tenths % 10}`;
};

const STEP_S = 2;
const TOUCH_S = 0.005; // a player may stand this little before the time that it was sent to
const JUST_HEARD_S = 0.5; // "previous" while a filler is being heard means the one before it

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

/** The sound of a data: address as a blob of its own: some browsers seek in that only. */
const blobOf = (url) => {
  const [head, body] = url.split(",");
  const letters = atob(body);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i += 1) bytes[i] = letters.charCodeAt(i);
  return URL.createObjectURL(new Blob([bytes], { type: head.slice(5).split(";")[0] }));
};

/**
 * One voice of the page (voice.html.j2): its player, its picture and its words.
 *
 * Its parts are the elements that are, or stand within, [data-voice="NUMBER"]. `data` has duration_s, words and
 * fillers, in order of time. `onChoose` is called when a word was chosen, `onPlay` when the player starts.
 */
class Voice {
  chosen = null; // the place of a word in `words`
  onChoose = () => {};
  onPlay = () => {};
  #current = null;
  #following = true;

  constructor(number, data) {
    this.number = number;
    this.duration_s = data.duration_s;
    this.words = data.words;
    this.fillers = data.fillers;
    this.audio = this.find("audio");
    this.spans = this.all("[data-word]").sort((one, other) => one.dataset.word - other.dataset.word);
    if (this.audio) this.#listen();
  }

  /** The first part of this voice that a selector fits, or null. */
  find(selector) {
    return document.querySelector(this.#within(selector));
  }

  all(selector) {
    return [...document.querySelectorAll(this.#within(selector))];
  }

  #within(selector) {
    const voice = `[data-voice="${this.number}"]`;
    return `${selector}:is(${voice}, ${voice} *)`;
  }

  // --- playing ---

  get time_s() {
    return this.audio ? this.audio.currentTime : 0;
  }

  seek(time) {
    if (!this.audio) return;
    this.audio.currentTime = Math.min(Math.max(0, time), this.duration_s);
    this.#following = true;
    this.#show();
  }

  play() {
    if (!this.audio) return;
    if (this.time_s >= this.duration_s) this.seek(0);
    this.onPlay(); // at once: the event comes only after both voices were heard
    this.audio.play().catch((error) => {
      if (error.name !== "AbortError") say("The sound could not be played."); // it was stopped again at once
    });
  }

  pause() {
    this.audio?.pause();
  }

  playOrPause() {
    if (!this.audio) return;
    if (this.audio.paused) this.play();
    else this.pause();
  }

  #show = () => {
    const time = Math.min(this.time_s, this.duration_s);
    this.find(".at-now").textContent = clock(time);
    this.find(".playhead").style.left = `${(100 * time) / this.duration_s}%`;
    this.find(".seek").value = time;
    this.find(".seek").setAttribute("aria-valuetext", `${clock(time)} of ${clock(this.duration_s)}`);
    const index = lastFrom(this.words, time);
    this.#highlight(index >= 0 && time < this.words[index].end_s ? index : null);
  };

  #highlight(index) {
    if (index === this.#current) return;
    if (this.#current !== null) this.spans[this.#current].classList.remove("now");
    this.#current = index;
    if (index === null) return;
    this.spans[index].classList.add("now");
    if (this.#following && !this.audio.paused) this.#bringIntoView(this.spans[index]);
  }

  #bringIntoView(span) {
    const box = span.getBoundingClientRect();
    const floor = innerHeight - document.querySelector(".bar").offsetHeight;
    const readingStarted = this.find(".strip").getBoundingClientRect().bottom < 0 || box.bottom > floor;
    if (!readingStarted || (box.top > 0 && box.bottom < floor)) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    scrollBy({ top: box.top - innerHeight / 3, behavior: calm ? "auto" : "smooth" });
  }

  #everyFrame = () => {
    this.#show();
    if (this.time_s >= this.duration_s) this.pause(); // what follows is silence that is no part of the take
    if (!this.audio.paused) requestAnimationFrame(this.#everyFrame);
  };

  #showPlaying = () => {
    const button = this.find(".play");
    button.classList.toggle("playing", !this.audio.paused);
    button.setAttribute("aria-label", `${this.audio.paused ? "Play" : "Pause"}${button.dataset.of}`);
    this.#everyFrame();
  };

  #listen() {
    const audio = this.audio;
    audio.src = blobOf(audio.getAttribute("src"));
    audio.preload = "auto";
    audio.removeAttribute("controls");
    [".controls", ".seek", ".playhead"].forEach((part) => { this.find(part).hidden = false; });
    this.find(".play").addEventListener("click", () => this.playOrPause());
    this.find(".seek").addEventListener("input", (event) => this.seek(Number(event.target.value)));
    this.find(".previous")?.addEventListener("click", () => this.stepFiller(-1));
    this.find(".next")?.addEventListener("click", () => this.stepFiller(1));
    document.addEventListener("click", (event) => this.#clicked(event.target));
    ["wheel", "touchmove"].forEach((kind) => addEventListener(kind, () => { this.#following = false; }, { passive: true }));
    audio.addEventListener("play", () => this.onPlay());
    ["play", "pause", "ended"].forEach((kind) => audio.addEventListener(kind, this.#showPlaying));
    ["seeked", "loadedmetadata"].forEach((kind) => audio.addEventListener(kind, this.#show));
    this.#show();
  }

  #clicked(target) {
    const span = target.closest(this.#within("[data-word]"));
    const moment = target.closest(this.#within("[data-time]"));
    if (span) {
      this.choose(Number(span.dataset.word));
      this.seek(this.words[this.chosen].start_s);
    } else if (moment) this.seek(Number(moment.dataset.time));
    if (span || moment) this.play();
  }

  // --- words and fillers ---

  /** The filler that a word is, or is a part of; null where it is none. */
  fillerOf(index) {
    return this.words[index].filler === null ? null : this.fillers[this.words[index].filler];
  }

  choose(index) {
    if (this.chosen !== null) this.spans[this.chosen].classList.remove("chosen");
    this.chosen = index;
    this.spans[index].classList.add("chosen");
    if (this.find(".filler-place")) {
      const place = this.words[index].filler === null ? "\u2013" : this.words[index].filler + 1;
      this.find(".filler-place").textContent = `${place} of ${this.fillers.length}`;
    }
    this.onChoose();
  }

  #goToWord(index) {
    this.choose(index);
    this.seek(this.words[index].start_s);
    const box = this.spans[index].getBoundingClientRect();
    if (box.top < 0 || box.bottom > innerHeight - document.querySelector(".bar").offsetHeight) {
      this.spans[index].scrollIntoView({ block: "center" });
    }
  }

  stepWord(by) {
    const from = this.chosen ?? lastFrom(this.words, this.time_s);
    const to = Math.min(Math.max(0, from + by), this.words.length - 1);
    if (this.words.length) this.#goToWord(to);
  }

  stepFiller(by) {
    const fillers = this.fillers;
    const time = this.time_s;
    const here = this.chosen === null ? null : this.words[this.chosen].filler;
    const isHere = here !== null && Math.abs(fillers[here].start_s - time) <= TOUCH_S;
    const justHeard = time - (this.audio.paused ? TOUCH_S : JUST_HEARD_S);
    let next;
    if (isHere) next = here + by < fillers.length ? here + by : -1;
    else if (by > 0) next = fillers.findIndex((filler) => filler.start_s >= time - TOUCH_S);
    else next = fillers.findLastIndex((filler) => filler.start_s < justHeard);
    if (next < 0) {
      say(fillers.length ? `There is no ${by > 0 ? "later" : "earlier"} filler.` : "There are no fillers.");
      return;
    }
    const index = this.words.findIndex((word) => word.filler === next);
    if (index >= 0) this.#goToWord(index);
    this.seek(fillers[next].start_s);
    say(`${fillers[next].text}, ${clock(fillers[next].start_s)}`);
  }
}

/** Open the help, close what can be closed, and choose the speed of all `voices`: what every page does. */
const setUpPage = (voices) => {
  document.documentElement.classList.add("js");
  document.addEventListener("click", (event) => {
    const close = event.target.closest("[data-close]");
    if (close) byId(close.dataset.close).close();
  });
  byId("help-open")?.addEventListener("click", () => byId("help").showModal());
  const speeds = document.querySelectorAll(".speed select");
  const setSpeed = (event) => {
    voices.forEach((voice) => { if (voice.audio) voice.audio.playbackRate = Number(event.target.value); });
    speeds.forEach((speed) => { speed.value = event.target.value; });
  };
  speeds.forEach((speed) => speed.addEventListener("change", setSpeed));
};

/** Listen to the keys. voice(): the one that they are meant for; letters: what else this page does, by key. */
const listenToKeys = (voice, letters) => {
  const all = {
    n: () => voice().stepFiller(1),
    p: () => voice().stepFiller(-1),
    ...letters,
    "?": () => byId("help").showModal(),
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const on = event.target;
    if (on.matches("input[type=text], input[type=radio], textarea, select")) return;
    const arrow = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const letter = byId("letters").checked ? all[event.key] : undefined;
    const canPlay = Boolean(voice().audio);
    if (arrow && canPlay) {
      if (event.shiftKey) voice().stepWord(arrow);
      else voice().seek(voice().time_s + arrow * STEP_S);
    } else if (event.key === " " && canPlay && !on.matches("button, summary, input[type=checkbox]")) voice().playOrPause();
    else if (letter && (canPlay || event.key === "?")) letter();
    else return;
    event.preventDefault();
  });
};
