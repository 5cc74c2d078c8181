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

    /// `baseline`: what a guess without a model had been worth in its place.
    void add(Quality::Kind kind, double value, double baseline = 0);
    Quality quality() const;

 private:
    struct Judged {
        double value, baseline;
    };

    Quality::Kind m_kind = Quality::Kind::None;
    std::vector<Judged> m_rows{};  ///< a ring
    std::size_t m_next = 0;
};

}  // namespace rw::learn
