// The rooms of src/ and the arrows between them (docs/ARCHITECTURE.md). `npm run check:arrows`, part of `npm test`.

/** Everything in our tree except the rooms named (a pattern of folder or file names below src/). */
const oursExcept = (allowed) => ({ path: "^src/", pathNot: allowed.map((room) => `^src/${room}`) });

/** A room may import the listed rooms and nothing else of ours. */
const room = (name, ...allowed) => ({
  name: `${name}-imports`,
  severity: "error",
  comment: `src/${name} may import of ours only: ${[name, ...allowed].join(", ")}`,
  from: { path: `^src/${name}/` },
  to: oursExcept([`${name}/`, ...allowed]),
});

/** A folder of a room may import the listed ones of that room, beside itself. */
const layer = (room, name, ...below) => ({
  name: `${room}-${name}-imports`,
  severity: "error",
  comment: `src/${room}/${name} may import of its room only: ${[name, ...below].join(", ")}`,
  from: { path: `^src/${room}/${name}/` },
  to: { path: `^src/${room}/`, pathNot: [`${name}/`, ...below].map((each) => `^src/${room}/${each}`) },
});

/** A room sees another one's types, never its code, except the files named (a pattern of their names). */
const typesOnly = (from, to, except = "$.") => ({
  name: `${from}-sees-only-types-of-${to}`,
  severity: "error",
  from: { path: `^src/${from}/` },
  to: { path: `^src/${to}/`, pathNot: `^src/${to}/(${except})`, dependencyTypesNot: ["type-only"] },
});

/** A module from outside that only the named rooms may import. */
const outside = (name, module, ...rooms) => ({
  name: `${name}-only-in-its-room`,
  severity: "error",
  from: { path: "^src/", pathNot: rooms.map((room) => `^src/${room}`) },
  to: { path: module },
});

/** What is loaded by nobody of ours: programs, and what the build for the web puts in the place of other modules. */
const ENTRIES = "(extension|reading/main|webview/page|web/(extension|reader|stand-ins/[\\w-]+))";

