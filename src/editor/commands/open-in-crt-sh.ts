import * as vscode from "vscode";
import { agrees } from "./consent";
import { askedCertificates } from "./asked-certificates";
import { showInformation } from "../base/messages";
import type { Program } from "../window/program";
import { localize } from "../base/localize";

/**
 * Opens crt.sh's page about a certificate in the browser. Asks each time, since each time another fingerprint leaves
 * this computer; nothing else calls crt.sh.
 */
export async function openInCrtSh(program: Program, argument: unknown): Promise<{ url: string } | undefined> {
  const question = localize("Choose a certificate to look for in crt.sh");
  const found = await askedCertificates(program, argument, question, false);
  if (found === undefined) return undefined;
  const { name, leaf } = found;
  const { fingerprints, extensions } = leaf.certificate;
  const { sha256 } = fingerprints;
  const isOfSandbox = [...program.collector.book.orders()].some(
    ({ ca, certificates }) => ca === "sandbox" && certificates.some((each) => each.leaf === sha256),
  );
  if (isOfSandbox) {
    void showInformation(
      localize("crt.sh knows certificates of public logs only. Those of the sandbox are not in them."),
    );
    return undefined;
  }
  const url = `https://crt.sh/?sha256=${sha256.toUpperCase()}`;
  const isLogged = extensions.some(({ value }) => value.type === "signedCertificateTimestampList");
  const detail = [
    localize(
      "Your browser opens {0}. The website, which Sectigo runs, learns the SHA-256 fingerprint of this certificate and your IP address. This extension sends nothing itself.",
      url,
    ),
    "",
    isLogged
      ? localize("crt.sh knows certificates of public logs only. This one says that it was logged.")
      : localize(
          "crt.sh knows certificates of public logs only. This one does not say that it was logged, as private and personal ones do not: crt.sh will hardly know it.",
        ),
  ];
  const isAgreed = await agrees(localize("Look for {0} in crt.sh?", name), detail, localize("Open Browser"));
  if (!isAgreed) return undefined;
  await vscode.env.openExternal(vscode.Uri.parse(url, true));
  return { url };
}
