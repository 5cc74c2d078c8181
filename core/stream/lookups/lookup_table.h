// A table in memory for lookups by rows of a stream, and its reader.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/base/status.h"
#include "core/base/time.h"
#include "core/stream/lookups/lookup_moments.h"
#include "core/stream/rows/row_store.h"

namespace rw {

/// Rows found by the columns `keys`. Filled by one thread; not changed any more once others see it.
class LookupTable {
 public:
    LookupTable(const SchemaRef& schema, std::vector<int> keys);
    LookupTable(const LookupTable&) = delete;
    LookupTable& operator=(const LookupTable&) = delete;

    void add(const Batch& rows);
    const RowStore& rows() const { return m_rows; }
    /// Sets `found` to the rows whose key equals that of `row` in `columns`, whose hash is `hash`, in the
    /// order in which they were added. NULL equals nothing.
    void find(std::uint64_t hash, std::span<const Column* const> columns, std::size_t row,
              std::vector<RowSlot>& found) const;
    std::size_t memoryBytes() const { return m_rows.memoryBytes() + m_byKey.memoryBytes(); }

 private:
    std::vector<int> m_keys;
    RowStore m_rows;
    RowsByKey m_byKey;
    std::vector<std::uint64_t> m_hashes{};  ///< of one call; kept for its memory
};
using LookupTableRef = std::shared_ptr<const LookupTable>;

/// Reads a table now and then; all instances of a node share one. Any thread.
class LookupTables {
 public:
    virtual ~LookupTables() = default;
    /// The meaning of the moments of at().
    virtual LookupBy by() const { return LookupBy::Nothing; }
    /// The table for rows of `moment`; null: it has to be read first. Once it was given, rows of that moment get
    /// no other. kNoMoment: the newest.
    virtual LookupTableRef at(Instant moment) = 0;
    /// As it was read last; null before the first time.
    virtual LookupTableRef newest() const = 0;
    /// Wall time at which that was read; kMinTimestamp before the first time.
    virtual Instant readAt() const = 0;
    /// Whether it is time to read it again, or that has been begun.
    virtual bool due() const = 0;
    /// Reads on when it is due, or `moment` has none yet, a bounded piece; false: there is nothing more to
    /// read for now. May wait for a disk or a lock, and touches nothing that ends with the run.
    virtual Result<bool> read(Instant moment) = 0;
    /// Adds rows of a completed reading to the table, a bounded piece; true: more are left. An error is that of
    /// reading. Never waits; not once the run is over.
    virtual Result<bool> adopt() { return false; }
    /// There is no table, nor will there be: it was never read in the run that is replayed. Rows end here, as
    /// they did there.
    virtual bool missing() const { return false; }
    /// Asked when all rows have come: why reading it failed in the run that is replayed.
    virtual Status failed() const { return {}; }
};

}  // namespace rw
