// The simulated disk as sources and sinks see it.
#pragma once
#include <memory>

#include "core/base/files.h"
#include "core/base/output_files.h"
#include "tests/simulate/disk.h"

namespace rw::simulated {

/// The input files of sources: in pieces as large as Disk::fate lets them be.
std::shared_ptr<const Files> filesOf(Disk& disk);

/// The output files of sinks; SQLite's databases through SqliteVfs. The claims of a program go with it: with
/// the sinks that have them.
std::shared_ptr<OutputFiles> outputsOf(Disk& disk);

}  // namespace rw::simulated
