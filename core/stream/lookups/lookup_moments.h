// Which of the tables of a lookup a row gets, where that is recorded: in a run with a tape, and in its
// replay (event-time rules, 26).
#pragma once
#include <cstdint>
#include <map>

#include "core/base/time.h"
#include "core/pipeline/node_kind.h"

namespace rw {

/// The property of a row that selects the version of the table. It does not depend on how rows are
/// distributed over tasks.
enum class LookupBy : std::uint8_t {
    Nothing,   ///< it meets the newest there is
    Arrival,   ///< when its source read it (Batch::arrived)
    EventTime  ///< the larger of its event time and its stamp
};

/// For the rows of a lookup's input. Rows that were made, held back, or left by a late port have no arrival
/// of their own; without event time they have nothing.
LookupBy lookupBy(const StreamType& input);

/// Of a row that has nothing.
inline constexpr Instant kNoMoment = kMinTimestamp;

/// The table of each moment: tables by their numbers.
class LookupMoments {
 public:
    bool empty() const { return m_points.empty(); }
    /// Rows of `moment` and of all later ones meet this one.
    void from(Instant moment, std::uint64_t table);
    /// Rows of `moment` meet this one, and the others those of before. Not while it is empty.
    void only(Instant moment, std::uint64_t table);
    /// Not while it is empty. Moments before the first get the table of the first.
    std::uint64_t at(Instant moment) const;

 private:
    std::map<Instant, std::uint64_t> m_points{};  ///< each up to the next
};

}  // namespace rw
