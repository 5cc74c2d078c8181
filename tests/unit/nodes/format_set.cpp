#include "tests/unit/nodes/format_set.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "core/pipeline/json/json.h"
#include "core/state/checkpoint_store.h"
#include "core/tape/tape_player.h"
#include "core/tape/tape_writer.h"
#include "tests/support/memory_files.h"
#include "tests/support/run_of.h"
#include "tests/support/simulated_clock.h"
#include "tests/unit/nodes/fixtures/view_text.h"

namespace rw::test {

namespace fs = std::filesystem;

namespace {

/// No such folder is on a machine: inputs stand there in memory.
constexpr const char* kInputs = "/rillwright-formats";
constexpr const char* kTables = ".rill-tables";  // an SQLite file, under a name that Git does not ignore
constexpr Instant kBegan = 1'700'000'000'000;
constexpr Millis kHalf = 1'500;

std::vector<fs::path> filesIn(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code none;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, none)) {
        if (entry.is_regular_file()) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

void tablesOf(const fs::path& file, std::vector<std::string>& lines) {
    SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
    SQLite::Statement names(database,
                            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' "
                            "AND name NOT LIKE '\\_rill%' ESCAPE '\\' ORDER BY name");
    while (names.executeStep()) {
        const std::string table = names.getColumn(0).getString();
        SQLite::Statement rows(database, fmt::format("SELECT * FROM \"{}\"", table));
        while (rows.executeStep()) {
            std::string line = table + ":";
            for (int i = 0; i < rows.getColumnCount(); ++i)
                line += " " + (rows.getColumn(i).isNull() ? "NULL" : rows.getColumn(i).getString()) + " |";
            lines.push_back(std::move(line));
        }
    }
}

Status failedRun(const Run& run) {
    return run.status().ok() ? Status(ErrorCode::Invalid, RW_TEXT("test", "The run did not end by itself."))
                             : run.status();
}

}  // namespace

struct FormatCase::World {
    const std::shared_ptr<MemoryFiles> files = std::make_shared<MemoryFiles>();
    Pipeline pipeline{};
    ValidateOptions validating{};
    std::shared_ptr<const Plan> plan{};
    CheckpointLocation location{};
    CheckpointedPipeline text{};
    RunOptions options{};
};

std::vector<fs::path> formatSets(const fs::path& checkout) {
    std::vector<fs::path> sets;
    for (const fs::directory_entry& entry : fs::directory_iterator(checkout / "tests" / "fixtures")) {
        if (entry.path().filename().native().starts_with("formats_")) sets.push_back(entry.path());
    }
    std::sort(sets.begin(), sets.end());
    return sets;
}

std::vector<std::string> pipelinesOf(const fs::path& set) {
    std::vector<std::string> names;
    for (const fs::path& file : filesIn(set)) {
        if (file.extension() == ".rill") names.push_back(file.stem().string());
    }
    return names;
}

std::vector<fs::path> rillFilesOf(const fs::path& set) {
    std::vector<fs::path> files;
    for (const fs::path& folder : {set, set / "designs", set / "inputs" / "parts"}) {
        for (const fs::path& file : filesIn(folder)) {
            if (file.extension() == ".rill") files.push_back(file);
        }
    }
    return files;
}

std::string contentOf(const fs::path& file) {
    std::stringstream content;
    content << std::ifstream(file, std::ios::binary).rdbuf();
    return content.str();
}

FormatCase::FormatCase(fs::path set, std::string name)
    : m_set(std::move(set)), m_name(std::move(name)), m_scratch("formats") {
    m_world = std::make_shared<World>();
    const fs::path inputs = m_set / "inputs";
    if (fs::exists(inputs / "parts")) fs::copy(inputs / "parts", folder() / "parts");
    for (const fs::path& file : filesIn(inputs)) {
        if (file.extension() == ".sql") {
            SQLite::Database database((folder() / file.stem()).string() + kTables,
                                      SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            database.exec(contentOf(file));
        } else {
            m_world->files->replace(fmt::format("{}/{}", kInputs, file.filename().string()), contentOf(file));
        }
    }
    m_world->options.files = m_world->files;
    m_world->options.executor = ExecutorKind::Seeded;
    m_world->options.seed = 1;
    m_world->options.batchRows = 64;
}

fs::path FormatCase::kept(const char* ending) const {
    return m_set / (m_name + ending);
}

void FormatCase::putOutputsBack() {
    for (const fs::path& file : filesIn(keptOutputs())) fs::copy_file(file, folder() / file.filename());
}

Status FormatCase::prepare() {
    World& world = *m_world;
    RW_TRY_ASSIGN(Loaded loaded, loadPipelineFile(kept(".rill").string()));
    world.pipeline = std::move(loaded.pipeline);
    world.validating.folder = folder().string();
    world.validating.file = (folder() / (m_name + ".rill")).string();
    PlanOptions options;
    options.parallelism = 2;
    options.validate = world.validating;
    Planned planned = makePlan(world.pipeline, kinds(), options);
    for (const Issue& issue : planned.issues) {
        if (issue.severity == Severity::Error) return {ErrorCode::Invalid, issue.message};
    }
    world.plan = std::move(planned.plan);
    world.text = checkpointedPipeline(world.pipeline, world.validating, kinds());
    for (const RunningNode& node : runningNodes(*world.plan)) {
        if (!node.bound->keepsCheckpoints.empty())
            world.location = locationInDatabase(node.bound->keepsCheckpoints, world.validating.file);
    }
    if (world.location.path.empty()) {
        world.location = {(folder() / (m_name + ".rill-checkpoints")).string(), {}, true};
    }
    world.options.clock = std::make_shared<SimulatedClock>(kBegan);
    return {};
}

std::vector<std::string> FormatCase::outcome(const Run& run) const {
    std::vector<std::string> lines;
    for (const Node& node : run.plan().pipeline.nodes) {
        const auto view = run.view(node.id);
        if (!view) continue;
        if (!isDescribed(*view))
            lines.push_back(node.id +
                            ": it fails: describe views of this kind in "
                            "tests/unit/nodes/fixtures/view_text.cpp");
        for (const std::string& line : viewText(*view)) lines.push_back(node.id + ": " + line);
    }
    for (const fs::path& file : filesIn(folder())) {
        const std::string name = file.filename().string();
        if (file.extension() == kTables) tablesOf(file, lines);
        if (name.starts_with('.') || (file.extension() != ".csv" && file.extension() != ".ndjson")) continue;
        std::istringstream content(contentOf(file));
        for (std::string line; std::getline(content, line);)
            lines.push_back(fmt::format("{}: {}", name, line));
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

Result<std::vector<std::string>> FormatCase::wholeRun(const fs::path& tape) {
    RW_TRY(prepare());
    RunOptions options = m_world->options;
    if (!tape.empty()) {
        TapeWriterOptions writing;
        writing.path = writing.shown = tape.string();
        writing.document = {savePipeline(m_world->pipeline), {}, {}};
        options.record = makeTapeRecorder(std::move(writing));
    }
    RW_TRY_ASSIGN(const std::unique_ptr<Run> run, Run::start(m_world->plan, options));
    run->wait();
    if (run->state() != RunState::Finished) return failedRun(*run);
    return outcome(*run);
}

Status FormatCase::firstHalf() {
    RW_TRY(prepare());
    CheckpointStoreOptions store;
    store.location = m_world->location;
    store.pipeline = m_world->text;
    store.lineage = "formats";
    store.keep = 1;
    RunOptions options = m_world->options;
    options.checkpoints = {makeCheckpointStore(std::move(store)), 700, true};
    RW_TRY_ASSIGN(const std::unique_ptr<Run> run, Run::start(m_world->plan, options));
    bool looksUp = false;
    m_world->files->beforeDatabase = [&] {
        looksUp = true;
        run->stop(StopMode::Now);
    };
    const bool ended = run->waitFor(kHalf);
    m_world->files->beforeDatabase = nullptr;
    if (ended && !looksUp) return failedRun(*run);
    run->stop(StopMode::Now);
    run->wait();
    return run->status();
}

Result<LoadedCheckpoint> FormatCase::checkpoint() const {
    RW_TRY_ASSIGN(std::optional<LoadedCheckpoint> loaded, loadCheckpoint(m_world->location));
    if (!loaded || !loaded->passedOver.empty())
        return Status(ErrorCode::NotFound, RW_TEXT("test", "The newest checkpoint is not whole."));
    return std::move(*loaded);
}

Result<FormatCase::SavedStates> FormatCase::savedStates() {
    RW_TRY(prepare());
    RW_TRY_ASSIGN(const LoadedCheckpoint from, checkpoint());
    RW_TRY_ASSIGN(const Pipeline pipeline, asPipeline(from.pipeline));
    SavedStates saved;
    for (const auto& [id, states] : from.snapshot.states) {
        const Node* const node = pipeline.find(id.node);
        if (node == nullptr || states.empty()) continue;
        std::vector<std::string>& ofType = saved[node->type];
        ofType.insert(ofType.end(), states.begin(), states.end());
    }
    return saved;
}

Result<std::vector<std::string>> FormatCase::secondHalf() {
    RW_TRY(prepare());
    RW_TRY_ASSIGN(const LoadedCheckpoint from, checkpoint());
    RW_TRY_ASSIGN(ResumePlan plan,
                  planResume(from, {m_world->text, {m_world->pipeline, m_world->validating}, kinds()}));
    if (!plan.possible() || plan.losesAnything())
        return Status(ErrorCode::Invalid, RW_TEXT("test", "Resuming from it would lose something."));
    CheckpointStoreOptions store;
    store.location = m_world->location;
    store.pipeline = m_world->text;
    store.lineage = from.about.lineage;
    store.from = from.about.number;
    RunOptions options = m_world->options;
    options.restore = std::make_shared<const StateSnapshot>(std::move(plan.found.snapshot));
    store.fromState = options.restore;
    options.checkpoints = {makeCheckpointStore(std::move(store)), 700, true};
    RW_TRY_ASSIGN(const std::unique_ptr<Run> run, Run::start(m_world->plan, options));
    run->wait();
    if (run->state() != RunState::Finished) return failedRun(*run);
    return outcome(*run);
}

Result<std::vector<std::string>> FormatCase::replay(const fs::path& tape) {
    RW_TRY(prepare());
    RW_TRY_ASSIGN(const TapeFileRef file, TapeFile::open(tape.string()));
    if (!file->whole()) return Status(ErrorCode::Invalid, RW_TEXT("test", "The tape is cut."));
    RunOptions options = m_world->options;
    options.replay = makeTapePlayer(file, 0);
    RW_TRY_ASSIGN(const std::unique_ptr<Run> run, Run::start(m_world->plan, options));
    run->wait();
    if (run->state() != RunState::Finished) return failedRun(*run);
    return outcome(*run);
}

}  // namespace rw::test
