// What nodes say that pass rows on: the row is made by itself.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "core/stream/lineage/row_match.h"

namespace rw {

/// The columns of the input that the output has unchanged: `columns` of them, from output column `first` on.
struct OwnRow {
    int input = 0;  ///< port
    std::vector<ColumnPair> columns{};
    bool judged = false;  ///< rows whose event time their stamp has reached are late
    int eventTime = -1;   ///< of the input; for `judged`
};

/// The row itself, by its position where both sides have one, and by `columns`.
std::shared_ptr<RowMatch> ownRow(const AskedRow& asked, const OwnRow& own);
Contributors itself(const AskedRow& asked, const OwnRow& own);

/// What a late port gave: the row of input `input`, whose columns are before late_by and late_for.
Contributors lateRow(const AskedRow& asked, int input);
/// What the rejected port of a node gave: the row of input `input`, by its position or, of one without, by
/// its text.
Contributors rejectedRow(const AskedRow& asked, int input);

/// Of a node with a condition, as `text` writes it: whether a row passes, and if not the condition's value.
/// `nullOnError`: as MakeContext::nullOnError; then no row is rejected.
Passage passageOf(const Batch& row, const sql::BoundExpr& condition, const std::string& text,
                  const sql::EvalContext& eval, bool nullOnError);

}  // namespace rw
