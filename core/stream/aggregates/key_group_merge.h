// Many states of groups as one, of which some are in files: put together some key groups at a time, so that
// their groups need never be in memory all at once.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "core/store/sorted_run.h"
#include "core/stream/aggregates/group_state.h"

namespace rw {

/// The groups of a table in the order of their key groups. `counts` grows by how many each has.
std::vector<std::uint32_t> byKeyGroup(const KeyTable& keys, std::array<std::uint64_t, kKeyGroups>& counts);

/// A portion has the groups of a few key groups, whichever of the states they are in; portions one after the
/// other have all.
class KeyGroupMerge {
 public:
    /// `bytes`: about so many are a portion, unless one key group has more.
    explicit KeyGroupMerge(const WindowPlan& plan, std::uint64_t bytes = kMostBytesOfPortion)
        : m_plan(&plan), m_portion(bytes), m_groups(plan) {}

    // What is merged, in this order: before run(). It outlives this, and does not change meanwhile.
    void add(const GroupState& state) { m_pieces.push_back({&state, nullptr}); }
    void add(const SortedRun& run) { m_pieces.push_back({nullptr, &run}); }

    /// Whether the portion is not whole yet: the first one, from the beginning on.
    bool busy() const { return m_busy; }
    /// Goes on with it.
    Status run(CallBudget& budget);
    /// Those of the portion; not while busy().
    const GroupState& groups() const { return m_groups; }
    /// Whether there are groups behind the portion.
    bool hasNext() const { return m_left > 0; }
    /// Begins with them. The result of groups() is not valid any more.
    void next();
    std::size_t memoryBytes() const;

    /// About so many groups are a portion at most, unless one key group has more; as many are written
    /// together. And bytes.
    static constexpr std::size_t kGroupsOfPortion = 8'192;
    static constexpr std::uint64_t kMostBytesOfPortion = std::uint64_t{16} << 20;

 private:
    struct Piece {
        const GroupState* state = nullptr;
        const SortedRun* run = nullptr;
        std::vector<std::uint32_t> order{};  ///< the state's groups, by key group
        std::size_t next = 0;                ///< in `order`, or among the sections of the run
    };
    void index(Piece& piece, CallBudget& budget);
    void nextKeyGroups();
    // Adds some of a piece; false: it has no more for this portion.
    bool addState(Piece& piece, CallBudget& budget);
    Result<bool> addRun(Piece& piece, CallBudget& budget);

    const WindowPlan* m_plan;
    const std::uint64_t m_portion;  ///< bytes
    std::vector<Piece> m_pieces{};
    std::size_t m_indexed = 0;                         ///< pieces
    std::array<std::uint64_t, kKeyGroups> m_counts{};  ///< groups of all pieces
    std::array<std::uint64_t, kKeyGroups> m_bytes{};   ///< … and what they take, about
    std::uint64_t m_left = 0;                          ///< of these behind the portion
    int m_end = 0;                                     ///< key group behind the portion; 0: none has begun
    std::size_t m_at = 0;                              ///< the piece that is being added
    const SortedRun* m_onlyOf = nullptr;               ///< the groups are all of this run
    GroupState m_groups;
    bool m_busy = true;
};

}  // namespace rw
