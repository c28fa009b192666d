import type { Family } from "./hostile";

/** Answers of the CA's services, made to be expensive: each family grows to any size. */

const rows =
  (make: (index: number) => string, before = "errorCode=0&"): Family =>
  (size) =>
    Buffer.from(
      before + Array.from({ length: Math.ceil(size / make(1000).length) }, (_, index) => make(index)).join(""),
    );

const json =
  (make: (index: number) => string): Family =>
  (size) => {
    const entries = Array.from({ length: Math.ceil(size / (make(1000).length + 1)) }, (_, index) => make(index));
    return Buffer.from(`{"errorCode":0,"data":[${entries.join(",")}]}`);
  };

const lettersOf = (index: number): string =>
  index.toString(10).replace(/\d/g, (digit) => "abcdefghij"[Number(digit)] ?? "");
const SERIAL = "0123456789abcdef".repeat(2);

export const SERVICE_ANSWERS: Readonly<Record<string, Family>> = {
  "rows of order numbers": rows((index) => `${index}_orderNumber=${3_000_000_000 + index}&`),
  "rows of certificates": rows(
    (index) => `${index}_orderNumber=${index}&${index}_1_serialNumber=${index}${SERIAL}&${index}_1_status=Valid&`,
  ),
  "rows of one order": rows((index) => `1_orderNumber=7&1_1_status=Valid${index}&`),
  "rows of one number": rows((index) => `1_orderNumber=${index}&`),
  "certificates of one order": rows((index) => `1_${index}_status=Valid&`, "errorCode=0&1_orderNumber=7&"),
  "rows without an order number": rows((index) => `${index}_1_status=Valid&`),
  "rows of addresses": rows((index) => `${index}_orderNumber=${index}&${index}_streetAddress1=Lane&`),
  "statuses that differ": rows(
    (index) => `${index}_orderNumber=${index}&${index}_1_status=Status+${lettersOf(index)}&`,
  ),
  "statuses that are addresses": rows((index) => `${index}_orderNumber=${index}&${index}_1_status=a@${index}.example&`),
  "a long list of domains": rows((index) => `a${index}.example+`, "errorCode=0&1_orderNumber=7&1_1_domain="),
  "a long list of words": rows(() => "word,;", "errorCode=0&1_orderNumber=7&1_1_domain="),
  "a long status": rows(() => "a@b ", "errorCode=0&1_orderNumber=7&1_1_status="),
  "a long serial number": rows(() => "0:", "errorCode=0&1_orderNumber=7&1_1_serialNumber="),
  "escapes of escapes": rows(() => "%2525", "errorCode=0&1_orderNumber=7&1_1_status="),
  ampersands: rows(() => "&"),
  "pairs without a number": rows((index) => `a${index}=b&`, "1_orderNumber=7&errorCode=0&"),
  "domains in rows": rows((index) => `${index}_domainName=a${index}.example&${index}_dcvStatus=Validated&`),
  "steps in JSON": json((index) => `{"title":"T${index}","status":"Pending","description":"to a@b.example"}`),
  "domains in JSON": json((index) => `{"domainName":"a${index}.example","dcvMethod":"HTTP CSR Hash"}`),
  "empty objects in JSON": json(() => "{}"),
  "CAA errors in JSON": json((index) => `{"latestCAACheckErrors":["e${index}",{"error":"x"}]}`),
  "tokens in JSON": json((index) => `{"token":"${SERIAL}${index}","title":"${SERIAL}","status":"x"}`),
  "keys in JSON": json((index) => `{"k${index}":{"title":"","status":""}}`),
  "one object in JSON": (size) =>
    Buffer.from(`{"errorCode":0${Array.from({ length: size / 12 }, (_, at) => `,"${at}_a":"${at}"`).join("")}}`),
  "JSON that is cut": (size) => Buffer.from(`{"errorCode":0,"data":[${'{"title":"'.repeat(size / 10)}`),
  "JSON in JSON": (size) => Buffer.from(`{"errorCode":0,"data":${"[".repeat(size / 2)}${"]".repeat(size / 2)}}`),
};
