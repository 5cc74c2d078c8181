// How functions of the user's in Python are called. The program that calls them here is a text of the Spark
// program, and runs where Spark runs Python: the same checks of results, the same errors.
#include "core/deploy/spark/library.h"
#include "core/python/worker_script.h"

namespace rw {

namespace {

constexpr std::string_view kPythonFile = R"py(
def python_file(text):
    """The code in a file, which must be where this program is started."""
    with open(path(text), encoding="utf-8") as file:
        return file.read()
)py";

constexpr std::string_view kPythonCalls = R"py(
class PythonCalls:
    """Calls process() for columns of Arrow, by the functions of `worker_source`."""

    kinds = {"INT": "INT", "DATE": "INT", "BIGINT": "BIGINT", "TIMESTAMP": "BIGINT", "BYTES": "BINARY"}

    def __init__(self, source, setup, or_null):
        self.worker, self.or_null = types.ModuleType("worker"), or_null
        exec(compile(source, "worker", "exec"), self.worker.__dict__)
        self.task = self.worker.Task(setup)
        self.numbers = {column.name: number for number, column in enumerate(self.task.inputs)}

    def part(self, column, values):
        """Values as the worker takes them."""
        plain = [value if column.code or value is None else column.plain(value) for value in values]
        valid = bytes(value is not None for value in values)
        return self.worker.Part(len(values), valid, column.packed(plain))

    def values(self, column, encoded, given, origins):
        """The values of an output column; None: they are as in the input."""
        if encoded is None:
            return [given[self.numbers[column.name]][row] for row in origins]
        valid, data = encoded
        if column.code:
            made = memoryview(data).cast(column.code).tolist()
            made = [value != 0 for value in made] if column.type == "BOOLEAN" else made
        else:
            made = column.texts(self.worker.Part(len(origins), None, data))
        return made if valid is None else [value if ok else None for value, ok in zip(made, valid)]

    def failed(self, given, row, error):
        """The columns of a row that failed: NULL but for those of the input."""
        if not self.or_null:
            raise RuntimeError("process(): " + error)
        return [given[self.numbers[column.name]][row] if column.name in self.task.passable else None
                for column in self.task.outputs]

    def pieces(self, given, size):
        """The numbers of the rows that rows were made of, with their columns; and the rows that failed."""
        parts, at = [self.part(*one) for one in zip(self.task.inputs, given)], 0
        if self.task.batches:
            yield self.task.run_batch(parts, size)
            return
        while at < size:
            columns = self.worker.Columns(self.task.inputs, parts)
            made, used = self.worker.run_rows(self.task, columns, size, at, None, None)
            encoded = made.encoded()
            yield made.origins, encoded, made.errors
            at += used

    def call(self, given, size):
        """For each row a list of the rows that were made of it."""
        results = [[] for _ in range(size)]
        for origins, encoded, errors in self.pieces(given, size):
            columns = [self.values(*one, given, origins) for one in zip(self.task.outputs, encoded)]
            for origin, *values in zip(origins, *columns):
                results[origin].append(values)
            for row, error in errors:
                results[row].append(self.failed(given, row, error))
        return [[{f"c{i}": value for i, value in enumerate(row)} for row in made] for made in results]
)py";

constexpr std::string_view kWithPython = R"py(
def with_python(rows, code, setup, columns, or_null=False):
    """The rows that process() of `code` makes of each row. `setup`: as the worker takes it; `columns`: of the
    output, each by an expression over `$made`, what process() gave. Spark needs pyarrow for this."""
    from pyspark.sql.types import DataType

    setup = dict(json.loads(setup), code=code)
    source, calls, held = worker_source, PythonCalls, []
    shape = ", ".join(
        f"c{i}: {calls.kinds.get(kind) or kind if kind != 'DECIMAL' else f'DECIMAL({precision},{scale})'}"
        for i, (_, kind, precision, scale) in enumerate(setup["outputs"])
    )
    result = DataType.fromDDL(f"ARRAY<STRUCT<{shape}>>")

    def made(*inputs):
        import pyarrow
        from pyspark.sql.pandas.types import to_arrow_type

        if not held:
            held.append(calls(source, setup, or_null))
        given = [values.to_pylist() for values in inputs]
        return pyarrow.array(held[0].call(given[:-1], len(given[-1])), to_arrow_type(result))

    plain = {"DATE": F.unix_date, "TIMESTAMP": F.unix_millis}
    given = [
        plain.get(kind, lambda column: column)(F.col(quoted(name))) for name, kind, _, _ in setup["inputs"]
    ]
    function = F.arrow_udf(made, result)
    return rows.select("*", F.explode(function(*given, F.lit(1))).alias("$made")).selectExpr(*columns)
)py";

/// The worker as a literal: it has no three single quotes, and no backslash at its end.
const std::string& workerSource() {
    static const std::string text =
        "\n# How Rillwright calls functions; Spark's machines do it in the same way.\n"
        "worker_source = r'''" +
        workerFunctions() + "'''\n";
    return text;
}

}  // namespace

const std::vector<SparkFunction>& sparkPythonCalls() {
    static const std::vector<SparkFunction> functions{{"python_file", "", kPythonFile},
                                                      {"worker_source", "", workerSource()},
                                                      {"PythonCalls", "types", kPythonCalls},
                                                      {"with_python", "", kWithPython}};
    return functions;
}

}  // namespace rw
