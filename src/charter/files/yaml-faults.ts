import type { YAMLError } from "yaml";
import type { Complaint } from "./complaint.ts";

/**
 * The parser's errors in the words of someone who writes a file. Its own messages are not used: some of them repeat pieces of the
 * file, which may be secrets.
 */
const complaints: Readonly<Record<YAMLError["code"], Complaint>> = {
  ALIAS_PROPS: { message: "an alias cannot have an anchor or a tag", hint: "leave only *name" },
  BAD_ALIAS: { message: "this alias names no anchor before it", hint: "define it first: &name, then use *name" },
  BAD_COLLECTION_TYPE: { message: "the tag does not fit what it stands before", hint: "remove the tag" },
  BAD_DIRECTIVE: { message: "this directive is not known", hint: "remove the line that begins with %" },
  BAD_DQ_ESCAPE: { message: "this is no escape sequence of double quotes", hint: "write \\\\ for a backslash, or use single quotes" },
  BAD_INDENT: {
    message: "the indentation does not fit, or a bracket before it is not closed",
    hint: "keys of one map begin in one column; close every [ and {",
  },
  BAD_PROP_ORDER: { message: "anchors and tags stand before the value", hint: "move it before the value" },
  BAD_SCALAR_START: { message: "a plain value cannot begin with this character", hint: "put the value in quotes" },
  BLOCK_AS_IMPLICIT_KEY: { message: "two keys stand on one line", hint: 'begin a new line, or put a value that holds ": " in quotes' },
  BLOCK_IN_FLOW: { message: "an indented list or map cannot stand inside brackets", hint: "use brackets inside brackets" },
  DUPLICATE_KEY: { message: "this key stands twice", hint: "keep one of them" },
  IMPOSSIBLE: { message: "this is not valid YAML", hint: "see https://yaml.org/spec/1.2.2/" },
  KEY_OVER_1024_CHARS: { message: "the key is longer than 1024 characters", hint: "shorten it" },
  MISSING_CHAR: {
    message: "something is missing here: a colon after a key, a closing bracket or a closing quote",
    hint: "look at this line and at the one before",
  },
  MULTILINE_IMPLICIT_KEY: { message: "a key must stand on one line", hint: "a colon may be missing on the line before" },
  MULTIPLE_ANCHORS: { message: "a value can have one anchor only", hint: "keep one of them" },
  MULTIPLE_DOCS: { message: "a second document begins here", hint: "one file holds one document: remove the line ---" },
  MULTIPLE_TAGS: { message: "a value can have one tag only", hint: "remove the tags" },
  NON_STRING_KEY: { message: "a key must be plain text", hint: "a quote or a colon may be missing" },
  RESOURCE_EXHAUSTION: { message: "the file is nested too deeply", hint: "a charter or an estate needs fewer than ten levels" },
  TAB_AS_INDENT: { message: "a tab stands in the indentation", hint: "indent with spaces" },
  TAG_RESOLVE_FAILED: { message: "tags are not used here", hint: "remove the word that begins with !" },
  UNEXPECTED_TOKEN: { message: "this is not expected here", hint: "a quote, a comma or a bracket may be missing or too many" },
};

export const yamlComplaint = (error: YAMLError): Complaint => complaints[error.code] ?? complaints.IMPOSSIBLE;
