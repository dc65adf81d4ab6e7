/** Where a text of a request goes: to the backend, or nowhere. */
type Fate = "leaves" | "stays";

/** Gives the text for the next place of a sample. */
export type Place = (fate: Fate) => string;

/** An endpoint that asks a model, with a body that has a text in every place where the format may carry one. */
export interface Door {
  readonly path: string;
  readonly streams: boolean;
  sample(at: Place): Record<string, unknown>;
  /** A body with each kind of content that nobody here can read. */
  readonly unreadable: readonly Record<string, unknown>[];
}

const png = "data:image/png;base64,iVBORw0KGgo=";
const pdf = "data:application/pdf;base64,JVBERi0xLjQ=";
const base64Text = (text: string): string => Buffer.from(text).toString("base64");

const schema = (at: Place) => ({ type: "object", description: at("leaves"), properties: { [at("leaves")]: { type: "string", enum: [at("leaves")] } } });
const args = (at: Place): string => JSON.stringify({ [at("leaves")]: [{ deep: at("leaves") }] });

const user = (content: unknown) => ({ role: "user", content });
const chatWith = (part: object) => ({ messages: [user([{ type: "text", text: "See" }, part])] });
const inputWith = (part: object) => ({ input: [user([{ type: "input_text", text: "See" }, part])] });
const messageWith = (block: object) => ({ max_tokens: 9, messages: [user([{ type: "text", text: "See" }, block])] });
const source = (url: string) => {
  const [, media_type = "", data = ""] = /^data:([^;]+);base64,(.*)$/.exec(url) ?? [];
  return { type: "base64", media_type, data };
};

const chat: Door = {
  path: "/v1/chat/completions",
  streams: true,
  sample: (at) => ({
    messages: [
      { role: "system", content: at("leaves"), name: at("leaves") },
      { role: "developer", content: [{ type: "text", text: at("leaves") }] },
      user(at("leaves")),
      user([
        { type: "text", text: at("leaves") },
        { type: "text", text: at("leaves"), a_field_of_tomorrow: at("leaves") },
      ]),
      {
        role: "assistant",
        content: at("leaves"),
        reasoning_content: at("leaves"),
        refusal: at("leaves"),
        tool_calls: [{ id: "call_a", type: "function", function: { name: "f", arguments: args(at) } }],
      },
      { role: "tool", tool_call_id: "call_a", content: at("leaves") },
      { role: "tool", tool_call_id: "call_a", content: [{ type: "text", text: at("leaves") }] },
    ],
    tools: [{ type: "function", function: { name: "f", description: at("leaves"), parameters: schema(at) } }],
    response_format: { type: "json_schema", json_schema: { name: "x", description: at("leaves"), schema: schema(at) } },
    prediction: { type: "content", content: at("leaves") },
    user: at("leaves"),
    metadata: { note: at("leaves") },
    stop: [at("leaves")],
    a_field_of_tomorrow: { [at("leaves")]: [[at("leaves")]] },
  }),
  unreadable: [
    chatWith({ type: "image_url", image_url: { url: png } }),
    chatWith({ image_url: png }),
    chatWith({ type: "input_audio", input_audio: { data: "AAAA", format: "wav" } }),
    chatWith({ type: "file", file: { filename: "a.pdf", file_data: pdf } }),
    chatWith({ type: "video_url", video_url: { url: "data:video/mp4;base64,AAAA" } }),
    chatWith({ type: "a_part_of_tomorrow", payload: "AAAA" }),
    { messages: [user("See")], prompt_embeds: "AAAA" },
    { messages: [user(`See ${png.padEnd(200, "A")}`)] },
  ],
};

const completions: Door = {
  path: "/v1/completions",
  streams: true,
  sample: (at) => ({ prompt: [at("leaves"), at("leaves")], suffix: at("leaves"), user: at("leaves"), stop: at("leaves"), a_field_of_tomorrow: [at("leaves")] }),
  unreadable: [{ prompt: [1, 2, 3] }, { prompt: "See", prompt_embeds: "AAAA" }],
};

const embeddings: Door = {
  path: "/v1/embeddings",
  streams: false,
  sample: (at) => ({ input: [at("leaves"), at("leaves")], user: at("leaves"), a_field_of_tomorrow: [at("leaves")] }),
  unreadable: [{ input: [[1, 2, 3]] }, { input: "See", prompt_token_ids: [1] }],
};

