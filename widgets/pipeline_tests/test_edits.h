// Changes of the steps of a test, as functions on plain data. Places that a test does not have change
// nothing.
#pragma once
#include <cstddef>

#include "core/pipeline_tests/test_file.h"

namespace rw::ui {

/// The step has a list of rows.
bool hasRows(const PipelineTestStep& step);

void setCell(PipelineTest& test, std::size_t step, std::size_t row, std::size_t column, Json cell);
/// Puts a row before that of number `at`: a copy of the one above it, for the next row is often alike; the
/// first one of a step has `columns` cells, NULL all.
void addRow(PipelineTest& test, std::size_t step, std::size_t at, std::size_t columns);
void removeRow(PipelineTest& test, std::size_t step, std::size_t row);
void addStep(PipelineTest& test, std::size_t at, PipelineTestStep step);
void removeStep(PipelineTest& test, std::size_t step);
void moveStep(PipelineTest& test, std::size_t step, bool down);

/// The test of that name; null: there is none.
PipelineTest* testNamed(PipelineTestFile& file, const std::string& name);
const PipelineTest* testNamed(const PipelineTestFile& file, const std::string& name);
/// The name, with a number where there is such a test already; not too long.
std::string freeTestName(const PipelineTestFile& file, const std::string& wish);

}  // namespace rw::ui
