/** A way to look at what the pictures show. */
export interface Look {
  /** The folder of its pictures. */
  readonly name: string;
  readonly title: string;
  readonly screen: Screen;
  /** How many pictures stand side by side on a sheet, and in how many rows. */
  readonly columns: number;
  readonly rows: number;
}

export interface Screen {
  /** CSS pixels. */
  readonly viewport: { readonly width: number; readonly height: number };
  readonly colorScheme: 'light' | 'dark';
}
