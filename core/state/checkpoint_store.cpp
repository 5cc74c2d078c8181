#include "core/state/checkpoint_store.h"

#include <SQLiteCpp/Statement.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "core/connect/files/system_output_files.h"
#include "core/connect/sqlite/file.h"
#include "core/connect/sqlite/session.h"
#include "core/state/checkpoint_rows.h"
#include "core/state/checkpoint_tables.h"
#include "core/state/damaged_file.h"
#include "core/state/lineage_rows.h"
#include "core/state/part_table.h"
#include "core/state/run_folder.h"
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
    bool takesRuns() const override { return true; }
    Result<std::vector<AddedRun>> addRuns(std::span<const NamedRun> runs) override;
    Result<CheckpointSize> write(const StateSnapshot& snapshot) override;
    Status decided(Epoch number) override;
    Status finish() override;
    void close() override;
    Result<ResumePoint> next() const override;

 private:
    void forget() override {}
    LineageRows rowsIn(SQLite::Database& database) const {
        return {database, m_options.location.owner, m_options.lineage};
    }
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
    /// Removes checkpoints that are not kept any more now that the checkpoint `id` counts. Their parts stay.
    bool removeOthers(SQLite::Database& database, Epoch number, std::int64_t id);

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
    std::optional<RunFolder> m_runs;  ///< from open() on
    bool m_anyRuns = false;           ///< checkpoints of this store have named some
};

Status SqliteCheckpoints::open(const MakeContext& context) {
    const auto files = outputFilesOr(context.outputs);
    m_files = files;
    m_runs.emplace(files, m_options.location);
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
    RW_TRY(m_session->writeAtOnce(*this, [this](SQLite::Database& database) -> Status {
        makeCheckpointTables(database);
        dropHeldParts(database, m_options.location.owner);  // of a run that was killed
        m_anyRuns = database.tableExists(std::string(kRunsTable));
        if (m_anyRuns) m_runs->findDurable(database);
        return {};
    }));
    if (!m_anyRuns && !m_runs->isThere()) return {};
    // Behind that: a file must not go before its parts have.
    return m_session->writeAtOnce(*this, [this](SQLite::Database& database) -> Status {
        m_runs->removeStrays(database);
        return {};
    });
}

