// The tables that a lookup read in the run that a tape is of.
#pragma once
#include <memory>
#include <mutex>
#include <set>
#include <vector>

#include "core/tape/tape_file.h"

namespace rw {

/// Reads each from the tape when a row meets it, and keeps those that were met last. A tape that was cut off
/// knows nothing of later ones: rows go on meeting the last that is whole.
class TapedLookup final : public LookupTables {
 public:
    static constexpr std::size_t kKeptBytes = std::size_t{64} << 20;  ///< beyond the last two

    /// `number`: in TapeFile::lookups(). `by`: Nothing where rows have no moment that the tape knows; then
    /// they meet the last one.
    TapedLookup(TapeFileRef tape, std::size_t number, LookupBy by, std::vector<int> keys,
                std::size_t keptBytes = kKeptBytes);

    LookupBy by() const override { return m_by; }
    LookupTableRef at(Instant moment) override;
    LookupTableRef newest() const override;
    Instant readAt() const override;
    bool due() const override { return false; }
    Result<bool> read(Instant moment) override;
    bool missing() const override { return lookup().moments.empty(); }
    Status failed() const override { return lookup().failed; }

 private:
    struct Kept {
        std::uint64_t number;
        LookupTableRef table;
    };
    const TapeFile::Lookup& lookup() const { return m_tape->lookups()[m_number]; }
    const SchemaRef& schema() const { return m_tape->head().start.lookups[m_number].schema; }
    /// Not when it is missing().
    std::uint64_t tableOf(Instant moment) const;
    void keep(std::uint64_t table, LookupTableRef rows);

    const TapeFileRef m_tape;
    const std::size_t m_number;
    const LookupBy m_by;
    const std::vector<int> m_keys;
    const std::size_t m_keptBytes;

    std::mutex m_reading;  ///< held for a piece; guards the table being read
    std::shared_ptr<LookupTable> m_next;
    std::uint64_t m_nextNumber = 0;
    std::size_t m_block = 0;  ///< of that

    mutable std::mutex m_mutex;         ///< never held for long; guards the members below
    std::vector<Kept> m_kept;           ///< the one that was met last is the last
    std::set<std::uint64_t> m_awaited;  ///< read, or being read, and not yet used: these are kept
};

}  // namespace rw
