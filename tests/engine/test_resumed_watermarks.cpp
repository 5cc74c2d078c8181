// A run that resumes from a snapshot knows how far its sources were: windows do not wait for one that is
// ahead and has no rows.
#include <fstream>
#include <thread>

#include "tests/support/child.h"
#include "tests/support/run_of.h"

using namespace rw;
using namespace rw::test;

namespace {

class Folder {
 public:
    std::string file(const char* name) const { return (m_scratch.path() / name).string(); }
    /// A row a second, from one minute of the hour on to another.
    void append(const char* name, int from, int to) const {
        std::ofstream file(m_scratch.path() / name, std::ios::app);
        if (file.tellp() == 0) file << "ts\n";
        for (int minute = from; minute < to; ++minute) {
            for (int second = 0; second < 60; ++second)
                file << fmt::format("2024-03-01 12:{:02}:{:02}\n", minute, second);
        }
    }

 private:
    const testing::ScratchFolder m_scratch{"resumed"};
};

/// Rows of two files that are followed, counted by the minute. `declared`: the event time is said behind the
/// union.
Pipeline pipeline(const Folder& folder, bool declared) {
    const auto source = [&](const char* id, const char* name) {
        Json params{{"path", folder.file(name)}, {"columns", {"ts TIMESTAMP(3)"}}, {"follow", true}};
        if (!declared) params["event_time"] = "ts";
        return node(id, "csv_source", params);
    };
    Pipeline made;
    made.nodes = {source("ahead", "ahead.csv"), source("behind", "behind.csv"), node("both", "union"),
                  node("count", "window_aggregate",
                       {{"window", "tumble"}, {"size", "1min"}, {"aggregates", {"COUNT(*) AS n"}}}),
                  node("result", "table_view")};
    made.wires = {wire("ahead", "both"), wire("behind", "both"), wire("count", "result")};
    if (declared) {
        made.nodes.push_back(node("time", "event_time", {{"column", "ts"}}));
        made.wires.push_back(wire("both", "time"));
        made.wires.push_back(wire("time", "count"));
    } else {
        made.wires.push_back(wire("both", "count"));
    }
    return made;
}

bool soon(const std::function<bool()>& happens) {
    for (int left = 2'000; left > 0; --left) {
        if (happens()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
}

void goesOn(bool declared) {
    const Folder folder;
    folder.append("ahead.csv", 0, 30);
    folder.append("behind.csv", 0, 10);
    const auto plan = planOf(pipeline(folder, declared));
    expect(plan != nullptr, "the pipeline plans");
    if (!plan) return;
    auto first = Run::start(plan, {});
    expect(first.ok(), "the run starts");
    expect(soon([&] { return (*first)->view("result")->rows() >= 9; }), "windows of both files come");
    Result<StateSnapshot> snapshot = (*first)->snapshot();
    expect(snapshot.ok(), "a snapshot comes");
    first = Status();

    RunOptions options;
    options.restore = std::make_shared<const StateSnapshot>(std::move(*snapshot));
    const auto second = Run::start(plan, options);
    expect(second.ok(), "the run goes on");
    folder.append("behind.csv", 10, 20);
    expect(soon([&] { return (*second)->view("result")->rows() >= 18; }),
           declared ? "event_time tells again how far it was" : "sources tell again how far they were");
    (*second)->stop(StopMode::Now);
    (*second)->wait();
}

}  // namespace

int main() {
    goesOn(false);
    goesOn(true);
    return summary();
}
