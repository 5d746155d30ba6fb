/** A text, or one for each way to count. {names} in it are filled in. */
export type Message = string | { one?: string; other: string };
