#include "widgets/pipeline_tests/test_edits.h"

#include <algorithm>
#include <utility>

#include "core/pipeline/limits.h"

namespace rw::ui {

bool hasRows(const PipelineTestStep& step) {
    return step.rows.has_value() && step.rows->is_array();
}

namespace {

Json* rowsAt(PipelineTest& test, std::size_t step) {
    if (step >= test.steps.size() || !hasRows(test.steps[step])) return nullptr;
    return &*test.steps[step].rows;
}

}  // namespace

void setCell(PipelineTest& test, std::size_t step, std::size_t row, std::size_t column, Json cell) {
    Json* const rows = rowsAt(test, step);
    if (rows == nullptr || row >= rows->size() || column >= (*rows)[row].size()) return;
    (*rows)[row][column] = std::move(cell);
}

void addRow(PipelineTest& test, std::size_t step, std::size_t at, std::size_t columns) {
    Json* const rows = rowsAt(test, step);
    if (rows == nullptr || at > rows->size()) return;
    Json row = at > 0 ? (*rows)[at - 1] : rows->empty() ? Json(Json::array_t(columns)) : (*rows)[0];
    rows->insert(rows->begin() + static_cast<std::ptrdiff_t>(at), std::move(row));
}

void removeRow(PipelineTest& test, std::size_t step, std::size_t row) {
    Json* const rows = rowsAt(test, step);
    if (rows != nullptr && row < rows->size()) rows->erase(row);
}

void addStep(PipelineTest& test, std::size_t at, PipelineTestStep step) {
    const std::size_t place = std::min(at, test.steps.size());
    test.steps.insert(test.steps.begin() + static_cast<std::ptrdiff_t>(place), std::move(step));
}

void removeStep(PipelineTest& test, std::size_t step) {
    if (step < test.steps.size()) test.steps.erase(test.steps.begin() + static_cast<std::ptrdiff_t>(step));
}

void moveStep(PipelineTest& test, std::size_t step, bool down) {
    const std::size_t first = down ? step : step - 1;
    if ((!down && step == 0) || first + 1 >= test.steps.size()) return;
    std::swap(test.steps[first], test.steps[first + 1]);
}

const PipelineTest* testNamed(const PipelineTestFile& file, const std::string& name) {
    const auto found = std::find_if(file.tests.begin(), file.tests.end(),
                                    [&](const PipelineTest& test) { return test.name == name; });
    return found == file.tests.end() ? nullptr : &*found;
}

PipelineTest* testNamed(PipelineTestFile& file, const std::string& name) {
    return const_cast<PipelineTest*>(testNamed(std::as_const(file), name));
}

std::string freeTestName(const PipelineTestFile& file, const std::string& wish) {
    constexpr std::size_t kRoomForNumber = 8;
    const std::string base = firstCharacters(wish, kLongestTestName - kRoomForNumber);
    std::string name = base;
    for (int number = 2; testNamed(file, name) != nullptr; ++number)
        name = base + ' ' + std::to_string(number);
    return name;
}

}  // namespace rw::ui
