// Rows whose expressions failed: out of the batch, by the rejected port.
#pragma once
#include <cstdint>
#include <vector>

#include "core/stream/operator.h"

namespace rw {

/// Collects the errors of several expressions over one batch; of a row with several, the first one added
/// counts.
class RowFailures {
 public:
    void add(const sql::RowErrors& errors);
    void add(const sql::Vector& vector) {
        if (vector.errors) add(*vector.errors);
    }
    bool empty() const { return m_errors.empty(); }
    /// Hands every failed row of `batch` to out.reject(); an error when that says so.
    Status reject(const Batch& batch, Output& out) const;
    /// The rows of a batch of `rows` rows that did not fail.
    std::vector<std::uint32_t> others(std::size_t rows) const;

 private:
    sql::RowErrors m_errors;  ///< sorted by row
};

}  // namespace rw
