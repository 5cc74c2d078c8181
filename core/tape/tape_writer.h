// Writes a tape into a file.
#pragma once
#include <memory>
#include <string>

#include "core/stream/recording/tape.h"
#include "core/tape/tape_about.h"

namespace rw {

struct TapeWriterOptions {
    std::string path{};   ///< absolute; there is no such file yet
    std::string shown{};  ///< as people know it
    TapedPipeline document{};
    bool lasts = true;  ///< flush() and close() have the disk store what was written
};

/// For RunOptions::record. Writes by the OutputFiles of the run.
std::shared_ptr<TapeRecorder> makeTapeRecorder(TapeWriterOptions options);

}  // namespace rw
