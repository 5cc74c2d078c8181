// The program that runs in the child: Python 3.9 or later, with and without numpy.
#pragma once
#include <string>

namespace rw {

extern const char* const kWorkerColumns;  ///< columns between bytes and values
extern const char* const kWorkerRows;     ///< rows, results, and a function called for each row
extern const char* const kWorkerLoop;  ///< a function called for batches, and the loop that serves requests

/// All that it defines. Programs of a cluster call functions of the user's with these.
std::string workerFunctions();
/// The whole program, for `python -c`.
std::string workerScript();

}  // namespace rw
