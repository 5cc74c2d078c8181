#include "core/deploy/spark/library.h"

namespace rw {

namespace {

constexpr std::string_view kKafkaOptions = R"py(
def kafka_options(servers, security="PLAINTEXT", mechanism=None, user=None, password=None, ca=None,
                  keystore=None, passphrase=None):
    """How brokers are reached."""
    options = {"kafka.bootstrap.servers": put_in(servers), "kafka.security.protocol": security}
    if ca:
        options["kafka.ssl.truststore.type"] = "PEM"
        options["kafka.ssl.truststore.location"] = put_in(ca)
    if keystore:
        options["kafka.ssl.keystore.type"] = "PEM"
        options["kafka.ssl.keystore.location"] = put_in(keystore)
    if passphrase:
        options["kafka.ssl.key.password"] = secrets[passphrase]
    if mechanism:
        module = "plain.PlainLoginModule" if mechanism == "PLAIN" else "scram.ScramLoginModule"
        word = lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
        options["kafka.sasl.mechanism"] = mechanism
        options["kafka.sasl.jaas.config"] = (
            f"org.apache.kafka.common.security.{module} required "
            f"username={word(user)} password={word(secrets[password])};"
        )
    return options
)py";

constexpr std::string_view kKafkaCells = R"py(
def kafka_cells(options, places, beside={}, whole=False):
    """What stands in the messages of topics, as texts: at these places of a JSON object, or (`whole`) all of
    it; and what is beside them."""
    messages = spark.readStream.format("kafka").options(**options).load()
    line = "CAST(value AS STRING)"
    found = lambda place: line if whole else f"get_json_object({line}, {literal(place)})"
    cells = {name: found(place) for name, place in places.items()}
    wrong = "IF(value IS NULL, 'The message has no value.', NULL)"
    if not whole:
        wrong = f"IF(json_object_keys({line}) IS NULL, 'This is no JSON object.', NULL)"
    return messages.selectExpr(
        *[f"{cell} AS {quoted(name)}" for name, cell in {**cells, **beside}.items()],
        f"{wrong} AS `$wrong`",
        f"coalesce({line}, '') AS `$row`",
    )
)py";

constexpr std::string_view kKafkaTopic = R"py(
def kafka_topic(node, rows, options, topic, value, key="CAST(NULL AS STRING)"):
    """Rows go into a topic, each as a message. Of rows that change a message replaces the one of its key, and
    one without a value says that the row is gone."""
    where = {**options, "topic": topic}

    def messages(rows):
        return rows.selectExpr(f"{key} AS `key`", f"{value} AS `value`")

    if not isinstance(rows, Changing):
        sinks.append((node, messages(rows), "append", lambda to: to.format("kafka").options(**where)))
        return

    def keys(number):
        return os.path.join(checkpoints, "keys", node, str(number))

    def gone(sent, number):
        """Keys of the micro-batch before, which had all rows, that this one has not."""
        sent.select("key").write.mode("overwrite").parquet(keys(number))
        system, before = file_system(keys(number - 1))
        system.delete(file_system(keys(number - 2))[1], True)
        if not system.exists(before):
            return sent.limit(0)
        known, here = spark.read.parquet(keys(number - 1)), spark.read.parquet(keys(number))
        none = f"CAST(NULL AS {sent.schema['value'].dataType.simpleString()}) AS `value`"
        return known.join(here, "key", "left_anti").selectExpr("`key`", none)

    def take(batch, number, mode):
        sent = messages(batch).persist()
        everything = sent.unionByName(gone(sent, number)) if mode == "complete" else sent
        everything.write.format("kafka").options(**where).save()
        sent.unpersist()

    batches(node, rows, take)
)py";

constexpr std::string_view kDatabaseOptions = R"py(
def database_options(url, user, password=None):
    """How a PostgreSQL is reached."""
    signs_in = {"user": put_in(user), "password": secrets[password] if password else ""}
    return {"url": put_in(url), "driver": "org.postgresql.Driver", **signs_in}
)py";

