// The machine's files for a run that somebody agreed to: what a pipeline names is read and written only where
// it led then.
#pragma once
#include <map>
#include <memory>
#include <string>

#include "core/base/files.h"
#include "core/base/output_files.h"
#include "core/pipeline/file_identity.h"

namespace rw {

/// Absolute paths as a pipeline names them, each with what it led to when somebody agreed to the run.
using AgreedPaths = std::map<std::string, FileIdentity>;

/// What is named is compared when it is opened first, by the descriptor: a file must be the one that lay
/// there when it was agreed to, and lie where the path led then, reached without any link; of a folder, or a
/// pattern in one, the folder must be that of then, and links in it lead where they lead. Else the error is
/// ErrorCode::Refused. Later logs are rotated, and links to them turned. A database is found through a
/// descriptor of its folder, and so are its journal and its log. Paths that nobody named are the machine's.
std::shared_ptr<const Files> agreedFiles(AgreedPaths paths);
/// What is written lies where the path led then, whatever a link says meanwhile: a claim on a path that leads
/// elsewhere is refused. So is the first claim where another file lies there than then, or one where there
/// was none.
std::shared_ptr<OutputFiles> agreedOutputFiles(AgreedPaths paths);

}  // namespace rw
