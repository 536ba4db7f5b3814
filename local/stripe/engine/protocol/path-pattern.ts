/** Whether a path fits a pattern such as `/v1/invoices/*` + `/pay`: `*` stands for one piece. */
export function fitsPattern(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const pieces = path.split('/');
  return (
    wanted.length === pieces.length &&
    wanted.every((piece, at) => piece === '*' || piece === pieces[at])
  );
}

/**
 * What stands in a path for the pattern's `*`, decoded; empty for a pattern without any.
 *
 * @throws URIError for a "%" that encodes nothing.
 */
export function idIn(pattern: string, path: string): string {
  const at = pattern.split('/').indexOf('*');
  return decodeURIComponent(path.split('/')[at] ?? '');
}
