/** Whether an error is one of the operating system or of Node with this code, such as `ENOENT`. */
export function hasCode(error: unknown, code: string): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && error.code === code;
}
