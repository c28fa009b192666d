import * as vscode from "vscode";
import type { Contents } from "../../certificates/containers/contents";
import type { Disposable } from "../../orders/ports";
import type { RevocationFact } from "../../certificates/details/verdict";
import type { ToldAbout } from "../../reading/analysis";
import type { CheckReport } from "../../webview/protocol";

/** Subjects whose reports are kept after their page went: a person looks at one certificate after the other. */
const MAX_KEPT = 50;

/** What a page with certificates tells about itself. */
export interface OpenPage {
  /** The bytes that it shows, or the contents of a PKCS #12 file once its password was entered. */
  readonly contents?: () => Promise<Contents | Uint8Array>;
}

/** What servers answered about the certificates of one subject. */
export class PageReports implements Disposable {
  private readonly changes = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changes.event;
  /** The server of the last comparison, as typed. */
  host: string | undefined;
  /** The open pages that show it. */
  readonly pages = new Set<OpenPage>();
  /** By their title. */
  private readonly reports = new Map<string, AboutLeaf>();

  /** The page that was opened last. */
  get page(): OpenPage | undefined {
    return [...this.pages].at(-1);
  }

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

  /** Lets the pages that show it be drawn again. */
  refresh(): void {
    this.changes.fire();
  }

  dispose(): void {
    this.changes.dispose();
  }
}

interface AboutLeaf {
  readonly leaf: string;
  readonly report: CheckReport;
  readonly revocation?: RevocationFact;
}

/** A page's part in the reports on what it shows; they stay for a while after it is disposed of. */
export interface OpenReports extends Disposable {
  readonly reports: PageReports;
}

/** What servers answered, by what was asked about. Pages that show it are told, and show it again after a while. */
export class CheckReports {
  /** Those that were opened last come last. */
  private readonly known = new Map<string, PageReports>();

  /**
   * @param key what the page shows, the same after a reload
   * @returns to be disposed with the page
   */
  open(key: string, page: OpenPage = {}): OpenReports {
    const reports = this.known.get(key) ?? new PageReports();
    this.known.delete(key);
    this.known.set(key, reports);
    reports.pages.add(page);
    this.bound();
    return { reports, dispose: () => reports.pages.delete(page) };
  }

  /** The reports on what some open page shows. */
  of(key: string): PageReports | undefined {
    const reports = this.known.get(key);
    return reports?.page === undefined ? undefined : reports;
  }

  /** Lets all open pages be drawn again, because what they rest on is new. */
  refresh(): void {
    for (const reports of this.known.values()) reports.refresh();
  }

  private bound(): void {
    let left = this.known.size - MAX_KEPT;
    for (const [key, reports] of this.known) {
      if (left-- <= 0) return;
      if (reports.page !== undefined) continue;
      this.known.delete(key);
      reports.dispose();
    }
  }
}
