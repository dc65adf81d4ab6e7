import { followers, wordMark } from "./speech.ts";

/** One entry of the tokenizer: the kinds are those of SentencePiece (1 normal, 2 unknown, 3 control, 6 byte). */
export interface VocabularyEntry {
  readonly piece: string;
  /** SentencePiece joins the pair with the highest score first. */
  readonly score: number;
  readonly kind: 1 | 2 | 3 | 6;
}

export interface Vocabulary {
  readonly entries: readonly VocabularyEntry[];
  /** Throws for a piece that is not in it. */
  idOf(piece: string): number;
}

const control = ["<s>", "</s>", "<|im_start|>", "<|im_end|>"];
const printable = Array.from({ length: 0x7f - 0x21 }, (_, index) => String.fromCharCode(0x21 + index));

/** Every beginning of a word: SentencePiece reaches a word only through pieces that it can join two by two. */
const beginnings = (word: string): string[] => Array.from({ length: word.length - 1 }, (_, index) => word.slice(0, index + 2));

/** Bytes as a fallback for everything, printable ASCII, and the words that the model speaks. */
export function buildVocabulary(): Vocabulary {
  const words = Object.keys(followers).filter((piece) => piece.length > 1 && !control.includes(piece));
  const pieces = [...new Set(words.flatMap(beginnings))].sort((one, other) => other.length - one.length || (one < other ? -1 : 1));
  const entries: VocabularyEntry[] = [
    { piece: "<unk>", score: 0, kind: 2 },
    ...control.map((piece): VocabularyEntry => ({ piece, score: 0, kind: 3 })),
    ...Array.from({ length: 256 }, (_, byte): VocabularyEntry => ({ piece: `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`, score: 0, kind: 6 })),
    ...pieces.map((piece, index): VocabularyEntry => ({ piece, score: -1 - index, kind: 1 })),
    ...[wordMark, ...printable].map((piece, index): VocabularyEntry => ({ piece, score: -10_000 - index, kind: 1 })),
  ];
  const ids = new Map(entries.map((entry, id) => [entry.piece, id]));
  return {
    entries,
    idOf(piece) {
      const id = ids.get(piece);
      if (id === undefined) throw new Error(`no such piece: ${piece}`);
      return id;
    },
  };
}
