// Random pipelines whose ends are tables and files, so that it matters whether a row comes once.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "core/pipeline/node_kind.h"
#include "core/pipeline/pipeline.h"
#include "tests/engine/random_pipeline.h"

namespace rw::simulated {

inline constexpr const char* kFolder = "/simulated";
/// Behind the name of a file that a pipeline writes; its format follows.
inline constexpr const char* kWritten = ".written.";
/// Tables of branches beside the random ones (promises.h): rows beside those of a table that is changed
/// meanwhile, pairs of a join that forgets, and counts of groups that do.
inline constexpr const char *kWatched = "watched", *kPairs = "pairs", *kRecent = "recent";
/// A further one: rows that had no answer in time.
inline constexpr const char* kTooLate = "too_late";
/// And one with the rows of a service that the connection kGreeter leads to.
inline constexpr const char *kGreetings = "greetings", *kGreeter = "greeter";

/// The rows of tables and files, by their names.
using Outputs = std::map<std::string, std::vector<std::string>>;

struct SunkPipeline {
    Pipeline pipeline{};
    std::map<std::string, std::string> files{};  ///< that it reads, by their path
    /// It reads or writes a broker, which does not give acknowledged messages again, and takes back nothing:
    /// no run resumes from an older checkpoint.
    bool usesBroker = false;
    /// Rows of a wire ask a world outside that is slow and fails; they go on in their order, or as they are
    /// answered.
    bool asks = false, overtakes = false;
    bool looksUp = false;   ///< in a table that stays as it is
    bool encloses = false;  ///< a subflow
    bool forgets = false;   ///< state has a time to live, longer than any run
    bool watches = false;   ///< kWatched is there
    bool pairs = false;     ///< kPairs is there
    bool greets = false;    ///< kGreetings is there
    int recent = 0;         ///< so many rows go to the groups of kRecent; 0: it is not there
    /// The times of a story are so many times as long: tables are read anew every second at most.
    int slowness = 1;
};

/// All node types, those of a broker (tests/support/broker_nodes.h), one that asks (asking_node.h) and one
/// with a connection (connected_node.h); alive as long as any plan.
const Catalogue& simulatedKinds();

/// The pipeline of a number: sources give a row at a time, some of them from a file or a queue of the broker,
/// and every end is a table in one of the databases a.sqlite and b.sqlite of kFolder, appended to, replaced
/// or upserted, a file there, or a topic of the broker.
SunkPipeline sunkPipeline(std::uint64_t seed, const test::PipelineSize& size);
/// The same, but its join forgets no pair.
SunkPipeline forgettingNoPair(SunkPipeline sunk);

}  // namespace rw::simulated
