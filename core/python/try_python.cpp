#include "core/python/try_python.h"

#include <memory>
#include <utility>

#include "core/python/python_lane.h"

namespace rw {

namespace {

constexpr Millis kLook = 20;

void takeAnswer(PythonAnswer answer, const PythonFunction& function, const Batch& rows, TriedPython& tried) {
    Batch input = rows.select(answer.origins);
    tried.rows.schema = function.output;
    tried.rows.rows = answer.origins.size();
    for (std::size_t i = 0; i < answer.columns.size(); ++i) {
        const auto same = function.input->find(function.output->fields[i].name);
        tried.rows.columns.push_back(answer.columns[i]
                                         ? std::move(answer.columns[i])
                                         : input.columns[static_cast<std::size_t>(same.value_or(0))]);
    }
    tried.origins = std::move(answer.origins);
    for (auto& [row, reason] : answer.errors) tried.failed.push_back({row, std::move(reason)});
}

}  // namespace

TriedPython tryPython(const PythonFunction& function, const Batch& rows,
                      const std::function<bool()>& cancelled) {
    TriedPython tried;
    PythonLane lane(std::make_shared<const PythonFunction>(function));
    PythonCall call;
    call.batch = rows;
    call.rows = rows.rows;
    // Rows that are typed by hand: each has a key of its own.
    for (std::size_t row = 0; function.keyed && row < rows.rows; ++row) {
        call.keys.push_back(static_cast<std::int32_t>(row));
        call.states.emplace_back();
    }
    lane.begin(std::move(call), {});
    PythonLane::Step step = PythonLane::Step::Waiting;
    while (step == PythonLane::Step::Waiting && !cancelled()) step = lane.step(kLook);
    if (step == PythonLane::Step::Answered) takeAnswer(lane.takeAnswer(), function, rows, tried);
    if (step == PythonLane::Step::Failed) {
        tried.error = lane.failure().text;
        tried.trace = lane.failure().trace;
        tried.line = lane.failure().line;
    }
    tried.notes = lane.takeNotes();
    tried.python = lane.python();
    tried.numpy = lane.numpy();
    return tried;
}

}  // namespace rw
