// A tape on a disk of its own.
#pragma once
#include <memory>
#include <string>

#include "core/tape/tape_file.h"
#include "core/tape/tape_writer.h"
#include "tests/support/memory_files.h"
#include "tests/support/memory_outputs.h"

namespace rw::test {

inline constexpr const char* kTapePath = "/t.tape";

inline Result<TapeFileRef> readTape(const std::string& bytes) {
    auto files = std::make_shared<MemoryFiles>();
    files->replace(kTapePath, bytes);
    return TapeFile::open(kTapePath, files);
}

struct TapeInMemory {
    std::shared_ptr<MemoryOutputs> disk = std::make_shared<MemoryOutputs>();  ///< RunOptions::outputs
    std::shared_ptr<TapeRecorder> recorder;                                   ///< RunOptions::record

    TapeInMemory() {
        disk->makeFolder("/");
        TapeWriterOptions options;
        options.path = options.shown = kTapePath;
        options.document = {"text of it", {{"v", "1"}}, "/p.rill"};
        recorder = makeTapeRecorder(options);
    }
    /// The recorded bytes; empty: there is no file.
    std::string bytes() const { return disk->contents()[kTapePath]; }
};

}  // namespace rw::test