constexpr std::string_view kDatabaseCells = R"py(
def database_cells(node, options, query, columns):
    """Rows of a query as texts. They are read once, when the program starts from nothing, into a folder."""
    folder = os.path.join(checkpoints, "rows", node)
    system, whole = file_system(os.path.join(folder, "_SUCCESS"))
    if not system.exists(whole):
        found = spark.read.format("jdbc").options(**options, dbtable=f'({query}) AS "rows"').load()
        found.write.mode("overwrite").parquet(folder)
    schema = ", ".join(quoted(name) + " STRING" for name in columns)
    row = ", ".join(f"coalesce({quoted(name)}, '')" for name in columns)
    return spark.readStream.schema(schema).parquet(folder).selectExpr(
        *map(quoted, columns),
        "CAST(NULL AS STRING) AS `$wrong`",
        f"concat_ws(',', {row}) AS `$row`",
    )
)py";

constexpr std::string_view kDatabaseTable = R"py(
def database_table(node, rows, options, table, columns, mode, key=(), create=False):
    """Rows go into a table of PostgreSQL, each micro-batch in one transaction and once."""
    quote = lambda name: '"' + name.replace('"', '""') + '"'
    mark = mark_of(node)
    names = ", ".join(map(quote, columns))
    as_texts = ", ".join(quote(name) + " text" for name in columns)
    given = f"json_to_recordset(CAST(? AS json)) AS given({as_texts})"

    def value(name):
        cell = f"given.{quote(name)}"
        return f"decode({cell}, 'base64')" if columns[name] == "bytea" else f"CAST({cell} AS {columns[name]})"

    insert = f"INSERT INTO {table} ({names}) SELECT {', '.join(map(value, columns))} FROM {given}"
    if mode == "upsert":
        others = [f"{quote(name)} = excluded.{quote(name)}" for name in columns if name not in key]
        change = "UPDATE SET " + ", ".join(others) if others else "NOTHING"
        insert += f" ON CONFLICT ({', '.join(map(quote, key))}) DO {change}"
    same = " AND ".join(f"old.{quote(name)} = {value(name)}" for name in key)
    remove = f"DELETE FROM {table} AS old USING {given} WHERE {same}"

    def connected():
        properties = spark._jvm.java.util.Properties()
        for name in ("user", "password"):
            properties.setProperty(name, options[name])
        return spark._jvm.org.postgresql.Driver().connect(options["url"], properties)

    def tell(connection, statement, *values):
        prepared = connection.prepareStatement(statement)
        for place, text in enumerate(values, 1):
            prepared.setString(place, text)
        prepared.execute()
        return prepared

    def tell_all(connection, statement, rows):
        for at in range(0, len(rows), 10000):
            tell(connection, statement, json.dumps(rows[at : at + 10000])).close()

    def asked(connection, statement, *values):
        prepared = tell(connection, statement, *values)
        answer, texts = prepared.getResultSet(), []
        while answer.next():
            texts.append(answer.getString(1))
        prepared.close()
        return texts

    def prepare():
        declared = [f"{quote(name)} {type}" for name, type in columns.items()]
        if key:
            declared.append(f"PRIMARY KEY ({', '.join(map(quote, key))})")
        connection = connected()
        try:
            tell(connection, "CREATE TABLE IF NOT EXISTS _rill_batches (sink text PRIMARY KEY, batch bigint)")
            tell(connection, "CREATE TABLE IF NOT EXISTS _rill_keys (sink text, key text)")
            if is_new(node):
                for own in ("_rill_batches", "_rill_keys"):
                    tell(connection, f"DELETE FROM {own} WHERE sink = ?", mark)
            if create:
                tell(connection, f"CREATE TABLE IF NOT EXISTS {table} ({', '.join(declared)})")
        finally:
            connection.close()

    def no_longer(connection, given_keys):
        """The keys that the micro-batch before had, which has all rows, and this one has not."""
        known = set(asked(connection, "SELECT key FROM _rill_keys WHERE sink = ?", mark))
        here = {json.dumps(one) for one in given_keys}
        tell(connection, "DELETE FROM _rill_keys WHERE sink = ?", mark)
        keep = "INSERT INTO _rill_keys SELECT ?, * FROM json_array_elements_text(CAST(? AS json))"
        tell(connection, keep, mark, json.dumps(sorted(here)))
        return [dict(zip(key, json.loads(one))) for one in sorted(known - here)]

    def put(connection, found, everything):
        if mode == "upsert":  # of rows of one key in a micro-batch one is kept
            one_each = {tuple(row[name] for name in key): row for row in found}
            found = list(one_each.values())
            if everything:
                tell_all(connection, remove, no_longer(connection, one_each))
        tell_all(connection, insert, found)

    def take(batch, number, output):
        found = [dict(zip(columns, row)) for row in texts(batch).collect()]
        connection = connected()
        try:
            connection.setAutoCommit(False)
            tell(connection, "INSERT INTO _rill_batches VALUES (?, -1) ON CONFLICT DO NOTHING", mark)
            (done,) = asked(connection, "SELECT batch FROM _rill_batches WHERE sink = ? FOR UPDATE", mark)
            if int(done) < number:
                put(connection, found, output == "complete")
                now = "UPDATE _rill_batches SET batch = CAST(? AS bigint) WHERE sink = ?"
                tell(connection, now, str(number), mark)
            connection.commit()
        finally:
            connection.close()

    batches(node, rows, take, prepare)
)py";

