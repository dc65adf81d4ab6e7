// Prebuilt bytes of OpenAI's answers, so that the upstream costs as little as it can beside what is measured.

const paragraph =
  "A gateway that keeps its promises is dull to watch: a question arrives, somebody looks up who asked, what it holds and where it may go, writes that down " +
  "and sends it on. This paragraph stands in for a model's answer. It is as long as a short piece of prose, so that an answer comes to about one kilobyte, " +
  "and it says the same thing each time, so that nobody has to read it twice. What matters here is that it must be parsed, copied and counted like any other.";

const identity = { id: "chatcmpl-bench", created: 1_790_000_000, model: "bench", system_fingerprint: "fp_bench" };
const usage = { prompt_tokens: 200, completion_tokens: 100, total_tokens: 300 };

const completion = JSON.stringify({
  ...identity,
  object: "chat.completion",
  choices: [{ index: 0, message: { role: "assistant", content: paragraph, refusal: null }, logprobs: null, finish_reason: "stop" }],
  usage,
});

const whole = (status: string, body: string): Buffer =>
  Buffer.from(`HTTP/1.1 ${status}\r\ncontent-type: application/json\r\nx-request-id: req_bench\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);

const errorBody = (message: string): string => JSON.stringify({ error: { message, type: "invalid_request_error", param: null, code: null } });

/** A whole `chat.completion`, head and body. */
export const completionAnswer = whole("200 OK", completion);
export const notFound = whole("404 Not Found", errorBody("This upstream only knows POST /v1/chat/completions."));
export const lengthRequired = whole("411 Length Required", errorBody("This upstream reads bodies with a content-length alone."));

const framed = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
const chunk = (choices: readonly unknown[], more: object = {}): string =>
  framed(`data: ${JSON.stringify({ ...identity, object: "chat.completion.chunk", choices, ...more })}\n\n`);
const choice = (delta: object, finish: string | null = null): unknown => ({ index: 0, delta, logprobs: null, finish_reason: finish });

/** Head and first event of a stream. */
export const streamStart = Buffer.from(
  "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\ncache-control: no-cache\r\nx-request-id: req_bench\r\ntransfer-encoding: chunked\r\n\r\n" +
    chunk([choice({ role: "assistant", content: "" })]),
);
/** One event in the middle. */
export const streamWord = Buffer.from(chunk([choice({ content: " another word" })]));
/** What ends a stream: the finish, the usage where it was asked for, `[DONE]` and the end of the chunks. */
export const streamEnd = (withUsage: boolean): Buffer =>
  Buffer.from(`${chunk([choice({}, "stop")])}${withUsage ? chunk([], { usage }) : ""}${framed("data: [DONE]\n\n")}0\r\n\r\n`);