/// The decision to resume there, with the rows that sinks of this file take back, and with the checkpoint
/// itself where the file lacks it: a run that is killed before or behind it has a whole one to resume from.
Status SqliteCheckpoints::begun() {
    auto state = std::exchange(m_options.fromState, nullptr);
    if (m_options.from == 0)
        return m_session->writeAtOnce(*this, [this](SQLite::Database& database) -> Status {
            // The run before is not the last one any more: who resumes this one, killed before its first
            // checkpoint, must not hear that it ended well.
            (void)rowsIn(database).removeThose("kind = " +
                                               std::to_string(static_cast<int>(CheckpointKind::Finished)));
            return {};
        });
    if (state) {
        RW_TRY(m_session->writeAtOnce(*this, [&](SQLite::Database& database) -> Status {
            if (rowsIn(database).idOf(m_options.from) != 0) state.reset();
            return {};
        }));
    }
    std::vector<CutPart> parts;
    CheckpointSize size;
    if (state) {
        RW_TRY_ASSIGN(parts, cut(*state));
        RW_TRY(checkRuns(*state, *m_runs));
        RW_TRY(writeAhead(parts, size));
    }
    std::vector<Epoch> numbers;
    RW_TRY(m_session->begin(*this, [&](SQLite::Database& database) -> Status {
        rowsIn(database).goOn(m_options.from);
        const Status done = state ? put(database, *state, parts, size) : Status();
        numbers = rowsIn(database).numbers();
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
            for (const std::string_view part : partsOf(states[i])) {
                CutPart& made = parts.emplace_back(CutPart{id, static_cast<int>(i), part, contentHash(part)});
                if (const std::optional<SavedRun> run = runIn(part))
                    made.run = {run->file, run->bytes(), run->name};
            }
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

Result<std::vector<CheckpointStore::AddedRun>> SqliteCheckpoints::addRuns(std::span<const NamedRun> runs) {
    RW_TRY(makeReady());
    std::vector<SavedRun> saved;
    std::vector<std::string> parts;
    std::vector<AddedRun> added;
    std::vector<std::size_t> toName;
    for (const auto& [field, run] : runs) {
        saved.push_back(run->saved());
        StateWriter writer;
        saved.back().write(field, writer);
        parts.push_back(writer.takeFields());
        added.push_back({contentHash(parts.back()), 0});
        // What the newest checkpoint has nobody removes, but by hand.
        if (!m_known.contains(added.back().part) || !m_runs->check(saved.back()).ok())
            toName.push_back(added.size() - 1);
    }
    if (!toName.empty()) {
        RW_TRY(m_session->writeAtOnce(*this, [&](SQLite::Database& database) -> Status {
            PartTable written(database, m_options.location.owner, m_newest == 0);
            for (const std::size_t i : toName) {
                CheckpointSize size;
                holdPart(database, written.numberOf({{}, 0, parts[i], added[i].part}, size));
                nameRun(database, m_options.location.owner, added[i].part, saved[i].file, saved[i].bytes());
                added[i].written = size.written;
            }
            return {};
        }));
        m_anyRuns = true;
    }
    for (const std::size_t i : toName) {
        const Result<bool> isNew = m_runs->keep(*runs[i].run, saved[i]);
        if (!isNew.ok()) {
            added[i].part.clear();
        } else if (*isNew) {
            added[i].written += saved[i].fileBytes;
        }
    }
    for (std::size_t i = 0; i < added.size(); ++i) {
        if (added[i].part.empty()) continue;
        m_layers.add(added[i].part, parts[i].size(), {saved[i].file, saved[i].bytes(), saved[i].name});
    }
    return added;
}

Result<CheckpointSize> SqliteCheckpoints::write(const StateSnapshot& snapshot) {
    RW_TRY(makeReady());
    RW_TRY_ASSIGN(const std::vector<CutPart> parts, cut(snapshot));
    CheckpointSize ahead, size;
    std::vector<Epoch> numbers;
    RW_TRY(m_runs->sync());
    RW_TRY(writeAhead(parts, ahead));
    const auto putAll = [&](SQLite::Database& database) -> Status {
        size = ahead;
        RW_TRY(put(database, snapshot, parts, size));
        numbers = rowsIn(database).numbers();
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
        const std::int64_t id = rowsIn(database).idOfPending(number);
        if (id == 0) {
            return {
                ErrorCode::Io,
                RW_TEXT("checkpoint", "Checkpoint %1, which counts now, is not there any more.").with(number),
                RW_TEXT("checkpoint", "Start the run anew.")};
        }
        setDecided(database, id);
        if (removeOthers(database, number, id)) removeUnusedParts(database, m_options.location.owner);
        numbers = rowsIn(database).numbers();
        return {};
    }));
    m_counts = true;
    m_kept->set(std::move(numbers));
    return {};
}

Status SqliteCheckpoints::settle(Epoch number, bool committed) {
    return m_session->writeAtOnce(*this, [&](SQLite::Database& database) -> Status {
        if (committed) {
            if (const std::int64_t id = rowsIn(database).idOfPending(number); id != 0)
                setDecided(database, id);
            return {};
        }
        for (std::int64_t id = rowsIn(database).idOfPending(number); id != 0;
             id = rowsIn(database).idOfPending(number))
            removeCheckpoint(database, id);
        removeUnusedParts(database, m_options.location.owner);
        m_options.from = rowsIn(database).newest();
        m_options.fromState.reset();
        return {};
    });
}

bool SqliteCheckpoints::removeOthers(SQLite::Database& database, Epoch number, std::int64_t id) {
    LineageRows rows = rowsIn(database);
    const bool replaced = !m_counts && rows.removeReplaced(number, id);
    return rows.removeOldest(m_options.keep) || replaced;
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
    // A file goes behind the transaction in which its part went.
    if (m_anyRuns) m_runs->removeUnused(database);
    const CheckpointHead head{m_options.lineage, snapshot.number,
                              snapshot.ended ? CheckpointKind::Ended : CheckpointKind::Running,
                              snapshot.began};
    const auto version = [&] {
        if (snapshot.mayNameRuns) return kRunsVersion;
        if (!snapshot.changes.empty()) return kChangesVersion;
        return snapshot.pending ? kPendingVersion : kDecidedVersion;
    };
    const std::int64_t id = insertCheckpoint(database, m_options.location.owner, head,
                                             {version(), snapshot.pending, m_clock->now()});
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
        // One that was added has been named.
        if (part.namesRun() && !part.isAdded())
            nameRun(database, m_options.location.owner, part.hash, part.run.file, part.run.bytes);
        m_anyRuns = m_anyRuns || part.namesRun();
        size.bytes += part.bytes();
    }
    (void)releaseHeldParts(database, m_options.location.owner);
    setSum(database, id, sumOf(head, uses), size.bytes);
    // Not before: parts that were written ahead are used only now.
    if (!snapshot.pending && removeOthers(database, snapshot.number, id))
        removeUnusedParts(database, m_options.location.owner);
    return {};
}

Status SqliteCheckpoints::finish() {
    RW_TRY(m_session->writeAtOnce(*this, [this](SQLite::Database& database) -> Status {
        (void)rowsIn(database).removeThose("TRUE");
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
    }));
    if (!m_anyRuns) return {};
    // The run has ended well, whether or not they can be removed: then the next one does it.
    (void)m_session->writeAtOnce(*this, [this](SQLite::Database& database) -> Status {
        m_runs->removeUnused(database);
        return {};
    });
    return {};
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
                  loadCheckpoint(m_options.location, {}, {CheckpointLook::Recover, m_files}));
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
