#include "core/state/checkpoint_store.h"

#include <SQLiteCpp/Statement.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "core/connect/files/system_output_files.h"
#include "core/connect/sqlite/file.h"
#include "core/connect/sqlite/session.h"
#include "core/state/checkpoint_tables.h"
#include "core/state/state_parts.h"
#include "core/stream/kept_epochs.h"

namespace rw {

namespace {

class SqliteCheckpoints final : public CheckpointStore, private SqliteMember {
 public:
    explicit SqliteCheckpoints(CheckpointStoreOptions options)
        : m_options(std::move(options)), m_about(savePipelineOf(m_options.pipeline)) {}
    ~SqliteCheckpoints() override { close(); }

    const std::string& line() const override { return m_options.line; }
    Status open(const MakeContext& context) override;
    Result<CheckpointSize> write(const StateSnapshot& snapshot) override;
    Status finish() override;
    void close() override;

 private:
    void forget() override {}
    /// Makes the checkpoint that the run goes on from the newest.
    void goOn(SQLite::Database& database);
    Status put(SQLite::Database& database, const StateSnapshot& snapshot, CheckpointSize& size);
    std::int64_t insertRow(SQLite::Database& database, const CheckpointHead& head);
    static void setSum(SQLite::Database& database, std::int64_t id, std::int64_t sum, std::uint64_t bytes);
    /// The number of the part with this content, which is written where it is not there.
    std::int64_t partOf(SQLite::Database& database, std::string_view content, const std::string& hash,
                        CheckpointSize& size);
    std::vector<Epoch> numbersOf(SQLite::Database& database) const;
    /// Removes those without a name that `where` (SQL over _rill_checkpoints) picks of this owner.
    void removeThose(SQLite::Database& database, const std::string& where);

