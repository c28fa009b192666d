/** What is used of the browser's own class. */
interface BrowserWorker {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
  postMessage(message: unknown): void;
  terminate(): void;
}

declare const self: { readonly Worker: new (script: string) => BrowserWorker };

/** A worker of the browser, by the names that Node.js has for its threads. No limit of memory can be set. */
export class Worker {
  private readonly worker: BrowserWorker;

  constructor(script: string, { workerData }: { readonly workerData: unknown }) {
    this.worker = new self.Worker(script);
    this.worker.postMessage({ workerData });
  }

  on(event: "message" | "error" | "exit", listener: (value: unknown) => void): void {
    if (event === "message") this.worker.onmessage = ({ data }) => listener(data);
    // Whatever is thrown comes as an event with a message; the worker itself stays, and ends with its task.
    if (event === "error") this.worker.onerror = ({ message }) => listener(new Error(message ?? ""));
  }

  postMessage(message: unknown): void {
    this.worker.postMessage(message);
  }

  /** It ends with the page. */
  unref(): void {
    return undefined;
  }

  terminate(): void {
    this.worker.terminate();
  }
}
