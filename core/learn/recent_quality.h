// How good a learning node was over its last rows.
#pragma once
#include <vector>

#include "core/stream/quality.h"

namespace rw::learn {

/// The mean of the last values, for the card and for metrics. Not part of the state: a run that resumes
/// counts anew.
class RecentQuality {
 public:
    static constexpr std::size_t kRows = 1'000;

    void add(Quality::Kind kind, double value);
    Quality quality() const;

 private:
    Quality::Kind m_kind = Quality::Kind::None;
    std::vector<double> m_values{};  ///< a ring
    std::size_t m_next = 0;
};

}  // namespace rw::learn
