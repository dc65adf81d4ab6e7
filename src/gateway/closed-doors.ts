/** Endpoints that clients of these APIs know and that do not answer here, with the reason. All below such a path is closed too. */
export const closedDoors: readonly { readonly path: string; readonly message: string; readonly anthropic?: true }[] = [
  { path: "/v1/files", message: "Files are not stored here yet; send the content with the request." },
  { path: "/v1/uploads", message: "Files are not stored here yet; send the content with the request." },
  { path: "/v1/batches", message: "Batches are not run here yet; send each request by itself." },
  { path: "/v1/fine_tuning/jobs", message: "Models are not trained here yet." },
  { path: "/v1/messages/batches", message: "Batches are not run here yet; send each request by itself.", anthropic: true },
  {
    path: "/v1/messages/count_tokens",
    message: "Tokens cannot be counted without asking a model: each counts by its own vocabulary. The usage of an answer tells.",
    anthropic: true,
  },
  {
    path: "/v1/responses/input_tokens",
    message: "Tokens cannot be counted without asking a model: each counts by its own vocabulary. The usage of an answer tells.",
  },
  { path: "/v1/responses/compact", message: "Nothing here shortens a conversation." },
  { path: "/v1/conversations", message: "Conversations are not stored here; send the whole conversation as input." },
];
