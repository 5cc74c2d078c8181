// The tables that a lookup reads in a run that is recorded: which of them each row gets, and which parts go on
// the tape.
#pragma once
#include <cstdint>
#include <map>
#include <mutex>

#include "core/stream/lookups/lookup_table.h"
#include "core/stream/recording/tape.h"

namespace rw {

/// A table that was read again applies to the moments behind all that were asked for before; those keep theirs,
/// so that all rows of a moment get one table, whichever task has them and when. For that the table before is
/// kept, and older ones as far as they are small. A moment that comes when its table is gone gets the oldest
/// that is there, and the tape says so; if other rows of that moment have got the one that is gone, then they
/// get this one in a replay.
class RecordedTables {
 public:
    static constexpr std::size_t kKeptBytes = std::size_t{64} << 20;  ///< of those before the last two

    /// While nodes are made. `tape` outlives this.
    RecordedTables(LookupRecorder& tape, TapeLookup about, std::size_t keptBytes = kKeptBytes);

    // One thread at a time: the table is read, and then recorded.
    /// Reading begins.
    void begin();
    /// Some rows of it were read.
    void read(const Batch& rows);
    /// All of `table` was read, its last row at `readAt`: puts some of it on the tape. True: no more is left
    /// to do, and newest() is that table, or the one of before where that has the same rows.
    bool put(const LookupTableRef& table, Instant readAt);
    /// It could not be read.
    void fail(const Status& status);

    // Any thread.
    /// As LookupTables::at().
    LookupTableRef at(Instant moment);
    LookupTableRef newest() const;

 private:
    /// Lets go of the oldest but for `least`, as far as the others are too large.
    void letGo(std::size_t least);

    LookupRecorder& m_tape;
    const std::size_t m_lookup;
    const std::size_t m_keptBytes;

    // Of the table being read, and of the newest:
    std::uint64_t m_sum = 0, m_newestSum = 0, m_rows = 0, m_newestRows = 0;
    std::uint64_t m_put = 0;   ///< rows that are on the tape
    std::uint64_t m_next = 0;  ///< number of the next table

    mutable std::mutex m_mutex;  ///< guards the members below
    LookupMoments m_moments{};
    std::map<std::uint64_t, LookupTableRef> m_kept{};  ///< by number; the newest is among them
    Instant m_most = kMinTimestamp;                    ///< the largest moment that was asked for
};

}  // namespace rw
