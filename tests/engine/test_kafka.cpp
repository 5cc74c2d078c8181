// Runs from topic to topic, with brokers in memory: every row is there, whatever parallelism and batch size;
// a run that is given up anywhere and resumed has each row once.
#include <SQLiteCpp/Database.h>

#include <algorithm>
#include <filesystem>

#include "core/base/random.h"
#include "core/state/checkpoint_store.h"
#include "core/state/saved_checkpoints.h"
#include "tests/support/child.h"
#include "tests/support/run_of.h"
#include "tests/support/worlds/kafka_world.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr int kRows = 2'000;

using Lines = std::vector<std::string>;

Lines numbers(int from, int until) {
    Lines out;
    for (int n = from; n < until; ++n) out.push_back("{\"n\":" + std::to_string(n) + "}");
    return out;
}

void put(KafkaWorld& world, const std::string& topic, int partition, const Lines& values) {
    std::vector<KafkaWorld::Message> messages;
    for (const std::string& value : values) {
        KafkaWorld::Message& message = messages.emplace_back();
        message.value = value;
        message.partition = partition;
    }
    world.put(topic, messages);
}

Pipeline fromTo(const std::string& from, const std::string& to, const char* delivery) {
    Pipeline made;
    made.nodes = {
        node("in", "kafka_source",
             {{"connection", "shop"}, {"topic", from}, {"columns", {"n BIGINT"}}, {"end", "latest"}}),
        node("even", "filter", {{"condition", "MOD(n, 2) = 0"}}),
        node("out", "kafka_sink",
             {{"connection", "shop"}, {"topic", to}, {"key", {"n"}}, {"delivery", delivery}})};
    made.wires = {wire("in", "even"), wire("even", "out")};
    return made;
}

Lines evenOnes(const KafkaWorld& world, const std::string& topic) {
    Lines found = world.messages(topic);
    std::sort(found.begin(), found.end());
    return found;
}

Lines expected() {
    Lines out;
    for (int n = 0; n < kRows; n += 2)
        out.push_back(std::to_string(n) + "={\"n\":" + std::to_string(n) + "}");
    std::sort(out.begin(), out.end());
    return out;
}

