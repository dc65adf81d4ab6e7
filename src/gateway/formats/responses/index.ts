import { ok } from "#kernel";
import { openAiDialect } from "../../dialect.ts";
import { type AnswerMade, parseCommon, type WireFormat } from "../../wire.ts";
import { readChatAnswer } from "../chat-answer.ts";
import { toChat } from "./request.ts";
import { finishedResponse, type ResponseFrame } from "./response.ts";
import { ResponsesStream } from "./stream.ts";

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

/** OpenAI's Responses API, told to the backends as chat completions. */
export const responses: WireFormat = {
  path: "/v1/responses",
  operation: "chat/completions",
  dialect: openAiDialect,
  parse(body) {
    const common = parseCommon(body, true);
    if (!common.ok) return common;
    const chat = toChat(body);
    if (!chat.ok) return chat;
    return ok({
      ...common.value,
      leaving: chat.value,
      answer({ key, now }: AnswerMade) {
        const frame: ResponseFrame = { id: `resp_${key}`, createdAt: seconds(now()), asked: body };
        return {
          whole(answer) {
            const read = readChatAnswer(answer);
            return read === undefined ? undefined : finishedResponse(frame, read, seconds(now()));
          },
          stream: () => new ResponsesStream(frame, () => seconds(now())),
        };
      },
    });
  },
};
