#include "core/state/checkpoint_store.h"

#include <SQLiteCpp/Statement.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "core/connect/files/system_output_files.h"
#include "core/connect/sqlite/epoch_rows.h"
#include "core/connect/sqlite/file.h"
#include "core/connect/sqlite/session.h"
#include "core/state/checkpoint_tables.h"
#include "core/state/damaged_file.h"
#include "core/state/part_table.h"
#include "core/state/saved_checkpoints.h"
#include "core/state/state_layers.h"
#include "core/state/state_parts.h"
#include "core/stream/kept_epochs.h"

namespace rw {

namespace {

/// Bytes of parts in one transaction, during which no other program can write the file.
constexpr std::uint64_t kMostAtOnce = std::uint64_t{16} << 20;

/// The next one is of the whole state.
Status partGone() {
    return {ErrorCode::Io,
            RW_TEXT("checkpoint", "Parts of the checkpoint before are not in the file any more."),
            RW_TEXT("checkpoint", "See which other program changes the file.")};
}

class SqliteCheckpoints final : public CheckpointStore, private SqliteParticipant {
 public:
    explicit SqliteCheckpoints(CheckpointStoreOptions options)
        : m_options(std::move(options)), m_about(savePipelineOf(m_options.pipeline)) {}
    ~SqliteCheckpoints() override { close(); }

    const std::string& lineage() const override { return m_options.lineage; }
    std::string journals() const override { return journalsBeside(m_options.location); }
    Status open(const MakeContext& context) override;
    void expectDecider() override { m_decides = true; }
    Status settle(Epoch number, bool committed) override;
    Status begun() override;
    bool takesChanges() const override { return true; }
    Result<std::string> add(std::string_view part) override;
    Result<CheckpointSize> write(const StateSnapshot& snapshot) override;
    Status decided(Epoch number) override;
    Status finish() override;
    void close() override;
    Result<ResumePoint> next() const override;

 private:
    void forget() override {}
    /// The checkpoint that the run resumes from; 0: it is not there.
    std::int64_t idOfFrom(SQLite::Database& database) const;
    /// Makes it the newest, where it is there.
    void goOn(SQLite::Database& database);
    void forgetFinished(SQLite::Database& database);
    /// After a failure: goes on with a new connection, and without what was added to the checkpoint that
    /// failed.
    Status makeReady();
    Result<std::vector<CutPart>> cut(const StateSnapshot& snapshot) const;
    /// Most of the new parts, in transactions of its own: no other program waits long for the file.
    Status writeAhead(const std::vector<CutPart>& parts, CheckpointSize& size);
    Status put(SQLite::Database& database, const StateSnapshot& snapshot, const std::vector<CutPart>& parts,
               CheckpointSize& size);
    /// The transaction with put() was committed.
    void written(const StateSnapshot& snapshot, const std::vector<CutPart>& parts,
                 std::vector<Epoch> numbers);
    /// Those of number `number` that are pending; 0: none. The newest.
    std::int64_t idOfPending(SQLite::Database& database, Epoch number) const;
    /// Removes checkpoints that are not kept any more now that the checkpoint `id` counts. Their parts stay.
    bool removeOthers(SQLite::Database& database, Epoch number, std::int64_t id);
    /// Of all checkpoints of this owner.
    std::vector<std::string> lineagesOf(SQLite::Database& database) const;
    /// Of all checkpoints of this lineage, the oldest first.
    std::vector<Epoch> numbersOf(SQLite::Database& database) const;
    /// Removes those without a name that `where` picks of this owner: SQL over _rill_checkpoints, in which ?1
    /// is the owner and ?2 the lineage. Whether there were any. Their parts stay.
    bool removeThose(SQLite::Database& database, const std::string& where);

