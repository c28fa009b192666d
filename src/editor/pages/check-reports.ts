import * as vscode from "vscode";
import type { Contents } from "../../certificates/containers/contents";
import type { Disposable } from "../../orders/ports";
import type { RevocationFact } from "../../certificates/details/verdict";
import type { ToldAbout } from "../../reading/analysis";
import type { CheckReport } from "../../webview/protocol";

/** What a page with certificates tells about itself. */
export interface OpenPage {
  /** The bytes that it shows, or the contents of a PKCS #12 file once its password was entered. */
  readonly contents?: () => Promise<Contents | Uint8Array>;
}

/** What servers answered about the certificates of one page. It is forgotten with the page. */
export class PageReports implements Disposable {
  private readonly changes = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changes.event;
  /** The server of the last comparison, as typed. */
  host: string | undefined;
  /** By their title. */
  private readonly reports = new Map<string, AboutLeaf>();

  constructor(
    readonly page: OpenPage,
    private readonly closed: (page: PageReports) => void,
  ) {}

  /**
   * @param leaf SHA-256 of the certificate that was asked about, lower-case hex. A report replaces one with the same
   *   title.
   * @param revocation what it says about a revocation, for the verdict
   */
  add(leaf: string, report: CheckReport, revocation?: RevocationFact): void {
    this.reports.set(report.title, { leaf, report, ...(revocation !== undefined && { revocation }) });
    this.changes.fire();
  }

  /** What the reports say about the certificates that they are about, for the verdict. */
  told(): readonly ToldAbout[] {
    return [...this.reports.values()].map(({ leaf, report, revocation }) => ({
      leaf,
      faults: report.results.flatMap(({ tone, words }) => (tone === "bad" ? [words] : [])),
      ...(revocation !== undefined && { revocation: { ...revocation, reported: true } }),
    }));
  }

  /** The reports about a certificate, but not about one that was shown in its place before. */
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
  readonly revocation?: RevocationFact;
}

/** The open pages with certificates, by what they show; answers about these appear there. */
export class CheckReports {
  private readonly pages = new Map<string, PageReports>();

  /**
   * @param key what the page shows, the same after a reload
   * @returns to be disposed with the page
   */
  open(key: string, page: OpenPage = {}): PageReports {
    const opened = new PageReports(page, (closed) => {
      // The same content may be shown again before its first page is closed.
      if (this.pages.get(key) === closed) this.pages.delete(key);
    });
    this.pages.set(key, opened);
    return opened;
  }

  of(key: string): PageReports | undefined {
    return this.pages.get(key);
  }
}
