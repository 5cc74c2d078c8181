// A function of the user's on a few rows, for the form: once, and waiting for it.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "core/data/batch.h"
#include "core/python/python_function.h"

namespace rw {

struct TriedPython {
    Batch rows{};                          ///< of the function's output, without stamps
    std::vector<std::uint32_t> origins{};  ///< of each, the row of the input
    struct Failed {
        std::uint32_t row = 0;
        std::string reason{};
    };
    std::vector<Failed> failed{};  ///< rows of the input
    /// Why the code could not be loaded, or failed for all rows; empty: it did not.
    Text error{};
    std::string trace{};            ///< the lines of the code that the error came through, the last one last
    int line = 0;                   ///< the last of them, from 1; 0: not known
    std::vector<Text> notes{};      ///< what it printed, and how it was run
    std::string python{}, numpy{};  ///< versions; empty: not known, none
};

/// Runs code: only after the user asked for that. In the same process, sandbox and limits as in a run, and
/// with new states. Waits for the answer, on the caller's thread, until `cancelled` says so.
TriedPython tryPython(
    const PythonFunction& function, const Batch& rows,
    const std::function<bool()>& cancelled = [] { return false; });

}  // namespace rw
