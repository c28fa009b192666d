import { answerText } from "../../../src/editor/public/agent-answer";

/** Every text of an answer that an agent takes for ours: the names of fields, and values that are not marked. */
export function trustedTexts(answer: object): readonly string[] {
  const texts: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === "string") texts.push(value);
    else if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === "object" && value !== null) {
      for (const [name, each] of Object.entries(value)) {
        texts.push(name);
        if (name !== "untrusted") visit(each);
      }
    }
  };
  visit(JSON.parse(answerText(answer)));
  return texts;
}
