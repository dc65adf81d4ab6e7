import { ALNUM, DASH, FULL_STOP, UNDERSCORE } from "../../text/characters.ts";
import { BASE64, DOTTED_EQUALS, HEX, type TokenForm } from "./token-form.ts";

/** The number of the workspace, of the user, of the app, and the random part. */
const slackUser = /^\d{9,14}-\d{9,14}-(?:\d{9,14}-)?[A-Za-z0-9]{24,64}$/;

/** Chat, mail and the office: from the vendors' own documentation; where they promise no length, the bounds are generous. */
export const messageTokens: readonly TokenForm[] = [
  ["slack.token", "xoxb-", ALNUM | DASH, 20, 255],
  ["slack.token", "xoxp-", ALNUM | DASH, 20, 255, slackUser],
  ["slack.token", "xoxa-", ALNUM | DASH, 20, 255],
  ["slack.token", "xoxr-", ALNUM | DASH, 20, 255],
  ["slack.token", "xoxs-", ALNUM | DASH, 20, 255],
  ["slack.token", "xoxo-", ALNUM | DASH, 20, 255],
  ["slack.token", "xoxe-", ALNUM | DASH, 20, 255],
  ["slack.token", "xoxe.xoxp-", ALNUM | DASH, 20, 255],
  ["slack.token", "xoxe.xoxb-", ALNUM | DASH, 20, 255],
  ["slack.app_token", "xapp-", ALNUM | DASH, 20, 255],
  ["sendgrid.key", "SG.", DOTTED_EQUALS, 60, 80, "."],
  ["sendinblue.key", "xkeysib-", ALNUM | DASH, 70, 100],
  ["mailgun.key", "key-", HEX, 32, 32],
  ["mailgun.key", "pubkey-", HEX, 32, 32],
  ["twilio.key", "SK", HEX, 32, 32],
  ["linear.key", "lin_api_", ALNUM, 40, 40],
  ["notion.token", "ntn_", ALNUM, 40, 60],
  ["notion.token", "secret_", ALNUM, 43, 43],
  ["slack.cookie", "xoxd-", BASE64 | DASH, 40, 300],
  ["slack.token", "xoxc-", ALNUM | DASH, 20, 255],
  ["matrix.access_token", "syt_", ALNUM | UNDERSCORE, 28, 200, "_"],
  ["resend.api_key", "re_", ALNUM | UNDERSCORE, 32, 36, /^[A-Za-z0-9]{8}_[A-Za-z0-9]{24}$/],
  ["brevo.smtp_key", "xsmtpsib-", ALNUM | DASH, 70, 100],
  ["airtable.token", "pat", ALNUM | FULL_STOP, 79, 79, /^[A-Za-z0-9]{14}\.[0-9a-f]{64}$/],
  ["hubspot.token", "pat-na1-", HEX | DASH, 36, 36],
  ["hubspot.token", "pat-eu1-", HEX | DASH, 36, 36],
];
