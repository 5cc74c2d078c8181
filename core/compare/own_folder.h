// A folder for the time of one run on a cluster, which sees it, too.
#pragma once
#include <string>

#include "core/cluster/target.h"

namespace rw {

/// The target's folder on this computer; empty: it has none. An error: it is on another one.
Result<std::string> targetFolderHere(const Target& target);

/// A folder that is gone when its owner is.
class OwnFolder {
 public:
    OwnFolder() = default;
    ~OwnFolder();
    OwnFolder(const OwnFolder&) = delete;
    OwnFolder& operator=(const OwnFolder&) = delete;

    /// In `base`: users who may read files there may read it, too. Empty: in the folder of temporary files,
    /// for this user alone.
    Status make(const std::string& base);
    const std::string& path() const { return m_path; }

 private:
    std::string m_path{};
};

}  // namespace rw
