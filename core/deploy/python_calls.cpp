#include "core/deploy/python_calls.h"

#include <algorithm>

#include "core/deploy/python_text.h"
#include "core/pipeline/json/json.h"
#include "core/python/answer_frames.h"
#include "core/python/worker_script.h"

namespace rw {

const std::string_view kPythonCalls = R"py(
class PythonCalls:
    """Calls process() for columns, by the functions of `worker_source`. `plain`: dates are days since 1970, times
    are milliseconds; else they are those of datetime. `node`: for errors."""

    def __init__(self, source, setup, or_null, plain, node=""):
        self.worker, self.or_null, self.plain = types.ModuleType("worker"), or_null, plain
        self.what = f"process() of “{node}”" if node else "process()"
        exec(compile(source, "worker", "exec"), self.worker.__dict__)
        self.task = self.worker.Task(setup)
        self.numbers = {column.name: number for number, column in enumerate(self.task.inputs)}

    def part(self, column, values):
        """Values as the worker takes them."""
        packed = self.plain and column.code
        plain = [value if packed or value is None else column.plain(value) for value in values]
        valid = bytes(value is not None for value in values)
        return self.worker.Part(len(values), valid, column.packed(plain))

    def values(self, column, encoded, given, origins):
        """The values of an output column; None: they are as in the input."""
        if encoded is None:
            return [given[self.numbers[column.name]][row] for row in origins]
        valid, data = encoded
        if not self.plain or not column.code:
            return column.values(self.worker.Part(len(origins), valid, data))
        made = memoryview(data).cast(column.code).tolist()
        made = [value != 0 for value in made] if column.type == "BOOLEAN" else made
        return made if valid is None else [value if ok else None for value, ok in zip(made, valid)]

    def failed(self, given, row, error):
        """The columns of a row that failed: NULL but for those of the input."""
        if not self.or_null:
            raise RuntimeError(f"{self.what}: {error}")
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
        """For each row a list of the rows that were made of it, as lists."""
        results = [[] for _ in range(size)]
        for origins, encoded, errors in self.pieces(given, size):
            columns = [self.values(*one, given, origins) for one in zip(self.task.outputs, encoded)]
            for origin, *values in zip(origins, *columns):
                results[origin].append(values)
            for row, error in errors:
                results[row].append(self.failed(given, row, error))
        return results
)py";

const std::string& pythonWorkerSource() {
    // It has no three single quotes, and no backslash at its end.
    static const std::string text =
        "\n# How Rillwright calls functions; a cluster's machines do it in the same way.\n"
        "worker_source = r'''" +
        workerFunctions() + "'''\n";
    return text;
}

std::string pythonSetup(const PythonFunction& function) {
    Json setup = Json::parse(setupBody(function, {}));
    setup.erase("code");
    return setup.dump();
}

std::string pythonCodeText(const std::string& code) {
    std::string text = "(";
    for (std::size_t at = 0; at < code.size();) {
        const std::size_t end = std::min(code.find('\n', at), code.size() - 1) + 1;
        text += "\n    " + pyText(std::string_view(code).substr(at, end - at));
        at = end;
    }
    return text + "\n)";
}

}  // namespace rw
