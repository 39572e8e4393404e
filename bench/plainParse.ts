import { PDFParse } from 'pdf-parse';

/** A process of plain pdf-parse: takes the bytes of a PDF at a time and says when its text is read. */
process.on('message', (bytes: Uint8Array) => {
  parse(bytes).then(
    () => process.send?.('read'),
    () => process.exit(1),
  );
});

async function parse(bytes: Uint8Array): Promise<void> {
  const parser = new PDFParse({ data: new Uint8Array(bytes) });
  await parser.getText();
  await parser.destroy();
}
