import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { GROUPS } from "../../../src/orders/presentation/state";
import { BINARY_ENDINGS, CERTIFICATE_ENDINGS } from "../../../src/editor/base/certificate-files";
import {
  BINARY_EDITOR,
  COMMANDS,
  commandId,
  CONTEXT_KEYS,
  DETAILS_PANEL,
  FILE_EDITOR,
  MCP_PROVIDER,
  INVENTORY_VIEW,
  ORDER_FILE,
  ORDERS_VIEW,
  PEM_LANGUAGE,
  PREFIX,
  SCHEME,
  SETTING_VALUES,
  SETTINGS,
  TOOLS,
  WALKTHROUGH,
} from "../../../src/editor/base/contributions";

interface Manifest {
  readonly publisher: string;
  readonly name: string;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly enablement?: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly languages: readonly { readonly id: string; readonly extensions: readonly string[] }[];
    readonly jsonValidation: readonly { readonly fileMatch: string; readonly url: string }[];
    readonly customEditors: readonly {
      readonly viewType: string;
      readonly priority: string;
      readonly selector: readonly { readonly filenamePattern: string }[];
    }[];
    readonly walkthroughs: readonly {
      readonly id: string;
      readonly when?: string;
      readonly steps: readonly {
        readonly media: { readonly svg: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
    readonly languageModelTools: readonly {
      readonly name: string;
      readonly when?: string;
      readonly inputSchema: Schema;
    }[];
    readonly mcpServerDefinitionProviders: readonly object[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly submenus: readonly { readonly id: string }[];
    readonly keybindings: readonly { readonly command: string; readonly when: string; readonly args: object }[];
    readonly configuration: {
      readonly properties: Readonly<
        Record<string, { readonly default: unknown; readonly enum?: readonly string[]; readonly scope: string }>
      >;
    };
  };
}

interface Schema {
  readonly type: string;
  readonly enum?: readonly string[];
  readonly maxLength?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean;
}

/** The parts of a schema that take more than is described, or of any length. */
function looseParts(schema: Schema, name = ""): readonly string[] {
  const { type, properties = {}, additionalProperties, maxLength, enum: values } = schema;
  const isStrict = type === "object" ? additionalProperties === false : (maxLength ?? values) !== undefined;
  const parts = Object.entries(properties).flatMap(([key, each]) => looseParts(each, `${name}.${key}`));
  return [...(isStrict ? [] : [name]), ...parts];
}

interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
}

const text = (file: string): string => readFileSync(file, "utf8");
const manifest = JSON.parse(text("package.json")) as Manifest;
const { contributes } = manifest;

describe("the manifest and the code", () => {
  it("name the same commands", () => {
    assert.deepEqual(
      contributes.commands.map(({ command }) => command).sort(),
      COMMANDS.map((name) => commandId(name)).sort(),
    );
  });

  it("name the same settings, with the same defaults and values, all beyond a workspace's reach", () => {
    const properties = Object.entries(contributes.configuration.properties);
    assert.deepEqual(
      Object.fromEntries(properties.map(([name, { default: value }]) => [name, value])),
      Object.fromEntries(Object.entries(SETTINGS).map(([name, value]) => [`${PREFIX}.${name}`, value])),
    );
    for (const [name, { enum: values, scope }] of properties) {
      assert.equal(scope, "application", name);
      const known = Object.entries(SETTING_VALUES).find(([each]) => `${PREFIX}.${each}` === name)?.[1];
      assert.deepEqual(values, known, name);
    }
  });

  it("name the same views and scheme", () => {
    assert.deepEqual(
      Object.values(contributes.views).flatMap((views) => views.map(({ id }) => id)),
      [ORDERS_VIEW, INVENTORY_VIEW],
    );
    assert.ok(manifest.activationEvents.includes(`onFileSystem:${SCHEME}`));
  });

  it("name the same language and editor, for files of the same endings", () => {
    assert.deepEqual(
      contributes.languages.map(({ id }) => id),
      [PEM_LANGUAGE, "certificate-file"],
    );
    const patterns = (endings: readonly string[]) => endings.map((each) => `*.${each}`).sort();
    assert.deepEqual(
      contributes.customEditors.map(({ viewType, priority, selector }) => ({
        viewType,
        priority,
        opens: selector.map(({ filenamePattern }) => filenamePattern).sort(),
      })),
      [
        { viewType: FILE_EDITOR, priority: "option", opens: patterns(CERTIFICATE_ENDINGS) },
        { viewType: BINARY_EDITOR, priority: "default", opens: patterns(BINARY_ENDINGS) },
      ],
    );
    const opened = patterns([...CERTIFICATE_ENDINGS, ...BINARY_ENDINGS]);
    const offered = contributes.menus["explorer/context"]?.find(
      ({ command }) => command === commandId("showFileDetails"),
    );
    const pattern = /\/(\S+)\/i/.exec(offered?.when ?? "")?.[1] ?? "";
    // An archive holds anything, so that the menu of each would only be longer.
    for (const name of opened.filter((each) => each !== "*.zip"))
      assert.match(name.slice(1), new RegExp(pattern), name);
    for (const ending of contributes.languages.flatMap(({ extensions }) => extensions)) {
      assert.ok(opened.includes(`*${ending}`), ending);
    }
  });

  it("name the same file of orders, whose schema is there", () => {
    const [validation] = contributes.jsonValidation;
    assert.equal(validation?.fileMatch, ORDER_FILE);
    assert.ok(existsSync(validation.url));
  });

  it("name the same tools for agents, which take what is described and nothing else", () => {
    assert.deepEqual(
      contributes.languageModelTools.map(({ name }) => name),
      Object.values(TOOLS),
    );
    const orders = `${PREFIX}.hasOrders`;
    const orFiles = `${orders} || isWorkspaceTrusted && workspaceFolderCount > 0`;
    const filed: readonly string[] = [TOOLS.describeCertificate, TOOLS.compareCertificates];
    for (const { name, when, inputSchema } of contributes.languageModelTools) {
      assert.equal(when, filed.includes(name) ? orFiles : orders, name);
      assert.deepEqual(looseParts(inputSchema), [], name);
    }
    assert.deepEqual(contributes.mcpServerDefinitionProviders, [
      { id: MCP_PROVIDER, label: "%displayName%", when: orFiles },
    ]);
    const groups = contributes.languageModelTools[0]?.inputSchema.properties?.group?.enum ?? [];
    assert.deepEqual([...groups].sort(), [...GROUPS].sort());
  });

  it("name the same walkthrough, which no installation opens, with pictures that are there", () => {
    const [walkthrough, ...others] = contributes.walkthroughs;
    assert.ok(walkthrough && others.length === 0);
    assert.equal(`${manifest.publisher}.${manifest.name}#${walkthrough.id}`, WALKTHROUGH);
    // The editor opens the walkthrough of what was just installed if this holds then: these keys are set later.
    assert.match(walkthrough.when ?? "", /\.hasAccounts \|\| .*\.hasOrders$/);
    for (const { media, completionEvents } of walkthrough.steps) {
      assert.match(text(media.svg), /^<svg [^]*var\(--vscode-[^]*<\/svg>\s*$/, media.svg);
      assert.doesNotMatch(text(media.svg), /(fill|stroke)="(?!none|var\()/, media.svg);
      assert.notDeepEqual(completionEvents, []);
    }
  });

  it("use in conditions only context keys that are set, each for one thing", () => {
    assert.equal(new Set(CONTEXT_KEYS).size, CONTEXT_KEYS.length);
    const conditions = JSON.stringify(contributes).match(/certificateCollector\.[A-Za-z]+/g) ?? [];
    const known = new Set([
      ...COMMANDS.map((name) => commandId(name)),
      ...CONTEXT_KEYS.map((key) => `${PREFIX}.${key}`),
      ...Object.keys(SETTINGS).map((name) => `${PREFIX}.${name.split(".")[0] ?? ""}`),
      ...contributes.submenus.map(({ id }) => id),
      ORDERS_VIEW,
      FILE_EDITOR,
      BINARY_EDITOR,
      DETAILS_PANEL,
      MCP_PROVIDER,
    ]);
    assert.deepEqual(
      [...new Set(conditions)].filter((id) => !known.has(id)),
      [],
    );
  });

  it("offer in menus only commands and submenus that there are, each of these once filled", () => {
    const items = Object.values(contributes.menus).flat();
    const known = new Set([...COMMANDS.map((name) => commandId(name)), ...contributes.submenus.map(({ id }) => id)]);
    assert.deepEqual(
      items.map(({ command, submenu }) => command ?? submenu ?? "").filter((id) => !known.has(id)),
      [],
    );
    for (const { id } of contributes.submenus) {
      assert.ok((contributes.menus[id]?.length ?? 0) > 1, id);
      assert.ok(
        items.some(({ submenu }) => submenu === id),
        id,
      );
    }
  });

  it("give keys to commands of the selected rows alone, while the view has the focus and nothing is typed", () => {
    const known = new Set(COMMANDS.map((name) => commandId(name)));
    for (const { command, when, args } of contributes.keybindings) {
      assert.ok(known.has(command), command);
      assert.ok(when.startsWith(`focusedView == ${ORDERS_VIEW} && !inputFocus`), command);
      assert.deepEqual(args, { selected: true }, command);
    }
  });

  it("have a text for every key, in every language", () => {
    // The manifest for the web is made of this one, and has some of its own.
    const manifests = text("package.json") + text("build/web/manifest.js");
    const keys = [...new Set(manifests.match(/(?<=")%[^%"]+%(?=")/g))].map((key) => key.slice(1, -1)).sort();
    for (const file of readdirSync(".").filter((name) => /^package\.nls(?:\.[\w-]+)?\.json$/.test(name))) {
      assert.deepEqual(Object.keys(JSON.parse(text(file)) as object).sort(), keys, file);
    }
  });
});