const rerank: Door = {
  path: "/v1/rerank",
  streams: false,
  sample: (at) => ({
    query: at("leaves"),
    documents: [at("leaves"), { text: at("leaves") }, { text: at("leaves"), title: at("leaves") }],
    return_documents: true,
    user: at("leaves"),
  }),
  unreadable: [{ query: "See", documents: [{ text: "x", image: png.padEnd(200, "A") }] }],
};

const responses: Door = {
  path: "/v1/responses",
  streams: true,
  sample: (at) => ({
    instructions: at("leaves"),
    input: [
      { role: "developer", content: at("leaves") },
      user(at("leaves")),
      user([
        { type: "input_text", text: at("leaves") },
        { type: "input_file", filename: `${at("leaves")}.txt`, file_data: `data:text/plain;base64,${base64Text(at("leaves"))}` },
      ]),
      { type: "reasoning", id: "rs_1", summary: [{ type: "summary_text", text: at("stays") }], content: [{ type: "reasoning_text", text: at("stays") }] },
      {
        type: "message",
        role: "assistant",
        id: "msg_1",
        status: "completed",
        content: [
          { type: "output_text", text: at("leaves"), annotations: [] },
          { type: "refusal", refusal: at("leaves") },
        ],
      },
      { type: "function_call", call_id: "call_a", name: "f", arguments: args(at) },
      { type: "function_call_output", call_id: "call_a", output: at("leaves") },
      { type: "function_call_output", call_id: "call_a", output: [{ type: "input_text", text: at("leaves") }] },
      { role: "system", content: at("leaves") },
    ],
    tools: [{ type: "function", name: "f", description: at("leaves"), parameters: schema(at), strict: false }],
    text: { format: { type: "json_schema", name: "x", description: at("leaves"), schema: schema(at) } },
    stop: [at("leaves")],
    metadata: { note: at("stays") },
    user: at("stays"),
    safety_identifier: at("stays"),
    prompt_cache_key: at("stays"),
  }),
  unreadable: [
    inputWith({ type: "input_image", image_url: png }),
    inputWith({ type: "input_file", filename: "a.pdf", file_data: pdf }),
    inputWith({ type: "input_audio", input_audio: { data: "AAAA", format: "wav" } }),
    { input: [{ type: "function_call_output", call_id: "c", output: [{ type: "input_image", image_url: png }] }] },
  ],
};

const messages: Door = {
  path: "/v1/messages",
  streams: true,
  sample: (at) => ({
    max_tokens: 9,
    system: [{ type: "text", text: at("leaves") }],
    messages: [
      user(at("leaves")),
      {
        role: "assistant",
        content: [
          { type: "thinking", thinking: at("stays"), signature: at("stays") },
          { type: "text", text: at("leaves") },
          { type: "tool_use", id: "toolu_a", name: "f", input: { [at("leaves")]: [{ deep: at("leaves") }] } },
        ],
      },
      user([
        { type: "tool_result", tool_use_id: "toolu_a", content: at("leaves") },
        {
          type: "tool_result",
          tool_use_id: "toolu_a",
          content: [
            { type: "text", text: at("leaves") },
            { type: "document", title: at("leaves"), source: { type: "text", media_type: "text/plain", data: at("leaves") } },
          ],
          is_error: true,
        },
        { type: "text", text: at("leaves") },
        { type: "document", title: at("leaves"), context: at("leaves"), source: { type: "content", content: [{ type: "text", text: at("leaves") }] } },
        { type: "document", source: { type: "base64", media_type: "text/plain", data: base64Text(at("leaves")) } },
        { type: "search_result", title: at("leaves"), source: at("leaves"), content: [{ type: "text", text: at("leaves") }] },
      ]),
      { role: "system", content: at("leaves") },
      user("Go on."),
    ],
    tools: [{ name: "f", description: at("leaves"), input_schema: schema(at) }],
    output_config: { format: { type: "json_schema", schema: schema(at) } },
    stop_sequences: [at("leaves")],
    metadata: { user_id: at("stays") },
  }),
  unreadable: [
    messageWith({ type: "image", source: source(png) }),
    messageWith({ type: "document", source: source(pdf) }),
    messageWith({ type: "document", source: { type: "content", content: [{ type: "image", source: source(png) }] } }),
    messageWith({ type: "tool_result", tool_use_id: "t", content: [{ type: "image", source: source(png) }] }),
  ],
};

/** Every endpoint that asks a model. A route that takes a text and stands neither here nor among the others of the test is not covered. */
export const doors: readonly Door[] = [chat, completions, embeddings, rerank, responses, messages];
