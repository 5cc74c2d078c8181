// Another program, run to its end for what it says.
#pragma once
#include <atomic>
#include <string>

#include "core/base/status.h"
#include "core/base/time.h"
#include "core/process/program.h"

namespace rw {

struct ProgramOutput {
    int status = 0;      ///< as it exited; -1: a signal ended it
    std::string text{};  ///< its output, then its errors; no more than a megabyte
};

/// Starts the program with nothing to read. What still runs after that time, or when somebody sets
/// `cancelled`, is ended with all that it started. An error: it is not there, can't be started, or did not
/// end.
Result<ProgramOutput> runProgram(const ChildProgram& program, Millis within,
                                 const std::atomic<bool>* cancelled = nullptr);

}  // namespace rw
