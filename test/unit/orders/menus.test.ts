import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Account, CollectedCertificate, Order } from "../../../src/orders/model/order";
import type { OrderRow } from "../../../src/orders/presentation/arrange";
import { english } from "../../../src/words/localize";
import { orderRowView } from "../../../src/orders/presentation/order-row";
import type { OrderState } from "../../../src/orders/presentation/state";
import { START } from "./doubles";
import { order } from "./world";

interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
  readonly when: string;
  readonly group: string;
}

const manifest = JSON.parse(readFileSync("package.json", "utf8")) as {
  readonly contributes: {
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly submenus: readonly { readonly id: string; readonly label: string }[];
  };
};
const { menus, commands, submenus } = manifest.contributes;
const texts = JSON.parse(readFileSync("package.nls.json", "utf8")) as Readonly<Record<string, string>>;
const textOf = (key = ""): string => texts[key.slice(1, -1)] ?? key;

/** Whether a condition holds, as the editor reads the forms that the menus of rows have. */
function holds(when: string, viewItem: string, several: boolean): boolean {
  const view = /^files?( |$)/.test(viewItem) ? "certificateCollector.inventory" : "certificateCollector.orders";
  return when.split(" && ").every((part) => {
    if (part.startsWith("view == ")) return part === `view == ${view}`;
    if (part === "!listMultiSelection") return !several;
    const pattern = /^viewItem =~ \/(.*)\/$/.exec(part)?.[1];
    assert.ok(pattern !== undefined, part);
    return new RegExp(pattern).test(viewItem);
  });
}

/** What items of a menu show, in order, groups apart by a line. */
function shown(items: readonly MenuItem[], viewItem: string, several = false): string[] {
  const placed = items
    .filter(({ when }) => holds(when, viewItem, several))
    .map((item) => ({ item, group: item.group.split("@")[0] ?? "", place: Number(item.group.split("@")[1] ?? 0) }))
    .sort((a, b) => (a.group === b.group ? a.place - b.place : a.group < b.group ? -1 : 1))
    .map(({ item, group }) => ({ group, text: textOfItem(item, viewItem, several) }))
    .filter(({ text }) => text !== "");
  return placed.flatMap(({ group, text }, index) =>
    index > 0 && placed[index - 1]?.group !== group ? ["-", text] : [text],
  );
}

/** Empty for a submenu without items, which the editor leaves out. */
function textOfItem({ command, submenu }: MenuItem, viewItem: string, several: boolean): string {
  if (submenu === undefined) return textOf(commands.find((each) => each.command === command)?.title);
  const inner = shown(menus[submenu] ?? [], viewItem, several).filter((each) => each !== "-");
  const label = textOf(submenus.find(({ id }) => id === submenu)?.label);
  return inner.length === 0 ? "" : `${label} > ${inner.join(" · ")}`;
}

const ROW = menus["view/item/context"] ?? [];
const isInline = ({ group }: MenuItem): boolean => group.startsWith("inline");
const inlineOf = (viewItem: string): string[] => shown(ROW.filter(isInline), viewItem);
const contextOf = (viewItem: string, several = false): string[] =>
  shown(
    ROW.filter((item) => !isInline(item)),
    viewItem,
    several,
  );

const base: Order = { ...order("1000001"), trackedAt: START, tags: [], certificates: [], paused: false, muted: false };
const collected: CollectedCertificate = {
  ...{ at: START, leaf: "b", chain: ["b", "c"], serialNumber: "01", subject: "CN=a", names: ["a"] },
  ...{ notBefore: START, notAfter: START },
};
const asked = { at: START, why: "schedule", question: "everything", answered: true } as const;
const rejected = {
  ...{ at: START, inRow: 1 },
  outcome: { kind: "refused", code: -20, message: "", advice: "", after: "final" },
} as const;
const account: Account = { id: "acc", label: "Shop", loginName: "shop", host: "", ca: "sectigo" };

function wordsOf(
  state: Pick<OrderState, "group" | "status">,
  part: Partial<Order> = {},
  more: Partial<OrderRow> = {},
): string {
  const check = { reason: "waiting", plan: { reason: "waiting" } } as const;
  const facts: OrderRow = {
    ...{ order: { ...base, ...part }, state: { ...state, words: "", archived: false }, check, account },
    ...more,
  };
  return orderRowView(facts, START, { localize: english, language: "en" }).context;
}

