// Rows whose expressions failed: they leave the batch by the rejected port. And the effect of leaving rows out
// on a stream of changes.
#pragma once
#include <cstdint>
#include <vector>

#include "core/stream/operator.h"

namespace rw {

/// Sorts by row and leaves one error a row: the one that stood first.
void keepFirstOfEachRow(sql::RowErrors& errors);

/// Whether the row takes an earlier one back. A withdrawn row that failed is not rejected a second time.
bool withdraws(const Batch& batch, std::size_t row);
inline bool withdraws(RowKind kind) {
    return kind == RowKind::UpdateBefore || kind == RowKind::Delete;
}

/// For changes of which some may have been left out: an update-before whose update-after is gone would stand
/// for nothing, so each change stands for itself, −U as −D and +U as +I.
void unpairUpdates(Batch& batch);

/// Collects the errors of several expressions over one batch; of a row with several, the first one added
/// counts.
class RowFailures {
 public:
    void add(const sql::RowErrors& errors);
    void add(const sql::Vector& vector) {
        if (vector.errors) add(*vector.errors);
    }
    bool empty() const { return m_errors.empty(); }
    const sql::RowErrors& errors() const { return m_errors; }  ///< one a row, by row
    /// Hands every failed row of `batch` that does not take one back to out.reject(); an error when that says
    /// so.
    Status reject(const Batch& batch, Output& out) const;
    /// The rows of a batch of `rows` rows that did not fail.
    std::vector<std::uint32_t> others(std::size_t rows) const;

 private:
    sql::RowErrors m_errors;  ///< sorted by row
};

}  // namespace rw
