// The program that runs in the child: Python 3.9 or later, with and without numpy.
#pragma once
#include <string>

namespace rw {

extern const char* const kWorkerColumns;  ///< columns between bytes and values
extern const char* const kWorkerRows;     ///< rows, results, and a function called for each row
extern const char* const kWorkerLoop;  ///< a function called for batches, and the loop that serves requests

/// All of it, for `python -c`.
std::string workerScript();

}  // namespace rw