const due = {
  due: START + 1,
  free: START + 1,
  reason: "waiting",
  plan: { reason: "waiting", due: START + 1 },
} as const;
const waiting = wordsOf({ group: "waiting", status: "pending" }, { asked }, { check: due });
const dcv = { id: "dcvStatus", state: "you", title: "Domain", next: "Validate it." } as const;
const waitsForMail = wordsOf(
  { group: "needs-you", status: "step" },
  { asked, detail: { at: START, detail: { steps: [dcv] } } },
);
const unsigned = wordsOf(
  { group: "trouble", status: "not-issued" },
  { asked, detail: { at: START, detail: { certificateStatus: "PRE-SIGN FAILED: CAA" } } },
);
const fresh = wordsOf({ group: "ready", status: "new" }, { certificates: [collected] });
const outdated = wordsOf(
  { group: "ready", status: "new" },
  {
    certificates: [collected, { ...collected, leaf: "a" }],
    saved: { at: START, leaf: "a", profile: "nginx", files: [] },
    ...{ watchedAt: START, paused: true, muted: true },
  },
);
const frozen = { ...account, frozen: { at: START, code: -16, message: "" } };
const locked = wordsOf({ group: "needs-you", status: "frozen" }, {}, { account: frozen });
const orphan = wordsOf({ group: "needs-you", status: "no-account" }, {}, { account: undefined });
const code = wordsOf(
  { group: "needs-you", status: "code-refused" },
  { product: "ccc", reference: { kind: "collectionCode" } },
);

const EXPORT = "Export > Export Orders… · Export Evidence… · Add to certificate-collector.json";

