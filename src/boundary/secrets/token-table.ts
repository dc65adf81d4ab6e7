import { aiTokens } from "./tokens/ai-tokens.ts";
import { cloudTokens } from "./tokens/cloud-tokens.ts";
import { forgeTokens } from "./tokens/forge-tokens.ts";
import { messageTokens } from "./tokens/message-tokens.ts";
import { operationTokens } from "./tokens/operation-tokens.ts";
import { paymentTokens } from "./tokens/payment-tokens.ts";
import type { TokenForm } from "./tokens/token-form.ts";

/** Every token that tells itself by its prefix. */
export const tokenForms: readonly TokenForm[] = [...aiTokens, ...cloudTokens, ...forgeTokens, ...messageTokens, ...paymentTokens, ...operationTokens];
