/** What a field's check has to say: what is wrong, and what would be right. */
export interface Complaint {
  readonly message: string;
  readonly hint: string;
}
