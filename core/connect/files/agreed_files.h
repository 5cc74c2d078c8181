// The machine's files for a run that the user agreed to: a path of the pipeline is read and written only
// while it leads to the same file as at that time.
#pragma once
#include <map>
#include <memory>
#include <string>

#include "core/base/files.h"
#include "core/base/output_files.h"
#include "core/pipeline/file_identity.h"

namespace rw {

/// Absolute paths as a pipeline names them, each with the file that it led to when the user agreed.
using AgreedPaths = std::map<std::string, FileIdentity>;

/// A named file is compared when it is opened first, by its descriptor: it must be the same file, at the same
/// resolved path, reached without any link. For a folder, or a pattern in one, the folder must be the same,
/// and links in it lead where they lead. Else the error is ErrorCode::Refused. After the first opening logs
/// may be rotated, and links to them may change. A database is opened through a descriptor of its folder, and
/// so are its journal and its log. Paths that the pipeline does not name are opened as the machine's own.
std::shared_ptr<const Files> agreedFiles(AgreedPaths paths);
/// Outputs are written where the path led when the user agreed, even if a link has changed since. A claim on
/// a path that leads elsewhere is refused, and so is the first claim if another file is there than then.
std::shared_ptr<OutputFiles> agreedOutputFiles(AgreedPaths paths);

}  // namespace rw