module.exports = {
  forbidden: [
    room("shape"),
    room("words"),
    room("certificates", "words/", "shape/(delimited-rows|windows-name)\\.ts$"),
    layer("certificates", "asn1"),
    layer("certificates", "names", "asn1/"),
    layer("certificates", "containers", "asn1/"),
    layer("certificates", "keys", "asn1/", "containers/identify\\.ts$", "pkcs12/"),
    layer("certificates", "extensions", "asn1/", "names/", "keys/", "oid-name\\.ts$"),
    layer("certificates", "x509", "asn1/", "names/", "keys/", "extensions/", "data/", "pause\\.ts$"),
    layer("certificates", "knowledge", "asn1/", "containers/", "keys/", "names/", "transparency/", "x509/"),
    room("api", "words/", "certificates/(asn1|containers)/"),
    room("orders", "words/", "api/", "certificates/", "shape/"),
    // The list of products is one, and so are that of the services with their arguments, what takes secrets out of
    // texts and the names of characters in HTML, which readers of pasted text need.
    typesOnly("orders", "api", "(product|masking|masking/entities|services/service|services/service-values)\\.ts$"),
    typesOnly("orders", "certificates"),
    // Ports and texts are what every folder of the room may name.
    ...[
      ["model"],
      ["journal", "model/"],
      ["checking", "model/", "journal/"],
      ["import", "model/", "journal/"],
      ["presentation", "model/", "journal/", "checking/"],
      ["finding", "model/", "journal/", "checking/", "import/", "presentation/"],
      ["export", "model/", "journal/", "checking/", "import/", "presentation/"],
    ].map(([name, ...below]) => layer("orders", name, ...below, "[a-z-]+\\.ts$")),
    room("validation", "words/", "certificates/(asn1|containers|names|x509)/", "orders/"),
    typesOnly("validation", "orders"),
    room("net", "words/", "api/", "certificates/", "validation/"),
    typesOnly("net", "certificates"),
    typesOnly("net", "validation", "ports\\.ts$"),
    room("storage", "words/", "orders/", "shape/"),
    room("sandbox", "certificates/"),
    typesOnly("sandbox", "certificates"),
    // The thread looks itself whether knowledge was renewed, so that a window hears of what another one did.
    room(
      "reading",
      "certificates/",
      "orders/",
      "api/",
      "validation/",
      "storage/(kept-knowledge|durable|blocked-files|storage-error|language-texts)\\.ts$",
      "words/",
    ),
    room("webview", "words/", "certificates/", "shape/"),
    typesOnly("webview", "certificates"),
    room(
      "editor",
      "api/",
      "certificates/",
      "orders/",
      "net/",
      "storage/",
      "reading/",
      "sandbox/",
      "shape/",
      "validation/",
      "words/",
      "webview/protocol\\.ts$",
    ),
    // What a browser has: the readers, and what the editor shows of them.
    room(
      "web",
      "certificates/",
      "reading/",
      "words/",
      "orders/(mutable-disposable|ports)\\.ts$",
      "editor/(base|languages)/",
      "editor/commands/file-argument\\.ts$",
      "editor/pages/(details-view|certificate-file)\\.ts$",
      "editor/window/reading-service\\.ts$",
      "webview/protocol\\.ts$",
    ),
    {
      name: "web-has-no-node",
      severity: "error",
      comment: "There is no Node.js in a browser: src/web/stand-ins has what is used of it.",
      from: { path: "^src/web/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "web-stands-in-for-others",
      severity: "error",
      comment: "The build for the web alone puts src/web/stand-ins in the place of other modules.",
      from: { path: "^src/", pathNot: "^src/web/stand-ins/" },
      to: { path: "^src/web/stand-ins/" },
    },
    layer("editor", "base"),
    layer("editor", "documents", "base/"),
    typesOnly("editor", "sandbox"),
    typesOnly("editor", "reading", "(reading-thread|summarize-collected)\\.ts$"),
    {
      name: "editor-reads-in-the-thread",
      severity: "error",
      comment: "What strangers wrote is read in the thread of src/reading, so that no input holds up the editor.",
      from: {
        path: "^src/(editor/|web/|extension\\.ts$)",
        pathNot: "^src/web/(reader|reader-tasks|stand-ins/[\\w-]+)\\.ts$",
      },
      to: {
        path: [
          "^src/certificates/(containers/(read|reading|private-keys|zip|pem|mail|key-store)|asn1/asn1-tree|details|decode|text-blocks)\\.ts$",
          "^src/certificates/(pkcs12|pictures)/",
          "^src/certificates/checks/(private-key|diagnostics|findings|chain|rules)\\.ts$",
          "^src/certificates/exports/(single-file|profile-files|text|json|compare|public-export)\\.ts$",
          "^src/orders/import/(order-file|json-places|parse-orders|table|table-rows|table-sections|lines|mail|mime-text|html-text|curl|script|json)\\.ts$",
          "^src/api/saved\\.ts$",
        ],
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "private-keys-are-read-by-few",
      severity: "error",
      comment: "What is shown is read by containers/read.ts, which gives no private key away.",
      from: { path: "^src/", pathNot: "^src/certificates/checks/private-key\\.ts$" },
      to: { path: "^src/certificates/containers/private-keys\\.ts$" },
    },
    {
      name: "reading-has-two-doors",
      severity: "error",
      comment:
        "One reader finds all objects: containers/read.ts for what is shown, containers/private-keys.ts for keys.",
      from: { path: "^src/", pathNot: "^src/certificates/containers/(read|private-keys)\\.ts$" },
      to: { path: "^src/certificates/containers/reading\\.ts$" },
    },
    outside("vscode", "(^|@types/)vscode(/|$)", "editor/", "web/", "extension\\.ts$"),
    // Its connections are shared by the process, which can be told not to check their certificates.
    outside("undici", "undici"),
    outside("files", "^(node:)?fs(/promises)?$", "storage/"),
    outside("sockets", "^(node:)?(net|tls|http|https|http2|dgram|dns)(/promises)?$", "net/", "sandbox/", "storage/"),
    outside("processes", "^(node:)?(child_process|cluster)$"),
    outside("threads", "^(node:)?worker_threads$", "reading/"),
    outside("polyfills", "node_modules/(buffer|@noble)/", "web/stand-ins/"),
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-dead-files",
      severity: "error",
      comment: "A file that neither the extension nor its thread nor the page reaches is dead, here or in a browser.",
      from: { path: `^src/${ENTRIES}\\.ts$` },
      to: { path: "^src/", pathNot: `\\.d\\.ts$|^src/${ENTRIES}\\.ts$`, reachable: false },
    },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true, pathNot: "^vscode$" } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["node", "import", "require", "types"] },
  },
};
