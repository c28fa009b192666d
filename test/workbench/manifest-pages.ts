import { COMMAND_TOPICS, type CommandFacts } from "./command-topics";

/** The part of `package.json` that pages are made of; texts are keys of `package.nls.json` between percent signs. */
export interface PageManifest {
  readonly contributes: {
    readonly configuration: { readonly properties: Readonly<Record<string, ManifestSetting>> };
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category?: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly submenus: readonly { readonly id: string; readonly label: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly name: string }[]>>;
    readonly keybindings: readonly {
      readonly command: string;
      readonly key: string;
      readonly mac?: string;
      readonly when?: string;
    }[];
    readonly languageModelTools: readonly {
      readonly name: string;
      readonly toolReferenceName: string;
      readonly displayName: string;
      readonly userDescription: string;
    }[];
  };
}

interface ManifestSetting {
  readonly scope: string;
  readonly default: unknown;
  readonly order: number;
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
}

interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
  readonly group?: string;
}

/** English texts of the manifest by their keys. */
export type ManifestTexts = Readonly<Record<string, string>>;

const PREFIX = "certificateCollector.";

const NOTE = "<!-- Made from package.json and package.nls.json by `npm run docs`. Do not edit it here. -->";

/** `docs/SETTINGS.md`, as the manifest has the settings. @throws Error when a text is missing */
export function settingsPage(manifest: PageManifest, texts: ManifestTexts): string {
  const settings = Object.entries(manifest.contributes.configuration.properties);
  const rows = settings
    .sort(([, a], [, b]) => a.order - b.order)
    .map(([id, setting]) => [
      `\`${id}\``,
      inCell(`\`${JSON.stringify(setting.default)}\``),
      setting.scope,
      settingWords(setting, texts),
    ]);
  return page(
    "Settings",
    [
      "All settings are those of the application: a folder or a repository that you open can change none of them. Accounts, passwords and orders are not settings; see the [guide](GUIDE.md).",
    ],
    [{ head: ["setting", "default", "scope", "what it does"], rows }],
  );
}

function settingWords(setting: ManifestSetting, texts: ManifestTexts): string {
  const words = textOf(setting.markdownDescription ?? setting.description ?? "", texts);
  const values = (setting.enum ?? []).map(
    (value, index) => `\`${value}\`: ${textOf(setting.enumDescriptions?.[index] ?? "", texts)}`,
  );
  return inCell([words, ...values].join(" "));
}

/** `docs/COMMANDS.md`, as the manifest has commands, menus, keys and tools. @throws Error when a text is missing */
export function commandsPage(manifest: PageManifest, texts: ManifestTexts): string {
  const { commands, languageModelTools } = manifest.contributes;
  const named = new Map(commands.map((each) => [each.command, each]));
  const topics = COMMAND_TOPICS.map(({ title, commands: facts }) => ({
    title,
    head: ["command", "id", "where", "key", "argument"],
    rows: Object.entries(facts).map(([name, fact]) => {
      const command = named.get(PREFIX + name);
      if (command === undefined) throw new Error(`The manifest has no command ${name}.`);
      const category = command.category === "%category%" ? "" : textOf(command.category ?? "", texts);
      const title = textOf(command.title, texts);
      const copies = /: (.*)$/.exec(category)?.[1];
      return [
        copies === undefined ? title : `${copies}: ${title}`,
        `\`${name}\``,
        placesOf(PREFIX + name, fact, manifest, texts).join("; "),
        keysOf(PREFIX + name, manifest).join(", "),
        fact.takes ?? "",
      ].map(inCell);
    }),
  }));
  const tools = {
    title: "Tools for agents",
    head: ["tool", "name", "in a prompt", "what it does"],
    rows: languageModelTools.map((tool) =>
      [
        textOf(tool.displayName, texts),
        `\`${tool.name}\``,
        `\`#${tool.toolReferenceName}\``,
        textOf(tool.userDescription, texts),
      ].map(inCell),
    ),
  };
  return page(
    "Commands",
    [
      "In the Command Palette each title stands behind “Certificates: ”. It is there only where it makes sense, as “Save Again…” once something was saved.",
      "The id follows `certificateCollector.`: a keybinding, a task or another extension runs `certificateCollector.trackOrder`. A command takes one plain object and returns plain data; what the object does not say is asked for. An argument answers no question that protects a secret, a file or a host.",
      '- `order`, `orders`: ids as `orders()` of the [API](../src/editor/public/public-types.ts) gives them. Commands that take `orders` take `order`, too. `account` may be given by an `order` of it.\n- `file`, `folder`, `key`, `with` and `request` are URIs, as `file:///home/me/server.pem`.\n- `serialNumber` is hexadecimal; without it the newest certificate is meant. `certificates` are `order/serialNumber`.\n- `"selected": true` means the selected rows of the view and nothing else, as the keys below have it.',
    ],
    [...topics, tools],
  );
}