constexpr std::string_view kHdfsFolder = R"py(
def hdfs_folder(node, rows, path, form="json", header=False, delimiter=","):
    """Rows go into files of a folder that others use, too, each row once. A micro-batch is written under a
    name that programs of Hadoop pass over; its files get theirs when it is whole."""
    own = os.path.join(checkpoints, "files", node)
    blanks = {"ignoreLeadingWhiteSpace": False, "ignoreTrailingWhiteSpace": False}
    options = {"ignoreNullFields": False, "timestampFormat": "yyyy-MM-dd HH:mm:ss.SSS"}
    if form == "csv":
        options = {"header": header, "sep": delimiter, "escape": '"', **blanks}
    ending = {"csv": ".csv", "text": ".txt"}.get(form, ".json")

    def prepare():
        if is_new(node):
            system, where = file_system(own)
            system.delete(where, True)
            # Files of this run, and of those that resume it, have its name.
            system.mkdirs(file_system(os.path.join(own, "run-" + uuid.uuid4().hex[:12]))[1])

    def run():
        system, where = file_system(own)
        names = [each.getPath().getName() for each in system.listStatus(where)]
        return next(name[4:] for name in names if name.startswith("run-"))

    def take(batch, number, mode):
        begin = f"{run()}-{number}"
        hidden = os.path.join(path, f".{begin}.inprogress")
        system, folder = file_system(hidden)
        known, done = file_system(os.path.join(own, f"done-{number}"))
        if not known.exists(done):
            written = system.exists(file_system(os.path.join(hidden, "_SUCCESS"))[1])
            if not written and not (header and batch.isEmpty()):  # which would be a header alone
                out = texts(batch) if form == "csv" else batch
                out.write.mode("overwrite").format(form).options(**options).save(hidden)
            for each in system.listStatus(folder) if system.exists(folder) else []:
                part = each.getPath().getName()
                if not part.startswith("part-") or each.getLen() == 0:
                    continue
                _, named = file_system(os.path.join(path, f"part-{begin}-{part[5:10]}{ending}"))
                if not system.rename(each.getPath(), named):
                    raise OSError(f"{hidden}/{part} can't get the name {named}.")
            known.create(done, True).close()
        system.delete(folder, True)
        known.delete(file_system(os.path.join(own, f"done-{number - 2}"))[1], True)

    batches(node, rows, take, prepare)
)py";

}  // namespace

const std::vector<SparkFunction>& sparkOutside() {
    static const std::vector<SparkFunction> kOutside{
        {"kafka_options", "", kKafkaOptions},     {"kafka_cells", "", kKafkaCells},
        {"kafka_topic", "os", kKafkaTopic},       {"database_options", "", kDatabaseOptions},
        {"database_cells", "os", kDatabaseCells}, {"database_table", "json", kDatabaseTable},
        {"hdfs_folder", "os, uuid", kHdfsFolder},
    };
    return kOutside;
}

}  // namespace rw