void everyRowIsThere() {
    KafkaWorld world;
    world.createTopic("in", 3);
    put(world, "in", 0, numbers(0, 1'000));
    put(world, "in", 1, numbers(1'000, 1'900));
    put(world, "in", 2, numbers(1'900, kRows));
    int runs = 0;
    for (const int parallelism : {1, 3}) {
        for (const std::size_t batchRows : {std::size_t{7}, std::size_t{4'096}}) {
            const std::string out = "out-" + std::to_string(++runs);
            world.createTopic(out);
            RunOptions options;
            options.batchRows = batchRows;
            options.connections = world.connections("shop");
            const auto run = runToEnd(planOf(fromTo("in", out, "at_least_once"), parallelism), options);
            expect(run && run->status().ok(), "a run from topic to topic ends well");
            expect(evenOnes(world, out) == expected(), "and every row is there once");
        }
    }
}

namespace fs = std::filesystem;

Pipeline intoTable(const fs::path& folder) {
    Pipeline made;
    made.nodes = {
        node("in", "kafka_source",
             {{"connection", "shop"}, {"topic", "in"}, {"columns", {"n BIGINT"}}, {"group", "seen"}}),
        node("out", "sqlite_sink",
             {{"database", (folder / "out.sqlite").string()}, {"table", "t"}, {"mode", "append"}})};
    made.wires = {wire("in", "out")};
    return made;
}

/// The next run of a line, which resumes from the newest checkpoint if there is one.
std::unique_ptr<Run> nextRun(const KafkaWorld& world, const fs::path& folder) {
    const CheckpointLocation location =
        locationInDatabase((folder / "out.sqlite").string(), (folder / "p.rill").string());
    CheckpointStoreOptions store;
    store.location = location;
    store.lineage = "line";
    RunOptions options;
    options.connections = world.connections("shop");
    auto loaded = loadCheckpoint(location);
    if (loaded.ok() && *loaded) {
        store.from = (*loaded)->about.number;
        options.restore = std::make_shared<const StateSnapshot>(std::move((*loaded)->snapshot));
    }
    options.checkpoints = {makeCheckpointStore(std::move(store)), 20, true};
    auto run = Run::start(planOf(intoTable(folder)), options);
    if (!run.ok()) std::printf("%s\n", english(run.error()).c_str());
    expect(run.ok(), "a run that resumes starts");
    return run.ok() ? std::move(*run) : nullptr;
}

/// Rows of the table, and how many of them differ.
std::pair<int, int> rowsIn(const fs::path& folder) {
    try {
        SQLite::Database database((folder / "out.sqlite").string(), SQLite::OPEN_READONLY, 1'000);
        if (!database.tableExists("t")) return {0, 0};
        return {database.execAndGet("SELECT count(*) FROM t").getInt(),
                database.execAndGet("SELECT count(DISTINCT n) FROM t").getInt()};
    } catch (const std::exception&) {
        return {0, 0};  // locked just now
    }
}

void givenUpAndResumed() {
    constexpr int kRounds = 6, kPortion = 300;
    const testing::ScratchFolder scratch("kafka");
    KafkaWorld world;
    world.createTopic("in", 2);
    for (int round = 0; round < kRounds; ++round) {
        put(world, "in", round % 2, numbers(round * kPortion, (round + 1) * kPortion));
        const auto run = nextRun(world, scratch.path());
        if (!run) return;
        // Before its rows are there, among them, or behind them.
        (void)run->waitFor(static_cast<Millis>(splitMix64(7, static_cast<std::uint64_t>(round)) % 400));
    }
    constexpr int kAll = kRounds * kPortion;
    const auto last = nextRun(world, scratch.path());
    if (!last) return;
    for (int tries = 0; tries < 200 && rowsIn(scratch.path()).first < kAll; ++tries) {
        if (last->waitFor(100)) break;
    }
    last->stop(StopMode::Now);
    last->wait();
    expect(last->status().ok(), "the last run ends well");
    expect(rowsIn(scratch.path()) == std::pair(kAll, kAll), "given up anywhere, each row is there once");
    // A last checkpoint was told of.
    expect(world.committed("seen", "in", 0) + world.committed("seen", "in", 1) == kAll,
           "and the group has the position behind all");
}

/// Two sinks of a connection have one transaction between them, and a checkpoint waits for it. These brokers
/// show rows before they are committed, and keep no marker: a kill is tried with real ones.
void exactlyOnceByTwoSinks() {
    const testing::ScratchFolder scratch("kafka");
    KafkaWorld world;
    for (const char* const topic : {"in", "even", "odd"}) world.createTopic(topic);
    put(world, "in", 0, numbers(0, kRows));
    Pipeline made = fromTo("in", "even", "exactly_once");
    made.nodes.push_back(node("rest", "filter", {{"condition", "MOD(n, 2) = 1"}}));
    made.nodes.push_back(node("other", "kafka_sink", {{"connection", "shop"}, {"topic", "odd"}}));
    made.wires.push_back(wire("in", "rest"));
    made.wires.push_back(wire("rest", "other"));
    CheckpointStoreOptions store;
    store.location = locationInFolder(scratch.path().string(), (scratch.path() / "p.rill").string());
    store.lineage = "line";
    RunOptions options;
    options.batchRows = 50;
    options.connections = world.connections("shop");
    options.checkpoints = {makeCheckpointStore(std::move(store)), 10, true};
    const auto run = runToEnd(planOf(made), options);
    expect(run && run->status().ok(), "a run whose sinks decide together ends well");
    expect(evenOnes(world, "even") == expected(), "the rows of the first are there");
    expect(world.messages("odd").size() == kRows / 2, "and those of the second");
}

/// While a checkpoint is pending an edit adds a sink of the same connection: the old one still knows it.
void aSinkIsAddedWhileACheckpointIsPending() {
    const testing::ScratchFolder scratch("kafka");
    KafkaWorld world;
    for (const char* const topic : {"in", "even", "more"}) world.createTopic(topic);
    put(world, "in", 0, numbers(0, 100));
    const CheckpointLocation location =
        locationInFolder(scratch.path().string(), (scratch.path() / "p.rill").string());
    const auto optionsOf = [&](Epoch from) {
        CheckpointStoreOptions store;
        store.location = location;
        store.lineage = "line";
        store.from = from;
        RunOptions options;
        options.connections = world.connections("shop");
        options.checkpoints = {makeCheckpointStore(std::move(store)), 10, true};
        return options;
    };
    Pipeline made = fromTo("in", "even", "exactly_once");
    made.nodes.front().params.erase("end");
    const auto run = Run::start(planOf(made), optionsOf(0));
    expect(run.ok(), "a run of transactions starts");
    if (!run.ok()) return;
    while (!(*run)->finished() && (*run)->metrics().checkpoints.number == 0) systemClock()->sleep(5);
    (*run)->stop(StopMode::Now);
    (*run)->wait();
    auto loaded = loadCheckpoint(location);
    expect(loaded.ok() && *loaded, "it has left a checkpoint");
    if (!loaded.ok() || !*loaded) return;
    StateSnapshot snapshot = std::move((*loaded)->snapshot);
    snapshot.pending = true;
    made.nodes.insert(made.nodes.begin(),
                      node("added", "kafka_sink", {{"connection", "shop"}, {"topic", "more"}}));
    made.wires.insert(made.wires.begin(), wire("even", "added"));
    RunOptions options = optionsOf(snapshot.number);
    options.restore = std::make_shared<const StateSnapshot>(std::move(snapshot));
    const auto edited = Run::start(planOf(made), options);
    const std::string said = edited.ok() ? std::string() : english(edited.error());
    expect(said.find("has that sink no longer") == std::string::npos, "the sink that was there is asked");
}

void theConnectionMustBeKnown() {
    RunOptions options;
    KafkaWorld world;
    world.createTopic("in");
    world.createTopic("out");
    const auto started = Run::start(planOf(fromTo("in", "out", "at_least_once")), options);
    expect(!started.ok(), "without its connection a run does not start");
}

void aMissingTopicIsFoundAtTheStart() {
    KafkaWorld world;
    world.createTopic("in");
    RunOptions options;
    options.connections = world.connections("shop");
    const auto started = Run::start(planOf(fromTo("in", "nowhere", "at_least_once")), options);
    const std::string said = started.ok() ? std::string() : english(started.error());
    expect(said.find("no topic “nowhere”") != std::string::npos, "a topic to write to must be there");
}

}  // namespace

int main() {
    everyRowIsThere();
    givenUpAndResumed();
    exactlyOnceByTwoSinks();
    aSinkIsAddedWhileACheckpointIsPending();
    theConnectionMustBeKnown();
    aMissingTopicIsFoundAtTheStart();
    return summary();
}
