// A set of files in the formats of one day (tests/fixtures): pipelines, and the files that their runs left.
#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/runtime/run.h"
#include "core/state/resume_plan.h"
#include "tests/support/child.h"

namespace rw::test {

/// The folders formats_N in tests/fixtures of a checkout, in order.
std::vector<std::filesystem::path> formatSets(const std::filesystem::path& checkout);
/// The names of the pipelines of a set that are run, in order.
std::vector<std::string> pipelinesOf(const std::filesystem::path& set);
/// All pipelines of a set: also those that are only read, and those of subflows.
std::vector<std::filesystem::path> rillFilesOf(const std::filesystem::path& set);
std::string contentOf(const std::filesystem::path& file);

/// One pipeline of a set in a folder of its own, on the seeded executor with a simulated clock. Files that it
/// reads by absolute paths are in memory, so that no path of this machine is in its output.
class FormatCase {
 public:
    FormatCase(std::filesystem::path set, std::string name);

    /// Puts the files in place that the run had written when its checkpoint was taken.
    void putOutputsBack();
    /// Runs it from its beginning to its end; its pictures and output. `tape`: recorded into this file;
    /// empty: not recorded.
    Result<std::vector<std::string>> wholeRun(const std::filesystem::path& tape = {});
    /// Runs it from its beginning to the middle, or until a look-up first reads its table and rows wait for that;
    /// there a last checkpoint is taken.
    Status firstHalf();
    /// Goes on from the newest checkpoint to the end.
    Result<std::vector<std::string>> secondHalf();
    Result<std::vector<std::string>> replay(const std::filesystem::path& tape);

    /// As StateWriter gives them, by the type of their node.
    using SavedStates = std::map<std::string, std::vector<std::string>>;
    /// Those in the newest checkpoint; an error where there is none.
    Result<SavedStates> savedStates();
    /// Where it runs.
    const std::filesystem::path& folder() const { return m_scratch.path(); }
    /// The set's file of this pipeline, by its ending: “.expected”.
    std::filesystem::path kept(const char* ending) const;
    /// The same for the files that the run had written.
    std::filesystem::path keptOutputs() const { return kept(".outputs"); }

 private:
    Status prepare();
    Result<LoadedCheckpoint> checkpoint() const;
    std::vector<std::string> outcome(const Run& run) const;

    struct World;
    const std::filesystem::path m_set;
    const std::string m_name;
    const testing::ScratchFolder m_scratch;
    std::shared_ptr<World> m_world;
};

/// Makes the missing files of a set besides its pipelines and inputs: checkpoints amid a run, the output of the
/// runs by then, tapes, and the final results. Gives the error; nothing is ever overwritten. Empty:
/// it is done.
std::string makeFormatSet(const std::filesystem::path& set);

}  // namespace rw::test
