// The machine's files, for writing.
#pragma once
#include <memory>

#include "core/base/output_files.h"

namespace rw {

std::shared_ptr<OutputFiles> systemOutputFiles();

/// `given`, or the machine's where it is null.
inline std::shared_ptr<OutputFiles> outputFilesOr(std::shared_ptr<OutputFiles> given) {
    return given ? std::move(given) : systemOutputFiles();
}

}  // namespace rw
