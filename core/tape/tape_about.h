// The head of a tape, which describes its run, as bytes, and back.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "core/stream/recording/tape.h"

namespace rw {

/// The pipeline of a tape, as a person knows it, and its run.
struct TapedPipeline {
    std::string text{};                              ///< as savePipeline() gives it; empty: not known
    std::map<std::string, std::string> variables{};  ///< ValidateOptions::variables
    std::string file{};                              ///< of the pipeline; empty: none
    std::string run{};  ///< AssembledRun::id; empty: not known, as of tapes of earlier versions
};

/// The first block.
struct TapeHead {
    TapedPipeline document{};
    TapeStart start{};
    std::string program{};  ///< version of the program that wrote it
};
std::string saveHead(const TapeHead& head);
Result<TapeHead> loadHead(std::string_view bytes);

/// The last one.
std::string saveEnd(const TapeEnd& end);
Result<TapeEnd> loadEnd(std::string_view bytes);

}  // namespace rw