    const CheckpointStoreOptions m_options;
    const std::string m_about;  ///< what each checkpoint says of itself
    std::shared_ptr<Clock> m_clock;
    std::unique_ptr<OutputClaim> m_claim;
    std::shared_ptr<SqliteSession> m_session;
    std::shared_ptr<KeptEpochs> m_kept;
    Epoch m_newest = 0;  ///< written by this store
};

Status SqliteCheckpoints::open(const MakeContext& context) {
    const auto files = outputFilesOr(context.outputs);
    const std::string& path = m_options.place.path;
    const std::string folder = std::filesystem::path(path).parent_path().native();
    // As sinks do: the pipeline's own folder is made when it is not there.
    if (m_options.place.alone || folder == context.folder) files->makeFolder(folder);
    RW_TRY(checkSqlitePath(*files, path, folder));
    RW_TRY_ASSIGN(m_claim,
                  files->claim(path, "checkpoints " + m_options.place.owner, OutputClaim::Mode::Alone));
    m_clock = context.clock;
    m_kept = KeptEpochs::of(context);
    m_session = SqliteSession::of(context, path);
    m_session->keepCheckpoints();
    return m_session->join(*this, [this](SQLite::Database& database) -> Status {
        makeCheckpointTables(database);
        if (m_options.from > 0) goOn(database);
        return {};
    });
}

void SqliteCheckpoints::goOn(SQLite::Database& database) {
    removeThose(database, "line = ?2 AND number > " + std::to_string(m_options.from));
    SQLite::Statement found(
        database,
        "SELECT id, id = (SELECT max(id) FROM _rill_checkpoints WHERE owner = ?1) FROM "
        "_rill_checkpoints WHERE owner = ?1 AND line = ?2 AND number = ?3 ORDER BY id DESC");
    found.bind(1, m_options.place.owner);
    found.bind(2, m_options.line);
    found.bind(3, static_cast<std::int64_t>(m_options.from));
    // In a new file there is none; else an older one, which has a name, becomes the newest.
    if (!found.executeStep() || found.getColumn(1).getInt() != 0) return;
    copyCheckpoint(database, found.getColumn(0).getInt64());
}

Result<CheckpointSize> SqliteCheckpoints::write(const StateSnapshot& snapshot) {
    CheckpointSize size;
    std::vector<Epoch> numbers;
    const auto also = [&](SQLite::Database& database) -> Status {
        size = {};
        RW_TRY(put(database, snapshot, size));
        numbers = numbersOf(database);
        return {};
    };
    RW_TRY(m_session->putInPlace(*this, snapshot.number, also));
    m_newest = snapshot.number;
    m_kept->set(std::move(numbers));
    return size;
}

Status SqliteCheckpoints::put(SQLite::Database& database, const StateSnapshot& snapshot,
                              CheckpointSize& size) {
    // Those of other lines, and of this one beyond where the run has begun: they come again.
    if (m_newest == 0) removeThose(database, "line <> ?2 OR number >= " + std::to_string(snapshot.number));
    const CheckpointHead head{m_options.line, snapshot.number,
                              snapshot.ended ? CheckpointKind::Ended : CheckpointKind::Running,
                              snapshot.began};
    const std::int64_t id = insertRow(database, head);
    std::vector<PartUse> uses;
    SQLite::Statement use(database, "INSERT INTO _rill_checkpoint_uses VALUES (?, ?, ?, ?, ?, ?)");
    const auto add = [&](const StateSnapshot::Place& place, int instance, std::string_view content) {
        uses.push_back({place, instance, contentHash(content)});
        use.bind(1, id);
        use.bind(2, static_cast<std::int64_t>(uses.size()));
        use.bind(3, place.node);
        use.bind(4, place.stage);
        use.bind(5, instance);
        use.bind(6, partOf(database, content, uses.back().hash, size));
        use.exec();
        use.reset();
        size.bytes += content.size();
    };
    add({}, 0, m_about);
    for (const auto& [place, states] : snapshot.states) {
        for (std::size_t i = 0; i < states.size(); ++i) {
            for (const std::string_view part : partsOf(states[i])) add(place, static_cast<int>(i), part);
        }
    }
    setSum(database, id, sumOf(head, uses), size.bytes);
    removeThose(database,
                "line = ?2 AND id NOT IN (SELECT id FROM _rill_checkpoints WHERE owner = ?1 AND name IS NULL "
                "ORDER BY id DESC LIMIT " +
                    std::to_string(std::max(m_options.keep, 1)) + ")");
    return {};
}

std::int64_t SqliteCheckpoints::insertRow(SQLite::Database& database, const CheckpointHead& head) {
    SQLite::Statement row(database,
                          "INSERT INTO _rill_checkpoints (owner, line, number, version, kind, taken, began, "
                          "bytes, sum) VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0)");
    row.bind(1, m_options.place.owner);
    row.bind(2, head.line);
    row.bind(3, static_cast<std::int64_t>(head.number));
    row.bind(4, kCheckpointVersion);
    row.bind(5, static_cast<std::int32_t>(head.kind));
    row.bind(6, m_clock->now());
    row.bind(7, head.began);
    row.exec();
    return database.getLastInsertRowid();
}

void SqliteCheckpoints::setSum(SQLite::Database& database, std::int64_t id, std::int64_t sum,
                               std::uint64_t bytes) {
    SQLite::Statement set(database, "UPDATE _rill_checkpoints SET sum = ?, bytes = ? WHERE id = ?");
    set.bind(1, sum);
    set.bind(2, static_cast<std::int64_t>(bytes));
    set.bind(3, id);
    set.exec();
}

std::int64_t SqliteCheckpoints::partOf(SQLite::Database& database, std::string_view content,
                                       const std::string& hash, CheckpointSize& size) {
    SQLite::Statement known(database, "SELECT id FROM _rill_checkpoint_parts WHERE owner = ? AND hash = ?");
    known.bind(1, m_options.place.owner);
    known.bind(2, hash.data(), static_cast<int>(hash.size()));
    if (known.executeStep()) return known.getColumn(0).getInt64();
    SQLite::Statement part(database,
                           "INSERT INTO _rill_checkpoint_parts (owner, hash, content) VALUES (?, ?, ?)");
    part.bind(1, m_options.place.owner);
    part.bind(2, hash.data(), static_cast<int>(hash.size()));
    part.bindNoCopy(3, content.data(), static_cast<int>(content.size()));
    part.exec();
    size.written += content.size();
    return database.getLastInsertRowid();
}

std::vector<Epoch> SqliteCheckpoints::numbersOf(SQLite::Database& database) const {
    SQLite::Statement found(database,
                            "SELECT DISTINCT number FROM _rill_checkpoints WHERE owner = ?1 AND line = ?2 "
                            "ORDER BY number");
    found.bind(1, m_options.place.owner);
    found.bind(2, m_options.line);
    std::vector<Epoch> numbers;
    while (found.executeStep()) numbers.push_back(static_cast<Epoch>(found.getColumn(0).getInt64()));
    return numbers;
}

void SqliteCheckpoints::removeThose(SQLite::Database& database, const std::string& where) {
    std::vector<std::int64_t> ids;
    {
        SQLite::Statement found(
            database,
            "SELECT id FROM _rill_checkpoints WHERE owner = ?1 AND name IS NULL AND (" + where + ")");
        found.bind(1, m_options.place.owner);
        found.bind(2, m_options.line);
        while (found.executeStep()) ids.push_back(found.getColumn(0).getInt64());
    }
    for (const std::int64_t id : ids) removeCheckpoint(database, id);
    if (!ids.empty()) removeUnusedParts(database, m_options.place.owner);
}

Status SqliteCheckpoints::finish() {
    return m_session->writeAtOnce(*this, [this](SQLite::Database& database) -> Status {
        removeThose(database, "?2 IS NOT NULL");
        const CheckpointHead over{m_options.line, m_newest, CheckpointKind::Finished, 0};
        setSum(database, insertRow(database, over), sumOf(over, {}), 0);
        return {};
    });
}

void SqliteCheckpoints::close() {
    if (m_session) {
        m_session->leave(*this);
        m_session->close();
    }
    m_session.reset();
    m_claim.reset();
}

}  // namespace

std::unique_ptr<CheckpointStore> makeCheckpointStore(CheckpointStoreOptions options) {
    return std::make_unique<SqliteCheckpoints>(std::move(options));
}

}  // namespace rw
