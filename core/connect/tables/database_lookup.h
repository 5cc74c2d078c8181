// A table of a database server that is kept in memory, whole, and read again now and then.
#pragma once
#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

#include "core/base/time.h"
#include "core/connect/tables/selected_columns.h"
#include "core/stream/lookups/lookup_table.h"
#include "core/stream/operator.h"
#include "core/stream/recording/recorded_tables.h"

namespace rw {

struct DatabaseLookupTarget {
    SqlReading reading{};             ///< the table and the columns
    std::vector<int> keys{};          ///< columns of the schema by which rows are found
    Millis refresh = 0;               ///< is read again after so long
    LookupBy by = LookupBy::Nothing;  ///< as LookupTables::by() where the run is recorded
};

/// A server that is away is waited for half a minute. An error of a later reading is one like that of the
/// first: an old table is not used on in silence.
class DatabaseLookup final : public LookupTables {
 public:
    static constexpr std::size_t kMostRows = 5'000'000;
    static constexpr std::size_t kMostBytes = std::size_t{1} << 30;

    /// That of the context's node, for all of its instances.
    static std::shared_ptr<DatabaseLookup> of(const MakeContext& context, const NodeConnection& connection,
                                              const DatabaseLookupTarget& target);

    DatabaseLookup(const NodeConnection& connection, DatabaseLookupTarget target,
                   std::shared_ptr<Clock> clock, std::size_t mostRows = kMostRows,
                   std::size_t mostBytes = kMostBytes);

    /// Before the first call: the tables read are recorded on a tape.
    void record(LookupRecorder& tape, const NodeId& node);

    LookupBy by() const override { return m_recorded ? m_target.by : LookupBy::Nothing; }
    LookupTableRef at(Instant moment) override { return m_recorded ? m_recorded->at(moment) : newest(); }
    LookupTableRef newest() const override;
    Instant readAt() const override;
    bool due() const override;
    Result<bool> read(Instant moment) override;
    Result<bool> adopt() override;

 private:
    /// The next rows; false: that was all.
    Result<bool> readRows();
    Status begin();
    /// Whether an error of reading is waited out.
    bool waitsOut(const Status& why);
    Status tooLarge() const;

    const DatabaseLookupTarget m_target;
    const std::shared_ptr<Clock> m_clock;
    const std::size_t m_mostRows, m_mostBytes;
    std::unique_ptr<RecordedTables> m_recorded;  ///< null: the run is not

    std::mutex m_reading;  ///< held for a piece; guards the table being read
    const std::unique_ptr<RowsSession> m_session;
    SelectedColumns m_selected{};
    std::shared_ptr<LookupTable> m_next;  ///< null: none is being read
    bool m_isOpen = false;                ///< the session gives its rows
    bool m_whole = false;                 ///< it was read to its end
    Status m_failed{};                    ///< why it could not be
    std::int64_t m_awaySince = -1;        ///< steady milliseconds; less than 0: the server answers

    mutable std::mutex m_mutex;  ///< never held for long; guards the members below
    LookupTableRef m_newest;
    bool m_begun = false;
    Instant m_readAt = kMinTimestamp;
    std::int64_t m_readAtSteady = 0;
};

}  // namespace rw
