/** Whether this may be a mail address: enough to find what is mistyped before it is sent. */
export const isMailAddress = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
