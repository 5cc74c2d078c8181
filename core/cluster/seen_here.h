// Which folders of a cluster are those of this computer.
#pragma once
#include <string>

#include "core/cluster/target.h"

namespace rw {

/// “/data” of “file:///data”, and any other text as it is.
std::string withoutFileScheme(const std::string& folder);

/// A folder that a cluster names, as a path of this computer. Empty: it has none of that name, or the name is
/// no whole path. Looks at the disk.
std::string folderSeenHere(const std::string& folder);

/// Whether the disk of the cluster is this computer's: it runs here, or both see the target's folder. Looks at
/// the disk.
bool sharesDisk(const Target& target, bool runsHere);

}  // namespace rw
