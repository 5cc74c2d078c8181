// The folder in which a run keeps state that does not fit into its memory.
#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "core/base/output_files.h"

namespace rw {

/// Of one run, also over its restarts. Any thread.
class SpillFolder {
 public:
    /// Makes the folder where it is not there, and removes the files of a run that was killed. An error where
    /// another run uses it (ErrorCode::Locked), or where it can't be looked into.
    static Result<std::shared_ptr<SpillFolder>> open(std::shared_ptr<OutputFiles> outputs, const Files& files,
                                                     std::string path);
    SpillFolder(const SpillFolder&) = delete;
    SpillFolder& operator=(const SpillFolder&) = delete;

    /// For a new file: no other has had this name.
    std::string nextPath();
    OutputFiles& files() const { return *m_outputs; }

 private:
    SpillFolder(std::shared_ptr<OutputFiles> outputs, std::string path, std::unique_ptr<OutputClaim> claim)
        : m_outputs(std::move(outputs)), m_path(std::move(path)), m_claim(std::move(claim)) {}

    const std::shared_ptr<OutputFiles> m_outputs;
    const std::string m_path;
    const std::unique_ptr<OutputClaim> m_claim;
    std::atomic<std::uint64_t> m_files{0};
};

}  // namespace rw
