// A run is stopped at a random moment, edited, and resumed with states that were recomputed from its tape:
// from then on it gives the rows that the edited pipeline, run from the start, gives behind that moment.
#include <SQLiteCpp/Database.h>

#include <algorithm>
#include <iterator>
#include <random>

#include "core/base/random.h"
#include "core/forecast/recomputed.h"
#include "core/launch/recompute.h"
#include "core/state/resume_plan.h"
#include "tests/engine/taped_runs.h"
#include "tests/support/child.h"
#include "tests/support/newest_checkpoint.h"
#include "tests/support/random_cases.h"
#include "tests/support/scripted_source.h"
#include "tests/support/tape_in_memory.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr Millis kWorld = 1'500;

const Catalogue& allKinds() {
    static const Catalogue kAll = withScriptedSource(builtin());
    return kAll;
}

/// Both partitions are there from the start, and nobody is idle: what comes depends on the rows alone.
void script(std::uint64_t seed, bool ends) {
    std::mt19937 random(static_cast<unsigned>(seed));
    for (const char* name : {"left", "right"}) {
        Outside& world = Outside::named(name);
        world.clear();
        world.news("a", PartitionState::Live);
        world.news("b", PartitionState::Live);
        for (std::int64_t at = 1; at < kWorld; at += 1 + static_cast<std::int64_t>(random() % 12)) {
            std::vector<ScriptedRow> rows;
            for (unsigned i = 0, count = 1 + random() % 4; i < count; ++i) {
                const Instant time = kNoon + at - static_cast<Instant>(random() % 60);
                rows.push_back({"key " + std::to_string(random() % 30), static_cast<int>(random() % 9),
                                random() % 40 == 0 ? kMinTimestamp : time});
            }
            world.rows(random() % 3 == 0 ? "b" : "a", rows, at);
        }
        if (ends) world.end();
    }
}

Node source(const char* name) {
    return node(name, "scripted", {{"outside", name}, {"event_time", "ts"}, {"watermark_delay", "20ms"}});
}

