// bench_python [--markdown PAGE]… : how fast rows go through a function in Python, through numpy and called
// for each row, and how long a process takes to start, without what the code imports: beside PyFlink's
// functions where $RILLWRIGHT_PYFLINK names a Python that has it. By the time of the processors, the process
// of Python included, and by the clock. Into the tables “python” and “python_start” of the pages.
#include <chrono>

#include "core/python/interpreter.h"
#include "core/python/python_operator.h"
#include "tests/bench/figures.h"
#include "tests/bench/operators.h"
#include "tests/bench/peer_figures.h"

using namespace rw;
using namespace rw::bench;

namespace {

constexpr std::size_t kBatch = 4'096, kBatches = 200, kColumns = 4;

Batch numbers() {
    Batch batch;
    Schema schema;
    batch.rows = kBatch;
    for (std::size_t i = 0; i < kColumns; ++i) {
        schema.fields.push_back({std::string(1, static_cast<char>('a' + i)), Type::of(TypeId::Double)});
        ColumnBuilder column(Type::of(TypeId::Double));
        for (std::size_t row = 0; row < kBatch; ++row)
            column.append(static_cast<double>(row * (i + 3)) * 0.37 - static_cast<double>(row % 7));
        batch.columns.push_back(column.finish());
    }
    batch.schema = std::make_shared<const Schema>(std::move(schema));
    batch.positions.first = 0;
    return batch;
}

double since(std::chrono::steady_clock::time_point began) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

std::shared_ptr<PythonPlan> planOf(const char* code, bool batches, const SchemaRef& input) {
    auto function = std::make_shared<PythonFunction>();
    function->code = code;
    function->python = interpreterOf({});
    function->batches = batches;
    function->input = input;
    Schema output{{{"a", Type::of(TypeId::Double)}, {"r", Type::of(TypeId::Double)}}};
    function->output = std::make_shared<const Schema>(std::move(output));
    function->timeLimit = 60'000;
    auto plan = std::make_shared<PythonPlan>();
    plan->function = std::move(function);
    plan->fails = true;
    return plan;
}

struct Measured {
    double start = 0;  ///< seconds until the first row came back
    double rate = 0;   ///< rows per second behind it
};

Measured measure(const char* name, const char* code, bool batches, std::size_t times) {
    const Batch batch = numbers();
    MakeContext context;
    PythonOperator op(planOf(code, batches, batch.schema), context);
    Counting out;
    Measured measured;
    auto began = std::chrono::steady_clock::now();
    finish(name, op, out, op.onBatch(0, batch.slice(0, 1), out));
    measured.start = since(began);
    began = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < times; ++i) finish(name, op, out, op.onBatch(0, batch, out));
    measured.rate = static_cast<double>(times * kBatch) / since(began);
    return measured;
}

constexpr const char* kNothing = "def process(row): return {'r': 1.0}";
constexpr const char* kNumpy =
    "import numpy as np\n"
    "def process(c):\n"
    "    return {'r': np.sqrt(c['a'] ** 2 + c['b'] ** 2) + np.where(c['c'] > c['d'], c['c'], c['d'])}";
constexpr const char* kEachRow =
    "import math\n"
    "def process(row):\n"
    "    return {'r': math.sqrt(row.a ** 2 + row.b ** 2) + max(row.c, row.d)}";

}  // namespace

int main(int argc, char** argv) {
    const PeerFigures flink = peerFigures("RILLWRIGHT_PYFLINK", "PyFlink", {"flink_peers.py", "python"});
    const double start = measure("a function that does nothing", kNothing, false, 1).start;
    const Measured numpy = measure("numpy", kNumpy, true, kBatches);
    const Measured eachRow = measure("each row", kEachRow, false, kBatches / 4);
    BesideTable table("million rows through Python", {"PyFlink"});
    table.add("`numpy`", numpy.rate, {figureOf(flink, "numpy by clock")});
    table.add("`rows`", eachRow.rate, {figureOf(flink, "row_by_row by clock")});
    const double theirs = figureOf(flink, "start");
    fmt::print("started in {:.2f} s, PyFlink in {:.2f} s\n", start, theirs);
    for (const auto& page : pagesIn(argc, argv)) {
        fillPage(page, "python", 2, table.rows());
        fillPage(page, "python_start", 2, {fmt::format("| {:.2f} | {:.2f} |", start, theirs)});
    }
}
