#include "tests/simulate/network/network_story.h"

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

#include "core/base/random.h"
#include "core/connect/connections/connections.h"
#include "core/state/checkpoint_store.h"
#include "core/state/saved_checkpoints.h"
#include "tests/simulate/network/outside.h"
#include "tests/simulate/weather.h"
#include "tests/support/child.h"
#include "tests/support/run_of.h"

namespace rw::simulated {

namespace {

namespace fs = std::filesystem;
using Lines = std::vector<std::string>;

constexpr int kMostRows = 240, kMostKills = 4;
/// Longer than any pause before another try, so a run that is not there by then never is.
constexpr auto kStoryPatience = std::chrono::seconds(90);
constexpr auto kStoryLook = std::chrono::milliseconds(25);
constexpr Millis kLegLook = 25;
/// What a leg leaves with: its reason is one that time may mend, or one that it does not.
constexpr int kMayMend = 42, kForGood = 43;

/// What is between the ends.
enum class Between { Nothing, Filtered, Windowed, Grouped };

struct NetworkPlan {
    RowOrigin origin = RowOrigin::BoundedTopic;
    RowGoal goal = RowGoal::AppendedFile;
    Between between = Between::Nothing;
    int rows = 0;
};

NetworkPlan planOfSeed(std::uint64_t seed) {
    Chance chance(splitMix64(seed, 1));
    NetworkPlan made;
    made.origin = static_cast<RowOrigin>(chance.below(kOrigins));
    made.goal = static_cast<RowGoal>(chance.below(kGoals));
    made.rows = 1 + chance.below(kMostRows);
    made.between = chance.oneIn(2) ? Between::Nothing : Between::Filtered;
    // A window that waits for later rows would be open for ever without an end.
    if (endsByItself(made.origin) && chance.oneIn(2)) made.between = Between::Windowed;
    // Changing rows: a goal without keys does not take them back.
    if (endsByItself(made.origin) && isByKey(made.goal) && chance.oneIn(2)) made.between = Between::Grouped;
    return made;
}

Pipeline pipelineOf(const NetworkPlan& plan, const std::string& folder) {
    std::vector<std::string> key{"n"};
    Pipeline made;
    made.nodes = {sourceNode(plan.origin)};
    switch (plan.between) {
        case Between::Nothing:
            break;
        case Between::Filtered:
            made.nodes.push_back(test::node("mid", "filter", {{"condition", "MOD(n, 3) <> 1"}}));
            break;
        case Between::Windowed:
            key = {"window_start", "k"};
            made.nodes.push_back(
                test::node("mid", "window_aggregate",
                           {{"window", "tumble"},
                            {"size", "60s"},
                            {"keys", {"k"}},
                            {"aggregates", {"COUNT(*) AS rows_there", "SUM(n) AS sum_of_n"}}}));
            break;
        case Between::Grouped:
            key = {"k"};
            made.nodes.push_back(test::node(
                "mid", "group_aggregate",
                {{"keys", {"k"}}, {"aggregates", {"COUNT(*) AS rows_there", "MAX(n) AS last_n"}}}));
            break;
    }
    made.nodes.push_back(sinkNode(plan.goal, folder, key));
    const bool direct = plan.between == Between::Nothing;
    made.wires = {test::wire("in", direct ? "out" : "mid")};
    if (!direct) made.wires.push_back(test::wire("mid", "out"));
    return made;
}

/// Rows that are there at the end, of a run without end.
std::size_t awaited(const NetworkPlan& plan) {
    if (plan.between == Between::Nothing) return static_cast<std::size_t>(plan.rows);
    std::size_t count = 0;
    for (int n = 0; n < plan.rows; ++n) count += n % 3 != 1 ? 1 : 0;
    return count;
}

Lines sortedOnce(Lines lines) {
    std::sort(lines.begin(), lines.end());
    lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
    return lines;
}

/// How the rows differ; empty: in no way.
std::string rowDifference(const Lines& expected, const Lines& found) {
    if (expected == found) return {};
    Lines missing, surplus;
    std::set_difference(expected.begin(), expected.end(), found.begin(), found.end(),
                        std::back_inserter(missing));
    std::set_difference(found.begin(), found.end(), expected.begin(), expected.end(),
                        std::back_inserter(surplus));
    return fmt::format("{} rows instead of {}\n  missing\n    {}\n  surplus\n    {}", found.size(),
                       expected.size(), fmt::join(missing, "\n    "), fmt::join(surplus, "\n    "));
}

/// The next leg of a line of runs.
class Leg {
 public:
    Leg(std::uint64_t seed, std::string folder, std::string from, std::string to)
        : m_plan(planOfSeed(seed)),
          m_chance(splitMix64(seed, 2)),
          m_folder(std::move(folder)),
          m_from(std::move(from)),
          m_to(std::move(to)) {}

