// Another program, run to its end: for tests that look at the built program from outside.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace rw::testing {

struct ChildEnd {
    bool started = false;
    int exitStatus = -1;  ///< -1: it did not start, or a signal ended it
    double seconds = 0;   ///< from start to end
    double cpuSeconds = 0;  ///< of processors, with those of children that it waited for
    double peakMib = 0;   ///< its largest resident memory
};

/// Starts `words` (a path and its arguments) in `folder`; both outputs are appended to the file `log`. The
/// process's number, or 0 when it does not start.
int startChild(std::vector<std::string> words, const std::filesystem::path& folder,
               const std::filesystem::path& log);

/// Runs `words` (a path and its arguments) in `folder` and waits; both outputs are appended to the file
/// `log`.
ChildEnd runChild(std::vector<std::string> words, const std::filesystem::path& folder,
                  const std::filesystem::path& log);

/// A folder in the temporary folder that is gone when its owner is.
class ScratchFolder {
 public:
    explicit ScratchFolder(const std::string& name);
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    const std::filesystem::path& path() const { return m_path; }

 private:
    std::filesystem::path m_path;
};

}  // namespace rw::testing
