// Random pipelines whose ends are tables and files, so that it matters whether a row comes once.
#pragma once
#include <map>
#include <string>

#include "core/pipeline/node_kind.h"
#include "core/pipeline/pipeline.h"
#include "tests/engine/random_pipeline.h"

namespace rw::simulated {

inline constexpr const char* kFolder = "/simulated";
/// Behind the name of a file that a pipeline writes; its format follows.
inline constexpr const char* kWritten = ".written.";

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
    bool forgets = false;   ///< checkpoints older than any run
};

/// All node types, those of a broker (tests/support/broker_nodes.h) and one that asks (asking_node.h); alive
/// as long as any plan.
const Catalogue& simulatedKinds();

/// The pipeline of a number: sources give a row at a time, some of them from a file or a queue of the broker,
/// and every end is a table in one of the databases a.sqlite and b.sqlite of kFolder, appended to, replaced
/// or upserted, a file there, or a topic of the broker.
SunkPipeline sunkPipeline(std::uint64_t seed, const test::PipelineSize& size);

}  // namespace rw::simulated