    /// Nothing: all legs before it have come to the end. `number` makes each leg another one.
    Result<std::optional<std::unique_ptr<Run>>> start(int number) {
        for (int skipped = 0; skipped < number; ++skipped) (void)m_chance.next();
        Chance chance(m_chance.next());
        const CheckpointLocation location = checkpointsOf(m_plan.goal, m_folder);
        CheckpointStoreOptions store;
        store.location = location;
        store.lineage = "line";
        RunOptions options;
        std::vector<Connection> known{connectionFrom(m_plan.origin, m_from)};
        if (!m_to.empty()) known.push_back(connectionTo(m_plan.goal, m_to));
        options.connections = std::make_shared<const Connections>(std::move(known), environmentSecret);
        options.batchRows = chance.pick<std::size_t>({1, 7, 64, 4'096});
        options.channelRows = chance.pick<std::size_t>({20, 65'536});
        RW_TRY_ASSIGN(auto loaded, loadCheckpoint(location));
        if (loaded) {
            if (loaded->about.kind == CheckpointKind::Finished) return std::optional<std::unique_ptr<Run>>();
            store.from = loaded->about.number;
            options.restore = std::make_shared<const StateSnapshot>(std::move(loaded->snapshot));
        }
        if (chance.oneIn(2)) options.restart = {RestartStrategy::Kind::Fixed, 30, 30, 3, 1'000};
        options.checkpoints = {makeCheckpointStore(std::move(store)),
                               10 + chance.below(chance.pick({20, 200})), true};
        const auto plan = test::planOf(pipelineOf(m_plan, m_folder), chance.pick({1, 2, 3}));
        if (!plan) return Status(ErrorCode::Invalid, RW_TEXT("simulate", "It can't be planned."));
        RW_TRY_ASSIGN(auto run, Run::start(plan, std::move(options)));
        return std::optional<std::unique_ptr<Run>>(std::move(run));
    }

 private:
    const NetworkPlan m_plan;
    Chance m_chance;
    const std::string m_folder, m_from, m_to;
};

volatile std::sig_atomic_t stopAsked = 0;

/// Is there once a leg can be asked to stop.
fs::path signOf(const fs::path& folder, int leg) {
    return folder / ("begun-" + std::to_string(leg));
}

int statusOf(const Status& status) {
    if (status.ok()) return 0;
    std::printf("%s\n", english(status.error()).c_str());
    // A sink that waits when the run is stopped says so.
    const bool mends = errorKindOf(status.error().code) == ErrorKind::Transient ||
                       status.error().code == ErrorCode::Cancelled;
    return mends ? kMayMend : kForGood;
}

class NetworkTeller {
 public:
    NetworkTeller(std::uint64_t seed, std::string program)
        : m_seed(seed), m_program(std::move(program)), m_plan(planOfSeed(seed)) {
        note(fmt::format("{} rows from {} to {}{}", m_plan.rows, nameOf(m_plan.origin), nameOf(m_plan.goal),
                         m_plan.between == Between::Nothing    ? ""
                         : m_plan.between == Between::Filtered ? ", filtered"
                         : m_plan.between == Between::Windowed ? ", in windows"
                                                               : ", in groups"));
    }

    NetworkStory tell() {
        Lines expected, found;
        if (!play(true, expected)) return std::move(m_story);
        if (!play(false, found)) return std::move(m_story);
        if (mayRepeat(m_plan.origin) || mayRepeat(m_plan.goal)) {
            const std::size_t all = found.size();
            expected = sortedOnce(std::move(expected));
            found = sortedOnce(std::move(found));
            m_story.repeated = static_cast<int>(all - found.size());
        }
        m_story.wrong = rowDifference(expected, found);
        return std::move(m_story);
    }

 private:
    /// A process with one leg.
    struct Child {
        pid_t id = 0;
        bool ended = false;
        int status = 0;
    };

    void note(std::string line) { m_story.log.push_back(std::move(line)); }
    bool fail(std::string why) {
        m_story.wrong = std::move(why);
        return false;
    }

    Child begin(const fs::path& folder, int leg, const std::string& from, const std::string& to) {
        const fs::path log = folder / "log";
        return {testing::startChild(
            {m_program, "--leg", std::to_string(m_seed), folder.string(), from, to, std::to_string(leg)},
            folder, log)};
    }

    /// Whether it has ended within that time.
    static bool await(Child& child, std::chrono::milliseconds patience) {
        const auto until = std::chrono::steady_clock::now() + patience;
        while (!child.ended) {
            child.ended = ::waitpid(child.id, &child.status, WNOHANG) == child.id;
            if (child.ended || std::chrono::steady_clock::now() >= until) break;
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
        return child.ended;
    }

    static void kill(Child& child) {
        if (child.ended) return;
        (void)::kill(child.id, SIGKILL);
        (void)::waitpid(child.id, &child.status, 0);
        child.ended = true;
    }

    /// What the end of a leg says; nothing: it may go on, or it was killed.
    std::string judge(const Child& child, const fs::path& folder, bool calm) {
        if (WIFSIGNALED(child.status))
            return fmt::format("a leg is ended by signal {}\n{}", WTERMSIG(child.status), said(folder));
        const int status = WEXITSTATUS(child.status);
        if (status == 0) return {};
        if (status == kMayMend && !calm) {
            ++m_story.gaveUp;
            return {};
        }
        return fmt::format("{} with status {}\n{}",
                           calm ? "an undisturbed leg ends" : "a leg fails for good,", status, said(folder));
    }

    static std::string said(const fs::path& folder) {
        std::ifstream log(folder / "log");
        return {std::istreambuf_iterator<char>(log), std::istreambuf_iterator<char>()};
    }

    /// All rows of a run without end are there. Kinds of rows: one that comes again is none.
    bool isThere(const RowsTaken& taken) const {
        const Lines rows = taken.rows();
        if (rows.size() < awaited(m_plan)) return false;
        return sortedOnce(rows).size() >= awaited(m_plan);
    }

    /// One story, with its legs, or one leg that nothing disturbs; false: something is wrong.
    bool play(bool calm, Lines& rows) {
        const testing::ScratchFolder scratch("network");
        const std::string folder = scratch.path().string();
        const auto brought = bringRows(m_plan.origin, m_plan.rows);
        const auto taken = takeRows(m_plan.goal, folder);
        Chance chance(splitMix64(m_seed, 3));
        Storm ahead(brought->addresses(), splitMix64(m_seed, 4));
        Storm behind(taken->addresses(), splitMix64(m_seed, 5));
        const bool live = !endsByItself(m_plan.origin);
        int there = 0;
        if (!live) brought->bring(m_plan.rows);
        const int kills = calm ? 0 : chance.below(kMostKills + 1);
        bool over = false;
        for (int leg = 0; !over && leg < kills; ++leg) {
            ahead.rage(chance.below(4) > 0);
            behind.rage(chance.below(4) > 0);
            Child child = begin(scratch.path(), leg, ahead.addresses(), behind.addresses());
            if (child.id <= 0) return fail("a leg does not start");
            ++m_story.legs;
            const int millis = chance.below(chance.pick({100, 400, 1'200}));
            if (live && brought->keeps())
                brought->bring(there = std::min(m_plan.rows, there + chance.below(80)));
            if (await(child, std::chrono::milliseconds(millis))) {
                if (const std::string why = judge(child, scratch.path(), false); !why.empty())
                    return fail(why);
                over = !live && WEXITSTATUS(child.status) == 0;
                note(fmt::format("leg {} ends with status {}", leg, WEXITSTATUS(child.status)));
                continue;
            }
            kill(child);
            ++m_story.killed;
            note(fmt::format("leg {} is killed after {} ms", leg, millis));
        }
        // The storm may end while the last leg runs: what is broken by then must mend by itself.
        const bool lateCalm = !calm && !over && chance.oneIn(4);
        ahead.rage(lateCalm);
        behind.rage(lateCalm);
        const bool ended = over || lastLeg(scratch.path(), kills, lateCalm, *brought, *taken, ahead, behind);
        add(ahead.tally());
        add(behind.tally());
        if (!ended) return false;
        rows = taken->rows();
        std::sort(rows.begin(), rows.end());
        if (rows.empty() && awaited(m_plan) > 0 && m_plan.between == Between::Nothing)
            return fail("there are no rows at all");
        return true;
    }

    bool lastLeg(const fs::path& folder, int leg, bool stormy, RowsBrought& brought, const RowsTaken& taken,
                 Storm& ahead, Storm& behind) {
        const auto deadline = std::chrono::steady_clock::now() + kStoryPatience;
        const auto isLate = [deadline] { return std::chrono::steady_clock::now() > deadline; };
        const bool live = !endsByItself(m_plan.origin);
        Child child = begin(folder, leg, ahead.addresses(), behind.addresses());
        if (child.id <= 0) return fail("the last leg does not start");
        ++m_story.legs;
        if (stormy) {
            constexpr auto kOfStorm = std::chrono::milliseconds(300);
            (void)await(child, kOfStorm);
            ahead.rage(false);
            behind.rage(false);
        }
        bool asked = false;
        while (!await(child, kStoryLook)) {
            if (isLate()) {
                kill(child);
                return fail(fmt::format(
                    "{}\n{}", asked ? "it does not stop" : "the last leg never has all rows", said(folder)));
            }
            if (!live || asked || !fs::exists(signOf(folder, leg))) continue;
            if (brought.keeps()) brought.bring(m_plan.rows);
            if (!brought.keeps() || !isThere(taken)) continue;
            asked = ::kill(child.id, SIGTERM) == 0;
        }
        // What the storm broke may be found out behind it.
        if (stormy && WIFEXITED(child.status) && WEXITSTATUS(child.status) == kMayMend) {
            ++m_story.gaveUp;
            return lastLeg(folder, leg + 1, false, brought, taken, ahead, behind);
        }
        const std::string why = judge(child, folder, true);
        return why.empty() || fail(why);
    }

    void add(const Storm::Tally& met) {
        m_story.met.connections += met.connections;
        m_story.met.broken += met.broken;
        m_story.met.slowed += met.slowed;
        m_story.met.halved += met.halved;
        m_story.met.silences += met.silences;
    }

    const std::uint64_t m_seed;
    const std::string m_program;
    const NetworkPlan m_plan;
    NetworkStory m_story{};
};

}  // namespace

NetworkStory tellOfNetwork(std::uint64_t seed, const std::string& program) {
    return NetworkTeller(seed, program).tell();
}

int networkLeg(const std::vector<std::string>& words) {
    constexpr std::size_t kWords = 5;
    if (words.size() != kWords) return 2;
    (void)std::signal(SIGTERM, [](int) { stopAsked = 1; });
    const int number = std::atoi(words[4].c_str());
    std::ofstream(signOf(words[1], number)) << "begun\n";
    Leg leg(std::strtoull(words[0].c_str(), nullptr, 10), words[1], words[2], words[3]);
    auto run = leg.start(number);
    if (!run.ok()) return statusOf(run.status());
    if (!*run) return 0;
    Run& running = ***run;
    for (bool told = false; !running.waitFor(kLegLook);) {
        if (stopAsked == 0 || told) continue;
        running.stop(StopMode::Now);
        told = true;
    }
    return statusOf(running.status());
}

}  // namespace rw::simulated