    CheckpointStoreOptions m_options;  ///< `fromState`: until begun()
    const std::string m_about;         ///< the head of each checkpoint
    std::shared_ptr<Clock> m_clock;
    std::shared_ptr<OutputFiles> m_files;  ///< where the checkpoints are; null before open()
    std::unique_ptr<OutputClaim> m_claim;
    std::shared_ptr<SqliteSession> m_session;
    std::shared_ptr<KeptEpochs> m_kept;
    bool m_decides = false;         ///< a sink does: checkpoints are pending at first
    bool m_counts = false;          ///< one that this store has written counts
    Epoch m_newest = 0;             ///< written by this store
    std::set<std::string> m_known;  ///< hashes of the parts of that
    StateLayers m_layers;           ///< of that, and parts that were added since
};

Status SqliteCheckpoints::open(const MakeContext& context) {
    const auto files = outputFilesOr(context.outputs);
    m_files = files;
    const std::string& path = m_options.location.path;
    const std::string folder = std::filesystem::path(path).parent_path().native();
    // As sinks do: the pipeline's own folder is made when it is not there.
    if (m_options.location.alone || folder == context.folder) files->makeFolder(folder);
    RW_TRY(checkSqlitePath(*files, path, folder));
    RW_TRY_ASSIGN(m_claim, files->claim(path, claimedBy(m_options.location), OutputClaim::Mode::Alone));
    m_clock = context.clock;
    m_kept = KeptEpochs::of(context);
    m_session = SqliteSession::of(context, path);
    if (!m_decides) m_session->keepCheckpoints();
    RW_TRY(m_session->join(*this, [](SQLite::Database&) { return Status(); }));
    return m_session->writeAtOnce(*this, [this](SQLite::Database& database) -> Status {
        makeCheckpointTables(database);
        dropHeldParts(database, m_options.location.owner);  // of a run that was killed
        return {};
    });
}

std::int64_t SqliteCheckpoints::idOfFrom(SQLite::Database& database) const {
    SQLite::Statement found(
        database, "SELECT max(id) FROM _rill_checkpoints WHERE owner = ?1 AND line = ?2 AND number = ?3");
    found.bind(1, m_options.location.owner);
    found.bind(2, m_options.lineage);
    found.bind(3, static_cast<std::int64_t>(m_options.from));
    (void)found.executeStep();
    return found.getColumn(0).getInt64();  // NULL is 0
}

void SqliteCheckpoints::goOn(SQLite::Database& database) {
    std::vector<std::int64_t> behind;
    {
        SQLite::Statement later(database,
                                "SELECT id FROM _rill_checkpoints WHERE owner = ?1 AND line = ?2 AND number "
                                "> ?3 AND behind = 0");
        later.bind(1, m_options.location.owner);
        later.bind(2, m_options.lineage);
        later.bind(3, static_cast<std::int64_t>(m_options.from));
        while (later.executeStep()) behind.push_back(later.getColumn(0).getInt64());
    }
    for (const std::int64_t id : behind) setBehind(database, id);
    const std::int64_t from = idOfFrom(database);
    if (from == 0) return;
    SQLite::Statement newest(database,
                             "SELECT max(id) FROM _rill_checkpoints WHERE owner = ? AND behind = 0");
    newest.bind(1, m_options.location.owner);
    (void)newest.executeStep();
    // One that is before those of another lineage becomes the newest.
    if (newest.getColumn(0).getInt64() != from) copyCheckpoint(database, from);
}

/// The decision to resume there, with the rows that sinks of this file take back, and with the checkpoint
/// itself where the file lacks it: a run that is killed before or behind it has a whole one to resume from.
Status SqliteCheckpoints::begun() {
    auto state = std::exchange(m_options.fromState, nullptr);
    if (m_options.from == 0)
        return m_session->writeAtOnce(*this, [this](SQLite::Database& database) -> Status {
            forgetFinished(database);
            return {};
        });
    if (state) {
        RW_TRY(m_session->writeAtOnce(*this, [&](SQLite::Database& database) -> Status {
            if (idOfFrom(database) != 0) state.reset();
            return {};
        }));
    }
    std::vector<CutPart> parts;
    CheckpointSize size;
    if (state) {
        RW_TRY_ASSIGN(parts, cut(*state));
        RW_TRY(writeAhead(parts, size));
    }
    std::vector<Epoch> numbers;
    RW_TRY(m_session->begin(*this, [&](SQLite::Database& database) -> Status {
        goOn(database);
        const Status done = state ? put(database, *state, parts, size) : Status();
        numbers = numbersOf(database);
        return done;
    }));
    if (state) written(*state, parts, std::move(numbers));
    m_counts = m_counts || state != nullptr;
    return {};
}

Result<std::vector<CutPart>> SqliteCheckpoints::cut(const StateSnapshot& snapshot) const {
    std::vector<CutPart> parts;
    parts.push_back({{}, 0, m_about, contentHash(m_about)});
    for (const auto& [id, states] : snapshot.states) {
        for (std::size_t i = 0; i < states.size(); ++i) {
            for (const std::string_view part : partsOf(states[i]))
                parts.push_back({id, static_cast<int>(i), part, contentHash(part)});
            if (!m_layers.appendTo(parts, snapshot, id, i)) return partGone();
        }
    }
    return parts;
}

Status SqliteCheckpoints::makeReady() {
    return m_session->tryAgain(*this, [this](SQLite::Database& database) -> Status {
        makeCheckpointTables(database);
        dropHeldParts(database, m_options.location.owner);
        return {};
    });
}

Result<std::string> SqliteCheckpoints::add(std::string_view part) {
    RW_TRY(makeReady());
    std::string hash = contentHash(part);
    RW_TRY(m_session->writeAtOnce(*this, [&](SQLite::Database& database) -> Status {
        CheckpointSize size;
        PartTable written(database, m_options.location.owner, m_newest == 0);
        holdPart(database, written.numberOf({{}, 0, part, hash}, size));
        return {};
    }));
    m_layers.add(hash, part.size());
    return hash;
}

Result<CheckpointSize> SqliteCheckpoints::write(const StateSnapshot& snapshot) {
    RW_TRY(makeReady());
    RW_TRY_ASSIGN(const std::vector<CutPart> parts, cut(snapshot));
    CheckpointSize ahead, size;
    std::vector<Epoch> numbers;
    RW_TRY(writeAhead(parts, ahead));
    const auto putAll = [&](SQLite::Database& database) -> Status {
        size = ahead;
        RW_TRY(put(database, snapshot, parts, size));
        numbers = numbersOf(database);
        return {};
    };
    // Sinks of this file wait for the decision, as those of others do.
    RW_TRY(m_decides ? m_session->writeAtOnce(*this, putAll)
                     : m_session->commitEpoch(*this, snapshot.number, putAll));
    if (!snapshot.pending) m_counts = true;
    written(snapshot, parts, std::move(numbers));
    return size;
}

Status SqliteCheckpoints::decided(Epoch number) {
    std::vector<Epoch> numbers;
    RW_TRY(m_session->writeAtOnce(*this, [&](SQLite::Database& database) -> Status {
        const std::int64_t id = idOfPending(database, number);
        if (id == 0) {
            return {
                ErrorCode::Io,
                RW_TEXT("checkpoint", "Checkpoint %1, which counts now, is not there any more.").with(number),
                RW_TEXT("checkpoint", "Start the run anew.")};
        }
        setDecided(database, id);
        if (removeOthers(database, number, id)) removeUnusedParts(database, m_options.location.owner);
        numbers = numbersOf(database);
        return {};
    }));
    m_counts = true;
    m_kept->set(std::move(numbers));
    return {};
}

Status SqliteCheckpoints::settle(Epoch number, bool committed) {
    return m_session->writeAtOnce(*this, [&](SQLite::Database& database) -> Status {
        if (committed) {
            if (const std::int64_t id = idOfPending(database, number); id != 0) setDecided(database, id);
            return {};
        }
        for (std::int64_t id = idOfPending(database, number); id != 0; id = idOfPending(database, number))
            removeCheckpoint(database, id);
        removeUnusedParts(database, m_options.location.owner);
        SQLite::Statement before(database,
                                 "SELECT ifnull(max(number), 0) FROM _rill_checkpoints WHERE owner = ? AND "
                                 "line = ? AND behind = 0");
        before.bind(1, m_options.location.owner);
        before.bind(2, m_options.lineage);
        (void)before.executeStep();
        m_options.from = static_cast<Epoch>(before.getColumn(0).getInt64());
        m_options.fromState.reset();
        return {};
    });
}

std::int64_t SqliteCheckpoints::idOfPending(SQLite::Database& database, Epoch number) const {
    SQLite::Statement found(database,
                            "SELECT max(id) FROM _rill_checkpoints WHERE owner = ?1 AND line = ?2 AND number "
                            "= ?3 AND behind = 0 AND pending = 1");
    found.bind(1, m_options.location.owner);
    found.bind(2, m_options.lineage);
    found.bind(3, static_cast<std::int64_t>(number));
    (void)found.executeStep();
    return found.getColumn(0).getInt64();  // NULL is 0
}

/// Those of other lineages, and of this one beyond where the run has begun, which come again; and the oldest
/// beyond those that are kept.
bool SqliteCheckpoints::removeOthers(SQLite::Database& database, Epoch number, std::int64_t id) {
    bool removed = false;
    if (!m_counts) {
        const std::vector<std::string> lineages = lineagesOf(database);
        removed = removeThose(
            database, "id <> " + std::to_string(id) +
                          " AND (line <> ?2 OR behind = 1 OR number >= " + std::to_string(number) + ")");
        const std::vector<std::string> left = lineagesOf(database);
        for (const std::string& lineage : lineages) {
            const bool gone = std::find(left.begin(), left.end(), lineage) == left.end();
            if (gone && lineage != m_options.lineage) EpochRows::forgetLineage(database, lineage);
        }
    }
    const std::string kept = std::to_string(std::max(m_options.keep, 1));
    const bool trimmed = removeThose(database,
                                     "line = ?2 AND id NOT IN (SELECT id FROM _rill_checkpoints WHERE owner "
                                     "= ?1 AND name IS NULL ORDER BY "
                                     "id DESC LIMIT " +
                                         kept + ")");
    return removed || trimmed;
}

void SqliteCheckpoints::written(const StateSnapshot& snapshot, const std::vector<CutPart>& parts,
                                std::vector<Epoch> numbers) {
    m_newest = snapshot.number;
    m_kept->set(std::move(numbers));
    m_known.clear();
    for (const CutPart& part : parts) m_known.insert(part.hash);
    m_layers.written(snapshot, parts);
}

Status SqliteCheckpoints::writeAhead(const std::vector<CutPart>& parts, CheckpointSize& size) {
    std::uint64_t fresh = 0;
    const auto isKnown = [this](const CutPart& part) {
        return part.isAdded() || m_known.contains(part.hash);
    };
    for (const CutPart& part : parts) fresh += isKnown(part) ? 0 : part.content.size();
    std::size_t next = 0;
    while (fresh > kMostAtOnce && next < parts.size()) {
        std::uint64_t bytes = 0;
        RW_TRY(m_session->writeAtOnce(*this, [&](SQLite::Database& database) -> Status {
            PartTable written(database, m_options.location.owner, m_newest == 0);
            for (; next < parts.size() && bytes < kMostAtOnce; ++next) {
                if (isKnown(parts[next])) continue;
                (void)written.numberOf(parts[next], size);
                bytes += parts[next].content.size();
            }
            return {};
        }));
        fresh -= bytes;
    }
    return {};
}

Status SqliteCheckpoints::put(SQLite::Database& database, const StateSnapshot& snapshot,
                              const std::vector<CutPart>& parts, CheckpointSize& size) {
    const CheckpointHead head{m_options.lineage, snapshot.number,
                              snapshot.ended ? CheckpointKind::Ended : CheckpointKind::Running,
                              snapshot.began};
    const int version = snapshot.pending ? kPendingVersion : kDecidedVersion;
    const std::int64_t id = insertCheckpoint(
        database, m_options.location.owner, head,
        {snapshot.changes.empty() ? version : kChangesVersion, snapshot.pending, m_clock->now()});
    // A program that was killed, or its disk, may have left parts that are broken.
    PartTable written(database, m_options.location.owner, m_newest == 0);
    std::vector<PartUse> uses;
    SQLite::Statement use(database, "INSERT INTO _rill_checkpoint_uses VALUES (?, ?, ?, ?, ?, ?)");
    use.bind(1, id);
    for (const CutPart& part : parts) {
        uses.push_back({part.operatorId, part.instance, part.hash});
        use.bind(2, static_cast<std::int64_t>(uses.size()));
        use.bind(3, part.operatorId.node);
        use.bind(4, part.operatorId.stage);
        use.bind(5, part.instance);
        if (part.isAdded()) {
            const std::optional<std::int64_t> added = written.numberOf(part.hash);
            if (!added) return partGone();
            use.bind(6, *added);
        } else {
            // A part that was written ahead may be gone: removing a savepoint removes unused parts.
            use.bind(6, written.numberOf(part, size));
        }
        use.exec();
        use.reset();
        size.bytes += part.bytes();
    }
    (void)releaseHeldParts(database, m_options.location.owner);
    setSum(database, id, sumOf(head, uses), size.bytes);
    // Not before: parts that were written ahead are used only now.
    if (!snapshot.pending && removeOthers(database, snapshot.number, id))
        removeUnusedParts(database, m_options.location.owner);
    return {};
}

std::vector<std::string> SqliteCheckpoints::lineagesOf(SQLite::Database& database) const {
    SQLite::Statement found(database, "SELECT DISTINCT line FROM _rill_checkpoints WHERE owner = ?");
    found.bind(1, m_options.location.owner);
    std::vector<std::string> lineages;
    while (found.executeStep()) lineages.push_back(found.getColumn(0).getString());
    return lineages;
}

std::vector<Epoch> SqliteCheckpoints::numbersOf(SQLite::Database& database) const {
    SQLite::Statement found(database,
                            "SELECT DISTINCT number FROM _rill_checkpoints WHERE owner = ?1 AND line = ?2 "
                            "ORDER BY number");
    found.bind(1, m_options.location.owner);
    found.bind(2, m_options.lineage);
    std::vector<Epoch> numbers;
    while (found.executeStep()) numbers.push_back(static_cast<Epoch>(found.getColumn(0).getInt64()));
    return numbers;
}

bool SqliteCheckpoints::removeThose(SQLite::Database& database, const std::string& where) {
    std::vector<std::int64_t> ids;
    {
        SQLite::Statement found(
            database,
            "SELECT id FROM _rill_checkpoints WHERE owner = ?1 AND name IS NULL AND (" + where + ")");
        found.bind(1, m_options.location.owner);
        if (found.getBindParameterCount() > 1) found.bind(2, m_options.lineage);
        while (found.executeStep()) ids.push_back(found.getColumn(0).getInt64());
    }
    for (const std::int64_t id : ids) removeCheckpoint(database, id);
    return !ids.empty();
}

/// The run before is not the last one any more: who resumes this one, killed before its first checkpoint,
/// must not hear that it ended well.
void SqliteCheckpoints::forgetFinished(SQLite::Database& database) {
    (void)removeThose(database, "kind = " + std::to_string(static_cast<int>(CheckpointKind::Finished)));
}

Status SqliteCheckpoints::finish() {
    return m_session->writeAtOnce(*this, [this](SQLite::Database& database) -> Status {
        (void)removeThose(database, "TRUE");
        (void)releaseHeldParts(database, m_options.location.owner);
        removeUnusedParts(database, m_options.location.owner);
        SQLite::Statement left(database,
                               "SELECT 1 FROM _rill_checkpoints WHERE owner = ? AND line = ? AND behind = 0");
        left.bind(1, m_options.location.owner);
        left.bind(2, m_options.lineage);
        if (left.executeStep()) m_session->keepSavepoints();
        const CheckpointHead over{m_options.lineage, std::max(m_newest, m_options.from),
                                  CheckpointKind::Finished, 0};
        const std::int64_t id = insertCheckpoint(database, m_options.location.owner, over,
                                                 {kDecidedVersion, false, m_clock->now()});
        setSum(database, id, sumOf(over, {}), 0);
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

Result<ResumePoint> SqliteCheckpoints::next() const {
    RW_TRY_ASSIGN(std::optional<LoadedCheckpoint> found,
                  loadCheckpoint(m_options.location, {}, {CheckpointLook::Recover, m_files.get()}));
    ResumePoint out;
    CheckpointStoreOptions options = m_options;
    const bool ours = found && found->about.lineage == m_options.lineage;
    if (!ours && (m_newest > 0 || m_options.from > 0)) {
        return Status(
            ErrorCode::Invalid,
            found ? RW_TEXT("checkpoint", "Another run has put its checkpoints in the place of these.")
                  : RW_TEXT("checkpoint", "The checkpoints of this run are gone."),
            RW_TEXT("checkpoint", "Start the run anew."));
    }
    if (ours) {
        if (found->fileDamaged) {
            return Status(ErrorCode::Invalid,
                          RW_TEXT("checkpoint", "“%1” is damaged.").with(m_options.location.path),
                          resumeFromWhatIsLeft());
        }
        out.finished = found->about.kind == CheckpointKind::Finished;
        // The first state was fitted to the pipeline, and the first run has kept that until the first checkpoint.
        const bool keptThere = found->about.number == m_options.from && m_newest == 0;
        if (!keptThere && !out.finished && !(found->pipeline == m_options.pipeline)) {
            return Status(ErrorCode::Invalid,
                          RW_TEXT("checkpoint",
                                  "The newest checkpoint that is whole is of the pipeline before its edit."),
                          RW_TEXT("checkpoint", "Resume the run: it then says what becomes of each node."));
        }
        options.from = found->about.number;
        options.fromState.reset();  // it is there, or it would not have been found
        out.restore = std::make_shared<const StateSnapshot>(std::move(found->snapshot));
        out.passedOver = std::move(found->passedOver);
    }
    out.store = makeCheckpointStore(std::move(options));
    return out;
}

}  // namespace

std::unique_ptr<CheckpointStore> makeCheckpointStore(CheckpointStoreOptions options) {
    return std::make_unique<SqliteCheckpoints>(std::move(options));
}

}  // namespace rw
