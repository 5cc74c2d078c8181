// Runs another program to its end and collects its output.
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

/// Starts the program with nothing to read. If it still runs after that time, or when `cancelled` is set, it
/// is ended with all processes that it started. An error: it is not there, can't be started, or did not
/// end.
Result<ProgramOutput> runProgram(const ChildProgram& program, Millis within,
                                 const std::atomic<bool>* cancelled = nullptr);

}  // namespace rw
