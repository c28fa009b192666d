import type { CallContext } from "../api/response";
import type { CollectResult } from "../api/result";
import type { ServiceContext } from "../api/services/service-answer";
import type { ServiceResult } from "../api/services/service-result";
import type { HttpReply } from "../api/transport";
import type { Contents, FoundItem } from "../certificates/containers/contents";
import type { OpenedKey } from "../certificates/checks/private-key";
import type { Diagnostic } from "../certificates/checks/diagnostics";
import type { SaveFormat } from "../certificates/exports/save-format";
import type { ExportedFile, ExportInput } from "../certificates/exports/file";
import type { KnowledgeProblem } from "../certificates/knowledge/problem";
import type { TextBlock } from "../certificates/text-blocks";
import type { AdditionProblem, FileAddition } from "../orders/export/order-file-addition";
import type { FileEntry } from "../orders/export/order-file-entry";
import type { OrderFile } from "../orders/import/order-file";
import type { CollectedSummary, CollectedContext } from "../orders/ports";
import type { PastedRecord } from "../validation/pasted-record";
import type { PemDocument } from "./document-problems";
import type { Analysis, AnalysisInput, ChainRequest } from "./analysis";
import type { FileWords, LeafDifferences } from "./file-words";
import type { FileContents } from "./file-facts";
import type { CertificatesInFile } from "./file-certificates";
import type { CertificateDocumentSource, CertificateDocumentName } from "./certificate-document";
import type { KnowledgeFile, KnowledgeOffer, KnowledgeState } from "./knowledge-file";
import type { KeyFileContents, LeafKey } from "./key-files";
import type { RequestInFile } from "./request-tokens";
import type { SavedResponse } from "./saved-response";
import { taskError, type TaskError } from "./task-error";

/**
 * All tasks of the thread. Large results are returned as JSON: reading it takes the editor's thread a third of the
 * time of a structured clone.
 */
const TASKS = {
  analyze: async (input: AnalysisInput): Promise<Analysis> => (await import("./analysis")).analyze(input),

  /** The certificates of a file's chain: DER, leaf first. */
  chain: async (input: ChainRequest): Promise<readonly Uint8Array[]> => (await import("./analysis")).chainIn(input),

  /** The names in the leaf's subject alternative name. */
  leafNames: async (certificates: readonly Uint8Array[]): Promise<readonly string[]> =>
    (await import("./leaf-names")).leafNames(certificates),

  /** Which key the leaf has (`keys/key-identity.ts`), and its kind in two words: "Ed25519". */
  leafKey: async (certificates: readonly Uint8Array[]): Promise<LeafKey | undefined> =>
    (await import("./key-files")).leafKeyOf(certificates),

  /** Why no password can open a PKCS #12 file here; `undefined` if one may. */

  /** @throws Pkcs12Error */
  openPkcs12: async ({ der, password, found }: LockedFile): Promise<Contents> =>
    (await import("../certificates/pkcs12/open")).openPkcs12(der, password, found),

  textBlocks: async (text: string): Promise<readonly TextBlock[]> =>
    (await import("../certificates/text-blocks")).readTextBlocks(text),

  /** The first of the problems of a PEM document. */
  problems: async (document: PemDocument): Promise<readonly Diagnostic[]> =>
    (await import("./document-problems")).problemsOf(document),

  /** The contents of a pasted text: JSON of {@link ParsedOrders}. */
  parseOrders: async (text: string): Promise<string> =>
    JSON.stringify((await import("../orders/import/parse-orders")).parseOrders(text)),

  /** A file's text with an entry more. */
  orderFileAddition: async ({ text, entry }: EntryToAdd): Promise<FileAddition | AdditionProblem> =>
    (await import("../orders/export/order-file-addition")).addFileEntry(text, entry),

  orderFile: async (text: string): Promise<OrderFile> =>
    (await import("../orders/import/order-file")).readOrderFile(text),

  answer: async ({ reply, asked, otherSecrets }: AskedReply): Promise<CollectResult> => {
    const [{ readAnswer }, { maskOfOthers, SecretMask }] = await Promise.all([
      import("../api/response"),
      import("../api/masking"),
    ]);
    return readAnswer(reply, { ...asked, alsoMask: maskOfOthers(new SecretMask(otherSecrets)) });
  },

  serviceAnswer: async ({ reply, asked, otherSecrets }: AskedServiceReply): Promise<ServiceResult> => {
    const [{ readServiceAnswer }, { maskOfOthers, SecretMask }] = await Promise.all([
      import("../api/services/service-answer"),
      import("../api/masking"),
    ]);
    return readServiceAnswer(reply, { ...asked, alsoMask: maskOfOthers(new SecretMask(otherSecrets)) });
  },

  /** @throws CollectedError */
  summarizeCollected: async ({ certificates, about }: CertificatesToSummarize): Promise<CollectedSummary> =>
    (await import("./summarize-collected")).summarizeCollected(certificates, about),

  savedResponse: async ({ bytes, now, roots }: SavedBytes): Promise<SavedResponse> =>
    (await import("./saved-response")).readSavedResponse(bytes, now, roots),

  /** Of each file: the private keys in it, and whose keys its certificate requests are for. */
  keyFiles: async (files: readonly Uint8Array[]): Promise<readonly KeyFileContents[]> =>
    (await import("./key-files")).readKeyFiles(files),

  /** What each of some files holds. */
  fileFacts: async ({ files, now }: FilesToRead): Promise<readonly FileContents[]> =>
    (await import("./file-facts")).readFileFacts(files, now),

  /** What is published for the certificate requests in a file, and whose they are. */
  requestTokens: async (bytes: Uint8Array): Promise<readonly RequestInFile[]> =>
    (await import("./request-tokens")).requestTokens(bytes),

  /** The record that a pasted text is about. */
  pastedRecord: async (text: string): Promise<PastedRecord> =>
    (await import("../validation/pasted-record")).readPastedRecord(text),

  /** What a file would change in what is known. */
  knowledgeFile: async (file: KnowledgeFile): Promise<KnowledgeOffer | KnowledgeProblem> =>
    (await import("./knowledge-file")).readKnowledgeFile(file),

  knowledgeState: async (): Promise<KnowledgeState> => (await import("./knowledge-file")).knowledgeState(),

  openKey: async ({ bytes, keyIdentity, passphrase }: KeyFileToOpen): Promise<OpenedKey> =>
    (await import("../certificates/checks/private-key")).openPrivateKey(bytes, keyIdentity, passphrase),

  certificatesInFile: async (bytes: Uint8Array): Promise<CertificatesInFile> =>
    (await import("./file-certificates")).certificatesInFile(bytes),

  /** The differences between the certificates of two files. */
  compareFiles: async ({ before, after }: FilePair): Promise<FileWords | undefined> =>
    (await import("./file-words")).compareInWords(before, after),

  /** As {@link compareFiles}, as data. */
  compareLeaves: async ({ before, after }: FilePair): Promise<LeafDifferences | undefined> =>
    (await import("./file-words")).compareLeaves(before, after),

  /** @throws DerError */
  certificateDocument: async ({ name, collected }: CertificateDocumentRequest): Promise<string | undefined> =>
    (await import("./certificate-document")).certificateDocument(name, collected),

  /** JSON of the certificates in any container. @throws DerError */
  decode: async (bytes: Uint8Array): Promise<string> =>
    JSON.stringify((await import("../certificates/decode")).decodeCertificates(bytes)),

  /** @throws ExportError */
  exportPublic: async ({ chain, form, part, now }: PublicExport): Promise<Uint8Array> => {
    const [{ exportPublic }, { knownAuthorities }] = await Promise.all([
      import("../certificates/exports/public-export"),
      import("../certificates/knowledge/in-use"),
    ]);
    return exportPublic(chain, form, part, { now, authorities: await knownAuthorities() });
  },

  /** @throws ExportError */
  exportFiles: async ({ format, chain, input, now }: FileExport): Promise<readonly ExportedFile[]> => {
    const [{ exportFiles }, { orderChain }, { knownAuthorities }] = await Promise.all([
      import("../certificates/exports/save-format"),
      import("../certificates/x509/chain"),
      import("../certificates/knowledge/in-use"),
    ]);
    const { path } = orderChain(chain, { now, authorities: await knownAuthorities() });
    return exportFiles(format, { ...input, path });
  },
};

