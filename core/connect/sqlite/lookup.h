// A table of an SQLite file that is kept in memory, whole, and read again now and then.
#pragma once
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/connect/sqlite/table_reader.h"
#include "core/stream/lookups/lookup_table.h"
#include "core/stream/operator.h"
#include "core/stream/recording/recorded_tables.h"

namespace rw {

struct SqliteLookupTarget {
    std::string path, table;
    SchemaRef schema{};               ///< of the columns that are read
    std::vector<int> keys{};          ///< columns of the schema by which rows are found
    Millis refresh = 0;               ///< is read again after so long
    LookupBy by = LookupBy::Nothing;  ///< as LookupTables::by() where the run is recorded
    std::shared_ptr<const Files> files{};  ///< where it is; null: on the machine
};

/// An error of a later reading is one like that of the first: an old table is not used on in silence.
class SqliteLookup final : public LookupTables {
 public:
    static constexpr std::size_t kMostRows = 5'000'000;
    static constexpr std::size_t kMostBytes = std::size_t{1} << 30;
    static constexpr int kMostReadings = 20;  ///< of a table that others change meanwhile

    /// That of the context's node, for all of its instances.
    static std::shared_ptr<SqliteLookup> of(const MakeContext& context, const SqliteLookupTarget& target);

    SqliteLookup(SqliteLookupTarget target, std::shared_ptr<Clock> clock, std::size_t mostRows = kMostRows,
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
    /// Another program changed the table meanwhile: reading begins anew.
    Result<bool> again();
    Status tooLarge() const;

    const SqliteLookupTarget m_target;
    const std::shared_ptr<Clock> m_clock;
    const std::size_t m_mostRows, m_mostBytes;
    std::unique_ptr<RecordedTables> m_recorded;  ///< null: the run is not

    std::mutex m_reading;  ///< held for a piece; guards the table being read
    std::unique_ptr<SqliteTableReader> m_reader;
    std::shared_ptr<LookupTable> m_next;  ///< null: none is being read
    Instant m_opened = 0;                 ///< when m_reader was, by wall time
    int m_changed = 0;                    ///< how often the table was changed while it was read
    bool m_whole = false;                 ///< it was read to its end
    Status m_failed{};                    ///< why it could not be

    mutable std::mutex m_mutex;  ///< never held for long; guards the members below
    LookupTableRef m_newest;
    bool m_begun = false;
    Instant m_readAt = kMinTimestamp;
    std::int64_t m_readAtSteady = 0;
};

}  // namespace rw
