#include "tests/simulate/story.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "core/base/random.h"
#include "core/state/checkpoint_store.h"
#include "core/state/saved_checkpoints.h"
#include "tests/simulate/promises.h"
#include "tests/simulate/watched_table.h"
#include "tests/simulate/weather.h"
#include "tests/simulate/witness.h"
#include "tests/simulate/world.h"
#include "tests/support/asking_node.h"
#include "tests/support/run_of.h"

namespace rw::simulated {

namespace {

/// So many legs meet trouble, then one comes to its end.
constexpr int kMostLegs = 12;
/// Longer than any lock is held and any run takes: a run that is not at its end by then never is.
constexpr Millis kPatience = 600'000;
constexpr Millis kLookEvery = 100;
/// Bytes: hardly a group, so that nearly all groups of windows go to files.
constexpr std::uint64_t kSpilledBeyond = 2'000;
constexpr int kChangeEvery = 400;  ///< milliseconds, at most
constexpr std::string_view kRecord = ".rill-epochs";
constexpr const char* kPipelineFile = "/simulated/p.rill";

std::shared_ptr<const Plan> planIn(const Pipeline& pipeline, int parallelism) {
    PlanOptions options;
    options.parallelism = parallelism;
    options.validate.folder = kFolder;
    options.validate.files = false;
    return makePlan(pipeline, simulatedKinds(), options).plan;
}

/// How the outputs differ; empty: in no way.
std::string difference(const Outputs& expected, const Outputs& found) {
    for (const auto& [table, rows] : expected) {
        const auto there = found.find(table);
        if (there == found.end()) return fmt::format("{} is not there", table);
        if (there->second == rows) continue;
        std::vector<std::string> missing, surplus;
        std::set_difference(rows.begin(), rows.end(), there->second.begin(), there->second.end(),
                            std::back_inserter(missing));
        std::set_difference(there->second.begin(), there->second.end(), rows.begin(), rows.end(),
                            std::back_inserter(surplus));
        return fmt::format("{}: {} rows instead of {}\n  missing\n    {}\n  surplus\n    {}", table,
                           there->second.size(), rows.size(), fmt::join(missing, "\n    "),
                           fmt::join(surplus, "\n    "));
    }
    return found.size() == expected.size() ? std::string() : "there are outputs that nobody writes";
}

class Teller {
 public:
    Teller(std::uint64_t seed, const test::PipelineSize& size, bool keepsLog)
        : m_chance(splitMix64(seed, 1)),
          m_sunk(sunkPipeline(seed, size)),
          m_world(splitMix64(seed, 2), m_sunk),
          m_weather(splitMix64(seed, 3), m_world.disk, m_world.clock, keepsLog, m_sunk.slowness),
          m_taping(seed) {
        const std::string file = m_chance.pick({"a.sqlite", "b.sqlite"});
        m_location = m_chance.oneIn(3) ? locationInFolder(kFolder, kPipelineFile)
                                       : locationInDatabase(std::string(kFolder) + "/" + file, kPipelineFile);
        m_keep = m_chance.pick({1, 2, 3, 3});
    }

    const SunkPipeline& sunk() const { return m_sunk; }
    /// Its remaining tapes, for looks at them when this world is gone.
    const Taping& taping() const { return m_taping; }
    /// Of the table that is changed.
    int newest() const { return m_watched.version(); }

    Story tell(const Outputs& expected) {
        const std::uint64_t lateBefore = test::AskedWorld::instance().unanswered;
        m_story.wrong = legs();
        m_weather.rest();
        m_story.late = static_cast<int>(test::AskedWorld::instance().unanswered - lateBefore);
        try {
            if (m_story.wrong.empty()) judge(expected, m_world.outputRows());
        } catch (const SQLite::Exception& error) {
            m_story.wrong = fmt::format("a database can't be read at the end: {}", error.what());
        }
        for (const auto& [table, rows] : expected) m_story.rows += rows.size();
        const Disk::Tally& tally = m_world.disk.tally();
        m_story.torn = tally.torn;
        m_story.lostPages = tally.lostPages;
        m_story.movedBack = tally.movedBack;
        m_story.shortWrites = m_weather.shortWrites();
        m_story.asked = m_sunk.asks ? 1 : 0;
        m_story.overtook = m_sunk.overtakes ? 1 : 0;
        m_story.greeted = m_sunk.greets ? 1 : 0;
        m_story.lookedUp = m_sunk.looksUp ? 1 : 0;
        m_story.enclosed = m_sunk.encloses ? 1 : 0;
        m_story.forgetful = m_sunk.forgets ? 1 : 0;
        m_story.acknowledged = m_witness.acknowledged();
        m_story.log = m_weather.log();
        m_story.hash = m_weather.hash();
        return m_story;
    }

