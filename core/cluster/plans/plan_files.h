// The files by which a plan goes to and fro between a SQL gateway and us, in a folder that both see. They are
// needed only until the job has begun.
#pragma once
#include <string>
#include <string_view>

#include "core/base/status.h"

namespace rw {

/// Whether files can be made in the folder by us; makes one and takes it away again.
Status writablePlanFolder(const std::string& folder);

/// Two files with unique names; the destructor removes them. Also removes files that a killed program left
/// there an hour ago or earlier. May wait for a disk.
class PlanFiles {
 public:
    /// Once, before all else.
    Status open(std::string folder);
    PlanFiles() = default;
    ~PlanFiles();
    PlanFiles(const PlanFiles&) = delete;
    PlanFiles& operator=(const PlanFiles&) = delete;

    /// As the gateway is told: “file:///mnt/plans/…”. It writes the first one and reads the second one.
    std::string compiledAddress() const { return "file://" + compiled(); }
    std::string plannedAddress() const { return "file://" + m_planned; }

    /// The file that the gateway wrote. Waits a second for a disk that shows it late.
    Result<std::string> readCompiled() const;
    Status writePlanned(std::string_view text) const;

 private:
    std::string compiled() const;
    std::string m_folder{};
    std::string m_planned{};  ///< empty: not open
};

}  // namespace rw
