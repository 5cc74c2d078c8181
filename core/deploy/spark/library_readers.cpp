#include "core/deploy/spark/library.h"

namespace rw {

namespace {

constexpr std::string_view kPathPutIn = R"py(
def path(text):
    """A path with variables put in; relative ones start at --folder."""
    text = put_in(text)
    return text if re.match(r"[a-zA-Z][\w+.-]*:|/", text) else os.path.join(args.folder, text)
)py";

constexpr std::string_view kFiles = R"py(
def files(path):
    """A file, a folder or a pattern as a pattern: a stream takes no single file otherwise."""
    folder, name = os.path.split(path.rstrip("/"))
    pattern = re.search(r"[*?\[]", path)
    if name.startswith(("_", ".")):
        raise ValueError(f"Spark reads no file whose name begins with _ or a dot: {path}.")
    if re.search(r"[{}\\]", path) or "," in name or pattern and os.path.exists(path):
        raise ValueError(f"Spark would read other files, for it takes this for a pattern: {path}.")
    return path if pattern else os.path.join(folder, "{" + name + "}")
)py";

constexpr std::string_view kFinished = R"py(
def finished(rows, path):
    """The rows of files that nobody is writing any more, as programs of Hadoop name these; without those of
    folders that are in the folder, or that the pattern stands for."""
    ends = [f"endswith(_metadata.file_name, '{end}')" for end in ("._COPYING_", ".inprogress")]
    depth = path.rstrip("/").count("/")
    depths = [depth] if re.search(r"[*?]", path) else [depth, depth + 1]
    slashes = "length(_metadata.file_path) - length(replace(_metadata.file_path, '/', ''))"
    return rows.where(f"NOT ({' OR '.join(ends)}) AND {slashes} IN ({', '.join(map(str, depths))})")
)py";