/** Where a person finds a command; each place once. */
function placesOf(id: string, { run }: CommandFacts, manifest: PageManifest, texts: ManifestTexts): readonly string[] {
  const { menus } = manifest.contributes;
  const isHidden = menus.commandPalette?.some(({ command, when }) => command === id && when === "false") === true;
  const found = Object.entries(menus).flatMap(([menu, items]) =>
    menu === "commandPalette"
      ? []
      : items.filter(({ command }) => command === id).flatMap((item) => placeWords(menu, item, manifest, texts)),
  );
  return [...new Set([...(isHidden ? [] : ["palette"]), ...found, ...(run === undefined ? [] : [run])])];
}

function placeWords(menu: string, { when = "", group = "" }: MenuItem, manifest: PageManifest, texts: ManifestTexts) {
  const { views, menus, submenus } = manifest.contributes;
  const view = Object.values(views)
    .flat()
    .find(({ id }) => when.includes(`view == ${id} `) || when.endsWith(`view == ${id}`));
  const ofView = view === undefined ? "" : ` of the view ${textOf(view.name, texts)}`;
  switch (menu) {
    case "view/title":
      return [group.startsWith("navigation") ? `icon${ofView}` : `“…”${ofView}`];
    case "view/item/context":
      return [group.startsWith("inline") ? `icon of a row${ofView}` : `menu of a row${ofView}`];
    case "explorer/context":
      return ["menu of a file in the Explorer"];
    case "editor/title":
      return ["icon of an editor"];
    case "webview/context":
      return ["menu of a page"];
    default: {
      const submenu = submenus.find(({ id }) => id === menu);
      if (submenu === undefined) throw new Error(`No words for the menu ${menu}.`);
      const label = textOf(submenu.label, texts);
      const isOfRow = menus["view/item/context"]?.some((item) => item.submenu === menu) === true;
      return [isOfRow ? `menu of a row, ${label}` : `“…”${ofView}, ${label}`];
    }
  }
}

function keysOf(id: string, { contributes }: PageManifest): readonly string[] {
  return contributes.keybindings
    .filter(({ command }) => command === id)
    .map(({ key, mac, when = "" }) => {
      if (when.includes("isMac")) return `macOS \`${key}\``;
      return mac === undefined ? `\`${key}\`` : `\`${key}\` (macOS \`${mac}\`)`;
    });
}

/** @throws Error when the manifest's English texts lack it */
function textOf(text: string, texts: ManifestTexts): string {
  const key = /^%(.+)%$/.exec(text)?.[1];
  if (key === undefined) return text;
  const found = texts[key];
  if (found === undefined) throw new Error(`package.nls.json has no text ${key}.`);
  return found;
}

/** A text as a cell of a table, in the Markdown that Prettier writes. */
function inCell(text: string): string {
  return text
    .replace(/\s*\n\s*/g, " ")
    .replace(/`#([\w.]+)#`/g, "`$1`")
    .replace(/(?<![*\w])\*([^*\s][^*]*)\*(?![*\w])/g, "_$1_")
    .replaceAll("|", "\\|");
}

interface Table {
  readonly title?: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

function page(title: string, paragraphs: readonly string[], tables: readonly Table[]): string {
  const parts = tables.flatMap((each) => [...(each.title === undefined ? [] : [`## ${each.title}`]), tableOf(each)]);
  return `${[`# ${title}`, NOTE, ...paragraphs, ...parts].join("\n\n")}\n`;
}

/** A table whose columns are as wide as their widest cell, as Prettier aligns them. */
function tableOf({ head, rows }: Table): string {
  const widths = head.map((cell, column) => Math.max(3, ...[head, ...rows].map((row) => (row[column] ?? cell).length)));
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, column) => (cells[column] ?? "").padEnd(width)).join(" | ")} |`;
  return [line(head), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...rows.map(line)].join("\n");
}
