#include "core/deploy/spark/library.h"

namespace rw {

namespace {

constexpr std::string_view kTexts = R"py(
def texts(rows):
    """Rows with every value as a text."""

    def text(field):
        column = quoted(field.name)
        if field.dataType.typeName() == "timestamp":
            return f"date_format({column}, 'yyyy-MM-dd HH:mm:ss.SSS') AS {column}"
        if field.dataType.typeName() == "binary":
            return f"replace(base64({column}), concat(char(13), char(10)), '') AS {column}"  # it breaks lines
        return f"CAST({column} AS STRING) AS {column}"

    return rows.selectExpr(*map(text, rows.schema))
)py";

constexpr std::string_view kBatches = R"py(
def batches(node, rows, take, prepare=lambda: None):
    """A sink that is given each micro-batch, and prepares for the first."""
    changing = isinstance(rows, Changing)
    mode = ("complete" if rows.whole else "update") if changing else "append"

    def taken(batch, number):
        take(rows.change(batch) if changing else batch, number, mode)

    stream = rows.stream if changing else rows.drop("$time")
    if changing and args.dry_run:
        rows.change(spark.createDataFrame([], stream.schema))

    def to(writer):
        prepare()
        return writer.foreachBatch(taken)

    sinks.append((node, stream, mode, to))
)py";

constexpr std::string_view kShow = R"py(
def show(node, rows):
    """Rows go to standard output, as lists of texts. With "mode" "update" they replace earlier ones of
    their key, with "complete" all those of the batch before."""

    def take(batch, number, mode):
        found = [list(row) for row in texts(batch).collect()]
        for at in range(0, max(len(found), 1), 1000):
            if found or mode == "complete":
                some = found[at : at + 1000]
                say(event="rows", sink=node, batch=number, mode=mode, first=at == 0, rows=some)

    batches(node, rows, take)
)py";

constexpr std::string_view kFileSystem = R"py(
def file_system(path):
    """Hadoop's file system of a path, and the path for it."""
    where = spark._jvm.org.apache.hadoop.fs.Path(path)
    return where.getFileSystem(spark._jsc.hadoopConfiguration()), where
)py";

constexpr std::string_view kIsNew = R"py(
def is_new(node):
    """Whether a sink starts from nothing: there is no checkpoint of it."""
    system, where = file_system(checkpoint(node))
    return not system.exists(where)
)py";

constexpr std::string_view kMarkOf = R"py(
def mark_of(node):
    """What the file says by which a node knows its folder again."""
    return json.dumps({"pipeline": pipeline, "node": node})
)py";

constexpr std::string_view kOwnFolder = R"py(
def own_folder(node, path):
    """Whether there is a folder that this node of this pipeline made; an error where there is something else."""
    system, where = file_system(path)
    _, mark = file_system(os.path.join(path, "_rillwright"))
    if not system.exists(where):
        return False
    if system.exists(mark):
        file = system.open(mark)
        said = bytes(file.readAllBytes()).decode("utf-8")
        file.close()
        if said == mark_of(node):
            return True
    raise FileExistsError(f"{path} is there already, and this node did not write it: move it away.")
)py";

constexpr std::string_view kNewFolder = R"py(
def new_folder(node, path):
    """A folder for a run from nothing. What a run before wrote stays beside it until all queries run."""
    system, where = file_system(path)
    before = path.rstrip("/") + ".before"
    _, aside = file_system(before)
    there = own_folder(node, path)
    kept = own_folder(node, before)
    if there and kept:  # the run after that one never got as far
        system.delete(where, True)
    elif there:
        if not system.rename(where, aside):
            raise OSError(f"{path} can't be renamed to {before}.")
        kept = True

    def put_back():
        system.delete(where, True)
        if kept:
            system.rename(aside, where)
        begun, files_of_it = file_system(checkpoint(node))
        begun.delete(files_of_it, True)

    replaced[node] = put_back, lambda: system.delete(aside, True)
    system.mkdirs(where)
    mark = system.create(file_system(os.path.join(path, "_rillwright"))[1], True)
    mark.write(bytearray(mark_of(node), "utf-8"))
    mark.close()
)py";

constexpr std::string_view kPartFiles = R"py(
def part_files(node, rows, path, form, options):
    """Rows go into files of a folder, each row once. A run from nothing replaces those of another."""

    def to(writer):
        if is_new(node):
            new_folder(node, path)
        return writer.format(form).options(**options).option("path", path)

    sinks.append((node, rows.drop("$time"), "append", to))
)py";

constexpr std::string_view kCsvFolder = R"py(
def csv_folder(node, rows, path, header=True):
    options = {
        "header": header,
        "escape": '"',
        "ignoreLeadingWhiteSpace": False,  # blanks are of the values
        "ignoreTrailingWhiteSpace": False,
        "timestampFormat": "yyyy-MM-dd HH:mm:ss.SSS",
    }
    binary = [field.name for field in rows.schema if field.dataType.typeName() == "binary"]
    base64 = lambda name: f"replace(base64({quoted(name)}), concat(char(13), char(10)), '') AS {quoted(name)}"
    if binary:  # CSV has texts alone
        rows = rows.selectExpr(*[base64(name) if name in binary else quoted(name) for name in rows.columns])
    part_files(node, rows, path, "csv", options)
)py";

