#include "core/deploy/flink/python_program.h"

#include <algorithm>

#include "core/deploy/artefact.h"
#include "core/deploy/python_calls.h"
#include "core/deploy/python_text.h"

namespace rw {

namespace {

constexpr std::string_view kPythonFunction = R"py(
class PythonFunction(TableFunction):
    """The rows that process() of a node makes of each row. `setup`: as the worker takes it, JSON."""

    types = {"BOOLEAN": DataTypes.BOOLEAN, "INT": DataTypes.INT, "BIGINT": DataTypes.BIGINT,
             "DOUBLE": DataTypes.DOUBLE, "STRING": DataTypes.STRING, "BYTES": DataTypes.BYTES,
             "DATE": DataTypes.DATE, "TIMESTAMP": lambda: DataTypes.TIMESTAMP(3)}

    def __init__(self, node, code, setup, or_null=False):
        self.source, self.node, self.or_null = worker_source, node, or_null
        self.setup = dict(json.loads(setup), code=code)

    def results(self):
        return [DataTypes.DECIMAL(precision, scale) if kind == "DECIMAL" else self.types[kind]()
                for _, kind, precision, scale in self.setup["outputs"]]

    def is_deterministic(self):
        return self.setup["splits"]

    def open(self, context):
        self.calls = PythonCalls(self.source, self.setup, self.or_null, plain=False, node=self.node)

    def eval(self, *row):
        for made in self.calls.call([[value] for value in row], 1)[0]:
            yield Row(*made)
)py";

bool isFunction(const Statement& statement) {
    return statement.kind == Statement::Kind::Function;
}

}  // namespace

bool hasPythonFunctions(const Translation& translation) {
    return std::any_of(translation.statements.begin(), translation.statements.end(), isFunction);
}

std::string pythonFunctionsText(const Translation& translation) {
    std::string out =
        pythonWorkerSource() + "\n" + std::string(kPythonCalls) + "\n" + std::string(kPythonFunction) + R"py(

def functions(filled):
    """By their names in SQL. `filled`: a text with the values of variables."""
    def python_file(path):
        with open(filled(path), encoding="utf-8") as file:
            return file.read()

    return {)py";
    for (const Statement& statement : translation.statements) {
        if (!isFunction(statement)) continue;
        out += "\n        # " + nodeLine(statement) + "\n        " + pyText(statement.name) + ": " +
               statement.text + ",";
    }
    return out + "\n    }\n";
}

}  // namespace rw
