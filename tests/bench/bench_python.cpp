// How fast rows go through a function in Python: through numpy, and called for each row; rows a second of one
// process. And how long a process takes to start, without what the code imports.
#include <chrono>

#include "core/python/interpreter.h"
#include "core/python/python_operator.h"
#include "tests/bench/operators.h"

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

void measure(const char* name, const char* code, bool batches, std::size_t times) {
    const Batch batch = numbers();
    auto function = std::make_shared<PythonFunction>();
    function->code = code;
    function->python = interpreterOf({});
    function->batches = batches;
    function->input = batch.schema;
    Schema output{{{"a", Type::of(TypeId::Double)}, {"r", Type::of(TypeId::Double)}}};
    function->output = std::make_shared<const Schema>(std::move(output));
    function->timeLimit = 60'000;
    auto plan = std::make_shared<PythonPlan>();
    plan->function = std::move(function);
    plan->fails = true;
    MakeContext context;
    PythonOperator op(std::move(plan), context);
    Counting out;
    auto began = std::chrono::steady_clock::now();
    finish(name, op, out, op.onBatch(0, batch.slice(0, 1), out));
    const double start = since(began);
    began = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < times; ++i) finish(name, op, out, op.onBatch(0, batch, out));
    const double seconds = since(began);
    fmt::print("{:<32} {:>6.2f} M rows/s, started in {:.0f} ms\n", name,
               static_cast<double>(times * kBatch) / seconds / 1e6, start * 1e3);
}

}  // namespace

int main() {
    measure("a function that does nothing", "def process(row): return {'r': 1.0}", false, 1);
    measure(
        "numpy, batches",
        "import numpy as np\n"
        "def process(c):\n"
        "    return {'r': np.sqrt(c['a'] ** 2 + c['b'] ** 2) + np.where(c['c'] > c['d'], c['c'], c['d'])}",
        true, kBatches);
    measure("each row",
            "import math\n"
            "def process(row):\n"
            "    return {'r': math.sqrt(row.a ** 2 + row.b ** 2) + max(row.c, row.d)}",
            false, kBatches / 4);
}
