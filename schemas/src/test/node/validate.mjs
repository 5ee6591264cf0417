// Validates an AsyncAPI document and what it refers to. Prints one line for each finding of
// severity error or warning, and ends with 1 if there is one; else prints what it has read.
import { fromFile, Parser } from "@asyncapi/parser";
import { AvroSchemaParser } from "@asyncapi/avro-schema-parser";

const WARNING = 1;

const parser = new Parser({ schemaParsers: [AvroSchemaParser()] });
const { document, diagnostics } = await fromFile(parser, process.argv[2]).parse();
const findings = diagnostics.filter((found) => found.severity <= WARNING);
for (const { code, message, path } of findings) {
  console.log(`${code} at ${path.join(".")}: ${message}`);
}
if (findings.length > 0 || document === undefined) {
  process.exit(1);
}
console.log(
  `valid: ${document.channels().all().length} channels, ` +
    `${document.operations().all().length} operations, ` +
    `${document.components().messages().all().length} messages`,
);
