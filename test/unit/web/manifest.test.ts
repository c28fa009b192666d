import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import {
  BINARY_EDITOR,
  commandId,
  FILE_EDITOR,
  ORDERS_VIEW,
  PEM_LANGUAGE,
} from "../../../src/editor/base/contributions";
import { CERTIFICATE_ENDINGS } from "../../../src/editor/base/certificate-files";
import { WEB_COMMANDS } from "../../../src/web/web-commands";

const FOLDER = path.join("out", "web");

interface WebManifest extends Readonly<Record<string, unknown>> {
  readonly contributes: {
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string }[];
    readonly commands: readonly { readonly command: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly languages: readonly { readonly id: string }[];
    readonly customEditors: readonly { readonly viewType: string }[];
  } & Readonly<Record<string, unknown>>;
}

const json = <T>(name: string): T => JSON.parse(readFileSync(path.join(FOLDER, name), "utf8")) as T;

describe("the manifest for the web", () => {
  const manifest = json<WebManifest>("package.json");
  const { contributes } = manifest;

  it("is that of the same extension, for browsers alone", () => {
    const desktop = JSON.parse(readFileSync("package.json", "utf8")) as Readonly<Record<string, unknown>>;
    for (const name of ["name", "publisher", "version", "engines", "license", "displayName"])
      assert.deepEqual(manifest[name], desktop[name], name);
    assert.equal(manifest.browser, "./dist/extension.js");
    for (const name of ["main", "extensionKind", "scripts", "dependencies", "devDependencies"])
      assert.equal(manifest[name], undefined, name);
  });

  it("contributes what works there, and nothing else", () => {
    assert.deepEqual(
      contributes.commands.map(({ command }) => command).sort(),
      WEB_COMMANDS.map((name) => commandId(name)).sort(),
    );
    const inMenus = Object.values(contributes.menus).flatMap((items) => items.map(({ command }) => command));
    assert.deepEqual(
      inMenus.filter((command) => !contributes.commands.some((each) => each.command === command)),
      [],
    );
    assert.deepEqual(Object.values(contributes.views).flat(), [
      { ...Object.values(contributes.views).flat()[0], id: ORDERS_VIEW },
    ]);
    assert.deepEqual(
      contributes.viewsWelcome.map(({ view }) => view),
      [ORDERS_VIEW],
    );
    assert.deepEqual(
      contributes.customEditors.map(({ viewType }) => viewType),
      [FILE_EDITOR, BINARY_EDITOR],
    );
    assert.equal(contributes.languages[0]?.id, PEM_LANGUAGE);
    for (const name of ["configuration", "languageModelTools", "mcpServerDefinitionProviders", "walkthroughs"])
      assert.equal(contributes[name], undefined, name);
  });

  it("offers its commands for files that the editors open", () => {
    const [pattern = ""] =
      contributes.menus["explorer/context"]?.flatMap(({ command, when = "" }) =>
        command === commandId("saveAs") ? [/\((.*)\)\$/.exec(when)?.[1] ?? ""] : [],
      ) ?? [];
    const endings = pattern.split("|");
    assert.ok(endings.length > 5);
    const known: readonly string[] = [...CERTIFICATE_ENDINGS, "der"];
    assert.deepEqual(
      endings.filter((each) => !known.includes(each)),
      [],
    );
  });

  it("names texts and files that are there", () => {
    const text = readFileSync(path.join(FOLDER, "package.json"), "utf8");
    const keys = [...new Set([...text.matchAll(/%([\w.]+)%/g)].map(([, key = ""]) => key))].sort();
    for (const name of readdirSync(FOLDER).filter((each) => each.startsWith("package.nls")))
      assert.deepEqual(Object.keys(json<object>(name)).sort(), keys, name);
    for (const [, file = ""] of text.matchAll(/"((?:\.\/)?(?:media|dist)\/[^"]+)"/g))
      assert.ok(existsSync(path.join(FOLDER, file)), file);
  });

  it("has the texts that its code says, in each language, and no others", () => {
    const said = readdirSync("src/web").flatMap((name) =>
      name.endsWith(".ts")
        ? [...readFileSync(path.join("src/web", name), "utf8").matchAll(/localize\(\s*"([^"]+)"/g)].map(
            ([, text]) => text,
          )
        : [],
    );
    assert.ok(said.length >= 5, said.join());
    for (const language of ["de", "es", "fr", "ja"]) {
      const texts = json<Readonly<Record<string, string>>>(path.join("l10n", `bundle.l10n.${language}.json`));
      // One of ours, one of a room below, one with marks that are escaped in the code.
      const wanted = [...said, "It is encrypted.", "The file “{0}” cannot be used: {1}."];
      assert.deepEqual(
        wanted.filter((text) => text === undefined || texts[text] === undefined),
        [],
        language,
      );
      assert.equal(texts["Could not write the journal of orders: {0}."], undefined, language);
    }
  });
});
