import * as vscode from "vscode";
import { MCP_PROVIDER } from "../base/contributions";
import type { EditorSettings } from "../base/settings";
import type { AgentParts } from "./agent-registry";
import type { McpServer } from "./mcp-server";

/** The part of VS Code 1.101 that defines servers; this extension runs in older ones, too. */
interface McpApi {
  readonly lm: {
    readonly registerMcpServerDefinitionProvider?: (id: string, provider: McpProvider) => vscode.Disposable;
  };
  readonly McpHttpServerDefinition?: new (
    label: string,
    uri: vscode.Uri,
    headers: Readonly<Record<string, string>>,
    version: string,
  ) => McpHttpDefinition;
}

interface McpHttpDefinition {
  readonly label: string;
}

interface McpProvider {
  readonly onDidChangeMcpServerDefinitions: vscode.Event<void>;
  readonly provideMcpServerDefinitions: () => readonly McpHttpDefinition[];
  readonly resolveMcpServerDefinition: () => Promise<McpHttpDefinition | undefined>;
}

/**
 * Offers the tools that only read as a server of the Model Context Protocol, where the editor can. It listens once the
 * editor starts it for a client, and until the window ends or the setting is switched off.
 */
export function registerMcpServer(
  extension: vscode.Extension<unknown>,
  settings: Pick<EditorSettings, "get" | "onDidChange">,
  parts: AgentParts,
): vscode.Disposable {
  const { lm, McpHttpServerDefinition: Definition } = vscode as unknown as McpApi;
  if (lm.registerMcpServerDefinitionProvider === undefined || Definition === undefined) return NOTHING;
  const { displayName, version } = extension.packageJSON as { readonly displayName: string; readonly version: string };
  let ended = false;
  let server: McpServer | undefined;
  const isOn = (): boolean => !ended && settings.get("mcpServer.enabled");
  const stop = (): void => {
    server?.dispose();
    server = undefined;
  };
  const changes = new vscode.EventEmitter<void>();
  const define = (url: string, headers: Readonly<Record<string, string>>): McpHttpDefinition =>
    new Definition(displayName, vscode.Uri.parse(url), headers, version);
  let was = isOn();
  return vscode.Disposable.from(
    new vscode.Disposable(() => {
      ended = true;
      stop();
    }),
    changes,
    settings.onDidChange(() => {
      if (was === isOn()) return;
      was = isOn();
      stop();
      changes.fire();
    }),
    lm.registerMcpServerDefinitionProvider(MCP_PROVIDER, {
      onDidChangeMcpServerDefinitions: changes.event,
      // The editor keeps this on disk: neither the port nor the secret is known yet.
      provideMcpServerDefinitions: () => (isOn() ? [define("http://127.0.0.1/mcp", {})] : []),
      resolveMcpServerDefinition: async () => {
        const { McpServer } = await import("./mcp-server");
        if (!isOn()) return undefined;
        server ??= new McpServer(extension, parts);
        const { url, token } = await server.address();
        return define(url, { Authorization: `Bearer ${token}` });
      },
    }),
  );
}

const NOTHING = new vscode.Disposable(() => undefined);
