// The words of the command line.
#pragma once
#include <functional>
#include <string>
#include <vector>

namespace rw::cli {

/// The result of the arguments: a command that ran, or the designer.
struct Parsed {
    bool designer = false;
    int status = 0;                  ///< when it was not the designer
    std::vector<std::string> files;  ///< designer: to open, each in a tab; none: the welcome page
    bool runAtOnce = false;
};

/// Reads the words and runs the command they name. Wrong usage says why and gives status 2.
Parsed parseAndRun(int argc, char** argv);

}  // namespace rw::cli