/** The whole menu of a row, and the buttons on it. */
const MENUS: readonly [what: string, viewItem: string, inline: readonly string[], context: readonly string[]][] = [
  [
    "an order that waits",
    waiting,
    ["Check Now"],
    [
      "Check Now",
      "What Does the CA Wait For?",
      "-",
      "Show Details",
      "Show History",
      "-",
      "Check > Check Once in 15 Minutes · Collect Certificate As…",
      "Copy > Number · Names · Request as curl",
      "Organize > Rename… · Tag… · Change Product… · Archive · Mute · Pause Checks",
      EXPORT,
      "Account > Edit Account… · Change Password… · Choose Another Account…",
      "-",
      "Stop Tracking",
    ],
  ],
  [
    "an order that waits for an answer to the CA's mail",
    waitsForMail,
    ["Check Now"],
    [
      "Check Now",
      "What Does the CA Wait For?",
      "-",
      "Show Details",
      "Show History",
      "-",
      "Check > Collect Certificate As… · Send the Validation Mail Again…",
      "Copy > Number · Names · Request as curl",
      "Organize > Rename… · Tag… · Change Product… · Archive · Mute",
      EXPORT,
      "Account > Edit Account… · Change Password… · Choose Another Account…",
      "-",
      "Stop Tracking",
    ],
  ],
  [
    "an order that is not signed for a CAA record",
    unsigned,
    ["Check Now"],
    [
      "Check Now",
      "What Does the CA Wait For?",
      "-",
      "Show Details",
      "Show History",
      "-",
      "Check > Collect Certificate As… · Ask for Another CAA Check…",
      "Copy > Number · Names · Request as curl",
      "Organize > Rename… · Tag… · Change Product… · Archive · Mute",
      EXPORT,
      "Account > Edit Account… · Change Password… · Choose Another Account…",
      "-",
      "Stop Tracking",
    ],
  ],
  [
    "an order that was rejected",
    wordsOf({ group: "trouble", status: "refused" }, { asked, answer: rejected }),
    ["Check Now"],
    [
      "Check Now",
      "-",
      "Show Details",
      "Show History",
      "-",
      "Check > Collect Certificate As… · Watch for Another Certificate",
      "Copy > Number · Names · Request as curl",
      "Organize > Rename… · Tag… · Change Product… · Archive · Mute",
      EXPORT,
      "Account > Edit Account… · Change Password… · Choose Another Account…",
      "-",
      "Stop Tracking",
    ],
  ],
  [
    "a certificate at the CA",
    wordsOf({ group: "ready", status: "ready-to-collect" }),
    ["Collect Certificate"],
    [
      "Collect Certificate",
      "Show Details",
      "Show History",
      "-",
      "Check Now",
      "-",
      "Check > Collect Certificate As…",
      "Copy > Number · Names · Request as curl",
      "Organize > Rename… · Tag… · Change Product… · Archive · Mute",
      EXPORT,
      "Account > Edit Account… · Change Password… · Choose Another Account…",
      "-",
      "Stop Tracking",
    ],
  ],
  [
    "a new certificate",
    fresh,
    ["Open Certificate"],
    [
      "Open Certificate",
      "Show Details",
      "Save As…",
      "Show History",
      "-",
      "Check Now",
      "-",
      "Check > Check Revocation… · Compare with Live Host… · Open in crt.sh… · Check Hosts · Watch Hosts · Set Hosts… · Collect Certificate As… · Watch for Another Certificate",
      "Copy > Number · Names · Serial Number · SHA-256 · PEM · Request as curl",
      "Organize > Rename… · Tag… · Archive · Mute · Run a Task After Saving…",
      EXPORT,
      "Account > Edit Account… · Change Password… · Choose Another Account…",
      "-",
      "Stop Tracking",
    ],
  ],
  [
    "a watched, paused and muted one, whose previous certificate was saved",
    outdated,
    ["Open Certificate", "Save Again…"],
    [
      "Open Certificate",
      "Show Details",
      "Save As…",
      "Save Again…",
      "Show History",
      "-",
      "Check Now",
      "-",
      "Check > Check Revocation… · Compare with Live Host… · Open in crt.sh… · Check Hosts · Watch Hosts · Set Hosts… · Collect Certificate As… · Stop Watching",
      "Copy > Number · Names · Serial Number · SHA-256 · PEM · Request as curl",
      "Organize > Rename… · Tag… · Archive · Unmute · Resume Checks · Run a Task After Saving…",
      EXPORT,
      "Account > Edit Account… · Change Password… · Choose Another Account…",
      "-",
      "Stop Tracking",
    ],
  ],
  [
    "a saved one whose task did not run",
    wordsOf(
      { group: "ready", status: "saved" },
      {
        certificates: [collected],
        saved: { at: START, leaf: "b", profile: "nginx", files: [] },
        afterSaving: { task: "reload nginx", since: START },
      },
    ),
    ["Open Certificate", "Run Its Task"],
    [
      "Open Certificate",
      "Show Details",
      "Save As…",
      "Save Again…",
      "Run Its Task",
      "Show History",
      "-",
      "Check Now",
      "-",
      "Check > Check Revocation… · Compare with Live Host… · Open in crt.sh… · Check Hosts · Watch Hosts · Set Hosts… · Collect Certificate As… · Watch for Another Certificate",
      "Copy > Number · Names · Serial Number · SHA-256 · PEM · Request as curl",
      "Organize > Rename… · Tag… · Archive · Mute · Run a Task After Saving…",
      EXPORT,
      "Account > Edit Account… · Change Password… · Choose Another Account…",
      "-",
      "Stop Tracking",
    ],
  ],
  [
    "a watched one that is checked later",
    wordsOf(
      { group: "ready", status: "new" },
      { asked, certificates: [collected], watchedAt: START },
      { check: { ...due, due: START + 2, free: START + 2 } },
    ),
    ["Open Certificate"],
    [
      "Open Certificate",
      "Show Details",
      "Save As…",
      "Show History",
      "-",
      "Check Now",
      "-",
      "Check > Check Revocation… · Compare with Live Host… · Open in crt.sh… · Check Hosts · Watch Hosts · Set Hosts… · Check Once in 15 Minutes · Collect Certificate As… · Stop Watching",
      "Copy > Number · Names · Serial Number · SHA-256 · PEM · Request as curl",
      "Organize > Rename… · Tag… · Archive · Mute · Pause Checks · Run a Task After Saving…",
      EXPORT,
      "Account > Edit Account… · Change Password… · Choose Another Account…",
      "-",
      "Stop Tracking",
    ],
  ],
  [
    "an order whose login was refused",
    locked,
    ["Change Password…"],
    [
      "Check Now",
      "-",
      "Show Details",
      "Show History",
      "-",
      "Check > Try to Sign In Once… · Collect Certificate As…",
      "Copy > Number · Names · Request as curl",
      "Organize > Rename… · Tag… · Change Product… · Archive · Mute",
      EXPORT,
      "Account > Edit Account… · Change Password… · Choose Another Account…",
      "-",
      "Stop Tracking",
    ],
  ],
  [
    "an order without an account",
    orphan,
    ["Choose Another Account…"],
    [
      "Check Now",
      "-",
      "Show Details",
      "Show History",
      "-",
      "Check > Collect Certificate As…",
      "Copy > Number · Names · Request as curl",
      "Organize > Rename… · Tag… · Change Product… · Archive · Mute",
      EXPORT,
      "Account > Choose Another Account…",
      "-",
      "Stop Tracking",
    ],
  ],
  [
    "an order by a code that was refused",
    code,
    ["Enter Collection Code…"],
    [
      "Check Now",
      "-",
      "Show Details",
      "Show History",
      "-",
      "Check > Collect Certificate As…",
      "Copy > Names · Request as curl",
      "Organize > Rename… · Tag… · Change Product… · Archive · Mute",
      "Export > Export Orders… · Export Evidence…",
      "Account > Edit Account… · Change Password… · Choose Another Account… · Enter Collection Code…",
      "-",
      "Stop Tracking",
    ],
  ],
  [
    "the file of a certificate that replaced another",
    "certificate served replacing",
    [],
    [
      "Open Certificate",
      "Open Certificate as Text",
      "Save As…",
      "Compare with Previous Certificate",
      "-",
      "Check > Check Revocation… · Compare with Live Host… · Open in crt.sh…",
      "Copy > Names · Serial Number · SHA-256 · PEM",
    ],
  ],
  ["a step", "step", [], ["Show Details"]],
  ["a section", "section", [], []],
  [
    "an account",
    "section account",
    ["Edit Account…"],
    ["Edit Account…", "Change Password…", "-", "Find Orders…", "Test Sign-In…"],
  ],
  [
    "an account that cannot sign in",
    "section account locked",
    ["Edit Account…"],
    ["Edit Account…", "Change Password…", "Try to Sign In Once…", "-", "Find Orders…", "Test Sign-In…"],
  ],
  ["the row that shows more", "more", [], []],
  [
    "a file that its order's newest certificate would replace",
    "file certificate older order renewable",
    ["Save Again…"],
    [
      "Show Certificate Details",
      "Open File",
      "Compare with…",
      "-",
      "Save Again…",
      "Show Order",
      "-",
      "Reveal in Explorer View",
      "Copy Path",
    ],
  ],
  [
    "a file of a certificate that no order holds",
    "file certificate orphan",
    [],
    [
      "Show Certificate Details",
      "Open File",
      "Compare with…",
      "-",
      "Track Order…",
      "-",
      "Reveal in Explorer View",
      "Copy Path",
    ],
  ],
  [
    "a file that cannot be read",
    "file damaged none",
    [],
    ["Show Certificate Details", "Open File", "-", "Reveal in Explorer View", "Copy Path"],
  ],
  ["a heading of files", "files", [], []],
];

