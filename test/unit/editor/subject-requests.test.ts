import assert from "node:assert/strict";
import type { FoundRequest } from "../../../src/editor/window/found-request";
import { chosenFrom, SubjectRequests, type SubjectRequestsParts } from "../../../src/editor/window/subject-requests";
import type { ServedOrder } from "../../../src/validation/look";
import { settle } from "../orders/doubles";
import { requestOf, tokenOf } from "./looks";

const KEY = "order:1";
const DOMAINS = ["b.example"];

/** A workspace with requests, and files beside it. */
class Workspace {
  inside: readonly FoundRequest[] = [];
  outside: readonly FoundRequest[] = [];
  readonly changes: string[] = [];
  /** What was asked of orders that were issued. */
  readonly asked: Parameters<SubjectRequestsParts["servedBy"]>[0][] = [];
  /** By the first digit of the hash. */
  readonly served = new Map<string, ServedOrder>();
  fitting: SubjectRequestsParts["fitting"] = (all, domains) =>
    Promise.resolve(all.filter(({ names }) => names.some((name) => domains.includes(name))));
  private found: () => void = () => undefined;
  readonly requests = new SubjectRequests(
    {
      requests: {
        latest: () => this.inside,
        find: () => Promise.resolve(this.inside),
        read: (uri) => Promise.resolve([...this.inside, ...this.outside].filter((each) => each.uri === uri)),
        onDidChange: (listener) => {
          this.found = listener;
          return { dispose: () => undefined };
        },
      },
      fitting: (...given) => this.fitting(...given),
      servedBy: (request) => {
        this.asked.push(request);
        return Promise.resolve(this.served.get(request.token.sha256.charAt(0)));
      },
    },
    (key) => this.changes.push(key),
  );

  write(...files: readonly FoundRequest[]): void {
    this.inside = files;
    this.found();
  }

  /** The request of a subject, once what is under way has ended. */
  async of(chosen?: FoundRequest, domains: readonly string[] = DOMAINS): Promise<ReturnType<SubjectRequests["of"]>> {
    const ask = () => this.requests.of(KEY, chosen && chosenFrom(chosen), domains);
    ask();
    await settle();
    return ask();
  }
}

describe("SubjectRequests", () => {
  let workspace: Workspace;
  beforeEach(() => {
    workspace = new Workspace();
  });

  it("finds the only one that fits, anew where the order has other domains", async () => {
    workspace.inside = [requestOf("1", ["b.example"]), requestOf("2", ["c.example"])];
    assert.deepEqual((await workspace.of())?.token, tokenOf("1"));
    assert.deepEqual((await workspace.of(undefined, ["c.example"]))?.token, tokenOf("2"));
    assert.equal(await workspace.of(undefined, ["d.example"]), undefined);
  });

  it("has none where it cannot be found out what fits", async () => {
    workspace.inside = [requestOf("1", ["b.example"])];
    workspace.fitting = () => Promise.reject(new Error("no code"));
    assert.equal(await workspace.of(), undefined);
    assert.deepEqual(workspace.changes, []);
  });

  it("says that a subject changed when the requests of the workspace do, if somebody looks at it", async () => {
    workspace.write(requestOf("1", ["b.example"]));
    assert.deepEqual(workspace.changes, []);
    await workspace.of(requestOf("1", ["b.example"]));
    workspace.write();
    assert.deepEqual(workspace.changes, [KEY]);
  });

  it("asks once which order was served, for each request, and anew when files change", async () => {
    const [one, two] = [requestOf("1", DOMAINS), requestOf("2", DOMAINS)];
    workspace.inside = [one, two];
    workspace.served.set("1", { by: "order 7" });
    assert.equal((await workspace.of(one))?.served?.by, "order 7");
    assert.equal((await workspace.of(two))?.served, undefined);
    assert.equal((await workspace.of(one))?.served?.by, "order 7");
    assert.equal(workspace.asked.length, 2);
    workspace.served.set("2", { by: "order 8" });
    workspace.write(one);
    assert.equal((await workspace.of(two))?.served?.by, "order 8");
  });

  it("asks for the order by the request's key too, where its file is there", async () => {
    const [first, second] = [requestOf("1", DOMAINS, "all.csr"), requestOf("2", DOMAINS, "all.csr")];
    workspace.outside = [first, second];
    await workspace.of(second);
    workspace.outside = [];
    await workspace.of(requestOf("3", DOMAINS));
    assert.deepEqual(workspace.asked, [{ token: tokenOf("2"), keyIdentity: "key-2" }, { token: tokenOf("3") }]);
  });

  describe("what a look looks for", () => {
    it("is the request's token, with the hashes of its text, also where its file is not in the workspace", async () => {
      const own = { ...requestOf("1", DOMAINS), textHashes: [tokenOf("a")] };
      for (const inside of [true, false]) {
        workspace.inside = inside ? [own] : [];
        workspace.outside = inside ? [] : [own];
        const sought = await workspace.requests.sought({ ...chosenFrom(own), served: { by: "order 7" } });
        assert.deepEqual(sought, { token: tokenOf("1"), textHashes: [tokenOf("a")], served: { by: "order 7" } });
      }
    });

    it("is at most fifty others of the workspace", async () => {
      const own = requestOf("1", DOMAINS);
      const others = Array.from({ length: 80 }, (_, index) => ({
        ...requestOf("2", [], `${index}.csr`),
        token: { md5: tokenOf("2").md5, sha256: String(index).padStart(64, "2") },
      }));
      workspace.inside = [own, ...others];
      const { others: found = [] } = await workspace.requests.sought(chosenFrom(own));
      assert.deepEqual([found.length, found[0]?.name, found[49]?.name], [50, "0.csr", "49.csr"]);
    });
  });
});