 private:
    void judge(const Outputs& expected, const Outputs& found) {
        m_story.wrong = difference(promised(expected), promised(found));
        // On a tape each moment has one state of the table: rows that come late meet an older one.
        if (m_story.wrong.empty())
            m_story.wrong = brokenPromise(expected, found, m_watched.version(), !m_taping.records());
        // One of them may have been there when the leg read the table first.
        m_story.readAnew = metAfter(found, m_versionAtStart) > 1 ? 1 : 0;
        m_story.forgot = stillCounted(found) < m_sunk.recent ? 1 : 0;
        if (!m_sunk.pairs) return;
        const std::size_t pairs = found.at(kPairs).size();
        m_story.missed = pairs > 0 && pairs < expected.at(kPairs).size() ? 1 : 0;
    }

    struct Next {
        bool over = false;
        RunOptions options{};
    };

    std::string legs() {
        const int troubled = 1 + m_chance.below(kMostLegs);
        for (int leg = 0;; ++leg) {
            m_weather.rest();
            Next next;
            if (std::string wrong = rot(); !wrong.empty()) return wrong;
            if (std::string wrong = prepare(next); !wrong.empty()) return wrong;
            if (next.over) return {};
            // After these it must come to its end: no trouble is left then.
            if (leg > troubled + 1) return "it is not at its end after a leg in which nothing happened";
            if (leg < troubled) rotRecord();
            if (std::string wrong = oneLeg(std::move(next.options), leg >= troubled); !wrong.empty())
                return wrong;
            m_weather.rest();
            if (leg < troubled && !m_sunk.usesBroker) damage();
        }
    }