describe("the menu of a row", () => {
  for (const [what, viewItem, inline, context] of MENUS) {
    it(`offers what applies to ${what}, and nothing else`, () => {
      assert.deepEqual(inlineOf(viewItem), inline);
      assert.deepEqual(contextOf(viewItem), context);
    });
  }

  it("offers for several rows what acts on all of them", () => {
    assert.deepEqual(contextOf(fresh, true), [
      "Check Now",
      "-",
      "Check > Watch for Another Certificate",
      "Copy > Number · Names · Serial Number · SHA-256 · PEM · Request as curl",
      "Organize > Tag… · Archive · Mute",
      "Export > Export Orders… · Add to certificate-collector.json",
      "Account > Choose Another Account…",
      "-",
      "Stop Tracking",
    ]);
  });

  it("has at most eight entries for the whole view, besides its buttons", () => {
    const conditions = (menus["view/title"] ?? []).filter(({ group }) => !group.startsWith("navigation"));
    const pairs = ["archivedShown", "checksPaused", "sandboxRunning"];
    const always = conditions.filter(
      ({ when }) => !pairs.some((key) => when.includes(`&& certificateCollector.${key}`)),
    );
    assert.ok(always.length <= 8, String(always.length));
  });

  it("shows a command of the view once at a time", () => {
    const title = menus["view/title"] ?? [];
    const excludes = (one: MenuItem, other: MenuItem): boolean =>
      one.when.split(" && ").some((part) => other.when.split(" && ").includes(`!${part}`));
    const twice = title.flatMap((item, index) =>
      title
        .slice(index + 1)
        .filter((other) => other.command !== undefined && other.command === item.command)
        .filter((other) => !excludes(item, other) && !excludes(other, item))
        .map(({ command }) => command),
    );
    assert.deepEqual(twice, []);
  });

  it("gives each item that shows together with others a place of its own", () => {
    for (const [menu, items] of Object.entries(menus)) {
      const places = items
        .filter((item) => "group" in item && item.group.includes("@"))
        .map(({ group, when }) => `${group} ${when}`);
      assert.equal(new Set(places).size, places.length, menu);
    }
  });

  it("names each command in title case", () => {
    const small = new Set([
      "a",
      "as",
      "by",
      "for",
      "from",
      "in",
      "and",
      "the",
      "to",
      "with",
      "curl",
      "crt.sh",
      "certificate-collector.json",
    ]);
    for (const { title } of commands) {
      const words = textOf(title).replace("…", "").split(" ");
      const low = words.filter((word, index) => /^[a-z]/.test(word) && !(index > 0 && small.has(word)));
      assert.deepEqual(low, [], textOf(title));
    }
  });
});
