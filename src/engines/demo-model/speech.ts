/** How SentencePiece writes the space before a word. */
export const wordMark = "\u2581";

/** What may follow a piece, best first. Those that stand together in one group are equals: the prompt decides. */
export type Followers = readonly (readonly string[])[];

const spoken = (text: string): string => text.replaceAll(" ", wordMark);

const sentence = (...pieces: string[]): [string, Followers][] =>
  pieces.slice(0, -1).map((piece, index): [string, Followers] => [spoken(piece), [[spoken(pieces[index + 1] ?? "")]]]);

const closing: Followers = [["<|im_end|>"], ["}"], ["]"], [","]];

/**
 * All that the model can say: after each piece the next one. English first, then JSON, where the grammar of a request decides
 * which of the wishes is admissible. A piece that is not listed starts the sentence anew.
 */
export const followers: Readonly<Record<string, Followers>> = {
  ...Object.fromEntries([
    ...sentence("Hello!", " This", " is"),
    ...sentence("This", " is", " the", " Freehold", " demonstration", " model."),
    ...sentence(" Its", " answers"),
    ...sentence(" answers", " mean", " nothing."),
    ...sentence(" words", " mean"),
    ...sentence(" Whatever", " it", " says", " means", " nothing."),
    ...sentence(" Register", " a"),
    ...sentence(" Add", " a", " real", " one", " with", " freehold", " models", " add."),
  ]),
  [spoken(" model.")]: [[spoken(" Its"), spoken(" Whatever")]],
  [spoken(" Its")]: [[spoken(" answers"), spoken(" words")]],
  [spoken(" nothing.")]: [[spoken(" Register"), spoken(" Add")]],
  [spoken(" add.")]: [["<|im_end|>"], [], [], ['"']],
  "{": [['"'], ["}"]],
  "[": [['"'], ["1"], ["true"], ["]"], ["{"], ["["]],
  '"': [["demo"], [":"], ["}"], ["]"], [","], ["<|im_end|>"]],
  ":": [['"'], ["true"], ["1"], ["null"], ["{"], ["["]],
  ",": [['"'], ["1"], ["true"], ["null"], ["{"], ["["]],
  demo: [['"']],
  "1": closing,
  true: closing,
  null: closing,
  "}": closing,
  "]": closing,
};

/** What it says at the start, and after anything else. */
export const opening: Followers = [["This", "Hello!"]];