    /// The state that the next leg resumes from.
    std::string prepare(Next& next) {
        m_goesBack = false;
        auto loaded = loadCheckpoint(m_location, {}, {CheckpointLook::Recover, m_world.outputs});
        if (!loaded.ok()) return "what is on the disk can't be resumed from: " + english(loaded.error());
        if (std::string wrong = m_witness.judge(*loaded); !wrong.empty()) return wrong;
        next.options = m_world.options(m_chance.next());
        // What each leg does must not depend on how much of its state is in files.
        if (next.options.seed % 2 == 0) {
            if (const Status status = m_world.spillBeyond(kSpilledBeyond, next.options); !status.ok())
                return "no state can be kept in files: " + english(status.error());
        }
        next.options.batchRows = m_chance.pick<std::size_t>({1, 3, 7, 64, 4'096});
        next.options.channelRows = m_chance.pick<std::size_t>({20, 200, 65'536});
        CheckpointStoreOptions store;
        store.location = m_location;
        store.lineage = fmt::format("line {}", m_story.legs);
        store.keep = m_keep;
        std::string from = "from the beginning";
        if (*loaded) {
            LoadedCheckpoint& checkpoint = **loaded;
            if (checkpoint.about.kind == CheckpointKind::Finished) {
                next.over = true;
                return {};
            }
            if (m_damaged && checkpoint.about.number >= *m_damaged) return "a damaged checkpoint is used";
            if (m_damaged && checkpoint.passedOver.empty()) return "a damaged one is passed over in silence";
            m_story.passedOver += m_damaged ? 1 : 0;
            m_goesBack = m_damaged.has_value();
            ++m_story.wentOn;
            store.lineage = checkpoint.about.lineage;
            store.from = checkpoint.about.number;
            next.options.restore = std::make_shared<const StateSnapshot>(std::move(checkpoint.snapshot));
            from = fmt::format("from checkpoint {}{}", store.from,
                               checkpoint.about.kind == CheckpointKind::Ended ? ", the last" : "");
        } else if (m_damaged) {
            return "after damage no checkpoint is found at all";
        }
        m_damaged.reset();
        // The run itself retries failures that its user does not see.
        if (m_chance.oneIn(2)) next.options.restart = {RestartStrategy::Kind::Fixed, 30, 30, 3, 1'000};
        const Epoch number = store.from;
        next.options.checkpoints = {m_witness.watch(makeCheckpointStore(std::move(store)), number),
                                    m_sunk.slowness * (1 + m_chance.below(m_chance.pick({4, 10, 40}))), true};
        if (m_chance.oneIn(2)) {
            next.options.checkpoints.changesFrom = 0;
            next.options.checkpoints.filesFrom = 0;
        }
        m_weather.note(fmt::format("batches of {} rows, {} rows wait, a checkpoint every {} ms, {} tries, {}",
                                   next.options.batchRows, next.options.channelRows,
                                   next.options.checkpoints.every,
                                   next.options.restart.kind == RestartStrategy::Kind::None ? 0 : 3, from));
        return {};
    }

    std::string oneLeg(RunOptions options, bool calm) {
        const int parallelism = m_chance.pick({1, 2, 3, 5});
        ++m_story.legs;
        const auto plan = planIn(m_sunk.pipeline, parallelism);
        if (!plan) return "it can't be planned";
        m_taping.record(options, m_story.legs);
        m_versionAtStart = m_watched.version();
        const Trouble trouble = m_weather.begin(calm);
        std::string wrong = run(plan, std::move(options), trouble);
        m_weather.rest();
        // A run that was stopped or has ended is on the disk as a killed one is.
        const bool dies = m_world.disk.dead();
        Loss loss = m_weather.loss();
        if (!dies && m_chance.oneIn(4)) loss = Loss::Power;
        m_world.disk.restart(loss);
        mendRecord();
        m_taping.restarted(m_world.disk);
        m_weather.note(fmt::format("{} ms: {}, {} tasks{}", m_world.clock->steadyMillis(),
                                   loss == Loss::Power ? "without power" : "over", parallelism,
                                   wrong.empty() ? "" : ": " + wrong));
        return wrong;
    }

    std::string run(const std::shared_ptr<const Plan>& plan, RunOptions options, Trouble trouble) {
        auto started = Run::start(plan, std::move(options));
        if (!started.ok()) {
            m_weather.note("it does not start: " + english(started.error()));
            if (refuses(started.error())) return {};
            return m_weather.failed() ? std::string() : "it does not start, and nothing has failed";
        }
        Run& run = **started;
        const Millis left = std::max<Millis>(m_weather.endsAt() - m_world.clock->steadyMillis(), 0);
        if (trouble == Trouble::KilledAtTime || trouble == Trouble::PowerAtTime) {
            if (!waitFor(run, left)) m_world.disk.die();
        } else if (trouble == Trouble::Stopped && !waitFor(run, left)) {
            run.stop(StopMode::Now);
        }
        // A dead run is left: one that restarts would do so for long.
        const std::int64_t until = m_world.clock->steadyMillis() + kPatience;
        while (!m_world.disk.dead() && !waitFor(run, kLookEvery)) {
            if (m_world.clock->steadyMillis() > until) return "it never ends";
        }
        const RunMetrics metrics = run.metrics();
        m_weather.note(fmt::format("{} steps, schedule {:x}, {} checkpoints", metrics.steps,
                                   metrics.scheduleHash, metrics.checkpoints.taken));
        if (m_weather.failed() || m_world.disk.dead()) return {};
        if (!run.status().ok() && refuses(run.status().error())) return {};
        if (run.state() == RunState::Finished && m_taping.recordsLeg()) takeTape();
        return run.status().ok() ? std::string()
                                 : "it fails, and nothing has failed: " + english(run.status().error());
    }

    /// Run::waitFor, while another program changes the table that is looked into now and then.
    bool waitFor(Run& run, Millis millis) {
        if (!m_sunk.watches) return run.waitFor(millis);
        const std::int64_t until = m_world.clock->steadyMillis() + millis;
        while (!m_world.disk.dead() && m_world.clock->steadyMillis() < until) {
            const Millis left = until - m_world.clock->steadyMillis();
            if (run.waitFor(std::min<Millis>(left, 1 + m_chance.below(kChangeEvery)))) return true;
            if (m_world.disk.dead()) return false;
            m_weather.rest();
            m_watched.change();
            m_weather.goOn();
        }
        return false;
    }

    /// A look at the outputs leaves no trace in them.
    void takeTape() {
        m_weather.rest();
        const Disk::Saved saved = m_world.disk.save();
        m_taping.ended(m_world.disk, m_world.outputRows());
        m_world.disk.putBack(saved);
    }

    /// Another bit in the file of the checkpoints, or in its log: a checkpoint that can be read is as
    /// written, or it is refused. Then all is as before.
    std::string rot() {
        if (!m_chance.oneIn(2)) return {};
        const DiskFileRef log = m_world.disk.find(m_location.path + "-wal");
        const DiskFileRef file =
            log && !log->now.empty() && m_chance.oneIn(2) ? log : m_world.disk.find(m_location.path);
        if (!file || file->now.empty()) return {};
        const Disk::Saved saved = m_world.disk.save();
        char& byte = file->now[static_cast<std::size_t>(m_chance.next() % file->now.size())];
        byte = static_cast<char>(byte ^ (1 << m_chance.below(8)));
        const auto loaded = loadCheckpoint(m_location, {}, {CheckpointLook::Recover, m_world.outputs});
        m_world.disk.putBack(saved);
        ++m_story.rotten;
        if (loaded.ok() && *loaded && !m_witness.knows(**loaded))
            return fmt::format("with a wrong bit checkpoint {} is not what was written",
                               (*loaded)->about.number);
        return {};
    }

    /// Another bit in the record by which a sink knows its rows in a file. A run that needs the record
    /// refuses to go on, and speaks of the file; no other may lose by it.
    void rotRecord() {
        m_record.reset();
        // A run that goes back needs it: there the file has more rows than its checkpoint knows.
        if (!m_goesBack && !m_chance.oneIn(4)) return;
        for (const std::string& path : m_world.disk.paths()) {
            if (!path.ends_with(kRecord)) continue;
            const DiskFileRef file = m_world.disk.find(path);
            if (file->now.empty() || !file->unsynced.empty()) continue;
            m_record = Record{path, file, file->now};
            char& byte = file->now[static_cast<std::size_t>(m_chance.next() % file->now.size())];
            byte = static_cast<char>(byte ^ (1 << m_chance.below(8)));
            file->synced = m_record->rotten = file->now;
            ++m_story.rottenRecords;
            m_weather.note(fmt::format("{} has a wrong bit", path));
            return;
        }
    }

    /// As long as no run has put another in its place.
    void mendRecord() {
        if (!m_record || m_record->file->now != m_record->rotten) return;
        m_record->file->now = m_record->file->synced = m_record->content;
    }

    /// Whether this is the answer to a record that was damaged.
    bool refuses(const Error& error) {
        if (!m_record) return false;
        // “/simulated/.NAME.rill-epochs” is that of “/simulated/NAME”.
        const std::size_t name = m_record->path.rfind("/.") + 2;
        const std::string of = m_record->path.substr(name, m_record->path.size() - name - kRecord.size());
        if (english(error).find(of) == std::string::npos) return false;
        ++m_story.refusedRecords;
        return true;
    }

    /// Changes a byte of the newest checkpoint, where there is one before it to resume from.
    void damage() {
        if (!m_world.disk.find(m_location.path)) return;
        try {
            SQLite::Database database(m_location.path, SQLite::OPEN_READWRITE, 0, SqliteVfs::name());
            if (!hasCheckpointTables(database)) return;
            std::int64_t newest = 0;
            Epoch number = 0;
            {
                SQLite::Statement all(database,
                                      "SELECT id, number, kind FROM _rill_checkpoints WHERE behind = 0 ORDER "
                                      "BY id DESC");
                if (!all.executeStep() || all.getColumn(2).getInt() == 2) return;
                newest = all.getColumn(0).getInt64();
                number = static_cast<Epoch>(all.getColumn(1).getInt64());
                if (!all.executeStep()) return;
            }
            breakOne(database, newest);
            m_damaged = number;
            m_witness.damaged();
            m_weather.note(fmt::format("checkpoint {} is damaged", number));
        } catch (const SQLite::Exception& error) {
            m_weather.note(fmt::format("nothing could be damaged: {}", error.what()));
        }
    }

    /// A part that no other checkpoint uses, else the sum.
    void breakOne(SQLite::Database& database, std::int64_t checkpoint) {
        std::int64_t part = 0;
        std::string content;
        {
            SQLite::Statement own(database,
                                  "SELECT id, content FROM _rill_checkpoint_parts AS one WHERE "
                                  "length(content) > 0 AND NOT EXISTS (SELECT 1 FROM _rill_checkpoint_uses "
                                  "WHERE part = one.id AND checkpoint <> ?1) ORDER BY id");
            own.bind(1, checkpoint);
            for (int skip = m_chance.below(4); own.executeStep() && skip >= 0; --skip) {
                part = own.getColumn(0).getInt64();
                content = own.getColumn(1).getString();
            }
        }
        if (part == 0) {
            SQLite::Statement sum(database, "UPDATE _rill_checkpoints SET sum = sum + 1 WHERE id = ?");
            sum.bind(1, checkpoint);
            sum.exec();
            return;
        }
        // Not by a mask: a second time it would undo the first change.
        char& byte = content[static_cast<std::size_t>(m_chance.next() % content.size())];
        byte = static_cast<char>(byte + 1);
        SQLite::Statement change(database, "UPDATE _rill_checkpoint_parts SET content = ? WHERE id = ?");
        change.bind(1, content.data(), static_cast<int>(content.size()));
        change.bind(2, part);
        change.exec();
    }

    struct Record {
        std::string path;
        DiskFileRef file;
        std::string content;  ///< as it was
        std::string rotten{};
    };

    Chance m_chance;
    const SunkPipeline m_sunk;
    World m_world;
    Weather m_weather;
    CheckpointLocation m_location{};
    int m_keep = 3;
    std::optional<Epoch> m_damaged{};
    bool m_goesBack = false;           ///< the newest leg, behind a damaged checkpoint
    std::optional<Record> m_record{};  ///< that has a wrong bit
    WatchedTable m_watched{};
    int m_versionAtStart = 0;  ///< of the newest leg
    Witness m_witness{};
    Taping m_taping;
    Story m_story{};
};

/// The outputs of a run without checkpoints and without trouble, which forgets no pair.
Result<Outputs> undisturbed(std::uint64_t seed, const SunkPipeline& sunk) {
    World world(seed, sunk);
    const auto plan = planIn(sunk.pipeline, 2);
    if (!plan) return Status(ErrorCode::Invalid, RW_TEXT("simulate", "It can't be planned."));
    RW_TRY_ASSIGN(const auto run, Run::start(plan, world.options(seed)));
    if (!run->waitFor(kPatience)) return Status(ErrorCode::Invalid, RW_TEXT("simulate", "It never ends."));
    RW_TRY(run->status());
    return world.outputRows();
}

}  // namespace

Story tell(std::uint64_t seed, const test::PipelineSize& size, bool keepsLog) {
    const Result<Outputs> expected = undisturbed(seed, forgettingNoPair(sunkPipeline(seed, size)));
    if (!expected.ok()) {
        Story none;
        none.wrong = "the undisturbed run fails: " + english(expected.error());
        return none;
    }
    auto teller = std::make_unique<Teller>(seed, size, keepsLog);
    Story story = teller->tell(*expected);
    const SunkPipeline sunk = teller->sunk();
    const Taping taping = teller->taping();
    const int newest = teller->newest();
    teller.reset();
    const auto plan = [&sunk](int parallelism) { return planIn(sunk.pipeline, parallelism); };
    if (story.wrong.empty()) story.wrong = taping.judge(sunk, plan, *expected, newest, story.tapes);
    return story;
}

test::PipelineSize usualSize() {
    return {.rows = 80, .sources = 2, .nodes = 6};
}

}  // namespace rw::simulated
