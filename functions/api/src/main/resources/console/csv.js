// Reads CSV as RFC 4180 describes it, and as trackers write it: with other delimiters, line ends and encodings.

/** How much of a file is parsed at once, in bytes: a few milliseconds of work. */
const CHUNK = 131_072;

const DELIMITERS = [",", ";", "\t"];

/** The delimiter that the first record has most of, outside quotation marks; a comma if it has none. */
export function delimiterOf(text) {
  const counts = { ",": 0, ";": 0, "\t": 0 };
  let quoted = false;
  let empty = true;
  for (const c of text) {
    if (c === '"') quoted = !quoted;
    else if (!quoted && (c === "\n" || c === "\r")) {
      if (!empty) break;
      continue;
    } else if (!quoted && c in counts) counts[c]++;
    empty = false;
  }
  return DELIMITERS.reduce((best, one) => (counts[one] > counts[best] ? one : best));
}

/** Splits text, which may come in pieces, into records. Empty lines are skipped. */
export class CsvParser {
  #delimiter;
  #onRecord;
  #fields = [];
  #field = "";
  #state = "start";
  #afterCr = false;

  /** Calls `onRecord` with the fields of each record. */
  constructor(delimiter, onRecord) {
    this.#delimiter = delimiter;
    this.#onRecord = onRecord;
  }

  push(text) {
    const delimiter = this.#delimiter.charCodeAt(0);
    const length = text.length;
    let i = 0;
    while (i < length) {
      if (this.#state === "quoted") {
        const end = text.indexOf('"', i);
        this.#field += text.slice(i, end < 0 ? length : end);
        if (end < 0) return;
        this.#state = "closed";
        i = end + 1;
        continue;
      }
      const c = text.charCodeAt(i);
      const secondHalf = c === 10 && this.#afterCr;
      this.#afterCr = c === 13;
      if (c === 10 || c === 13) {
        if (!secondHalf) this.#endRecord();
        i++;
      } else if (c === delimiter) {
        this.#endField();
        i++;
      } else if (c === 34 && this.#state !== "plain") {
        // The second one of a pair is a quotation mark of the text.
        if (this.#state === "closed") this.#field += '"';
        this.#state = "quoted";
        i++;
      } else {
        let end = i + 1;
        for (; end < length; end++) {
          const d = text.charCodeAt(end);
          if (d === delimiter || d === 10 || d === 13) break;
        }
        this.#field += text.slice(i, end);
        this.#state = "plain";
        i = end;
      }
    }
  }

  /** Ends the last record. Returns false if a quotation mark was never closed. */
  end() {
    const closed = this.#state !== "quoted";
    this.#endRecord();
    return closed;
  }

  #endField() {
    this.#fields.push(this.#field);
    this.#field = "";
    this.#state = "start";
  }

  #endRecord() {
    if (this.#fields.length === 0 && this.#state === "start") return;
    this.#endField();
    const fields = this.#fields;
    this.#fields = [];
    this.#onRecord(fields);
  }
}

async function* piecesOf(blob) {
  for (let at = 0; at < blob.size; at += CHUNK) yield new Uint8Array(await blob.slice(at, at + CHUNK).arrayBuffer());
}

/** UTF-16 is recognised by its byte order mark. What is not UTF-8 is taken for Windows-1252. */
async function encodingOf(blob) {
  const [first, second] = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const piece of piecesOf(blob)) decoder.decode(piece, { stream: true });
    decoder.decode();
    return "utf-8";
  } catch {
    return "windows-1252";
  }
}

/**
 * Reads a file piece by piece, so that the page stays responsive. `onProgress` is called with the share that has been
 * read. Returns false if a quotation mark was never closed.
 */
export async function readCsv(blob, onRecord, { onProgress = () => {}, signal } = {}) {
  const decoder = new TextDecoder(await encodingOf(blob));
  let parser = null;
  let read = 0;
  for await (const piece of piecesOf(blob)) {
    signal?.throwIfAborted();
    const text = decoder.decode(piece, { stream: true });
    parser ??= new CsvParser(delimiterOf(text), onRecord);
    parser.push(text);
    read += piece.length;
    onProgress(read / blob.size);
  }
  parser?.push(decoder.decode());
  return parser?.end() ?? true;
}
