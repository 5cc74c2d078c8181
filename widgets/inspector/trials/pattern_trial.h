// A pattern node tried on a few rows: which rows match as which variable. The rows go through the node
// itself, in a pipeline of their own; nothing else is read or written.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/status.h"
#include "core/pipeline/validate.h"
#include "widgets/inspector/trials/typed_rows.h"

namespace rw::ui {

/// Copies, for any thread.
struct PatternTrialRequest {
    Node node{};
    TypedCells cells{};
    std::string eventTime{};  ///< the column
    ValidateOptions validate{};
    std::shared_ptr<const Catalogue> catalogue{};
};

/// A row's place in a match. Rows may be in several, where the search goes on within one.
struct PatternHit {
    std::int64_t match = 0;  ///< its number, from 1, over all partitions
    std::string variable{};
};

struct PatternTrialReport {
    std::vector<std::vector<PatternHit>> rows{};  ///< of each row given
    std::int64_t matches = 0;
};

/// Waits, until `cancelled`: ErrorCode::Cancelled. Rows of excluded parts are not told.
Result<PatternTrialReport> tryPattern(const PatternTrialRequest& request,
                                      const std::function<bool()>& cancelled);

}  // namespace rw::ui
