import * as vscode from "vscode";
import type { Contents } from "../../certificates/containers/contents";
import type { Disposable } from "../../orders/ports";
import type { CheckReport } from "../../webview/protocol";

/** What a page with certificates lets others know of it. */
export interface OpenPage {
  /** The bytes that it shows, or what was in a PKCS #12 file since its password was entered. */
  readonly contents?: () => Promise<Contents | Uint8Array>;
}

/** What servers answered about the certificates of one page. It is forgotten with the page. */
export class PageReports implements Disposable {
  private readonly changes = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changes.event;
  /** The server that was compared with last, as it was typed. */
  host: string | undefined;
  /** By what they are about. */
  private readonly reports = new Map<string, AboutLeaf>();

  constructor(
    readonly page: OpenPage,
    private readonly closed: (page: PageReports) => void,
  ) {}

  /**
   * @param leaf SHA-256 of the certificate that was asked about, lower-case hex. A report takes the place of one with
   * its title.
   */
  add(leaf: string, report: CheckReport): void {
    this.reports.set(report.title, { leaf, report });
    this.changes.fire();
  }

  /** What is known about a certificate; of one that was shown before in its place nothing is told. */
  about(leaf: string | undefined): readonly CheckReport[] {
    return [...this.reports.values()].flatMap((each) => (each.leaf === leaf ? [each.report] : []));
  }

  dispose(): void {
    this.closed(this);
    this.changes.dispose();
  }
}

interface AboutLeaf {
  readonly leaf: string;
  readonly report: CheckReport;
}

/** The pages with certificates that are open, by what they show: where answers about these are told. */
export class CheckReports {
  private readonly pages = new Map<string, PageReports>();

  /** @param key what the page shows, the same after a reload; to be disposed with the page */
  open(key: string, page: OpenPage = {}): PageReports {
    const opened = new PageReports(page, (closed) => {
      // The same may be shown again before its first page is gone.
      if (this.pages.get(key) === closed) this.pages.delete(key);
    });
    this.pages.set(key, opened);
    return opened;
  }

  of(key: string): PageReports | undefined {
    return this.pages.get(key);
  }
}