Node table() {
    return node("rows", "table_view", {{"keep", 20'000}});
}

/// One node, or two one behind the other, between sources and a table.
Pipeline withOne(const char* type, Json params) {
    Pipeline made;
    made.nodes = {source("left"), node("it", type, std::move(params)), table()};
    made.wires = {wire("left", "it"), wire("it", "rows")};
    return made;
}

Pipeline withTwo(Json keys, Json window) {
    Pipeline made;
    made.nodes = {source("left"), node("once", "deduplicate", {{"keys", std::move(keys)}, {"keep", "first"}}),
                  node("it", "window_aggregate", std::move(window)), table()};
    made.wires = {wire("left", "once"), wire("once", "it"), wire("it", "rows")};
    return made;
}

Pipeline withJoin(const char* type, Json params) {
    Pipeline made;
    made.nodes = {source("left"), source("right"), node("it", type, std::move(params)), table()};
    made.wires = {{{"left", "out"}, {"it", "left"}, Json::object()},
                  {{"right", "out"}, {"it", "right"}, Json::object()},
                  wire("it", "rows")};
    return made;
}

Json windows(Json more) {
    Json params = {{"window", "tumble"},
                   {"size", "50ms"},
                   {"keys", {"k"}},
                   {"aggregates", {"COUNT(*) AS n", "SUM(v) AS total", "LAST_VALUE(v) AS newest"}}};
    params.update(more);
    return params;
}

/// Behind a table that is looked up in: a replay reads its rows from the tape meanwhile.
Pipeline withLookup(const std::string& database, Json window) {
    Pipeline made = withOne("window_aggregate", windows(std::move(window)));
    made.nodes.push_back(node("known", "lookup_join",
                              {{"database", database},
                               {"table", "items"},
                               {"columns", {"item STRING", "name STRING"}},
                               {"on", "left.k = right.item"},
                               {"kind", "left"}}));
    made.wires[0] = wire("left", "known");
    made.wires.push_back(wire("known", "it"));
    return made;
}

/// The file of a table that stays as it is.
std::string lookedUpIn() {
    static const rw::testing::ScratchFolder kFolder("recompute");
    const std::string path = (kFolder.path() / "items.sqlite").string();
    SQLite::Database file(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    file.exec(
        "CREATE TABLE IF NOT EXISTS items (item TEXT, name TEXT); DELETE FROM items; "
        "INSERT INTO items VALUES ('key 0', 'none'), ('key 1', 'one')");
    return path;
}

struct Edit {
    const char* name;
    Pipeline before, after;
    std::set<NodeId> recomputed{};
};

std::vector<Edit> edits() {
    const Json hop = {{"window", "hop"}, {"size", "60ms"}, {"slide", "20ms"}};
    const char* const on = "left.k = right.k";
    const char* const pairs = "left.k = right.k AND left.v = right.v";
    const auto interval = [&](const char* upper) {
        return withJoin("interval_join",
                        {{"on", on}, {"lower", "-20ms"}, {"upper", upper}, {"kind", "inner"}});
    };
    const auto join = [](const char* by) { return withJoin("join", {{"on", by}, {"kind", "inner"}}); };
    const auto once = [](Json keys) {
        return withOne("deduplicate", {{"keys", std::move(keys)}, {"keep", "first"}});
    };
    const auto over = [](Json keys) {
        return withOne("over_aggregate", {{"partition_by", std::move(keys)},
                                          {"frame", "ROWS 2 PRECEDING"},
                                          {"aggregates", {"SUM(v) AS s"}}});
    };
    const auto window = [](Json more) { return withOne("window_aggregate", windows(std::move(more))); };
    const Pipeline tumbles = window(Json::object());
    // A new node above an edited one has seen all rows, too.
    Pipeline without = withTwo({"k", "v"}, windows(Json::object()));
    std::erase_if(without.nodes, [](const Node& each) { return each.id == "once"; });
    without.wires = {wire("left", "it"), wire("it", "rows")};
    const std::string database = lookedUpIn();
    return {{"size", tumbles, window({{"size", "80ms"}}), {"it"}},
            {"kind of window", tumbles, window(hop), {"it"}},
            {"keys", tumbles, window({{"keys", Json::array()}}), {"it"}},
            {"interval", interval("10ms"), interval("40ms"), {"it"}},
            {"condition", join(pairs), join("left.k = right.k AND left.v = right.v AND left.v > 2"), {"it"}},
            {"keys of rows", once({"k"}), once({"k", "v"}), {"it"}},
            {"partitions", over({"k"}), over(Json::array()), {"it"}},
            {"two nodes",
             withTwo({"k"}, windows(Json::object())),
             withTwo({"k", "v"}, windows({{"size", "80ms"}})),
             {"it", "once"}},
            {"behind a lookup",
             withLookup(database, Json::object()),
             withLookup(database, {{"size", "80ms"}}),
             {"it"}},
            {"a new node", without, withTwo({"k", "v"}, windows({{"size", "80ms"}})), {"it", "once"}}};
}

ValidateOptions withoutFiles() {
    ValidateOptions options;
    options.files = false;
    return options;
}

struct Stopped {
    Recorded run{};
    LoadedCheckpoint checkpoint{};
    bool ok() const { return run.tape && checkpoint.snapshot.number > 0; }
};

Stopped stoppedWhile(const Pipeline& pipeline, std::uint64_t seed, int parallelism, Millis every,
                     const std::function<void(Run&)>& during) {
    script(seed, false);
    const auto store = std::make_shared<NewestCheckpoint>();
    RunOptions options = seeded(seed);
    options.checkpoints.store = store;
    options.checkpoints.every = every;
    Stopped stopped;
    stopped.run = recordedWhile(pipeline, parallelism, options, [&during](Run& run) {
        during(run);
        run.stop(StopMode::Now);
    });
    expect(store->newest != nullptr, "a run that is stopped takes a last checkpoint");
    if (!store->newest) return stopped;
    stopped.checkpoint.pipeline = checkpointedPipeline(pipeline, withoutFiles(), allKinds());
    stopped.checkpoint.snapshot = *store->newest;
    stopped.checkpoint.about.number = store->newest->number;
    return stopped;
}

Stopped stoppedRun(const Pipeline& pipeline, std::uint64_t seed, int parallelism, Millis after) {
    return stoppedWhile(pipeline, seed, parallelism, 10 * kWorld,
                        [after](Run& run) { (void)run.waitFor(after); });
}

Result<RecomputedStates> recompute(const Stopped& stopped, const Pipeline& edited,
                                   const std::set<NodeId>& nodes, int parallelism,
                                   std::function<bool()> isCancelled = {}) {
    const ValidateOptions options = withoutFiles();
    RecomputeRequest asked{edited, options, allKinds(), nodes, stopped.run.tape, stopped.checkpoint.snapshot};
    asked.parallelism = parallelism;
    asked.executor = parallelism == 1 ? ExecutorKind::Seeded : ExecutorKind::Pool;
    asked.isCancelled = std::move(isCancelled);
    return recomputedStates(asked);
}

/// Rows of the table, sorted.
std::vector<TableRow> tableOf(const Outcome& outcome) {
    return outcome.empty() ? std::vector<TableRow>() : outcome.front();
}

struct Tried {
    std::size_t before = 0, behind = 0;  ///< rows of the edited pipelines
};

void resumesAsFromTheStart(const Edit& edit, std::uint64_t seed, Tried& tried) {
    const std::string name = fmt::format("world {}, {}: ", seed, edit.name);
    const auto holds = [&name](bool it, const char* what) { expect(it, (name + what).c_str()); };
    const int parallelism = seed % 2 == 0 ? 1 : 3;
    const auto after = static_cast<Millis>(200 + splitMix64(seed) % 1'100);
    Stopped stopped = stoppedRun(edit.before, seed, parallelism, after);
    if (!stopped.ok()) return;
    const ValidateOptions options = withoutFiles();
    const auto known = forecast({edit.before, options}, {edit.after, options}, allKinds(), {});
    holds(known.ok(), "there is a forecast");
    if (!known.ok()) return;
    const auto may = recomputable({edit.before, options}, {edit.after, options}, allKinds(), *known);
    holds(may.ok() && may->nodes == edit.recomputed && may->refused.empty(), "the nodes can be recomputed");
    if (!may.ok()) return;
    Result<RecomputedStates> states = recompute(stopped, edit.after, may->nodes, 4 - parallelism);
    holds(states.ok(), states.ok() ? "" : english(states.error()).c_str());
    if (!states.ok()) return;
    stopped.checkpoint.recomputed = *std::move(states);
    Result<Resumable> resumed =
        resumable(stopped.checkpoint, checkpointedPipeline(edit.after, options, allKinds()),
                  {edit.after, options}, allKinds());
    holds(resumed.ok() && resumed->recomputed == edit.recomputed, "the run resumes with them");
    if (!resumed.ok()) return;
    ResumePlan plan;
    plan.found = *resumed;
    plan.found.forecast.lost.erase("rows");  // a table begins anew where its columns are others
    holds(!plan.losesAnything(), "nothing is lost");
    resumed->snapshot.states.erase({"rows", 0});  // new rows only

    script(seed, true);
    RunOptions going = seeded(seed + 7);
    going.restore = std::make_shared<const StateSnapshot>(std::move(resumed->snapshot));
    const auto gone = runToEnd(tapedPlan(edit.after, parallelism), going);
    script(seed, true);
    const auto whole = runToEnd(tapedPlan(edit.after, 2), seeded(seed + 3));
    holds(gone && whole, "the runs end");
    if (!gone || !whole) return;
    const std::vector<TableRow> all = tableOf(outcomeOf(*whole)), found = tableOf(outcomeOf(*gone));
    const std::vector<TableRow> before = tableOf(replayed(edit.after, 2, stopped.run.tape));
    holds(std::includes(all.begin(), all.end(), before.begin(), before.end()),
          "the rows before the checkpoint are some of all");
    std::vector<TableRow> expected;
    std::set_difference(all.begin(), all.end(), before.begin(), before.end(), std::back_inserter(expected));
    holds(found == expected,
          fmt::format("{} rows come behind the checkpoint in place of {}", found.size(), expected.size())
              .c_str());
    tried.before += before.size();
    tried.behind += expected.size();
}

void whateverWasEdited() {
    for (const Edit& edit : edits()) {
        Tried tried;
        for (const std::uint64_t seed : seedsOf(suites::RecomputedStates))
            resumesAsFromTheStart(edit, seed, tried);
        expect(tried.before > 0 && tried.behind > 0,
               fmt::format("{}: rows come before and behind the checkpoints", edit.name).c_str());
    }
}

void isRefused(const Result<RecomputedStates>& states, const char* what) {
    expect(!states.ok() && states.error().code == ErrorCode::Invalid && !states.error().message.empty() &&
               !states.error().fix.empty(),
           what);
}

void whatATapeDoesNotCover() {
    const Edit edit = edits().front();
    Stopped stopped = stoppedRun(edit.before, 3, 2, 700);
    if (!stopped.ok()) return;
    expect(recompute(stopped, edit.after, {"it"}, 2).ok(), "the whole tape covers the run");
    const TapeFileRef whole = stopped.run.tape;

    const auto cut = readTape(stopped.run.bytes.substr(0, stopped.run.bytes.size() - 20));
    expect(cut.ok() && !(*cut)->whole(), "a tape that was cut off opens");
    if (cut.ok()) {
        stopped.run.tape = *cut;
        isRefused(recompute(stopped, edit.after, {"it"}, 2), "it does not cover the run");
    }
    std::string bytes = stopped.run.bytes;
    for (std::size_t i = bytes.size() / 2; i < bytes.size() / 2 + 40; ++i)
        bytes[i] = static_cast<char>(~bytes[i]);
    const auto broken = readTape(bytes);
    expect(broken.ok() && !(*broken)->whole(), "a tape that is broken in the middle opens");
    if (broken.ok()) {
        stopped.run.tape = *broken;
        isRefused(recompute(stopped, edit.after, {"it"}, 2), "nor does that");
    }
    TapeFile::Parts rolled;
    rolled.parts = {whole};
    rolled.from = std::make_shared<const StateSnapshot>();
    stopped.run.tape = TapeFile::join(rolled);
    isRefused(recompute(stopped, edit.after, {"it"}, 2), "nor one that has let go of its beginning");

    Stopped later = stoppedRun(edit.before, 3, 2, 1'200);
    later.run.tape = whole;
    isRefused(recompute(later, edit.after, {"it"}, 2), "nor one that ends before the checkpoint");
}

void anotherRun() {
    const Edit edit = edits().front();
    Stopped stopped = stoppedRun(edit.before, 5, 2, 700);
    if (!stopped.ok()) return;
    stopped.checkpoint.snapshot.began += 1;
    isRefused(recompute(stopped, edit.after, {"it"}, 2), "a tape of a run that began at another time");
    stopped.checkpoint.snapshot.ended = true;
    const auto none = recompute(stopped, edit.after, {"it"}, 2);
    expect(none.ok() && none->empty(), "of a run that was over nothing goes on");
}

/// The checkpoint is not the last one of the run.
void whatComesBehindTheCheckpoint() {
    const Edit edit = edits().front();
    Stopped stopped = stoppedRun(edit.before, 6, 2, 700);
    if (!stopped.ok()) return;
    script(6, true);
    stopped.run.tape = recorded(edit.before, 2, seeded(6)).tape;
    expect(stopped.run.tape && stopped.run.tape->whole(), "the run has gone on to the end of its sources");
    if (!stopped.run.tape) return;
    isRefused(recompute(stopped, edit.after, {"it"}, 2), "a tape on which the sources have ended since");
}

/// A limit lets its source end before the tape does: what is left of that nobody took. The rows of a scripted
/// source have an order only behind a sort.
void whatALimitLeaves() {
    const auto limited = [](const Pipeline& pipeline) {
        Pipeline made = pipeline;
        made.nodes.push_back(node("sorted", "sort"));
        made.nodes.push_back(node("some", "limit", {{"count", 200}}));
        made.wires[0] = wire("left", "sorted");
        made.wires.push_back(wire("sorted", "some"));
        made.wires.push_back(wire("some", "it"));
        return made;
    };
    const Edit edit = edits().front();
    const Pipeline after = limited(edit.after);
    Stopped early = stoppedRun(limited(edit.before), 6, 2, 60);
    if (!early.ok()) return;
    const auto states = recompute(early, after, {"it"}, 2);
    expect(states.ok(), states.ok() ? "" : english(states.error()).c_str());
    script(6, true);
    early.run.tape = recorded(limited(edit.before), 2, seeded(6)).tape;
    if (!early.run.tape) return;
    isRefused(recompute(early, after, {"it"}, 2), "a tape on which the limit was reached since");
}

/// A person had the model reset between two rows: others come to the edited node.
void whatCameFromOutside() {
    const auto learning = [](Json keys) {
        Pipeline made;
        made.nodes = {
            source("left"),
            node("numbers", "select",
                 {{"columns", {"k", "ts", "CAST(1 AS DOUBLE) AS x", "CAST(v AS DOUBLE) AS y"}}}),
            node("it", "regress",
                 {{"target", "y"}, {"features", {"x"}}, {"keys", std::move(keys)}, {"scale", "none"}}),
            table()};
        made.wires = {wire("left", "numbers"), wire("numbers", "it"), wire("it", "rows")};
        return made;
    };
    const Pipeline before = learning({"k"}), after = learning(Json::array());
    for (const bool resets : {false, true}) {
        const Stopped stopped = stoppedWhile(before, 7, 2, 50, [resets](Run& run) {
            (void)run.waitFor(300);
            if (resets) expect(run.ask("it", NodeRequest::ResetModel).ok(), "a reset may be asked for");
            (void)run.waitFor(400);
        });
        if (!stopped.ok()) return;
        const auto states = recompute(stopped, after, {"it"}, 2);
        if (!resets) {
            expect(states.ok(), states.ok() ? "" : english(states.error()).c_str());
        } else {
            isRefused(states, "what was asked of the node before it was edited");
        }
    }
}

void onWhoSaysNo() {
    const Edit edit = edits().front();
    const Stopped stopped = stoppedRun(edit.before, 4, 2, 700);
    if (!stopped.ok()) return;
    for (const int parallelism : {1, 3}) {
        int asked = 0;
        const auto states = recompute(stopped, edit.after, {"it"}, parallelism, [&asked] {
            ++asked;
            return true;
        });
        expect(!states.ok() && states.error().code == ErrorCode::Cancelled && asked > 0,
               "it can be cancelled");
        // At any moment: then it is given up, or was done before.
        for (int left = 1; left < 6; ++left) {
            int more = left;
            const auto late =
                recompute(stopped, edit.after, {"it"}, parallelism, [&more] { return more-- <= 0; });
            expect(late.ok() || late.error().code == ErrorCode::Cancelled, "it is done or cancelled");
        }
    }
}

/// Why the node “it” can't be recomputed; empty: it can.
std::string refusalOf(const Pipeline& before, const Pipeline& after) {
    const ValidateOptions options = withoutFiles();
    const auto known = forecast({before, options}, {after, options}, allKinds(), {});
    if (!known.ok()) return english(known.error());
    const auto may = recomputable({before, options}, {after, options}, allKinds(), *known);
    if (!may.ok()) return english(may.error());
    const auto found = may->refused.find("it");
    expect((found == may->refused.end()) == may->nodes.contains("it"), "a node that is lost is one of both");
    return found == may->refused.end() ? std::string() : english(found->second);
}

void whatDoesNotGoTogether() {
    const auto has = [](const std::string& text, const char* part) {
        return text.find(part) != std::string::npos;
    };
    const Pipeline one = edits().front().before;
    Pipeline after = edits().front().after;
    expect(refusalOf(one, after).empty(), "a node below an unedited source is recomputed");
    after.nodes[0].params["watermark_delay"] = "40ms";
    expect(has(refusalOf(one, after), "The source “left”"), "a source that was edited is not on the tape");
    after = edits().front().after;
    after.nodes.push_back(node("some", "throttle", {{"rate", 100}}));
    after.wires[0] = wire("left", "some");
    after.wires.push_back(wire("some", "it"));
    expect(has(refusalOf(one, after), "lets rows go by the clock"), "nor what the clock lets go");
    // The rows that come to the one above are others, and it keeps what it had.
    const Pipeline two = withTwo({"k"}, windows(Json::object()));
    after = withTwo({"k"}, windows({{"size", "80ms"}}));
    expect(refusalOf(two, after).empty(), "an unedited node above keeps its state");
    after.nodes.push_back(node("some", "filter", {{"condition", "v > 2"}}));
    after.wires[0] = wire("left", "some");
    after.wires.push_back(wire("some", "once"));
    expect(has(refusalOf(two, after), "“once” above it"), "what was kept of other rows does not go with it");
    const auto timed = [](const char* delay, const char* size) {
        Pipeline made = withOne("window_aggregate", windows({{"size", size}}));
        made.nodes[0] = node("left", "scripted", {{"outside", "left"}});
        made.nodes.push_back(node("time", "event_time", {{"column", "ts"}, {"watermark_delay", delay}}));
        made.wires[0] = wire("left", "time");
        made.wires.push_back(wire("time", "it"));
        return made;
    };
    expect(refusalOf(timed("20ms", "50ms"), timed("20ms", "80ms")).empty(), "an unedited watermark goes on");
    expect(has(refusalOf(timed("20ms", "50ms"), timed("40ms", "80ms")), "gives rows their event time"),
           "an edited one begins anew");
    after = edits().front().after;
    after.settings.timeZone = "Europe/Vienna";
    expect(has(refusalOf(one, after), "The time zone"), "what is kept goes by the time zone from before");
}

}  // namespace

int main() {
    whateverWasEdited();
    whatATapeDoesNotCover();
    anotherRun();
    whatComesBehindTheCheckpoint();
    whatALimitLeaves();
    whatCameFromOutside();
    onWhoSaysNo();
    whatDoesNotGoTogether();
    return summary();
}
