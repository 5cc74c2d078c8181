// Rows of one input of a learning node, with what their expressions gave.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/learn/learning_plan.h"
#include "core/stream/operator.h"
#include "core/stream/row_errors.h"

namespace rw::learn {

/// Rows under way, and the next one to be taken.
struct LearningRows {
    Batch batch{};
    std::vector<std::uint32_t> keys{};  ///< by row, as KeyModels numbers them
    std::size_t next = 0;
    std::vector<double> numbers{};  ///< row by row; kUnknown: NULL
    std::vector<double> targets{};  ///< empty: the input has none
    std::vector<ColumnRef> texts{};
    ColumnRef label{}, id{};  ///< null: the input has none

    bool done() const { return next == batch.rows; }
};

/// Computes what an input's rows hold, and finds those that can't be learnt from.
class RowReader {
 public:
    RowReader(const LearningInput& input, const LearningPlan& plan, const MakeContext& context);

    /// Computes the expressions of all rows of the batch; failures() are those that are to be rejected.
    void read(const Batch& batch, LearningRows& rows);
    const RowFailures& failures() const { return m_failures; }

 private:
    void readNumbers(const sql::BoundExpr& expr, std::size_t column, LearningRows& rows);
    void readTarget(LearningRows& rows);
    ColumnRef readText(const sql::BoundRef& expr, const Batch& batch);
    void requireId(const LearningRows& rows);

    const LearningInput& m_input;
    const bool m_nullFails;  ///< a feature that is NULL
    const sql::EvalContext m_eval;
    const bool m_nullOnError;
    RowFailures m_failures{};
};

}  // namespace rw::learn