export type Tasks = typeof TASKS;

export interface EntryToAdd {
  /** Of the file. */
  readonly text: string;
  readonly entry: FileEntry;
}

export interface LockedFile {
  readonly der: Uint8Array;
  readonly password: string;
  /** The place of the file. */
  readonly found: FoundItem;
}

export interface AskedReply {
  readonly reply: HttpReply;
  readonly asked: Omit<CallContext, "alsoMask">;
  /** Secrets of the window, to be masked in addition to those of the call. */
  readonly otherSecrets: readonly string[];
}

export interface AskedServiceReply extends Omit<AskedReply, "asked"> {
  readonly asked: Omit<ServiceContext, "alsoMask">;
}

export interface CertificatesToSummarize {
  /** DER. */
  readonly certificates: readonly Uint8Array[];
  readonly about: CollectedContext;
}

export interface SavedBytes extends Pick<AnalysisInput, "roots"> {
  readonly bytes: Uint8Array;
  /** Epoch ms. */
  readonly now: number;
}

export interface KeyFileToOpen {
  readonly bytes: Uint8Array;
  /** Of the certificate. */
  readonly keyIdentity: string;
  readonly passphrase?: string;
}

export interface FilesToRead {
  readonly files: readonly Uint8Array[];
  /** Epoch ms. */
  readonly now: number;
}

export interface FilePair {
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

export interface CertificateDocumentRequest {
  readonly name: CertificateDocumentName;
  readonly collected: CertificateDocumentSource;
}

export interface PublicExport {
  /** Epoch ms: of several paths, the one in force is written. */
  readonly now: number;
  readonly chain: readonly Uint8Array[];
  readonly form: string;
  readonly part: string;
}

export interface FileExport {
  /** Epoch ms: of several paths, the one in force is written. */
  readonly now: number;
  readonly format: SaveFormat;
  /** DER. */
  readonly chain: readonly Uint8Array[];
  readonly input: Omit<ExportInput, "path">;
}

/** A request to the thread: a task and its arguments. */
export interface TaskRequest {
  readonly task: keyof Tasks;
  readonly input: never;
}

export type TaskReply = { readonly output: unknown } | { readonly error: TaskError };

/** Runs a task. Never rejects: errors are returned as answers. */
export async function answer({ task, input }: TaskRequest): Promise<TaskReply> {
  try {
    return { output: await TASKS[task](input) };
  } catch (error) {
    return { error: taskError(error) };
  }
}
