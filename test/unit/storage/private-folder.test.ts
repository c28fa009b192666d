import assert from "node:assert/strict";
import path from "node:path";
import { folderOf, placesOfUser } from "../../../src/storage/private-folder";

describe("places of a user", () => {
  const home = path.join("/", "home", "alice");
  const cases: readonly (readonly [NodeJS.Platform, string | undefined, ...folders: string[]])[] = [
    [
      "linux",
      home,
      "/home/alice/.local/state/certificate-collector",
      "/run/user/1000/certificate-collector",
      "/tmp/certificate-collector-1000",
    ],
    ["linux", undefined, "/run/user/1000/certificate-collector", "/tmp/certificate-collector-1000"],
    ["darwin", home, "/home/alice/Library/Application Support/certificate-collector"],
    ["win32", home, "/home/alice/AppData/Local/certificate-collector"],
  ];
  for (const [platform, of, ...folders] of cases) {
    it(`${of === undefined ? "of none the system lists" : "of one"} on ${platform}`, () => {
      const places = placesOfUser(platform, { uid: 1000, home: of }).map(folderOf);
      assert.deepEqual(
        places,
        folders.map((each) => path.normalize(each)),
      );
    });
  }
});
