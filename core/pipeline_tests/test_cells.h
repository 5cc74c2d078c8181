// The rows of a step as values of columns.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "core/base/status.h"
#include "core/pipeline_tests/port_rows.h"
#include "core/pipeline_tests/row_match.h"
#include "core/pipeline_tests/step_player.h"
#include "core/pipeline_tests/test_file.h"

namespace rw {

/// The column of an updating stream that says what a row does: +I, -U, +U, -D, as in a CSV file.
inline constexpr const char* kOpColumn = "op";

/// The rows that a step gives an input of columns `schema`; columns that it does not name are NULL. Cells
/// that are not of their type make StepRow::wrong. An error: the number of cells, or a column that there is
/// not.
Result<StepRows> givenRows(const PipelineTestStep& step, const Schema& schema);

/// The columns that a step looks at, of the rows of a port.
struct LookedAt {
    std::vector<MatchColumn> columns{};
    std::vector<int> from{};  ///< the column of the port for each; -1: kOpColumn
};
/// `table`: of a table, whose rows do nothing. An error: a column that there is not.
Result<LookedAt> lookedAt(const PipelineTestStep& step, const StreamType& type, bool table);

ValueRow cutRow(const LookedAt& look, const PortRow& row);
std::vector<ValueRow> cutRows(const LookedAt& look, const PortRowList& rows);
/// An error: the number of cells, or one that is not of its type.
Result<std::vector<ExpectedRow>> expectedRows(const PipelineTestStep& step, const LookedAt& look);
/// The step with the rows that came.
PipelineTestStep stepAsItCame(const PipelineTestStep& step, const LookedAt& look,
                              const std::vector<ValueRow>& rows);

}  // namespace rw
