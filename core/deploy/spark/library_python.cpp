// How functions of the user's in Python are called, where Spark runs Python.
#include "core/deploy/python_calls.h"
#include "core/deploy/spark/library.h"

namespace rw {

namespace {

constexpr std::string_view kPythonFile = R"py(
def python_file(text):
    """The code in a file, which must be where this program is started."""
    with open(path(text), encoding="utf-8") as file:
        return file.read()
)py";

constexpr std::string_view kWithPython = R"py(
def with_python(rows, code, setup, columns, or_null=False):
    """The rows that process() of `code` makes of each row. `setup`: as the worker takes it; `columns`: of the
    output, each by an expression over `$made`, what process() gave. Spark needs pyarrow for this."""
    from pyspark.sql.types import DataType

    setup = dict(json.loads(setup), code=code)
    source, calls, held = worker_source, PythonCalls, []
    kinds = {"DATE": "INT", "TIMESTAMP": "BIGINT", "BYTES": "BINARY"}
    shape = ", ".join(
        f"c{i}: {kinds.get(kind, kind) if kind != 'DECIMAL' else f'DECIMAL({precision},{scale})'}"
        for i, (_, kind, precision, scale) in enumerate(setup["outputs"])
    )
    result = DataType.fromDDL(f"ARRAY<STRUCT<{shape}>>")

    def made(*inputs):
        import pyarrow
        from pyspark.sql.pandas.types import to_arrow_type

        if not held:
            held.append(calls(source, setup, or_null, plain=True))
        given = [values.to_pylist() for values in inputs]
        results = held[0].call(given[:-1], len(given[-1]))
        rows = [[{f"c{i}": value for i, value in enumerate(row)} for row in made] for made in results]
        return pyarrow.array(rows, to_arrow_type(result))

    plain = {"DATE": F.unix_date, "TIMESTAMP": F.unix_millis}
    given = [
        plain.get(kind, lambda column: column)(F.col(quoted(name))) for name, kind, _, _ in setup["inputs"]
    ]
    function = F.arrow_udf(made, result)
    return rows.select("*", F.explode(function(*given, F.lit(1))).alias("$made")).selectExpr(*columns)
)py";

}  // namespace

const std::vector<SparkFunction>& sparkPythonCalls() {
    static const std::vector<SparkFunction> functions{{"python_file", "", kPythonFile},
                                                      {"worker_source", "", pythonWorkerSource()},
                                                      {"PythonCalls", "types", kPythonCalls},
                                                      {"with_python", "", kWithPython}};
    return functions;
}

}  // namespace rw
