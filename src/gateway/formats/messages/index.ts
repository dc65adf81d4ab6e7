import { ok } from "#kernel";
import { anthropicDialect } from "../../dialect.ts";
import { type AnswerMade, parseCommon, type WireFormat } from "../../wire.ts";
import { readChatAnswer } from "../chat-answer.ts";
import { finishedMessage } from "./message.ts";
import { showsThinking, toChat } from "./request.ts";
import { MessagesStream } from "./stream.ts";

/** Anthropic's Messages API, told to the backends as chat completions. */
export const messages: WireFormat = {
  path: "/v1/messages",
  operation: "chat/completions",
  dialect: anthropicDialect,
  parse(body) {
    const common = parseCommon(body, true);
    if (!common.ok) return common;
    const chat = toChat(body);
    if (!chat.ok) return chat;
    return ok({
      ...common.value,
      leaving: chat.value,
      answer({ key, requestId }: AnswerMade) {
        const frame = { id: `msg_${key}`, model: body.model, thinking: showsThinking(body) };
        return {
          whole(answer) {
            const read = readChatAnswer(answer);
            return read === undefined ? undefined : finishedMessage(frame, read);
          },
          stream: () => new MessagesStream(frame, requestId),
        };
      },
    });
  },
};
