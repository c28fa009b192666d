/** What the tests use of markdown-it, which ships no types: vsce and the marketplace read pages with it. */
declare module "markdown-it" {
  export default class MarkdownIt {
    constructor(options: { readonly html: boolean });
    render(markdown: string): string;
  }
}