constexpr std::string_view kLiteral = R"py(
def literal(text):
    """A text as SQL writes it."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
)py";

constexpr std::string_view kCsvCells = R"py(
def csv_cells(path, columns, header=True, delimiter=",", quote='"', beside=None, only=None):
    """The cells of CSV files as texts. An empty cell is NULL, one in quotes is empty. They are found by the
    names in the header; with `beside`, what is beside the rows, by their positions. `only`: of some files."""
    options = {
        "sep": delimiter,
        "quote": quote,
        "escape": quote,
        "header": header,
        "nullValue": "\0",  # no cell says so
        "multiLine": True,  # a cell in quotes may have line breaks
        "columnPruning": False,
        "columnNameOfCorruptRecord": "$line",
    }
    found = files(path)
    by_name = header and beside is None
    names = spark.read.options(**options).csv(path).columns if by_name else []
    names = names or columns  # an empty file has no header
    for column in columns:
        if column not in names:
            raise ValueError(f"There is no column “{column}” in {path}.")
    schema = ", ".join(quoted(name) + " STRING" for name in [*names, "$line"])
    cells = spark.readStream.schema(schema).options(**options).csv(found)
    cells = only(cells, path) if only else cells
    row = ", ".join(f"coalesce({quoted(name)}, '')" for name in names)
    return cells.selectExpr(
        *map(quoted, columns),
        *[f"{part} AS {quoted(name)}" for name, part in (beside or {}).items()],
        "IF(`$line` IS NULL, NULL, 'The number of cells is wrong.') AS `$wrong`",
        f"coalesce(`$line`, concat_ws({literal(delimiter)}, {row})) AS `$row`",
    )
)py";

constexpr std::string_view kJsonCells = R"py(
def json_cells(path, places, beside={}, whole=False, only=None):
    """What stands at these places of the JSON objects of files, one in a line, as texts, or (`whole`) all of
    the line; and what is beside it. `only`: of some files."""
    lines = spark.readStream.text(files(path))
    lines = only(lines, path) if only else lines
    if not whole:
        lines = lines.where("trim(value) <> ''")
    found = lambda place: "value" if whole else f"get_json_object(value, {literal(place)})"
    cells = {name: found(place) for name, place in places.items()}
    wrong = "IF(json_object_keys(value) IS NULL, 'This is no JSON object.', NULL)"
    return lines.selectExpr(
        *[f"{cell} AS {quoted(name)}" for name, cell in {**cells, **beside}.items()],
        f"{'CAST(NULL AS STRING)' if whole else wrong} AS `$wrong`",
        "value AS `$row`",
    )
)py";

constexpr std::string_view kGivenRows = R"py(
def given_rows(node, columns, rows):
    """Rows that the pipeline itself holds, as texts: written once into a file, which is read."""
    content = hashlib.sha256(json.dumps([columns, rows]).encode()).hexdigest()
    folder = os.path.join(checkpoints, "rows", f"{node}-{content[:16]}")  # other rows are another folder
    schema = ", ".join(quoted(name) + " STRING" for name in columns)
    given = spark.createDataFrame([tuple(row) for row in rows], schema).coalesce(1)
    blanks = {"ignoreLeadingWhiteSpace": False, "ignoreTrailingWhiteSpace": False}
    given.write.mode("ignore").options(escape='"', **blanks).csv(folder)
    return csv_cells(folder, columns, header=False)
)py";

constexpr std::string_view kSourceRows = R"py(
def source_rows(node, cells, types, event_time=None, on_error="reject"):
    """Texts as rows of these types, and the rows that are none, as the port “rejected” has them."""
    cast = "CAST" if on_error == "fail" else "TRY_CAST"
    values = {}
    for name, type in types.items():
        value = quoted(name) if type == "STRING" else f"{cast}({quoted(name)} AS {type})"
        if type == "BINARY":  # in Base64
            value = f"{'to_binary' if on_error == 'fail' else 'try_to_binary'}({quoted(name)}, 'base64')"
        values[name] = f"date_trunc('MILLISECOND', {value})" if type == "TIMESTAMP" else value
    wrong = "WHEN `$wrong` IS NOT NULL THEN `$wrong`"
    for name, type in types.items():
        if on_error == "reject" and type != "STRING":
            said = literal(f"“{name}” is not {type}.")
            wrong += f" WHEN {quoted(name)} IS NOT NULL AND {values[name]} IS NULL THEN {said}"
    if event_time:
        wrong += f" WHEN {values[event_time]} IS NULL THEN 'The event time is NULL.'"
    checked = cells.selectExpr("*", f"CASE {wrong} END AS `$error`")
    rejected = checked.where("`$error` IS NOT NULL").selectExpr(
        f"{literal(node)} AS `node`",
        "`$error` AS `error`",
        "`$row` AS `row`",
        "CAST(NULL AS BIGINT) AS `position`",
    )
    if on_error == "fail":
        fails = "CAST(raise_error(concat(`$error`, ' ', `$row`)) AS BOOLEAN)"
        checked = checked.where(f"IF(`$error` IS NULL, TRUE, {fails})")
    good = checked.where("`$error` IS NULL")
    return good.selectExpr(*[f"{value} AS {quoted(name)}" for name, value in values.items()]), rejected
)py";

constexpr std::string_view kStagedRows = R"py(
def staged_rows(file, types):
    """Rows of a copy that was made of a source: no header, NULL as <NULL>, good rows alone."""
    options = {
        "nullValue": "<NULL>",
        "escape": '"',
        "multiLine": True,
        "mode": "FAILFAST",
        "nanValue": "NaN",
        "positiveInf": "Infinity",
        "negativeInf": "-Infinity",
        "timestampFormat": "yyyy-MM-dd HH:mm:ss.SSS",
    }
    plain = {name: "STRING" if type == "BINARY" else type for name, type in types.items()}
    schema = ", ".join(f"{quoted(name)} {type}" for name, type in plain.items())
    copy = os.path.join(args.staged, file)
    rows = spark.readStream.schema(schema).options(**options).csv(files(copy))
    if "BINARY" not in types.values():
        return rows
    base64 = lambda name: f"to_binary({quoted(name)}, 'base64') AS {quoted(name)}"
    return rows.selectExpr(
        *[base64(name) if type == "BINARY" else quoted(name) for name, type in types.items()]
    )
)py";

constexpr std::string_view kWithWatermark = R"py(
def with_watermark(rows, column, delay):
    """Rows with event time. With --end a last row, far behind all others, lets every window close."""
    if not args.end:
        return rows.withWatermark(column, delay)
    end = "9000-01-01 00:00:00.000"
    values = {"boolean": "false", "string": "~", "date": end[:10], "timestamp": end}
    last = ",".join(values.get(field.dataType.typeName(), "0") for field in rows.schema)
    folder = tempfile.mkdtemp(prefix="rillwright-end-")
    for number, text in enumerate(["", last + "\n"]):  # not in the first micro-batch, but behind it
        file = os.path.join(folder, f"{number}.csv")
        with open(file, "w") as out:
            out.write(text)
        os.utime(file, (1e9 + number, 1e9 + number))
    binary = [field.name for field in rows.schema if field.dataType.typeName() == "binary"]
    declared = ", ".join(
        f"{quoted(field.name)} {'string' if field.name in binary else field.dataType.simpleString()}"
        for field in rows.schema
    )  # of BINARY a file of CSV has none
    reader = spark.readStream.schema(declared if binary else rows.schema).option("maxFilesPerTrigger", 1)
    end_row = reader.option("timestampFormat", "yyyy-MM-dd HH:mm:ss.SSS").csv(folder)
    for name in binary:
        end_row = end_row.withColumn(name, end_row[quoted(name)].cast("binary"))
    ended = rows.union(end_row)
    return ended.withWatermark(column, delay).where(f"{quoted(column)} < TIMESTAMP '{end}'")
)py";

constexpr std::string_view kLookupTable = R"py(
def lookup_table(database, table, types):
    """A table of an SQLite file as it is now."""

    def text(cell, type):
        if cell is None or type != "BINARY":
            return None if cell is None else str(cell)
        return base64.b64encode(cell.encode() if isinstance(cell, str) else cell).decode()

    address = f"file:{urllib.parse.quote(database)}?mode=ro"
    with contextlib.closing(sqlite3.connect(address, uri=True)) as connection:
        names = ", ".join('"' + name.replace('"', '""') + '"' for name in types)
        found = connection.execute('SELECT {} FROM "{}"'.format(names, table.replace('"', '""')))
        rows = [tuple(map(text, row, types.values())) for row in found]
    texts = ", ".join(quoted(name) + " STRING" for name in types)

    def value(name, type):
        if type == "BINARY":
            return f"to_binary({quoted(name)}, 'base64') AS {quoted(name)}"
        return f"CAST({quoted(name)} AS {type}) AS {quoted(name)}"

    values = [value(name, type) for name, type in types.items()]
    return spark.createDataFrame(rows, texts).selectExpr(*values)
)py";

}  // namespace

const std::vector<SparkFunction>& sparkReaders() {
    static const std::vector<SparkFunction> kReaders{
        {"path", "os, re", kPathPutIn},
        {"files", "os, re", kFiles},
        {"finished", "re", kFinished},
        {"literal", "", kLiteral},
        {"csv_cells", "", kCsvCells},
        {"json_cells", "", kJsonCells},
        {"given_rows", "hashlib, json, os", kGivenRows},
        {"source_rows", "", kSourceRows},
        {"staged_rows", "os", kStagedRows},
        {"with_watermark", "os, tempfile", kWithWatermark},
        {"lookup_table", "base64, contextlib, sqlite3, urllib.parse", kLookupTable},
    };
    return kReaders;
}

}  // namespace rw