constexpr std::string_view kJsonFolder = R"py(
def json_folder(node, rows, path):
    options = {"ignoreNullFields": False, "timestampFormat": "yyyy-MM-dd HH:mm:ss.SSS"}
    part_files(node, rows, path, "json", options)
)py";

constexpr std::string_view kSqliteValues = R"py(
def sqlite_values(rows):
    """Rows as SQLite takes them: truth values as 0 and 1, dates, times and decimals as texts."""

    def value(field):
        column, type = quoted(field.name), field.dataType.typeName()
        if type == "timestamp":
            return f"date_format({column}, 'yyyy-MM-dd HH:mm:ss.SSS') AS {column}"
        if type in ("boolean", "date", "decimal"):
            return f"CAST({column} AS {'INT' if type == 'boolean' else 'STRING'}) AS {column}"
        return column

    return rows.selectExpr(*map(value, rows.schema))
)py";

constexpr std::string_view kSqliteTable = R"py(
def sqlite_table(node, rows, database, table, columns, mode, key=()):
    """Rows go into a table of an SQLite file, each micro-batch at once and once."""
    quote = lambda name: '"' + name.replace('"', '""') + '"'
    names = list(columns)
    places = [names.index(name) for name in key]
    same = " AND ".join(f"{quote(name)} IS ?" for name in key) or "TRUE"
    insert = f"INSERT INTO {quote(table)} VALUES ({', '.join('?' * len(names))})"
    remove = f"DELETE FROM {quote(table)} WHERE {same}"

    def connected():
        return contextlib.closing(sqlite3.connect(database, isolation_level=None, timeout=60))

    def prepare():
        declared = [f"{quote(name)} {type}" for name, type in columns.items()]
        if key:
            declared.append(f"PRIMARY KEY ({', '.join(map(quote, key))})")
        with connected() as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS _rill_batches (sink TEXT PRIMARY KEY, batch INTEGER)")
            connection.execute("CREATE TABLE IF NOT EXISTS _rill_keys (sink TEXT, key TEXT)")
            if is_new(node):
                for own in ("_rill_batches", "_rill_keys"):
                    connection.execute(f"DELETE FROM {own} WHERE sink = ?", [node])
                if mode == "replace":
                    connection.execute(f"DROP TABLE IF EXISTS {quote(table)}")
            connection.execute(f"CREATE TABLE IF NOT EXISTS {quote(table)} ({', '.join(declared)})")

    def no_longer(connection, given):
        """The keys that the micro-batch before had, which has all rows, and this one has not."""
        known = connection.execute("SELECT key FROM _rill_keys WHERE sink = ?", [node])
        gone = {tuple(json.loads(one)) for (one,) in known} - given
        connection.execute("DELETE FROM _rill_keys WHERE sink = ?", [node])
        kept = [(node, json.dumps(one)) for one in given]
        connection.executemany("INSERT INTO _rill_keys VALUES (?, ?)", kept)
        return gone

    def put(connection, found, everything):
        if mode == "upsert":
            # Of rows of one key in a micro-batch one is kept; there, too, NULL is like NULL.
            one_each = {tuple(row[place] for place in places): row for row in found}
            given, found = set(one_each), list(one_each.values())
            gone = no_longer(connection, given) if everything else set()
            connection.executemany(remove, list(given | gone))
        connection.executemany(insert, found)

    def take(batch, number, output):
        found = [tuple(row) for row in sqlite_values(batch).collect()]
        with connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            known = connection.execute("SELECT batch FROM _rill_batches WHERE sink = ?", [node])
            done = known.fetchone()
            if not done or done[0] < number:
                put(connection, found, output == "complete")
                connection.execute("INSERT OR REPLACE INTO _rill_batches VALUES (?, ?)", [node, number])
            connection.execute("COMMIT")

    batches(node, rows, take, prepare)
)py";

}  // namespace

const std::vector<SparkFunction>& sparkWriters() {
    static const std::vector<SparkFunction> kWriters{
        {"texts", "", kTexts},
        {"batches", "", kBatches},
        {"show", "", kShow},
        {"file_system", "", kFileSystem},
        {"is_new", "", kIsNew},
        {"mark_of", "json", kMarkOf},
        {"own_folder", "os", kOwnFolder},
        {"new_folder", "os", kNewFolder},
        {"part_files", "", kPartFiles},
        {"csv_folder", "", kCsvFolder},
        {"json_folder", "", kJsonFolder},
        {"sqlite_values", "", kSqliteValues},
        {"sqlite_table", "contextlib, json, sqlite3", kSqliteTable},
    };
    return kWriters;
}

}  // namespace rw
