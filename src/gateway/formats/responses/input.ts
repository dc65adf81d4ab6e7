import { type ChatMessage, type ChatPart, contentOf, filePart, imagePart, joinedContent, textPart, withCall } from "../chat-body.ts";
import { given, type JsonObject, type Reading } from "../reading.ts";

interface Input {
  /** What stood in front as instructions of the system or the developer. */
  readonly system: readonly string[];
  readonly messages: readonly ChatMessage[];
}

const noFiles = "Files are not stored here; send the content itself.";

function contentPart(entry: unknown, param: string, reading: Reading): ChatPart {
  const part = reading.object(entry, param);
  switch (part.type) {
    case "input_text":
    case "output_text":
    case "text":
      return textPart(reading.text(part.text, `${param}.text`));
    case "refusal":
      return textPart(reading.text(part.refusal, `${param}.refusal`));
    case "input_image":
      if (given(part.file_id)) reading.refuse(`${param}.file_id`, noFiles);
      return imagePart(reading.text(part.image_url, `${param}.image_url`), `${param}.image_url`, reading, part.detail);
    case "input_file":
      if (given(part.file_id)) reading.refuse(`${param}.file_id`, noFiles);
      if (given(part.file_url))
        reading.refuse(`${param}.file_url`, "The file lies elsewhere, and the backend would fetch it; send it as file_data.", "destination_override");
      return filePart(reading.text(part.file_data, `${param}.file_data`), typeof part.filename === "string" ? part.filename : undefined);
    case "input_audio":
      return { type: "input_audio", input_audio: part.input_audio };
    default:
      reading.refuse(`${param}.type`, "Only text, images, files and audio can be kept.");
      return textPart("");
  }
}

function contentParts(content: unknown, param: string, reading: Reading): readonly ChatPart[] {
  if (typeof content === "string") return [textPart(content)];
  return reading.list(content, param).map((part, index) => contentPart(part, `${param}[${index}]`, reading));
}

/** Reads the items of `input` into messages of chat completions. */
class Conversation {
  readonly #reading: Reading;
  #system: string[] = [];
  #messages: readonly ChatMessage[] = [];

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  get input(): Input {
    return { system: this.#system, messages: this.#messages };
  }

  item(entry: unknown, param: string): void {
    const item = this.#reading.object(entry, param);
    switch (item.type ?? "message") {
      case "message":
        this.#message(item, param);
        break;
      case "function_call":
        this.#call(item, param);
        break;
      case "function_call_output":
        this.#callOutput(item, param);
        break;
      case "reasoning":
        // What a model thought before is not said again: many backends refuse it, and the models that took it are not asked for it.
        break;
      case "item_reference":
        this.#reading.refuse(`${param}.id`, "Nothing is stored here between requests; send the item itself.");
        break;
      default:
        this.#reading.refuse(`${param}.type`, "Only messages, reasoning, function calls and their outputs can be kept.");
    }
  }

  #message(item: JsonObject, param: string): void {
    const { role } = item;
    const parts = contentParts(item.content, `${param}.content`, this.#reading);
    if (role === "system" || role === "developer") {
      const content = joinedContent(parts, "\n\n");
      if (typeof content !== "string") this.#reading.refuse(`${param}.content`, "Instructions must be text.");
      else if (this.#messages.length === 0) this.#system.push(content);
      else this.#messages = [...this.#messages, { role: "system", content }];
    } else if (role === "assistant") {
      this.#messages = [...this.#messages, { role, content: joinedContent(parts, "") }];
    } else if (role === "user") {
      this.#messages = [...this.#messages, { role, content: contentOf(parts) }];
    } else {
      this.#reading.refuse(`${param}.role`, `${param}.role must be user, assistant, system or developer.`, "invalid_request");
    }
  }

  #call(item: JsonObject, param: string): void {
    const call = {
      id: this.#reading.text(item.call_id, `${param}.call_id`),
      type: "function",
      function: { name: this.#reading.text(item.name, `${param}.name`), arguments: this.#reading.text(item.arguments, `${param}.arguments`) },
    } as const;
    this.#messages = withCall(this.#messages, call);
  }

  #callOutput(item: JsonObject, param: string): void {
    const parts = contentParts(item.output, `${param}.output`, this.#reading);
    const tool_call_id = this.#reading.text(item.call_id, `${param}.call_id`);
    this.#messages = [...this.#messages, { role: "tool", tool_call_id, content: joinedContent(parts, "\n") }];
  }
}

/** `input` is one text of the user, or a list of items. */
export function inputMessages(input: unknown, reading: Reading): Input {
  if (typeof input === "string") return { system: [], messages: [{ role: "user", content: input }] };
  const conversation = new Conversation(reading);
  const items = reading.list(input, "input");
  if (items.length === 0) reading.refuse("input", "input must hold at least one item.", "invalid_request");
  for (const [index, item] of items.entries()) conversation.item(item, `input[${index}]`);
  return conversation.input;
}
